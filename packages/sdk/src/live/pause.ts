const FIRST_MILLISECONDS = 50
const LONGEST_MILLISECONDS = 5_000

/** After the authority gave nothing, or did not answer, it is not asked again for a while, each time for longer. */
export class Pause {
  readonly #monotonic: () => number
  #until = Number.NEGATIVE_INFINITY
  #last = 0

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic
  }

  get isOn(): boolean {
    return this.#monotonic() < this.#until
  }

  rest(atLeast = 0): void {
    this.#last = Math.min(LONGEST_MILLISECONDS, Math.max(FIRST_MILLISECONDS, this.#last * 2))
    this.#until = this.#monotonic() + Math.max(this.#last, atLeast)
  }

  /** For so long at least, whatever the last answer was. */
  hold(milliseconds: number): void {
    this.#until = Math.max(this.#until, this.#monotonic() + milliseconds)
  }

  /** Something was given: the next rest is a short one again. */
  ease(): void {
    this.#last = 0
  }

  end(): void {
    this.ease()
    this.#until = Number.NEGATIVE_INFINITY
  }
}
