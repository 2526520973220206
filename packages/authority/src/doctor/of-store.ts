import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../app/clock.ts'
import type { Config } from '../app/config.ts'
import { openStore, type Store } from '../app/database.ts'
import type { Migration } from '../app/migrate.ts'
import { StartError } from '../app/start-error.ts'
import { lastBackup } from '../backup/store.ts'
import { openKnown } from '../keys/service.ts'
import { findKeyInForce, findRoot } from '../keys/signing-store.ts'
import { type Finding, fail, ofSkew, ok, warn } from './finding.ts'
import { looking, readApplied, readAuthorityId, readStoreState, type StoreState } from './store.ts'

const DAY = 86_400_000

export async function ofStore(config: Config, clock: Clock, migrations: readonly Migration[]): Promise<Finding[]> {
  const { database } = config
  if (database.kind === 'folder' && !existsSync(join(database.path, 'pg'))) {
    return [ok('store.reachable', `There is no store in ${database.path} yet: the first start makes it.`)]
  }
  let store: Store
  try {
    store = await openStore(database)
  } catch (error) {
    if (error instanceof StartError && error.code === 'STORE_IN_USE') {
      const { pid } = error.details as { pid: number }
      return [
        ok('store.reachable', `A running authority (pid ${pid}) has the data folder; it tells of itself below. Stop it to look inside.`),
      ]
    }
    return [unreachable(error)]
  }
  try {
    return await within(store, config, clock, migrations)
  } catch (error) {
    return [unreachable(error)]
  } finally {
    await store.close()
  }
}

async function within(store: Store, config: Config, clock: Clock, migrations: readonly Migration[]): Promise<Finding[]> {
  const { db } = store
  const state = await readStoreState(db)
  const found = [
    ok('store.reachable', `PostgreSQL ${state.version}, ${Math.ceil(state.bytes / (1 << 20))} MiB.`),
    ...ofState(state, clock(), config.database.kind),
    ...ofRecords(state, config),
  ]
  const applied = await readApplied(db)
  const layout = ofMigrations(applied, migrations)
  found.push(layout)
  if (applied === undefined || layout.level !== 'ok') return found
  const id = await readAuthorityId(db)
  if (id === undefined) return found
  return [...found, ...(await ofKeys(store, id, config, clock))]
}

/** What the settings of the server and the others on it do to us. @param kind `folder`: the embedded store, whose settings are not to be changed */
export function ofState(state: StoreState, now: number, kind: Config['database']['kind']): Finding[] {
  const found: Finding[] = [ofSkew('clock.store', 'the store', state.now - now)]
  if (kind === 'folder') {
    found.push(
      warn(
        'store.fsync',
        'The embedded store leaves it to the system when bytes reach the disk: who is killed loses nothing, a power cut can damage it.',
        'Where that matters set WRIT_DATABASE_URL to a PostgreSQL; writ backup and writ restore move the store there.',
      ),
    )
    return found
  }
  for (const [name, value] of [
    ['fsync', state.fsync],
    ['full_page_writes', state.fullPageWrites],
  ] as const) {
    if (value === 'off')
      found.push(fail(`store.${name}`, `${name} is off: a power cut can damage the store.`, `Set ${name} = on, and reload.`))
  }
  if (state.synchronousCommit === 'off') {
    found.push(
      fail(
        'store.synchronous_commit',
        'synchronous_commit is off: acknowledged writes are lost with the server.',
        'Set synchronous_commit = on.',
      ),
    )
  }
  if (state.isStandby) {
    found.push(fail('store.primary', 'This is a standby, which takes no write.', 'Name the primary in WRIT_DATABASE_URL.'))
  }
  if (state.oldestTransaction > 300) {
    found.push(
      warn(
        'store.transactions',
        `A transaction is open for ${Math.round(state.oldestTransaction / 60)} minutes: it holds back vacuum and migrations.`,
        'Find it in pg_stat_activity (ORDER BY xact_start), and end it with pg_terminate_backend.',
      ),
    )
  }
  return found
}

const MANY_BYTES = 10 * 2 ** 30

