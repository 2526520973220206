import type { Instant } from '../facts.ts'
import type { ProductRecord } from '../products.ts'
import { type Could, type Item, itemsOf } from './could.ts'

/** How one stands from an instant on: by item of the product, the number of a standing. */
export interface Span {
  readonly from: Instant
  readonly standings: readonly number[]
}

/** What is found out, once for all who share it: a number stands for the same before and after. */
export class Book {
  readonly #items = new Map<string, Item[]>()
  readonly #standings = new Numbered<Could>()
  readonly #timelines = new Numbered<readonly Span[]>()

  /** Items of a product in a fixed order; those that a new edition brings come at the end. */
  items(product: ProductRecord): readonly Item[] {
    const known = this.#items.get(product.name) ?? []
    this.#items.set(product.name, known)
    for (const item of itemsOf(product)) {
      if (!known.some(({ feature, command }) => feature === item.feature && command === item.command)) known.push(item)
    }
    return known
  }

  itemsKnown(product: string): readonly Item[] {
    return this.#items.get(product) ?? []
  }

  number(standing: Could): number {
    const text =
      'reason' in standing
        ? standing.reason
        : JSON.stringify([...new Set(standing.ways.map((way) => JSON.stringify(Object.values(way))))].sort())
    return this.#standings.number(text, standing)
  }

  standing(number: number): Could {
    return this.#standings.of(number)
  }

  numberOf(timeline: readonly Span[]): number {
    const spans = timeline.filter(({ standings }, index) => !same(standings, timeline[index - 1]?.standings))
    return this.#timelines.number(JSON.stringify(spans), spans)
  }

  timeline(number: number): readonly Span[] {
    return this.#timelines.of(number)
  }
}

/** Values by a text that says all there is to them. */
export class Numbered<T> {
  readonly #numbers = new Map<string, number>()
  readonly #values: T[] = []

  number(text: string, value: T): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.#values.push(value) - 1
    this.#numbers.set(text, number)
    return number
  }

  of(number: number): T {
    return this.#values[number] as T
  }
}

function same(a: readonly number[], b: readonly number[] | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((each, i) => each === b[i])
}
