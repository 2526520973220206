import { createClient } from '@writ/client'
import { WritError } from '../writ-error.ts'
import type { ToldCount } from './soft-counts.ts'

export interface ReadCountsOptions {
  readonly url: string
  readonly key?: string | (() => string | Promise<string>)
  readonly fetch?: (request: Request) => Promise<Response>
  readonly timeoutMilliseconds?: number
}

/** Reads what the authority counts of licences, a few hundred at once. @throws what the client throws; {WritError} ANSWER_MALFORMED */
export function countsReader({ url, key, fetch, timeoutMilliseconds = 2_000 }: ReadCountsOptions) {
  const client = createClient({ url, retries: 0, timeoutMilliseconds, ...(fetch !== undefined && { fetch }) })
  return async (licenses: readonly string[]): Promise<readonly ToldCount[]> => {
    const bearer = typeof key === 'function' ? await key() : key
    const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
    const { data } = await client.POST('/v1/usage/counts', { body: { licenses: [...licenses] }, headers })
    const { counts } = (data ?? {}) as { counts?: readonly unknown[] }
    if (!Array.isArray(counts)) throw new WritError('ANSWER_MALFORMED', undefined)
    return counts.map(countOf)
  }
}

function countOf(value: unknown): ToldCount {
  const { license, meter, from, until, used } = (value ?? {}) as Record<string, unknown>
  const count = { license, meter, from: Date.parse(String(from)), until: Date.parse(String(until)), used }
  const isCount =
    typeof license === 'string' &&
    typeof meter === 'string' &&
    Number.isFinite(count.from) &&
    Number.isFinite(count.until) &&
    Number.isSafeInteger(used)
  if (!isCount) throw new WritError('ANSWER_MALFORMED', undefined)
  return count as ToldCount
}
