import { timingSafeEqual } from 'node:crypto'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { StartError, type StartErrorCode } from '../app/start-error.ts'
import type { By } from '../changes/mutate.ts'
import type { Reach } from '../enforcers/scope.ts'
import { countDataKeys, DATA_KEY, type DataKeyRow, listDataKeys, rewrapDataKey } from './data-key-store.ts'
import { assertWhole, withMasterKeys } from './data-keys.ts'
import type { MasterKey } from './master-key.ts'
import { contextOf, type MasterKeys } from './master-keys.ts'
import { versionOf } from './transit.ts'

export interface MasterKeyState {
  /** The one that every data key is wrapped by. */
  readonly id: string
  /** Of a key of a service, its version that wrapped them. */
  readonly version?: number
  readonly configured: readonly { readonly id: string; readonly place: string; readonly inUse: boolean }[]
  /** Why the configured ones cannot be read. */
  readonly fault?: StartErrorCode
}

export async function masterKeyState({ db, masterKeys }: Pick<Authority, 'db' | 'masterKeys'>): Promise<MasterKeyState> {
  const rows = await listDataKeys(db)
  try {
    return stateOf(sealingOf(rows), masterKeys.configured())
  } catch (error) {
    if (error instanceof StartError) return { ...stateOf(sealingOf(rows), []), fault: error.code }
    throw error
  }
}

/**
 * Wraps every data key by another of the configured master keys, in one transaction: before it the old one opens the store, after it the
 * new one does. No secret is encrypted anew, and nothing waits.
 * @param to its id; absent: the only one that is configured besides the current one
 * @throws {ApiError} REACH_TOO_NARROW, MASTER_KEY_UNKNOWN, MASTER_KEY_UNCLEAR, MASTER_KEY_UNAVAILABLE; PRECONDITION_FAILED when a data
 *   key or the master key is rotated at this moment
 */
export async function rotateMasterKey(authority: Authority, by: By, reach: Reach, to: string | undefined): Promise<MasterKeyState> {
  assertWhole(reach)
  const rows = await listDataKeys(authority.db)
  const { master_key: current } = sealingOf(rows)
  const { target, wrapped, configured } = await withMasterKeys(authority, async (keys) => {
    const configured = keys.configured()
    const target = chosen(configured, current, to)
    return { target, configured, wrapped: await Promise.all(rows.map((row) => rewrapped(keys, target, authority.id, row))) }
  })
  return authority.mutate(by, { action: 'master_key.rotate', subject: `master_key:${target.id}` }, async (tx, change) => {
    for (const [at, row] of rows.entries()) {
      const now = { id: row.id, wrapped: wrapped[at] as string, master_key: target.id }
      if (!(await rewrapDataKey(tx, now, row.wrapped))) throw new ApiError('PRECONDITION_FAILED')
      change.touch(DATA_KEY, row.id)
    }
    // One that was made meanwhile would stay behind, and be lost with the old master key.
    if ((await countDataKeys(tx)) !== rows.length) throw new ApiError('PRECONDITION_FAILED')
    change.note({ before: current })
    return stateOf({ master_key: target.id, wrapped: wrapped[0] as string }, configured)
  })
}

function chosen(configured: readonly MasterKey[], current: string, to: string | undefined): MasterKey {
  if (to !== undefined) {
    const named = configured.find(({ id }) => id === to)
    if (named === undefined) throw new ApiError('MASTER_KEY_UNKNOWN')
    return named
  }
  const [other, ...more] = configured.filter(({ id }) => id !== current)
  if (other === undefined) throw new ApiError('MASTER_KEY_UNKNOWN')
  if (more.length > 0) throw new ApiError('MASTER_KEY_UNCLEAR')
  return other
}

/** What cannot be unwrapped again is not stored. */
async function rewrapped(keys: MasterKeys, target: MasterKey, authorityId: string, row: DataKeyRow): Promise<string> {
  const context = contextOf(authorityId, row.id)
  const key = await keys.unwrap(row, context)
  const wrapped = await target.wrap(key, context)
  if (!timingSafeEqual(await target.unwrap(wrapped, context), key)) throw new Error('the master key does not give back what it was given')
  return wrapped
}

/** Its master key is that of every row: a rotation leaves none behind. */
function sealingOf(rows: readonly DataKeyRow[]): Pick<DataKeyRow, 'master_key' | 'wrapped'> {
  return rows.find(({ stopped_at }) => stopped_at === null) ?? { master_key: '', wrapped: '' }
}

function stateOf({ master_key, wrapped }: Pick<DataKeyRow, 'master_key' | 'wrapped'>, configured: readonly MasterKey[]): MasterKeyState {
  const version = versionOf(wrapped)
  return {
    id: master_key,
    ...(version !== undefined && { version }),
    configured: configured.map(({ id, place }) => ({ id, place, inUse: id === master_key })),
  }
}
