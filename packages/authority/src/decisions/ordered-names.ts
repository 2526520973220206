/** Names under integers that, once given, keep their meaning: an interner, or what holds one. */
export interface Names {
  readonly size: number
  name(index: number): string
}

/** So many steps and then a turn for others: some milliseconds at most. */
const SLICE = 2_048

/**
 * The order of all names, kept: every node gives the same one, whatever order it learnt the names in. Names are only ever added, so an
 * order is extended by sorting the new ones and merging them in; nobody else waits for that.
 */
export class OrderedNames {
  readonly #names: Names
  #order: Int32Array = new Int32Array(0)
  #extending: Promise<void> | undefined

  constructor(names: Names) {
    this.#names = names
  }

  /** Indices by their names, ascending in UTF-16 code units. Never changed once given. */
  async current(): Promise<Int32Array> {
    while (this.#order.length < this.#names.size) {
      this.#extending ??= this.#extend().finally(() => {
        this.#extending = undefined
      })
      await this.#extending
    }
    return this.#order
  }

  async #extend(): Promise<void> {
    const size = this.#names.size
    let runs: Int32Array[] = []
    for (let from = this.#order.length; from < size; from += SLICE) {
      const run = Int32Array.from({ length: Math.min(SLICE, size - from) }, (_, i) => from + i)
      runs.push(run.sort((a, b) => (this.#names.name(a) < this.#names.name(b) ? -1 : 1)))
      await anotherTurn()
    }
    while (runs.length > 1) {
      const pairs: Int32Array[] = []
      for (let i = 0; i < runs.length; i += 2) pairs.push(await merged(runs[i] as Int32Array, runs[i + 1], this.#names))
      runs = pairs
    }
    this.#order = await merged(this.#order, runs[0], this.#names)
  }
}

/** Blocks of one run go between the others whole, so merging a few names into very many costs next to nothing. */
async function merged(left: Int32Array, right: Int32Array | undefined, names: Names): Promise<Int32Array> {
  if (right === undefined) return left
  const [large, small] = left.length < right.length ? [right, left] : [left, right]
  const all = new Int32Array(large.length + small.length)
  let from = 0
  for (const [i, index] of small.entries()) {
    const to = firstAfter(large, names.name(index), names, from)
    all.set(large.subarray(from, to), from + i)
    all[to + i] = index
    from = to
    if (i % SLICE === SLICE - 1) await anotherTurn()
  }
  all.set(large.subarray(from), from + small.length)
  return all
}

/** Where, at `from` or later, the names after a text begin. Strides first, since it is mostly near. */
export function firstAfter(order: Int32Array, text: string, names: Names, from = 0): number {
  const isAfter = (at: number): boolean => names.name(order[at] as number) > text
  let low = from
  let stride = 1
  while (low + stride <= order.length && !isAfter(low + stride - 1)) {
    low += stride
    stride *= 2
  }
  let high = Math.min(low + stride, order.length)
  while (low < high) {
    const middle = (low + high) >> 1
    if (isAfter(middle)) high = middle
    else low = middle + 1
  }
  return low
}

export function anotherTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
