import type { Instant } from '@writ/engine'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { StartError } from '../app/start-error.ts'
import type { By } from '../changes/mutate.ts'
import { type Reach, seesEverything } from '../enforcers/scope.ts'
import {
  DATA_KEY,
  type DataKeyRow,
  deleteDataKey,
  findDataKey,
  insertDataKey,
  listDataKeys,
  lockSealing,
  stopDataKey,
} from './data-key-store.ts'
import { countSealed } from './sealed-store.ts'
import { newDataKey } from './service.ts'

/** A node that is behind may seal under the old key until it hears of the new one; and cursors that were given out go on to open. */
const RETIRE_AFTER_MILLISECONDS = 3_600_000

export interface DataKey {
  readonly id: string
  readonly masterKey: string
  readonly createdAt: Instant
  /** Since when it seals nothing new; absent: it is the one that seals. */
  readonly stoppedAt?: Instant
  /** How many texts of the store it has sealed. */
  readonly sealed: number
}

/** Every data key, oldest first. A handful. */
export async function dataKeys({ db }: Pick<Authority, 'db'>): Promise<DataKey[]> {
  const [rows, sealed] = [await listDataKeys(db), await countSealed(db)]
  return rows.map((row) => told(row, sealed.get(row.id) ?? 0))
}

/**
 * Makes the data key that seals from now on. What the ones before sealed is sealed anew in the background, and opens meanwhile.
 * @throws {ApiError} REACH_TOO_NARROW, MASTER_KEY_UNAVAILABLE, PRECONDITION_FAILED when the master key is rotated at this moment
 */
export async function rotateDataKey(authority: Authority, by: By, reach: Reach): Promise<DataKey> {
  assertWhole(reach)
  const current = (await listDataKeys(authority.db)).find(({ stopped_at }) => stopped_at === null)
  const made = await withMasterKeys(authority, async ({ configured }) => {
    const masterKey = configured().find(({ id }) => id === current?.master_key)
    if (masterKey === undefined) throw new ApiError('MASTER_KEY_UNAVAILABLE')
    return newDataKey(authority.id, masterKey, authority.clock())
  })
  return authority.mutate(by, { action: 'data_key.rotate', subject: `data_key:${made.id}` }, async (tx, change) => {
    const sealing = await lockSealing(tx)
    if (sealing.master_key !== made.master_key) throw new ApiError('PRECONDITION_FAILED')
    await stopDataKey(tx, sealing.id, made.created_at)
    await insertDataKey(tx, made)
    change.touch(DATA_KEY, made.id)
    change.note({ before: sealing.id })
    return told({ ...made, stopped_at: null }, 0)
  })
}

/**
 * Deletes a data key that opens nothing any more.
 * @throws {ApiError} REACH_TOO_NARROW, DATA_KEY_UNKNOWN, DATA_KEY_IN_USE while it seals, for an hour after, and while a text needs it
 */
export async function retireDataKey(authority: Authority, by: By, reach: Reach, id: string): Promise<void> {
  assertWhole(reach)
  await authority
    .mutate(by, { action: 'data_key.retire', subject: `data_key:${id}` }, async (tx, change) => {
      await lockSealing(tx) // of a rotation under way, the outcome
      const row = await findDataKey(tx, id)
      if (row === undefined) throw new ApiError('DATA_KEY_UNKNOWN')
      const idle = row.stopped_at !== null && row.stopped_at <= authority.clock() - RETIRE_AFTER_MILLISECONDS
      if (!idle || (await countSealed(tx)).has(id)) throw new ApiError('DATA_KEY_IN_USE')
      await deleteDataKey(tx, id)
      change.touch(DATA_KEY, id)
    })
    .catch((error: unknown) => {
      throw isForeignKeyViolation(error) ? new ApiError('DATA_KEY_IN_USE') : error
    })
}

/** Whoever has these keys can read everything of everybody. */
export function assertWhole(reach: Reach): void {
  if (!seesEverything(reach)) throw new ApiError('REACH_TOO_NARROW')
}

/** @throws {ApiError} MASTER_KEY_UNAVAILABLE for every fault of the configured master keys; what it was is in the log, for the operator */
export async function withMasterKeys<T>(
  { masterKeys, log }: Pick<Authority, 'masterKeys' | 'log'>,
  work: (keys: Authority['masterKeys']) => Promise<T>,
): Promise<T> {
  try {
    return await work(masterKeys)
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    log.error({ err: error, ...error.details }, 'the master key cannot be used')
    throw new ApiError('MASTER_KEY_UNAVAILABLE')
  }
}

function told({ id, master_key, created_at, stopped_at }: DataKeyRow, sealed: number): DataKey {
  return { id, masterKey: master_key, createdAt: created_at, ...(stopped_at !== null && { stoppedAt: stopped_at }), sealed }
}

/** Something was sealed under it between the look and the deletion. */
function isForeignKeyViolation(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '23503'
}
