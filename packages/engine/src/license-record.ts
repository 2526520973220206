import type { CompiledPlan, CompiledTerms } from '@writ/terms'
import type { Instant, LicenseFact } from './facts.ts'
import type { LicenseTimes } from './license-state.ts'
import type { LicenseTable } from './license-table.ts'
import type { SeatTable } from './seat-table.ts'

/** What a licence was sold as. */
export interface Sold {
  readonly terms: CompiledTerms
  readonly plan: CompiledPlan
  readonly degradeTo?: CompiledPlan
}

/** A licence and its seats. A decision reads its members, which lie together; `fact` and `seats` are for everything else. */
export class LicenseRecord implements LicenseTimes {
  readonly id: string
  readonly product: string
  readonly edition: number
  readonly organization: number | undefined
  readonly row: number
  /** Looked up when first asked for, since facts may come in any order. */
  sold: Sold | undefined
  readonly fact: LicenseFact
  readonly seats: SeatTable
  readonly #table: LicenseTable

  constructor(fact: LicenseFact, organization: number | undefined, seats: SeatTable, table: LicenseTable) {
    this.id = fact.id
    this.product = fact.product
    this.edition = fact.edition
    this.organization = organization
    this.row = seats.license
    this.sold = undefined
    this.fact = fact
    this.seats = seats
    this.#table = table
    table.put(this.row, fact)
  }

  get starts(): Instant {
    return this.#table.starts(this.row)
  }
  get ends(): Instant | undefined {
    return this.#table.ends(this.row)
  }
  get trial_ends(): Instant | undefined {
    return this.#table.trialEnds(this.row)
  }
  get revoked_at(): Instant | undefined {
    return this.#table.revokedAt(this.row)
  }
  get past_due_since(): Instant | undefined {
    return this.#table.pastDueSince(this.row)
  }
  get suspended(): boolean {
    return this.#table.suspended(this.row)
  }
  get seatsTaken(): number {
    return this.#table.seatsTaken(this.row)
  }
}
