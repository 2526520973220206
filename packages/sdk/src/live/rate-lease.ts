import type { Rate } from '@writ/terms'
import { WritError } from '../writ-error.ts'

export type { Rate }

/** A part of a rate as the authority tells it. */
export interface RateAnswer {
  readonly seq: number
  readonly kept: number
  readonly added: number
  readonly backlogMilliseconds: number
  readonly fair: number
  /** From the answer to its end. */
  readonly milliseconds: number
}

/** @throws {WritError} ANSWER_MALFORMED */
export function readRateLease(body: unknown): RateAnswer {
  const { lease } = (body ?? {}) as { lease?: unknown }
  const { seq, kept, added, fair, milliseconds, backlog_milliseconds } = (lease ?? {}) as Record<string, unknown>
  const isLease =
    [seq, kept, added, fair, milliseconds].every((each) => Number.isSafeInteger(each) && (each as number) >= 0) &&
    typeof backlog_milliseconds === 'number' &&
    backlog_milliseconds >= 0
  if (!isLease) throw new WritError('ANSWER_MALFORMED', undefined)
  return { seq, kept, added, fair, milliseconds, backlogMilliseconds: backlog_milliseconds } as RateAnswer
}
