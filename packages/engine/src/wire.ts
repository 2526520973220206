import type { Decision, Notice, Proof, Remedy, Request } from './decision.ts'
import { formatInstant, parseInstant } from './instant.ts'

/** A request as `POST /v1/check` takes it: instants in RFC 3339. */
export type WireRequest = Omit<Request, 'proofs' | 'locally_refused'> & {
  readonly proofs?: readonly { readonly level: string; readonly at: string; readonly session?: string; readonly device?: string }[]
}

/** An answer as it stands on the wire, `decision.md` section 9: instants in RFC 3339, empty lists kept. */
export type WireDecision = Omit<Decision, 'expires' | 'notices' | 'remedies'> & {
  readonly expires?: string
  readonly notices: readonly Record<string, unknown>[]
  readonly remedies: readonly Record<string, unknown>[]
}

/** Proofs whose instant does not parse are none. */
export function requestFromWire(request: WireRequest): Request {
  const { proofs } = request
  if (proofs === undefined) return request as Omit<WireRequest, 'proofs'>
  const read: Proof[] = []
  for (const proof of proofs) {
    const at = parseInstant(proof.at)
    if (at !== undefined) read.push({ ...proof, at })
  }
  return { ...request, proofs: read }
}

/** One that is on the wire already stays as it is. */
export function decisionToWire(decision: Decision | WireDecision): WireDecision {
  const { expires, notices, remedies } = decision
  const written = { ...decision } as unknown as { -readonly [K in keyof WireDecision]: WireDecision[K] }
  if (notices.length > 0) written.notices = notices.map(withInstants)
  if (remedies.length > 0) written.remedies = remedies.map(withInstants)
  if (typeof expires === 'number') written.expires = formatInstant(expires)
  return written
}

function withInstants(item: Notice | Remedy | Record<string, unknown>): Record<string, unknown> {
  const written: Record<string, unknown> = { ...item }
  for (const name of ['until', 'since']) if (typeof written[name] === 'number') written[name] = formatInstant(written[name])
  return written
}
