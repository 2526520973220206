import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openStore, type Store } from '../src/app/database.ts'
import type { Opener } from '../src/backup/age.ts'
import { readBackup } from '../src/backup/read.ts'
import { restoreBackup } from '../src/backup/restore.ts'
import { tableShapes } from '../src/backup/store.ts'
import { start } from '../src/index.ts'
import { migrations } from '../src/migrations/index.ts'
import { kitTerms, useKit } from './kit.ts'
import { caller, MONDAY, onBothStores, scratchFolder, silent, testConfig } from './support.ts'

const PASSPHRASE = 'correct horse battery staple'
const IDENTITY = await generateIdentity()
/** A passphrase takes a second to open, which is what it is for. */
const lock = { recipients: [await identityToRecipient(IDENTITY)] }
const opener: Opener = { identities: IDENTITY }
const clock = () => MONDAY

onBothStores('a backup', (open) => {
  const kit = useKit(open)
  const masterKeyFile = (): string => {
    const folder = join(kit.authority.authority.config.configHome, 'writ')
    return join(folder, readdirSync(folder)[0] as string)
  }
  const take = async (body: object, key?: string): Promise<Buffer> => {
    const response = await fetch(`${kit.authority.url}/v1/backups`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key ?? adminKey()}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
    expect(response.headers.get('repr-digest')).toBe(`sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`)
    expect(response.headers.get('content-length')).toBe(String(bytes.length))
    return bytes
  }
  const adminKey = (): string => {
    const folder = join(kit.authority.authority.config.configHome, '..')
    const name = readdirSync(folder).find((each) => each.startsWith('bootstrap-')) as string
    return readFileSync(join(folder, name), 'utf8').trim()
  }
  const restoreInto = (store: Store, bytes: Buffer, more: { opener?: Opener; keyFile?: string } = {}) =>
    restoreBackup(store, Readable.from([bytes]), more.opener ?? opener, {
      config: testConfig(scratch, { masterKeyFile: more.keyFile ?? masterKeyFile() }),
      clock,
      migrations,
    })
  const scratch = scratchFolder()

  test('holds every row of one snapshot while writes go on, and any age tool opens it', async () => {
    await kit.people('acme', 'ann', 'ben')
    await kit.done('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'small', organization: 'acme' })
    let writing = true
    const writes = (async () => {
      let count = 0
      for (; writing; count++) await kit.done('POST', '/v1/organizations', { id: `during-${count}`, title: 'written meanwhile' })
      return count
    })()
    const bytes = await take({ passphrase: PASSPHRASE })
    writing = false
    expect(await writes).toBeGreaterThan(0)

    expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1')
    const decrypter = new Decrypter()
    decrypter.addPassphrase(PASSPHRASE)
    const text = gunzipSync(await decrypter.decrypt(new Uint8Array(bytes))).toString()
    const [head = '', ...lines] = text.trimEnd().split('\n')
    const header = JSON.parse(head)
    // One snapshot: as many organizations as changes say.
    const changes = rowsOf(lines, 'changes')
    expect(Math.max(...changes.map(([revision]) => Number(revision)))).toBe(header.revision)
    const stated = new Set(changes.flatMap(([, , facts]) => JSON.parse(facts ?? '[]').flatMap(organizationIn)))
    expect(new Set(rowsOf(lines, 'organizations').map(([id]) => id))).toEqual(stated)
    expect(rowsOf(lines, 'identities').map(([id]) => id)).toEqual(expect.arrayContaining(['ann', 'ben']))

    const manifest = await readBackup(Readable.from([bytes]), { passphrase: PASSPHRASE })
    expect(manifest).toMatchObject({ revision: header.revision, authority: kit.authority.authority.id, rows: expect.any(Number) })
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('writ-backup-'))).toEqual([])
  })

  test('is locked to recipients, and each of them opens it', async () => {
    const [one, two, stranger] = await Promise.all([generateIdentity(), generateIdentity(), generateIdentity()])
    const bytes = await take({ recipients: [await identityToRecipient(one), await identityToRecipient(two)] })
    for (const identity of [one, `# made today\n${two}\n`]) {
      expect(await readBackup(Readable.from([bytes]), { identities: identity })).toMatchObject({ revision: expect.any(Number) })
    }
    await expect(readBackup(Readable.from([bytes]), { identities: stranger })).rejects.toMatchObject({ code: 'BACKUP_LOCKED' })
    await expect(readBackup(Readable.from([bytes]), { passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'BACKUP_LOCKED' })
    await expect(readBackup(Readable.from([bytes]), { identities: 'hello' })).rejects.toMatchObject({ code: 'IDENTITY_MALFORMED' })
  })

  test('that is cut off anywhere, or altered anywhere, is refused', async () => {
    const identity = await generateIdentity()
    const bytes = await take({ recipients: [await identityToRecipient(identity)] })
    const read = (damaged: Buffer) => readBackup(Readable.from([damaged]), { identities: identity })
    for (let cut = 0; cut < bytes.length; cut += Math.ceil(bytes.length / 60)) {
      await expect(read(bytes.subarray(0, cut)), `cut at ${cut}`).rejects.toMatchObject({ name: 'BackupError' })
    }
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 60)) {
      const altered = Buffer.from(bytes)
      altered[at] = (altered[at] ?? 0) ^ 1
      await expect(read(altered), `altered at ${at}`).rejects.toMatchObject({ name: 'BackupError' })
    }
    await expect(read(Buffer.concat([bytes, Buffer.from('x')]))).rejects.toMatchObject({ name: 'BackupError' })
  })

  describe('restored', () => {
    test('is the same authority, row for row, in either store, and says that it was restored', async () => {
      await kit.done('POST', '/v1/organizations', { id: 'kept', title: "Odd \\ 'quotes' \u{1f600} and\\nmore" })
      const backup = await take(lock)
      const manifest = await readBackup(Readable.from([backup]), opener)
      // A client sees revisions that the backup does not have.
      const seen: { revision: number; incarnation: string }[] = []
      for (const id of ['lost-1', 'lost-2']) {
        await kit.done('POST', '/v1/organizations', { id, title: id })
        seen.push(await kit.done('GET', '/readyz'))
      }
      const last = seen.at(-1) as (typeof seen)[number]
      expect(last.revision).toBeGreaterThan(manifest.revision)

      for (const target of [open, () => openStore({ kind: 'folder', path: join(scratch, String(Math.random())) })]) {
        const store = await target()
        const restored = await restoreInto(store, backup)
        for (const { name } of await store.db.transaction().execute(tableShapes)) {
          if (name === 'authority') continue
          if (VOLATILE.includes(name)) continue
          expect(await allOf(store, name), name).toEqual(await allOf(kit.authority.authority, name))
        }
        const again = await start({ config: testConfig(scratch, { masterKeyFile: masterKeyFile() }), store, log: silent, clock })
        const authorization = `Bearer ${adminKey()}`
        const read = async (path: string) => (await fetch(again.url + path, { headers: { authorization } })).json() as Promise<never>
        expect(again.authority.id).toBe(kit.authority.authority.id)
        expect([...again.authority.world.facts()].length).toBeGreaterThan(0)
        // Whoever kept the highest revision or the incarnation notices; no number is given twice.
        const now: { revision: number; incarnation: string } = await read('/readyz')
        expect(now.revision).toBe(restored.newRevision)
        expect(now.revision).toBeGreaterThan(last.revision)
        expect(now.incarnation).not.toBe(last.incarnation)
        const { items }: { items: { id: number; action: string; detail: object }[] } = await read('/v1/audit?limit=2')
        expect(items[0]).toMatchObject({ action: 'authority.restore', detail: { backup: manifest.id, from_revision: manifest.revision } })
        expect(items[1]).toMatchObject({ action: 'backup.take', detail: { backup: manifest.id } })
        expect(items[0]?.id).toBeGreaterThan((items[1]?.id ?? 0) + 1_000)
        const write = await fetch(`${again.url}/v1/organizations`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json' },
          body: JSON.stringify({ id: 'lost-1', title: 'anew' }),
        })
        expect(write.status).toBe(201)
        await again.close()
      }
    })

    test('knows no part of a rate that was leased since, nor a slice: whoever has one goes on with nothing of it from its next report', async () => {
      const terms = kitTerms
        .replace('features:', 'features:\n  load: { title: Load }')
        .replace('view: {}, export: {}', 'view: {}, export: { limit: 100 per month }, load: { rate: 20 per minute }')
      await kit.done('POST', '/v1/products/kit/editions', { terms })
      await kit.done('POST', '/v1/licenses', { id: 'L-leases', product: 'kit', plan: 'open', organization: 'acme' })
      const rate = { count: 20, period_seconds: 60, burst: 20 }
      const part = (id: string, seq: number, had: number) => ({
        ...{ id, license: 'L-leases', feature: 'load', rate, seq, had, keep: had, backlog_milliseconds: 0, wanted: 10 },
        seconds: 3600,
      })
      const slice = (id: string) => ({ id, license: 'L-leases', feature: 'export', units: 10 })
      expect((await kit.done('POST', '/v1/rate-leases', part('before', 1, 0))).lease.added).toBe(10)
      await kit.done('POST', '/v1/leases', slice('before'))
      const backup = await take(lock)
      await kit.done('POST', '/v1/rate-leases', { ...part('before', 2, 10), keep: 0, wanted: 0 })
      expect((await kit.done('POST', '/v1/rate-leases', part('since', 1, 0))).lease.added).toBe(10)
      await kit.done('POST', '/v1/leases', slice('since'))

      const store = await open()
      await restoreInto(store, backup)
      const again = await start({ config: testConfig(scratch, { masterKeyFile: masterKeyFile() }), store, log: silent, clock })
      const ask = caller(again.url, adminKey())
      // What stands in the backup is still somebody's; of what is left, what was leased since is taken anew.
      const { lease } = (await ask('POST', '/v1/rate-leases', part('since', 2, 10))).body
      expect(lease).toMatchObject({ kept: 0, added: 4, count: 4 })
      expect((await ask('POST', '/v1/leases/since/renew', { seq: 1, spent: 3, units: 10 })).body.code).toBe('LEASE_UNKNOWN')
      expect((await ask('POST', '/v1/leases/before/renew', { seq: 1, spent: 3 })).body.lease).toMatchObject({ spent: 3, granted: 10 })
      await again.close()
    })

    test('twice from one backup, two incarnations', async () => {
      const backup = await take(lock)
      const stores = [await open(), await open()]
      const [one, two] = [await restoreInto(stores[0] as Store, backup), await restoreInto(stores[1] as Store, backup)]
      expect(one.newIncarnation).not.toBe(two.newIncarnation)
      for (const store of stores) await store.close()
    })

    test('into a store that holds an authority, without its master key, or damaged, it leaves the store as it was', async () => {
      const backup = await take(lock)
      const full = kit.authority.authority
      const before = full.feed.revision
      await expect(restoreInto({ ...({} as Store), db: full.db }, backup)).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' })
      expect((await kit.done('GET', '/readyz')).revision).toBe(before)

      const stranger = await generateIdentity()
      const store = await open()
      const other = join(scratch, 'other.key')
      await expect(restoreInto(store, backup, { keyFile: join(scratch, 'nowhere.key') })).rejects.toMatchObject({
        code: 'MASTER_KEY_MISSING',
      })
      writeFileSync(other, `writ-master-key-v1 ${Buffer.alloc(32, 7).toString('base64url')}\n`, { mode: 0o600 })
      await expect(restoreInto(store, backup, { keyFile: other })).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' })
      rmSync(other)
      await expect(restoreInto(store, backup.subarray(0, -40))).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
      await expect(restoreInto(store, backup, { opener: { identities: stranger } })).rejects.toMatchObject({
        code: 'BACKUP_LOCKED',
      })
      const { rows } = await sql<{ name: string | null }>`SELECT to_regclass('authority')::text AS name`.execute(store.db)
      expect(rows).toEqual([{ name: null }])
      expect(await restoreInto(store, backup)).toMatchObject({ migrated: [] })
      await store.close()
    })

    test('by an older version it is refused; by a newer one it is brought up to date', async () => {
      const backup = await take(lock)
      const store = await open()
      const restore = (known: typeof migrations) =>
        restoreBackup(store, Readable.from([backup]), opener, {
          config: testConfig(scratch, { masterKeyFile: masterKeyFile() }),
          clock,
          migrations: known,
        })
      await expect(restore(migrations.slice(0, -1))).rejects.toMatchObject({ code: 'BACKUP_NEWER' })
      const next = { number: 9_999, name: 'next', statements: ['ALTER TABLE organizations ADD COLUMN next text'] }
      expect(await restore([...migrations, next])).toMatchObject({ migrated: [9_999] })
      await store.close()
    })
  })

  test('is for whoever sees everything, one at a time, and tells each fault', async () => {
    const limited = await kit.done('POST', '/v1/api-keys', { name: 'l', scopes: ['manage:backup'], organizations: ['acme'] })
    expect((await kit.authority.as(limited.key)('POST', '/v1/backups', lock)).body.code).toBe('REACH_TOO_NARROW')
    const other = await kit.done('POST', '/v1/api-keys', { name: 'o', scopes: ['manage:audit'] })
    expect((await kit.authority.as(other.key)('POST', '/v1/backups', lock)).body.code).toBe('SCOPE_MISSING')
    const cases: [object, string][] = [
      [{}, 'REQUEST_INVALID'],
      [{ passphrase: PASSPHRASE, recipients: ['age1x'] }, 'REQUEST_INVALID'],
      [{ recipients: ['age1x'] }, 'REQUEST_INVALID'],
      [{ passphrase: 'short' }, 'PASSPHRASE_TOO_SHORT'],
    ]
    for (const [sent, code] of cases) expect((await kit.call('POST', '/v1/backups', sent)).body.code, JSON.stringify(sent)).toBe(code)
    const answers = await Promise.all(
      [1, 2].map(() =>
        fetch(`${kit.authority.url}/v1/backups`, {
          method: 'POST',
          headers: { authorization: `Bearer ${adminKey()}`, 'content-type': 'application/json' },
          body: JSON.stringify(lock),
        }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    for (const answer of answers) await answer.arrayBuffer()
  })
})

/** Written on the side, at any time. */
const VOLATILE = ['api_keys', 'decisions', 'idempotency']

/** All rows but those that are of one side alone: what came after the backup, and the change of the restore. */
async function allOf({ db }: Pick<Store, 'db'>, table: string): Promise<unknown[]> {
  const { rows } = await sql<{ row: { revision?: number } }>`SELECT to_json(t) AS row FROM ${sql.table(table)} t ORDER BY t::text`.execute(
    db,
  )
  return rows.map(({ row }) => row).filter((row) => !JSON.stringify(row).includes('lost-') && !((row.revision ?? 0) > 1_000_000))
}

function rowsOf(lines: readonly string[], table: string): (string | null)[][] {
  const from = lines.indexOf(JSON.stringify({ table })) + 1
  const rest = lines.slice(from)
  return rest
    .slice(
      0,
      rest.findIndex((line) => line.startsWith('{')),
    )
    .map((line) => JSON.parse(line))
}

function organizationIn(fact: { fact: string; id: string }): string[] {
  return fact.fact === 'organization' ? [fact.id] : []
}
