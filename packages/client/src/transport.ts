import { ApiProblem, problemOf } from './api-problem.ts'
import { either } from './either.ts'

export interface TransportOptions {
  readonly fetch: (request: Request) => Promise<Response>
  /** Of each attempt. */
  readonly timeoutMilliseconds: number
  /** How many more times a request is sent that may be sent again. */
  readonly retries: number
  readonly sleep: (milliseconds: number) => Promise<void>
  /** In [0, 1). */
  readonly random: () => number
}

const FIRST_WAIT_MILLISECONDS = 100
const LONGEST_WAIT_MILLISECONDS = 5_000
/** What passes: the node drains or restarts, the gateway lost it, the first request under this Idempotency-Key is still under way. */
const PASSING: readonly number[] = [429, 502, 503, 504]
const IN_USE = 'IDEMPOTENCY_KEY_IN_USE'

/**
 * Sends a request until it is answered, as often as is safe: reading, or under an `Idempotency-Key`. Waits between attempts grow and
 * are drawn at random, so that callers who failed together do not come back together.
 * @throws {ApiProblem} for every answer but a success
 */
export function transport(options: TransportOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const mayRepeat = request.method === 'GET' || request.method === 'HEAD' || request.headers.has('idempotency-key')
    const last = mayRepeat ? options.retries : 0
    for (let attempt = 0; ; attempt++) {
      const outcome = await once(request, options, attempt < last)
      if (outcome instanceof Response) return outcome
      if (attempt >= last || !passes(outcome) || request.signal.aborted) throw outcome
      const wait = waitBefore(attempt, outcome.retryAfterSeconds, options.random)
      if (wait === undefined) throw outcome
      await options.sleep(wait)
    }
  }
}

async function once(request: Request, { fetch, timeoutMilliseconds }: TransportOptions, again: boolean): Promise<Response | ApiProblem> {
  const timeout = AbortSignal.timeout(timeoutMilliseconds)
  // Before the attempt: what a runtime does not have must not look like nobody answering.
  const signal = either(request.signal, timeout)
  try {
    const response = await fetch(new Request(again ? request.clone() : request, { signal }))
    return response.ok ? response : await problemOf(response)
  } catch (cause) {
    if (request.signal.aborted) throw cause
    return timeout.aborted ? timedOut(timeoutMilliseconds, cause) : unreachable(cause)
  }
}

function passes({ status, code }: ApiProblem): boolean {
  return status === undefined || PASSING.includes(status) || code === IN_USE
}

/** @returns `undefined` when whoever answered wants a longer wait than a caller should sit through */
function waitBefore(attempt: number, retryAfter: number | undefined, random: () => number): number | undefined {
  const drawn = Math.min(LONGEST_WAIT_MILLISECONDS, FIRST_WAIT_MILLISECONDS * 2 ** attempt) * (0.5 + random() / 2)
  if (retryAfter === undefined) return drawn
  const asked = retryAfter * 1000
  return asked > LONGEST_WAIT_MILLISECONDS ? undefined : Math.max(asked, drawn)
}

function timedOut(milliseconds: number, cause: unknown): ApiProblem {
  return new ApiProblem({ code: 'TIMED_OUT', detail: `No answer within ${milliseconds} ms.` }, { cause })
}

function unreachable(cause: unknown): ApiProblem {
  return new ApiProblem({ code: 'UNREACHABLE', detail: 'The authority could not be reached.' }, { cause })
}
