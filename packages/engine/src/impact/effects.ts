import type { Reason } from '../decision.ts'
import type { Instant } from '../facts.ts'
import { type Book, Numbered, type Span } from './book.ts'
import type { Could, Item, WayPart } from './could.ts'

/** What becomes of one item for whoever stands like this. */
export interface Effect extends Item {
  readonly effect: 'loses' | 'gains' | 'changes'
  /** The first instant of it; that of the question for what happens at once. */
  readonly at: Instant
  /** Of a loss: why it can be used no more. Of a gain: why it could not be used before. */
  readonly reason?: Reason
  /** Of a change: what of the ways in which it may be used is another. */
  readonly parts?: readonly WayPart[]
}

/** How effects come of two timelines, each pair once. */
export class Effects {
  readonly #book: Book
  readonly #lists = new Numbered<readonly Effect[]>()
  readonly #pairs = new Map<string, number>()

  constructor(book: Book) {
    this.#book = book
  }

  /**
   * @param before a number of the book; `undefined`: there is nothing
   * @returns the number of a list of effects; 0: there are none
   */
  between(product: string, before: number | undefined, after: number | undefined): number {
    if (before === after) return this.#lists.number('[]', [])
    const key = `${product} ${before} ${after}`
    const known = this.#pairs.get(key)
    if (known !== undefined) return known
    const found = this.#compare(product, this.#spans(before), this.#spans(after))
    this.#lists.number('[]', [])
    const number = this.#lists.number(JSON.stringify(found), found)
    this.#pairs.set(key, number)
    return number
  }

  /** By time alone: how it stands now against how it will. */
  ahead(product: string, timeline: number): number {
    const [first] = this.#spans(timeline)
    return this.between(product, this.#book.numberOf([first as Span]), timeline)
  }

  of(number: number): readonly Effect[] {
    return this.#lists.of(number)
  }

  #spans(timeline: number | undefined): readonly Span[] {
    return timeline === undefined ? [] : this.#book.timeline(timeline)
  }

  #compare(product: string, before: readonly Span[], after: readonly Span[]): Effect[] {
    const instants = [...new Set([...before, ...after].map(({ from }) => from))].sort((a, b) => a - b)
    const effects: Effect[] = []
    for (const [index, item] of this.#book.itemsKnown(product).entries()) {
      const seen = new Set<Effect['effect']>()
      for (const at of instants) {
        const [was, is] = [this.#at(before, index, at), this.#at(after, index, at)]
        const found = effectOf(was, is)
        if (found === undefined || seen.has(found.effect)) continue
        seen.add(found.effect)
        effects.push({ ...item, ...found, at })
      }
    }
    return effects
  }

  #at(spans: readonly Span[], index: number, at: Instant): Could {
    const standings = spans.findLast(({ from }) => from <= at)?.standings ?? []
    const number = standings[index]
    if (number !== undefined) return this.#book.standing(number)
    return standings.length === 0 ? NO_LICENSE : UNKNOWN
  }
}

const NO_LICENSE: Could = { reason: 'no_license' }
/** Of editions that do not have it yet. */
const UNKNOWN: Could = { reason: 'feature_unknown' }

function effectOf(was: Could, is: Could): Pick<Effect, 'effect' | 'reason' | 'parts'> | undefined {
  if (was === is) return undefined
  if ('reason' in was) return 'reason' in is ? undefined : { effect: 'gains', reason: was.reason }
  if ('reason' in is) return { effect: 'loses', reason: is.reason }
  const parts = Object.keys(was.ways[0] ?? {}) as WayPart[]
  const others = parts.filter((part) => all(was, part) !== all(is, part))
  // Each part has the values it had, in other company.
  return {
    effect: 'changes',
    parts: others.length > 0 ? others : parts.filter((part) => new Set(was.ways.map((way) => way[part])).size > 1),
  }
}

function all({ ways }: Extract<Could, { ways: unknown }>, part: WayPart): string {
  return JSON.stringify([...new Set(ways.map((way) => way[part]))].sort())
}
