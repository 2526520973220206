import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { Kysely, PGliteDialect, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { AccessRequestsTables } from '../access-requests/store.ts'
import type { AuditTables } from '../audit/store.ts'
import type { BulkTables } from '../bulk/store.ts'
import type { PublicationTables } from '../catalog/publication-store.ts'
import type { CatalogTables } from '../catalog/store.ts'
import type { ChangesTables } from '../changes/tables.ts'
import type { DecisionsTables } from '../decisions/store.ts'
import type { EnforcersTables } from '../enforcers/store.ts'
import type { ParkedTables } from '../guard/parked-store.ts'
import type { GuardTables } from '../guard/store.ts'
import type { IdentitiesTables } from '../identities/store.ts'
import type { DataKeysTables } from '../keys/data-key-store.ts'
import type { SigningKeysTables } from '../keys/signing-store.ts'
import type { KeysTables } from '../keys/store.ts'
import type { LicensesTables } from '../licenses/store.ts'
import type { NotifyTables } from '../notify/store.ts'
import type { OrganizationsTables } from '../organizations/store.ts'
import type { RolloutTables } from '../rollouts/store.ts'
import type { SignInTables } from '../sign-in/store.ts'
import type { UsageTables } from '../usage/tables.ts'
import type { Config } from './config.ts'
import { lockFolder } from './folder-lock.ts'
import { type Listener, listen } from './listener.ts'

/** Every table, each typed by the capability that owns it. */
export interface Database
  extends ChangesTables,
    AuditTables,
    KeysTables,
    EnforcersTables,
    OrganizationsTables,
    UsageTables,
    DecisionsTables,
    CatalogTables,
    IdentitiesTables,
    AccessRequestsTables,
    DataKeysTables,
    SigningKeysTables,
    LicensesTables,
    SignInTables,
    GuardTables,
    ParkedTables,
    NotifyTables,
    PublicationTables,
    RolloutTables,
    BulkTables {}

/** Work that commits or is undone as one. */
export type Tx = Transaction<Database>

export interface Store {
  readonly db: Kysely<Database>
  /**
   * Calls `wake` whenever another node may have committed. Without other nodes, never.
   * `wake` may be called for nothing; what matters is that no commit goes unannounced for long.
   */
  listen(wake: () => void): Promise<Listener>
  close(): Promise<void>
  /** Absent: there is none. */
  readonly pool?: () => PoolState
}

export interface PoolState {
  readonly busy: number
  readonly idle: number
  /** Requests that wait for a connection. */
  readonly waiting: number
}

const INT8 = 20

/** Both drivers give int8 as a number. Ours are revisions, counts and epoch milliseconds: all far below 2^53. */
function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('int8 beyond 2^53')
  return value
}

/** Opens PostgreSQL by its URL, or the embedded store in a folder, which it locks. @throws {StartError} STORE_IN_USE */
export async function openStore(target: Config['database']): Promise<Store> {
  return target.kind === 'postgres' ? openPostgres(target.url) : openFolder(target.path)
}

function openPostgres(url: string): Store {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'writ',
    max: 10,
    // A server that does not answer is away, and whoever waits for it is told so.
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // A process stopped in the middle of a mutation holds the revision row: it must not hold it for ever.
    idle_in_transaction_session_timeout: 30_000,
    types: { getTypeParser: (oid, format) => (oid === INT8 && format !== 'binary' ? parseInt8 : pg.types.getTypeParser(oid, format)) },
  })
  // A pooled connection that dies while idle is replaced on the next use; unheard, its error would end the process.
  pool.on('error', () => {})
  // So is that of one which dies in the middle of a transaction, between two statements; the next statement on it fails.
  pool.on('connect', (client) => void client.on('error', () => {}))
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  const state = () => ({ busy: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount })
  return { db, listen: (wake) => listen(url, wake), close: () => db.destroy(), pool: state }
}

async function openFolder(path: string): Promise<Store> {
  const release = await lockFolder(path)
  try {
    const data = join(path, 'pg')
    mkdirSync(data, { recursive: true, mode: 0o700 })
    const store = embedded(await PGlite.create({ dataDir: data, ...embeddedOptions }))
    return {
      ...store,
      async close() {
        await store.close()
        release()
      },
    }
  } catch (error) {
    release()
    throw error
  }
}

export const embeddedOptions = { parsers: { [INT8]: parseInt8 }, serializers: { [types.JSON]: writeJson }, extensions: { pg_trgm } }

/** JSON may come as its bytes, which a server takes as they are. */
function writeJson(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString()
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A store on an embedded PostgreSQL that the caller made with `embeddedOptions`. */
export function embedded(pglite: PGlite): Store {
  const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) })
  return { db, listen: async () => ({ close: async () => {} }), close: () => db.destroy() }
}
