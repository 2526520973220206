import type { Decision } from '@writ/engine'

/** Who can turn a refusal of the authority's own terms into a yes. */
export interface MendedBy {
  /** Those that permit it. */
  readonly roles: readonly string[]
  /** Identities that can give them. */
  readonly owners?: readonly string[]
}

/** What is told to an identity whose request the authority's own terms refuse. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly decision: Decision
  /** In full: `writ:keys.write`. */
  readonly feature: string
  readonly mendedBy: MendedBy
  /** 401 where a stronger proof is asked for, `decision.md` section 9; else 403: who may not manage is not told to buy. */
  readonly statusCode: number
  constructor(decision: Decision, feature: string, mendedBy: MendedBy) {
    super('The terms of this authority do not allow you this.')
    this.decision = decision
    this.feature = feature
    this.mendedBy = mendedBy
    this.statusCode = decision.reason === 'step_up_required' ? 401 : 403
  }
}
