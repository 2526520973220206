import createOpenApiClient, { type Client as OpenApiClient } from 'openapi-fetch'
import type { paths } from './api.gen.ts'
import { ApiProblem } from './api-problem.ts'
import { confirming } from './confirming.ts'
import { transport } from './transport.ts'

export interface ClientOptions {
  /** Where the authority is: `http://127.0.0.1:7070`. */
  readonly url: string
  /** An API key, `writ_key_…`; absent: only what is public. */
  readonly key?: string
  /** Default: the platform's. */
  readonly fetch?: (request: Request) => Promise<Response>
  /** Of each attempt; default 10,000. */
  readonly timeoutMilliseconds?: number
  /** How many more times a request is sent that may safely be sent again; default 3. */
  readonly retries?: number
  readonly sleep?: (milliseconds: number) => Promise<void>
  readonly random?: () => number
  /** Is asked when a mutation is held for whom it takes access from. @returns the token to go on with; `undefined`: not to */
  readonly confirm?: (held: ApiProblem) => Promise<string | undefined>
}

/** `GET`, `POST`, `PUT`, `PATCH` and `DELETE`, typed by path. Read the outcome with {@link answer}. */
export type Client = OpenApiClient<paths>

/**
 * A client of one authority. Every call rejects with an {@link ApiProblem} unless it succeeded. Repeats by itself what may be
 * repeated: reading, and writing under an `Idempotency-Key` (see {@link oneTime}).
 */
export function createClient(options: ClientOptions): Client {
  const { key, confirm } = options
  const send = transport({
    fetch: options.fetch ?? ((request) => fetch(request)),
    timeoutMilliseconds: options.timeoutMilliseconds ?? 10_000,
    retries: options.retries ?? 3,
    sleep: options.sleep ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))),
    random: options.random ?? Math.random,
  })
  return createOpenApiClient<paths>({
    baseUrl: options.url.replace(/\/+$/, ''),
    ...(key !== undefined && { headers: { authorization: `Bearer ${key}` } }),
    fetch: confirm === undefined ? send : confirming(send, confirm),
  })
}

/** The body of a successful call; `undefined` where there is none (204). @throws {ApiProblem} */
export async function answer<T>(call: Promise<{ data?: T; response: Response }>): Promise<T> {
  try {
    const { data } = await call
    return data as T
  } catch (error) {
    // A body that is cut off or no JSON, of a success: the request may have been carried out.
    if (error instanceof SyntaxError)
      throw new ApiProblem({ code: 'ANSWER_MALFORMED', detail: 'The answer is not JSON.' }, { cause: error })
    throw error
  }
}

/** A header that makes one request of all its repetitions. @param key default: a new one */
export function oneTime(key: string = crypto.randomUUID()): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key }
}

/** Every item of a list, page by page as they are asked for. @param read one page, from a cursor */
export async function* each<T>(read: (after: string | undefined) => Promise<{ items: T[]; next?: string }>): AsyncGenerator<T> {
  let after: string | undefined
  do {
    const { items, next } = await read(after)
    yield* items
    after = next
  } while (after !== undefined)
}
