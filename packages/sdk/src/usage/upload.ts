import { ApiProblem, createClient, either } from '@writ/client'
import { faultOf, isProblem, outageOf } from '../outage.ts'
import { WritError } from '../writ-error.ts'

export interface UploadOptions {
  /** Where the authority is. */
  readonly url: string
  /** An API key with the scope `consume`, or where to get it. */
  readonly key?: string | (() => string | Promise<string>)
  readonly fetch?: (request: Request) => Promise<Response>
  /** Of one batch; default 30,000. */
  readonly timeoutMilliseconds?: number
}

/** What became of one event. */
export interface Told {
  readonly status: 'accepted' | 'duplicate' | 'refused'
  readonly code?: string
}

export type Upload = (events: readonly string[], signal: AbortSignal) => Promise<readonly Told[]>

const BATCH = 'application/cloudevents-batch+json'
const AHEAD = 'USAGE_AHEAD'

/** Sends a batch. The same batch may be sent again, however the first ended: each event counts once. */
export function uploader({ url, key, fetch, timeoutMilliseconds = 30_000 }: UploadOptions): Upload {
  if (!URL.canParse(url)) throw new WritError('OPTION_INVALID', { option: 'url' })
  const client = createClient({ url, retries: 0, timeoutMilliseconds, ...(fetch !== undefined && { fetch }) })

  const send: Upload = async (events, signal) => {
    const bearer = typeof key === 'function' ? await key() : key
    try {
      const { data } = await client.POST('/v1/usage/events', {
        // A window that is closed by now is no reason to lose what was used.
        params: { query: { late: 'book' } },
        body: `[${events.join(',')}]` as never,
        bodySerializer: (body: unknown) => body as string,
        headers: { 'content-type': BATCH, ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) },
        signal: either(signal, AbortSignal.timeout(timeoutMilliseconds)),
      })
      return readReport(data, events.length)
    } catch (error) {
      if (error instanceof WritError) throw error
      const problem = isProblem(error)
        ? error
        : new ApiProblem({ code: 'UNREACHABLE', detail: 'The answer was cut off.' }, { cause: error })
      const outage = outageOf(problem)
      throw outage === undefined ? faultOf(problem) : new WritError('USAGE_NOT_SENT', { outage }, { cause: problem })
    }
  }

  return async (events, signal) => {
    const told = await send(events, signal)
    const ahead = told.flatMap(({ code }, place) => (code === AHEAD ? [place] : []))
    if (ahead.length === 0) return told
    // The clock here is ahead of the authority's: then it counts when it arrives.
    const again = await send(
      ahead.map((place) => withoutTime(events[place] as string)),
      signal,
    )
    return told.map((each, place) => (ahead.includes(place) ? (again[ahead.indexOf(place)] as Told) : each))
  }
}

function withoutTime(event: string): string {
  const { time: _, ...rest } = JSON.parse(event) as { time?: string }
  return JSON.stringify(rest)
}

function readReport(data: unknown, count: number): readonly Told[] {
  const { events } = (data ?? {}) as { events?: readonly Told[] }
  const isWhole = Array.isArray(events) && events.length === count && events.every((each) => STATUSES.includes(each?.status))
  if (!isWhole) throw new WritError('ANSWER_MALFORMED', undefined)
  return events
}

const STATUSES: readonly unknown[] = ['accepted', 'duplicate', 'refused']
