import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '../app/database.ts'
import { StartError } from '../app/start-error.ts'
import type { Feed } from '../changes/feed.ts'
import { DATA_KEY, type DataKeyRow, findDataKey, listDataKeys } from './data-key-store.ts'
import { contextOf, type MasterKeys } from './master-keys.ts'
import { openWith, partsOf, type Sealer, sealWith } from './sealer.ts'

/** The data keys that a node has unwrapped. It seals with one, and opens with any. */
export class KeyRing implements Sealer {
  readonly #authorityId: string
  readonly #masterKeys: MasterKeys
  readonly #keys = new Map<string, Uint8Array>()
  #sealing = ''
  #unopened = 0

  constructor(authorityId: string, masterKeys: MasterKeys) {
    this.#authorityId = authorityId
    this.#masterKeys = masterKeys
  }

  /** The id of the data key that seals. */
  get sealing(): string {
    return this.#sealing
  }

  /** How many data keys of the store no configured master key opens. */
  get unopened(): number {
    return this.#unopened
  }

  seal(value: unknown, purpose: string): string {
    const key = this.#keys.get(this.#sealing)
    if (key === undefined) throw new Error('no data key was loaded')
    return sealWith({ id: this.#sealing, key }, value, purpose)
  }

  async unseal(db: Kysely<Database>, sealed: string, purpose: string): Promise<unknown> {
    const { dataKey, bytes } = partsOf(sealed)
    const key = this.#keys.get(dataKey) ?? (await this.#loadOne(db, dataKey))
    if (key === undefined) throw new Error('the data key of this text is not in the store')
    return openWith(key, bytes, purpose)
  }

  /**
   * Takes over what the store has: new data keys, which of them seals, and which are gone.
   * @throws {StartError} MASTER_KEY_WRONG and the other faults of a master key, having taken over all that could be opened
   */
  async load(db: Kysely<Database>): Promise<void> {
    const rows = await listDataKeys(db)
    const faults: unknown[] = []
    for (const row of rows) if (!this.#keys.has(row.id)) await this.#unwrap(row).catch((error: unknown) => faults.push(error))
    const sealing = rows.find(({ stopped_at }) => stopped_at === null)
    // One that does not open leaves the one before in its place: what that seals opens everywhere.
    if (sealing !== undefined && this.#keys.has(sealing.id)) this.#sealing = sealing.id
    for (const id of this.#keys.keys()) if (!rows.some((row) => row.id === id)) this.#keys.delete(id)
    this.#unopened = faults.length
    if (faults.length > 0) throw faults[0]
  }

  /** Another node may have begun to seal with it a moment ago. */
  async #loadOne(db: Kysely<Database>, id: string): Promise<Uint8Array | undefined> {
    const row = await findDataKey(db, id)
    return row && this.#unwrap(row)
  }

  async #unwrap(row: DataKeyRow): Promise<Uint8Array> {
    const key = await this.#masterKeys.unwrap(row, contextOf(this.#authorityId, row.id))
    this.#keys.set(row.id, key)
    return key
  }
}

/** Takes part in every rotation. A master key that this node does not have is for its operator to bring: nothing else waits for it. */
export function followDataKeys({ db, feed, keyRing, log }: { db: Kysely<Database>; feed: Feed; keyRing: KeyRing; log: Logger }): void {
  feed.follow(DATA_KEY, () =>
    keyRing.load(db).catch((error: unknown) => {
      if (!(error instanceof StartError)) throw error
      log.error({ err: error, ...error.details }, 'a data key does not open: give this node the new master key too')
    }),
  )
}
