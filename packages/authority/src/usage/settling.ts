import type { Instant } from '@writ/engine'
import type { Kysely } from 'kysely'
import { ApiError } from '../app/api-error.ts'
import type { Clock } from '../app/clock.ts'
import type { Database } from '../app/database.ts'
import { lockCountersOf, lockReservation, type ReservationRow, writeSettled } from './reservation-store.ts'
import type { ConsumeKey } from './store.ts'

/** What was used in all, so that the same said twice is said once; `keep`: more is to come. */
export type Settlement = { readonly used: number; readonly keep: boolean } | 'nothing more'

/** A commit that begins a new counter looks at reservations after counters, settling the other way round: rarely they wait for each other. */
const DEADLOCK = '40P01'
const MOST_TRIES = 3

/**
 * Settles or releases a reservation. It neither asks whether the licence still stands nor can it exceed a limit: the units were taken
 * when they were reserved, in the window of that instant, and are only counted or given back here.
 */
export async function settle(db: Kysely<Database>, key: ConsumeKey, settlement: Settlement, clock: Clock): Promise<ReservationRow> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(async (tx) => {
        const row = await lockReservation(tx, key)
        if (row === undefined) throw new ApiError('RESERVATION_UNKNOWN')
        await lockCountersOf(tx, row)
        // Read behind the locks: whoever was waited for may have found the reservation over, and given its units away.
        const now = clock()
        const { settled, isOver } = settledBy(row, settlement, now)
        if (isOver && row.closed_at !== null) return row
        if (now >= row.until) return row
        return writeSettled(tx, row, settled, isOver ? now : undefined)
      })
    } catch (error) {
      if (attempt === MOST_TRIES || (error as { code?: unknown }).code !== DEADLOCK) throw error
    }
  }
}

/** @throws {ApiError} RESERVATION_EXPIRED, RESERVATION_CLOSED, RESERVATION_EXCEEDED, RESERVATION_SETTLED */
function settledBy(row: ReservationRow, settlement: Settlement, now: Instant): { settled: number; isOver: boolean } {
  if (settlement === 'nothing more') return { settled: row.settled, isOver: true }
  const { used, keep } = settlement
  // The first answer was lost on its way: it is so already.
  const isRetry = used === row.settled
  if (row.closed_at !== null && !isRetry) throw new ApiError('RESERVATION_CLOSED')
  if (row.closed_at === null && now >= row.until && !isRetry) throw new ApiError('RESERVATION_EXPIRED')
  if (used > row.amount) throw new ApiError('RESERVATION_EXCEEDED')
  if (used < row.settled) throw new ApiError('RESERVATION_SETTLED')
  return { settled: used, isOver: row.closed_at !== null || !keep }
}
