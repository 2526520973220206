import { systemClock } from './clock.ts'
import type { Decision, Reason, Remedy } from './decision.ts'

export interface ChallengeOptions {
  /** Epoch milliseconds; default: now. Turns `until` into the seconds of the RateLimit field. */
  readonly now?: number
  /** Behind a gateway that passes 401 and 403 alone: the status meant travels in `Writ-Status`. */
  readonly onlyUnauthorizedAndForbidden?: boolean
  /** How your callers show their tokens, as a challenge names it; default `Bearer`. */
  readonly scheme?: 'Bearer' | 'DPoP'
}

export interface Challenge {
  readonly status: number
  /** Lower-case names, as fetch and Node take them. */
  readonly headers: Readonly<Record<string, string>>
}

const STATUS: Partial<Record<Reason, number>> = {
  step_up_required: 401,
  rate_limited: 429,
  quota_exhausted: 429,
  no_license: 402,
  license_expired: 402,
  license_past_due: 402,
  not_entitled: 402,
  seats_exhausted: 402,
}

/**
 * What an HTTP application answers to a refusal, `decision.md` section 9.
 * @throws {RangeError} for an answer that allows
 * @see RFC 9470 section 3 (step-up), RFC 9449 section 7.1 (DPoP), RFC 9110 section 10.2.3 (Retry-After), draft-ietf-httpapi-ratelimit-headers (RateLimit)
 */
export function challenge(decision: Decision, options: ChallengeOptions = {}): Challenge {
  if (decision.allowed) throw new RangeError('an answer that allows is no challenge')
  const { reason } = decision
  const status = (reason !== undefined && STATUS[reason]) || 403
  const headers = { ...stepUp(decision, options.scheme), ...(status === 429 && later(decision, options.now ?? systemClock())) }
  if (options.onlyUnauthorizedAndForbidden !== true || status === 401 || status === 403) return { status, headers }
  return { status: 403, headers: { ...headers, 'writ-status': String(status) } }
}

function stepUp({ reason, remedies }: Decision, scheme: ChallengeOptions['scheme']): Record<string, string> {
  const remedy = find(remedies, 'step_up')
  if (reason !== 'step_up_required') return {}
  return wwwAuthenticate(scheme, [
    'error="insufficient_user_authentication"',
    'error_description="A stronger or fresher proof of identity is needed."',
    ...(remedy === undefined ? [] : [`acr_values="${remedy.acr_values.map(printable).join(' ')}"`]),
    ...(remedy?.max_age === undefined ? [] : [`max_age="${Math.max(0, Math.floor(remedy.max_age))}"`]),
  ])
}

/** @see RFC 6750 section 3; RFC 9449 section 7.1 (DPoP, with what a proof may be signed with) */
export function wwwAuthenticate(scheme: ChallengeOptions['scheme'], members: readonly string[]): Record<string, string> {
  const said = scheme === 'DPoP' ? [...members, 'algs="ES256 EdDSA Ed25519 ES384 ES512 PS256 RS256"'] : members
  return { 'www-authenticate': `${scheme ?? 'Bearer'} ${said.join(', ')}` }
}

/** A header is no place for what could end it: quotes, line ends, anything beyond ASCII. */
function printable(text: string): string {
  return text.replace(/[^\x21\x23-\x5b\x5d-\x7e]/g, '')
}

function later({ reason, remedies }: Decision, now: number): Record<string, string> {
  const remedy = find(remedies, 'wait')
  const until = remedy?.until === undefined ? Number.NaN : Date.parse(remedy.until)
  const seconds = remedy?.seconds ?? (until - now) / 1000
  if (!Number.isFinite(seconds)) return {}
  const whole = String(Math.max(0, Math.ceil(seconds)))
  return { 'retry-after': whole, ratelimit: `"${reason === 'rate_limited' ? 'rate' : 'quota'}";r=0;t=${whole}` }
}

function find<T extends Remedy['type']>(remedies: readonly Remedy[], type: T): Extract<Remedy, { type: T }> | undefined {
  return remedies.find((remedy): remedy is Extract<Remedy, { type: T }> => remedy.type === type)
}
