import type { Instant } from '@writ/engine'
import type { Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { itemsAsOf, type Loss, type Losses } from './losses.ts'
import { dropRest, findParts, findRest, putParts, setLists, storeRest } from './store.ts'

/** How long the rest of a confirmed change may wait: one that was cut off is gone on with the same day. */
const REST_MILLISECONDS = 86_400_000

/** Characters of an entry: whose, and the number of a list of what. */
const [WHOSE, LIST] = [16, 2]
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const MOST_LISTS = ALPHABET.length ** LIST

/**
 * What a change in parts was weighed with and its parts have not taken yet. Many lose the same, so what they lose is written once; and who
 * they are is kept in some thousand bunches, of which a part reads those that it is about, however many lose something by the whole.
 */
export class Rest {
  readonly #tx: Transaction<Database>
  readonly #id: string
  readonly #lists: Lists
  readonly #bunches = new Map<string, Map<string, number>>()

  private constructor(tx: Transaction<Database>, id: string, lists: Lists) {
    this.#tx = tx
    this.#id = id
    this.#lists = lists
  }

  /** Holds it until the transaction ends. @returns `undefined`: it was not weighed, or too long ago */
  static async open(tx: Transaction<Database>, id: string, now: Instant): Promise<Rest | undefined> {
    const text = await findRest(tx, id, now)
    return text === undefined ? undefined : new Rest(tx, id, Lists.of(text, now))
  }

  /** In the place of what there was under this id. @param taken by the part that is made now */
  static async keep(tx: Transaction<Database>, id: string, losses: Losses, taken: Losses, now: Instant): Promise<void> {
    const lists = new Lists([])
    const bunches = new Map<string, Map<string, number>>()
    for (const [whose, { items }] of losses) {
      const list = lists.number(without(items, taken.get(whose)))
      if (list === undefined) continue
      const name = bunchOf(whose)
      const bunch = bunches.get(name) ?? new Map<string, number>()
      bunches.set(name, bunch.set(whose, list))
    }
    await dropRest(tx, id)
    await storeRest(tx, id, lists.text, now + REST_MILLISECONDS)
    await putParts(tx, id, textsOf(bunches))
  }

  /** It was weighed with losses, whether they are taken by now or not. */
  get hadLosses(): boolean {
    return this.#lists.text !== '[]'
  }

  /** Identities that lose something which is not in it. */
  async beyond(losses: Losses): Promise<Set<string>> {
    await this.#read(losses)
    const more = new Set<string>()
    for (const [whose, { identity, items }] of losses) {
      const known = this.#itemsOf(whose)
      if (!items.every((item) => known.includes(item))) more.add(identity)
    }
    return more
  }

  /** Nobody loses that by it again. */
  async take(losses: Losses): Promise<void> {
    await this.#read(losses)
    const touched = new Map<string, Map<string, number>>()
    const before = this.#lists.text
    for (const [whose, loss] of losses) {
      const name = bunchOf(whose)
      const bunch = this.#bunches.get(name)
      if (bunch?.has(whose) !== true) continue
      const list = this.#lists.number(without(this.#itemsOf(whose), loss))
      if (list === undefined) bunch.delete(whose)
      else bunch.set(whose, list)
      touched.set(name, bunch)
    }
    await putParts(this.#tx, this.#id, textsOf(touched))
    if (this.#lists.text !== before) await setLists(this.#tx, this.#id, this.#lists.text)
  }

  async #read(losses: Losses): Promise<void> {
    const names = new Set([...losses.keys()].map(bunchOf))
    const missing = [...names].filter((name) => !this.#bunches.has(name))
    for (const name of missing) this.#bunches.set(name, new Map())
    for (const { bunch, losses: text } of await findParts(this.#tx, this.#id, missing)) {
      const entries = this.#bunches.get(bunch) as Map<string, number>
      for (let at = 0; at < text.length; at += WHOSE + LIST)
        entries.set(text.slice(at, at + WHOSE), numberIn(text.slice(at + WHOSE, at + WHOSE + LIST)))
    }
  }

  #itemsOf(whose: string): readonly string[] {
    const list = this.#bunches.get(bunchOf(whose))?.get(whose)
    return list === undefined ? [] : this.#lists.items(list)
  }
}

/** Each of few lists of what is lost, by number. */
class Lists {
  readonly #lists: (readonly string[])[]
  readonly #numbers = new Map<string, number>()

  constructor(lists: readonly (readonly string[])[]) {
    this.#lists = [...lists]
    for (const [number, list] of lists.entries()) this.#numbers.set(keyOf(list), number)
  }

  static of(text: string, now: Instant): Lists {
    return new Lists((JSON.parse(text) as string[][]).map((items) => itemsAsOf(items, now)))
  }

  items(number: number): readonly string[] {
    return this.#lists[number] ?? []
  }

  /** @returns `undefined`: nothing is lost, or there are too many lists, and it is asked about again */
  number(items: readonly string[]): number | undefined {
    if (items.length === 0) return undefined
    const key = keyOf(items)
    const known = this.#numbers.get(key)
    if (known !== undefined || this.#lists.length >= MOST_LISTS) return known
    this.#numbers.set(key, this.#lists.length)
    return this.#lists.push(items) - 1
  }

  get text(): string {
    return JSON.stringify(this.#lists)
  }
}

/** Each of them is JSON, and has no line break. */
function keyOf(items: readonly string[]): string {
  return items.join('\n')
}

function without(items: readonly string[], taken: Loss | undefined): readonly string[] {
  return taken === undefined ? items : items.filter((item) => !taken.items.includes(item))
}

function bunchOf(whose: string): string {
  return whose.slice(0, 2)
}

function textsOf(bunches: ReadonlyMap<string, ReadonlyMap<string, number>>): { bunch: string; losses: string }[] {
  return [...bunches].map(([bunch, entries]) => ({
    bunch,
    losses: [...entries].map(([whose, list]) => whose + textOf(list)).join(''),
  }))
}

function textOf(list: number): string {
  return `${ALPHABET[Math.floor(list / ALPHABET.length)]}${ALPHABET[list % ALPHABET.length]}`
}

function numberIn(text: string): number {
  return ALPHABET.indexOf(text.charAt(0)) * ALPHABET.length + ALPHABET.indexOf(text.charAt(1))
}
