import type { Instant, SignalFact } from '@writ/engine'
import type { Transaction } from 'kysely'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { unfit } from '../app/body-field.ts'
import type { Database } from '../app/database.ts'
import { makeId } from '../app/ids.ts'
import type { Listing, Slice } from '../app/listing.ts'
import type { By, Deed } from '../changes/mutate.ts'
import type { Reach } from '../enforcers/scope.ts'
import { readIdentity, seesIdentity, seesWhole } from './service.ts'
import { deleteSignal, insertSignal, listSignals, lockIdentity, type SignalRow, type SignalSort } from './store.ts'

export interface NewSignal {
  readonly name: string
  readonly session?: string
  readonly device?: string
  /** Default: now. */
  readonly at?: Instant
}

/** How far the clock of whoever reports may be ahead of ours. */
const CLOCK_TOLERANCE_MILLISECONDS = 60_000

/**
 * Raises a signal against an identity. A name that no terms know counts for nothing until terms declare it.
 * @throws {ApiError} IDENTITY_UNKNOWN, REACH_TOO_NARROW; REQUEST_INVALID when `at` lies in the future, where it would count for nothing
 */
export async function raiseSignal(authority: Authority, by: By, reach: Reach, identity: string, input: NewSignal): Promise<SignalRow> {
  const now = authority.clock()
  const { name, session = null, device = null, at = now } = input
  if (at > now + CLOCK_TOLERANCE_MILLISECONDS) throw unfit('/at', 'must not lie in the future')
  const id = makeId('sig')
  return authority.mutate(by, deed('raise', identity), async (tx, change) => {
    await lockWhole(tx, reach, identity)
    const row: SignalRow = { id, identity_id: identity, name, session, device, at: Math.min(at, now) }
    await insertSignal(tx, row)
    change.state(factOf(row))
    change.note({ signal: id, name })
    return row
  })
}

/** @throws {ApiError} IDENTITY_UNKNOWN, SIGNAL_UNKNOWN, REACH_TOO_NARROW */
export async function withdrawSignal(authority: Authority, by: By, reach: Reach, identity: string, id: string): Promise<void> {
  await authority.mutate(by, deed('withdraw', identity), async (tx, change) => {
    await lockWhole(tx, reach, identity)
    if (!(await deleteSignal(tx, identity, id))) throw new ApiError('SIGNAL_UNKNOWN')
    change.state({ fact: 'removed', of: 'signal', id })
    change.note({ signal: id })
  })
}

/** @returns a page, and where the next begins if this one is full @throws {ApiError} IDENTITY_UNKNOWN */
export async function pageOfSignals(
  authority: Authority,
  reach: Reach,
  identity: string,
  listing: Listing<SignalSort>,
): Promise<Slice<SignalRow>> {
  await readIdentity(authority, reach, identity)
  return listSignals(authority.db, identity, listing)
}

async function lockWhole(tx: Transaction<Database>, reach: Reach, identity: string): Promise<void> {
  const known = await lockIdentity(tx, identity)
  if (known === undefined || !seesIdentity(reach, known)) throw new ApiError('IDENTITY_UNKNOWN')
  if (!seesWhole(reach, known)) throw new ApiError('REACH_TOO_NARROW')
}

function factOf({ id, identity_id, name, session, device, at }: SignalRow): SignalFact {
  return { fact: 'signal', id, name, identity: identity_id, at, ...(session !== null && { session }), ...(device !== null && { device }) }
}

function deed(verb: string, identity: string): Deed {
  return { action: `signal.${verb}`, subject: `identity:${identity}` }
}
