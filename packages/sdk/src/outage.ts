import { ApiProblem } from '@writ/client'
import type { Outage } from './decision.ts'
import { WritError } from './writ-error.ts'

/** Which outage a failed request is; `undefined`: none, somebody answered. Grace is for outages alone. */
export function outageOf(problem: ApiProblem): Outage | undefined {
  const { status, code } = problem
  if (status !== undefined) return status >= 500 ? 'AUTHORITY_FAILED' : undefined
  if (code === 'TIMED_OUT') return 'TIMED_OUT'
  if (code !== 'UNREACHABLE') return undefined
  return untrusted(problem) === undefined ? 'UNREACHABLE' : undefined
}

/** What passes by itself in moments: nothing was listening, or a gateway lost the node. */
export function isBrief(problem: ApiProblem): boolean {
  return problem.status === undefined ? problem.code === 'UNREACHABLE' : [502, 503, 504].includes(problem.status)
}

/** The fault of the application, its key or its surroundings that an answer tells of. */
export function faultOf(problem: ApiProblem): WritError {
  const { status, code, members, errors } = problem
  const options = { cause: problem }
  if (status === 401) return new WritError('CREDENTIAL_REFUSED', undefined, options)
  if (code === 'SCOPE_MISSING') {
    return new WritError('SCOPE_MISSING', { scope: typeof members.scope === 'string' ? members.scope : undefined }, options)
  }
  if (status === 429) return new WritError('ASKED_TOO_FAST', { retryAfterSeconds: problem.retryAfterSeconds }, options)
  const why = untrusted(problem)
  if (why !== undefined) return new WritError('AUTHORITY_UNPROVEN', { why }, options)
  if (status === undefined) return new WritError('ANSWER_MALFORMED', undefined, options)
  return new WritError('QUESTION_REFUSED', { status, code, pointers: errors.map(({ pointer }) => pointer) }, options)
}

/** How runtimes name a certificate that does not hold. Browsers do not tell: there it looks like nobody listening. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|HOSTNAME_MISMATCH/

function untrusted(error: unknown): string | undefined {
  let cause = error
  for (let depth = 0; depth < 5 && typeof cause === 'object' && cause !== null; depth++) {
    const { code } = cause as { code?: unknown }
    if (typeof code === 'string' && CERTIFICATE.test(code)) return code
    cause = (cause as { cause?: unknown }).cause
  }
  return undefined
}

export function isProblem(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem
}
