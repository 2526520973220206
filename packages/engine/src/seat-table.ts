import type { SeatFact } from './facts.ts'

/** The named seats of one licence, by identity row. */
export class SeatTable {
  readonly #held = new Map<number, number>()
  readonly #freed = new Map<number, { readonly order: number; readonly at: number }>()
  #orders: number[] | undefined

  put(row: number, { order, freed_at }: SeatFact): void {
    this.remove(row)
    if (freed_at === undefined) this.#held.set(row, order)
    else this.#freed.set(row, { order, at: freed_at })
  }

  remove(row: number): void {
    this.#held.delete(row)
    this.#freed.delete(row)
    this.#orders = undefined
  }

  get taken(): number {
    return this.#held.size
  }

  holds(row: number): boolean {
    return this.#held.has(row)
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
    for (const [who, { at }] of this.#freed) if (who !== row) yield at
  }

  *entries(): Iterable<{ row: number; order: number; freed_at?: number }> {
    for (const [row, order] of this.#held) yield { row, order }
    for (const [row, { order, at }] of this.#freed) yield { row, order, freed_at: at }
  }
}
