import type { Decision, Reason, Remedy } from './decision.ts'

/** Thrown by `require`: the answer was no. `reason` and `remedies` are the decision's; the message names the reason alone. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code = 'REFUSED'
  readonly reason: Reason | undefined
  readonly remedies: readonly Remedy[]
  readonly decision: Decision
  constructor(decision: Decision) {
    super(`Refused: ${decision.reason ?? 'no reason was told'}.`)
    this.decision = decision
    this.reason = decision.reason
    this.remedies = decision.remedies
  }
}
