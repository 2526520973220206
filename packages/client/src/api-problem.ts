export interface FieldProblem {
  readonly in: string
  readonly pointer: string
  readonly detail: string
}

/** The members of an RFC 9457 problem that the authority sends; `code` is the one to branch on. */
interface Problem {
  readonly code: string
  readonly status?: number
  readonly detail: string
  readonly errors?: readonly FieldProblem[]
  /** Members of this code alone: `scope`, `findings`. */
  readonly members?: Readonly<Record<string, unknown>>
  /** Names the request in the authority's log. */
  readonly requestId?: string
  /** From when it may be asked again, as who answered said. */
  readonly retryAfterSeconds?: number
}

/**
 * The only error that the client throws. `code` is the authority's, or one of the client's own: `UNREACHABLE` (no answer came),
 * `TIMED_OUT`, `ANSWER_MALFORMED`, or `HTTP_502` and the like where something in between answered in words of its own.
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: string
  /** Absent: there was no answer. */
  readonly status: number | undefined
  readonly detail: string
  readonly errors: readonly FieldProblem[]
  readonly members: Readonly<Record<string, unknown>>
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor({ code, status, detail, errors = [], members = {}, requestId, retryAfterSeconds }: Problem, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options)
    this.code = code
    this.status = status
    this.detail = detail
    this.errors = errors
    this.members = members
    this.requestId = requestId
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Reads the problem out of an answer that is no success, whoever wrote it. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const { status } = response
  const requestId = response.headers.get('x-request-id') ?? undefined
  const text = await response.text().catch(() => '')
  const body = response.headers.get('content-type')?.includes('json') ? parsed(text) : undefined
  // RFC 9110 section 10.2.3; a date is not used here.
  const after = Number(response.headers.get('retry-after') ?? Number.NaN)
  const id = { ...(requestId !== undefined && { requestId }), ...(after >= 0 && { retryAfterSeconds: after }) }
  if (body === undefined || typeof body.code !== 'string') {
    return new ApiProblem({ code: `HTTP_${status}`, status, detail: plain(text) ?? `The answer was HTTP ${status}.`, ...id })
  }
  const { type: _type, title, status: _status, detail, code, instance: _instance, errors, ...members } = body
  const says = typeof detail === 'string' ? detail : typeof title === 'string' ? title : code
  return new ApiProblem({ code, status, detail: says, errors: Array.isArray(errors) ? errors : [], members, ...id })
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** AuthZEN's errors are a sentence; a proxy's are a page, which nobody wants to read in a terminal. */
function plain(text: string): string | undefined {
  const line = text.trim()
  return line === '' || line.length > 300 || line.startsWith('<') ? undefined : line
}
