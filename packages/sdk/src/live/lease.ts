import type { QuotaWindow } from '@writ/engine'
import { WritError } from '../writ-error.ts'

/** A lease as the authority tells it. */
export interface Lease {
  readonly seq: number
  readonly granted: number
  readonly state: string
  /** From the answer to its end. */
  readonly milliseconds: number
  readonly windows: readonly QuotaWindow[]
}

/**
 * Reads an answer of the authority: of a return it is the lease itself.
 * @returns `undefined`: nothing is granted
 * @throws {WritError} ANSWER_MALFORMED
 */
export function readLease(body: unknown): Lease | undefined {
  const { lease, ...other } = (body ?? {}) as { lease?: unknown }
  if (lease === undefined) return 'windows' in other ? read(other) : undefined
  return read(lease)
}

function read(value: unknown): Lease {
  const { seq, granted, state, milliseconds, windows } = (value ?? {}) as Record<string, unknown>
  const isLease =
    [seq, granted, milliseconds].every((each) => typeof each === 'number' && each >= 0 && Number.isSafeInteger(each)) &&
    typeof state === 'string' &&
    Array.isArray(windows)
  if (!isLease) throw new WritError('ANSWER_MALFORMED', undefined)
  return { seq, granted, state, milliseconds, windows: windows.map(windowOf) } as Lease
}

function windowOf(value: unknown): QuotaWindow {
  const { from, until, limit } = (value ?? {}) as Record<string, unknown>
  const window = { from: Date.parse(String(from)), until: Date.parse(String(until)) }
  if (!Number.isFinite(window.from) || !Number.isFinite(window.until)) throw new WritError('ANSWER_MALFORMED', undefined)
  return typeof limit === 'number' ? { ...window, hardLimit: limit } : window
}
