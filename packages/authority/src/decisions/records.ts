import type { Instant } from '@writ/engine'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import type { Reach } from '../enforcers/scope.ts'
import { countRefusals } from './store.ts'

export interface Refusals {
  readonly from: Instant
  readonly to: Instant
  readonly step: number
  readonly refused: number
  /** The most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly refused: number; readonly series: readonly number[] }[]
}

const DAY_MILLISECONDS = 86_400_000
const MOST_MILLISECONDS = 92 * DAY_MILLISECONDS

/**
 * How often each reason refused, over a period and in equal parts of it.
 * @param from absent: a day before the end @param to absent: now
 * @throws {ApiError} REQUEST_INVALID for an empty period, or one longer than 92 days
 */
export async function refusalsByReason(
  { db, clock }: Authority,
  reach: Reach,
  { to = clock(), from = Math.max(0, to - DAY_MILLISECONDS), parts }: { from?: Instant; to?: Instant; parts: number },
): Promise<Refusals> {
  if (from >= to || to - from > MOST_MILLISECONDS) {
    throw new ApiError('REQUEST_INVALID', { errors: [{ in: 'query', pointer: '/from', detail: 'must be before to, by at most 92 days' }] })
  }
  const step = Math.ceil((to - from) / parts)
  const series = new Map<string, number[]>()
  for (const { reason, part, refused } of await countRefusals(db, reach, { from, to, step })) {
    const known = series.get(reason) ?? Array.from({ length: parts }, () => 0)
    known[part] = refused
    series.set(reason, known)
  }
  const reasons = [...series].map(([reason, counts]) => ({
    reason,
    refused: counts.reduce((sum, count) => sum + count, 0),
    series: counts,
  }))
  reasons.sort((a, b) => b.refused - a.refused || (a.reason < b.reason ? -1 : 1))
  return { from, to, step, refused: reasons.reduce((sum, { refused }) => sum + refused, 0), reasons }
}
