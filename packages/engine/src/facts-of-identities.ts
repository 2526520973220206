import { drop, push } from './lists.ts'

const NONE: readonly never[] = []

/** Facts that each have a name and an identity: found by either. */
export class FactsOfIdentities<F extends { readonly id: string }> {
  /** By the identity's row. */
  readonly #lists = new Map<number, F[]>()
  /** By the name of the fact. */
  readonly #rows = new Map<string, number>()

  put(row: number, fact: F): void {
    this.remove(fact.id)
    this.#rows.set(fact.id, row)
    push(this.#lists, row, fact)
  }

  remove(id: string): void {
    const fact = this.find(id)
    if (fact === undefined) return
    drop(this.#lists, this.#rows.get(id) as number, fact)
    this.#rows.delete(id)
  }

  find(id: string): F | undefined {
    const row = this.#rows.get(id)
    return row === undefined ? undefined : this.#lists.get(row)?.find((fact) => fact.id === id)
  }

  of(row: number): readonly F[] {
    return this.#lists.size === 0 ? NONE : (this.#lists.get(row) ?? NONE)
  }

  /** Identities that have any. */
  rows(): Iterable<number> {
    return this.#lists.keys()
  }

  *all(): Iterable<F> {
    for (const facts of this.#lists.values()) yield* facts
  }
}
