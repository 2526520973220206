import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Clock } from '../app/clock.ts'
import type { Config } from '../app/config.ts'
import type { Store } from '../app/database.ts'
import { inMigrationTurn, type Migration, migrateWithin } from '../app/migrate.ts'
import { appendChange } from '../changes/store.ts'
import { openKnown } from '../keys/service.ts'
import type { Opener } from './age.ts'
import { BackupError } from './backup-error.ts'
import type { Manifest } from './format.ts'
import { readBackup } from './read.ts'
import { beginIncarnation, clear, isTaken, suspendForeignKeys, tableShapes, writeRows, writeSequence } from './store.ts'

/** What a restore left. */
export interface Restored extends Manifest {
  /** Of this life of the authority; the manifest's is the one before. */
  readonly newIncarnation: string
  readonly newRevision: number
  readonly masterKey: string
  /** Migrations that came after the backup. */
  readonly migrated: readonly number[]
}

/**
 * More changes than an authority can make between a backup and the day it is lost: a revision or audit id that anybody saw is below
 * what is given out from now on, and whoever keeps the highest one it heard of sees the leap.
 */
const LEAP = 1_000_000_000

/**
 * Fills an empty store from a backup, in one transaction: all of it or nothing. It is committed when the master key opens it.
 * @param source the file once more from its beginning; read it through with {@link readBackup} before
 * @throws {BackupError} STORE_NOT_EMPTY, BACKUP_NEWER and those of reading
 * @throws {StartError} those of a master key file
 */
export async function restoreBackup(
  store: Store,
  source: Readable,
  opener: Opener,
  { config, clock, migrations }: { config: Config; clock: Clock; migrations: readonly Migration[] },
): Promise<Restored> {
  return inMigrationTurn(store.db, async (tx) => {
    if (await isTaken(tx)) throw new BackupError('STORE_NOT_EMPTY', undefined)
    let restoreKeys = async (): Promise<void> => {}
    const manifest = await readBackup(source, opener, {
      async header(header) {
        const newest = Math.max(0, ...header.migrations)
        if (header.migrations.some((number) => !migrations.some((known) => known.number === number))) {
          throw new BackupError('BACKUP_NEWER', { migration: newest })
        }
        await migrateWithin(
          tx,
          migrations.filter(({ number }) => header.migrations.includes(number)),
        )
        restoreKeys = await suspendForeignKeys(tx)
        for (const { name } of await tableShapes(tx)) if (name !== 'migrations') await clear(tx, name)
        for (const sequence of header.sequences) await writeSequence(tx, sequence)
      },
      async part({ table, rows }) {
        if (table.name !== 'migrations') await writeRows(tx, table, rows)
      },
    })
    await restoreKeys()
    const migrated = await migrateWithin(tx, migrations)
    const { masterKey } = await openKnown(tx, manifest.authority, config, clock)
    const newIncarnation = randomUUID()
    await beginIncarnation(tx, newIncarnation, LEAP)
    const detail = {
      backup: manifest.id,
      taken_at: new Date(manifest.at).toISOString(),
      from_revision: manifest.revision,
      from_incarnation: manifest.incarnation,
      incarnation: newIncarnation,
    }
    const audit = {
      actor: 'operator',
      action: 'authority.restore',
      subject: `authority:${manifest.authority}`,
      requestId: 'restore',
      detail,
    }
    const newRevision = await appendChange(tx, { at: clock(), facts: [], touched: [], audit })
    return { ...manifest, newIncarnation, newRevision, masterKey, migrated }
  })
}
