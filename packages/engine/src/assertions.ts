import type { Request } from './decision.ts'

/** What an enforcer may state of its own knowledge, by the scopes of its credential; `decision.md` section 1. */
export interface Assertions {
  readonly identity: boolean
  readonly resource: boolean
  readonly context: boolean
  readonly proofs: boolean
}

/** The assertions that a list of scopes allows: `assert:identity`, `assert:resource`, `assert:context`, `assert:proofs`. */
export function assertionsOf(scopes: readonly string[]): Assertions {
  return {
    identity: scopes.includes('assert:identity'),
    resource: scopes.includes('assert:resource'),
    context: scopes.includes('assert:context'),
    proofs: scopes.includes('assert:proofs'),
  }
}

/** A question without what its enforcer may not state. What it says all the same may narrow the answer, and never widen it. */
export function withoutAssertions(sent: Request, may: Assertions): Request {
  if (may.identity && may.resource && may.context && may.proofs) return sent
  const request: { -readonly [K in keyof Request]: Request[K] } = { ...sent }
  let changed = false
  const drop = (...names: (keyof Request)[]): void => {
    for (const name of names) {
      if (request[name] === undefined) continue
      delete request[name]
      changed = true
    }
  }
  const { subject, resource, action } = sent.properties ?? {}
  if (!may.identity) drop('identity', 'actor')
  if (!may.resource && typeof sent.resource === 'object') {
    request.resource = sent.resource.id
    changed = true
  }
  if (!may.context) drop('context')
  if (!may.proofs) drop('proofs')
  if (sent.properties !== undefined && !(may.identity && may.resource && may.context)) {
    request.properties = {
      ...(subject && may.identity && { subject }),
      ...(resource && may.resource && { resource }),
      ...(action && may.context && { action }),
    }
    changed = true
  }
  return changed ? request : sent
}
