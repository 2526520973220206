import { type ChallengeOptions, challenge, wwwAuthenticate } from '../challenge.ts'
import type { Decision } from '../decision.ts'

/** What an application sends to a caller whom it does not let through, in no framework's words. */
export interface Answer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON. */
  readonly body: string
}

/**
 * A refusal as a problem: `code` is the reason, `remedies` what would help. Of the licence behind it nothing is told.
 * @see RFC 9457; `decision.md` section 9 for status and headers
 */
export function refusalAnswer(decision: Decision, feature: string | undefined, options: ChallengeOptions): Answer {
  const { status, headers } = challenge(decision, options)
  const { reason, remedies } = decision
  return problem(status, headers, reason ?? 'REFUSED', `Not allowed: ${reason?.replaceAll('_', ' ') ?? 'no reason was told'}.`, {
    ...(feature !== undefined && { feature }),
    remedies,
  })
}

/** Nobody is signed in. @see RFC 6750 section 3.1 */
export function strangerAnswer({ scheme }: ChallengeOptions): Answer {
  const headers = wwwAuthenticate(scheme, ['error="invalid_token"', 'error_description="Nobody is signed in, or no longer."'])
  return problem(401, headers, 'CREDENTIAL_INVALID', 'The request carries no valid credential.')
}

function problem(status: number, headers: Answer['headers'], code: string, title: string, members: object = {}): Answer {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: JSON.stringify({ type: `urn:writ:problem:${code.toLowerCase()}`, title, status, code, ...members }),
  }
}
