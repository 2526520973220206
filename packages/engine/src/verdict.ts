import type { Notice, Obligation, Reason, Remedy } from './decision.ts'
import type { Spending } from './usage.ts'

export interface Refusal {
  readonly reason: Reason
  readonly remedies: readonly Remedy[]
}

export function refusal(reason: Reason, ...remedies: readonly Remedy[]): Refusal {
  return { reason, remedies }
}

/** What a candidate gathers on its way through the gates. */
export interface Findings {
  /** Judged under `advise`: a refusal that it lets pass must not hide, in the same gate, one that it does not. */
  readonly soft: boolean
  readonly notices: Notice[]
  readonly obligations: Obligation[]
  value?: number | string
  admitted?: number
  grant?: string
  seat?: Spending['seat']
  quota?: Spending['quota']
  rate?: Spending['rate']
}

/** How far a candidate got: `depth` counts gates passed. */
export type Verdict = ({ readonly passed: true } & Findings) | ({ readonly passed: false; readonly depth: number } & Refusal)
