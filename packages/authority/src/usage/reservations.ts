import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Credential } from '../enforcers/credentials.ts'
import type { Reach } from '../enforcers/scope.ts'
import { readLicense } from '../licenses/service.ts'
import { findReservation, listOpen, type ReservationRow } from './reservation-store.ts'

/** `expired`: it ended by time, and what was not settled is free again. */
export type ReservationState = 'open' | 'settled' | 'released' | 'expired'

export interface ReservationView extends ReservationRow {
  readonly state: ReservationState
}

function stateOf({ closed_at, settled, until }: ReservationRow, now: number): ReservationState {
  if (closed_at !== null) return settled > 0 ? 'settled' : 'released'
  return now < until ? 'open' : 'expired'
}

export function viewOf({ clock }: Pick<Authority, 'clock'>, row: ReservationRow): ReservationView {
  return { ...row, state: stateOf(row, clock()) }
}

/** A credential's own; another's is as one that is not there. @throws {ApiError} RESERVATION_UNKNOWN */
export async function readReservation(authority: Authority, { id: source }: Credential, id: string): Promise<ReservationView> {
  const row = await findReservation(authority.db, { source, id })
  if (row === undefined) throw new ApiError('RESERVATION_UNKNOWN')
  return viewOf(authority, row)
}

/** Most that are shown of one licence. */
const MOST_OPEN = 1000

/** What is held back of a licence now, by whom: those that end first come first. @throws {ApiError} LICENSE_UNKNOWN */
export async function openReservations(authority: Authority, reach: Reach, license: string): Promise<ReservationView[]> {
  await readLicense(authority, reach, license)
  const rows = await listOpen(authority.db, license, authority.clock(), MOST_OPEN)
  return rows.map((row) => viewOf(authority, row))
}
