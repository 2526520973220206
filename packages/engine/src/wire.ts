import type { Decision, Notice, Remedy, Request } from './decision.ts'
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
export function requestFromWire({ proofs, ...request }: WireRequest): Request {
  if (proofs === undefined) return request
  const read = proofs.flatMap(({ at, ...proof }) => {
    const instant = parseInstant(at)
    return instant === undefined ? [] : [{ ...proof, at: instant }]
  })
  return { ...request, proofs: read }
}

export function decisionToWire({ expires, notices, remedies, ...decision }: Decision): WireDecision {
  return {
    ...decision,
    notices: notices.map(withInstants),
    remedies: remedies.map(withInstants),
    ...(expires !== undefined && { expires: formatInstant(expires) }),
  }
}

function withInstants(item: Notice | Remedy): Record<string, unknown> {
  const written: Record<string, unknown> = { ...item }
  for (const name of ['until', 'since']) if (typeof written[name] === 'number') written[name] = formatInstant(written[name])
  return written
}
