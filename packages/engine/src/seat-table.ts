import type { SeatFact } from './facts.ts'
import type { IdentityTable } from './identity-table.ts'
import type { LicenseTable } from './license-table.ts'

/**
 * The named seats of one licence, by identity row. An identity's first seat stands in its own row, where a decision looks anyway;
 * the maps here are for counting, ranking and the rare second seat.
 */
export class SeatTable {
  /** Its row in the table of licences. */
  readonly license: number
  readonly #licenses: LicenseTable
  readonly #identities: IdentityTable
  readonly #held = new Map<number, number>()
  #freed: Map<number, { readonly order: number; readonly at: number }> | undefined
  #orders: number[] | undefined

  constructor(licenses: LicenseTable, identities: IdentityTable) {
    this.license = licenses.add()
    this.#licenses = licenses
    this.#identities = identities
  }

  get taken(): number {
    return this.#held.size
  }

  put(row: number, { order, freed_at }: SeatFact): void {
    this.remove(row)
    if (freed_at !== undefined) {
      this.#freed ??= new Map()
      this.#freed.set(row, { order, at: freed_at })
      return
    }
    this.#held.set(row, order)
    this.#licenses.putSeatsTaken(this.license, this.#held.size)
    if (this.#identities.seat(row) === -1) this.#identities.putSeat(row, this.license)
  }

  remove(row: number): void {
    this.#held.delete(row)
    this.#freed?.delete(row)
    this.#licenses.putSeatsTaken(this.license, this.#held.size)
    this.#orders = undefined
    if (this.#identities.seat(row) === this.license) this.#identities.putSeat(row, -1)
  }

  holds(row: number): boolean {
    return this.#identities.seat(row) === this.license || this.#held.has(row)
  }

  /** How many held seats were taken before this identity's. */
  rank(row: number): number {
    const order = this.#held.get(row) ?? Number.POSITIVE_INFINITY
    this.#orders ??= [...this.#held.values()].sort((a, b) => a - b)
    let low = 0
    let high = this.#orders.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#orders[middle] as number) < order) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Instants at which the seats that others gave up were freed. */
  *freedByOthers(row: number): Iterable<number> {
    for (const [who, { at }] of this.#freed ?? []) if (who !== row) yield at
  }

  entry(row: number): { row: number; order: number; freed_at?: number } | undefined {
    const order = this.#held.get(row)
    if (order !== undefined) return { row, order }
    const freed = this.#freed?.get(row)
    return freed && { row, order: freed.order, freed_at: freed.at }
  }

  *entries(): Iterable<{ row: number; order: number; freed_at?: number }> {
    for (const [row, order] of this.#held) yield { row, order }
    for (const [row, { order, at }] of this.#freed ?? []) yield { row, order, freed_at: at }
  }
}