/** What grows with every question, and is kept for ever unless somebody says for how long. */
export function ofRecords({ recordBytes }: Pick<StoreState, 'recordBytes'>, { decisionDays }: Pick<Config, 'decisionDays'>): Finding[] {
  if (decisionDays !== undefined || recordBytes < MANY_BYTES) return []
  return [
    warn(
      'store.records',
      `Decision records take ${Math.round(recordBytes / 2 ** 30)} GiB and are kept for ever.`,
      'Set WRIT_DECISION_DAYS to how many days you need them; the room is used again, and VACUUM FULL decisions gives it back.',
    ),
  ]
}

export function ofMigrations(applied: readonly number[] | undefined, migrations: readonly Migration[]): Finding {
  if (applied === undefined) return ok('store.layout', 'The store is empty: the first start makes the layout.')
  const known = new Set(migrations.map(({ number }) => number))
  if (applied.some((number) => !known.has(number))) {
    return fail('store.layout', 'The store was written by a newer version of Writ.', 'Install that version here, or restore a backup.')
  }
  const pending = migrations.filter(({ number }) => !applied.includes(number)).length
  return pending === 0
    ? ok('store.layout', 'The layout is of this version.')
    : warn('store.layout', `${pending} migrations are to come.`, 'Take a backup, then start this version: it applies them.')
}

async function ofKeys({ db }: Store, id: string, config: Config, clock: Clock): Promise<Finding[]> {
  const now = clock()
  const found: Finding[] = []
  try {
    const { masterKey } = await looking(db, (tx) => openKnown(tx, id, config, clock))
    found.push(ok('keys.master', `The master key (${masterKey}) opens ${id}. Is a copy kept apart from the store and its backups?`))
  } catch (error) {
    const { code, details } = error as StartError
    const file = (details as { file?: string } | undefined)?.file
    const words = error instanceof Error ? error.message : String(error)
    found.push(
      fail(
        'keys.master',
        `${code ?? 'FAILED'}: ${words}${file === undefined ? '' : ` (${file})`}`,
        code === 'MASTER_KEY_EXPOSED'
          ? `chmod 600 ${file}; if others had an account here, replace the key (writ master-key rotate).`
          : 'Put back the key file of this authority, 0600 and owned by the user that serves, or set WRIT_MASTER_KEY_FILE. Never make a new one.',
      ),
    )
  }
  const root = await findRoot(db)
  if (root !== undefined) {
    found.push(
      root.backed_up_at === null
        ? warn(
            'keys.root',
            'No backup of the root key was taken.',
            'writ root backup, and keep it offline: a lost root cannot be made again.',
          )
        : ok('keys.root', `A backup of the root key was taken ${ago(now - root.backed_up_at)}.`),
    )
    const signing = await findKeyInForce(db, 'license', now, now)
    found.push(
      signing?.expires_at == null
        ? warn('keys.signing', 'No license signing key is in force.', 'The next license file makes one; `writ license file` issues it.')
        : ok(
            'keys.signing',
            `The license signing key is good for ${Math.floor((signing.expires_at - now) / DAY)} days; the next is made by itself.`,
          ),
    )
  }
  const backup = await lastBackup(db)
  found.push(
    now - backup > 2 * DAY
      ? warn(
          'store.backup',
          backup === 0 ? 'No backup was ever taken.' : `The last backup was taken ${ago(now - backup)}.`,
          'writ backup; daily, by a timer.',
        )
      : ok('store.backup', `The last backup was taken ${ago(now - backup)}.`),
  )
  return found
}

function ago(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000)
  return hours < 48 ? `${hours} hours ago` : `${Math.floor(hours / 24)} days ago`
}

function unreachable(error: unknown): Finding {
  const { code } = error as { code?: unknown }
  const words = error instanceof Error ? error.message : String(error)
  return fail(
    'store.reachable',
    `The store does not open (${String(code ?? 'no code')}): ${words.replaceAll(/postgres(ql)?:\/\/\S+/g, 'the database')}`,
    'Does PostgreSQL run, do host, port, user and password in WRIT_DATABASE_URL fit, and may this machine connect (pg_hba.conf)?',
  )
}
