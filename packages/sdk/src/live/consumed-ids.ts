import type { Decision } from '../decision.ts'

const MOST_IDS = 100_000

/** What a `consume.id` was used for: answered here, or asked of the authority, which knows the answer. */
export type Consumed = { readonly question: string; readonly decision: Decision } | 'elsewhere'

/** The last ids that questions named, so that a repeated one is not counted twice. The oldest are forgotten. */
export class ConsumedIds {
  readonly #known = new Map<string, Consumed>()

  get(id: string): Consumed | undefined {
    return this.#known.get(id)
  }

  set(id: string, consumed: Consumed): void {
    this.#known.delete(id)
    this.#known.set(id, consumed)
    if (this.#known.size <= MOST_IDS) return
    for (const oldest of this.#known.keys()) {
      this.#known.delete(oldest)
      return
    }
  }
}
