import type { Fact, Instant } from '../facts.ts'
import type { World } from '../world.ts'
import { Book } from './book.ts'
import type { Place } from './could.ts'
import { type Effect, Effects } from './effects.ts'
import { type Finding, Reading } from './reading.ts'
import { EVERYBODY, rowsOf, type Scope, scopeOf } from './scope.ts'

const DAY_MILLISECONDS = 86_400_000

/** The UTC day of a loss, in days of the epoch; 0: today or before, so that what comes later today is the same once it has come. */
export function dayOfLoss(at: Instant, now: Instant): number {
  const [day, today] = [at, now].map((instant) => Math.floor(instant / DAY_MILLISECONDS)) as [number, number]
  return day > today ? day : 0
}

/** Whether somebody is to hear of an organization and of a product. */
export interface Sight {
  organization(id: string): boolean
  product(name: string): boolean
}

export interface ImpactReport {
  readonly revision: number
  readonly from: Instant
  /** Exclusive. */
  readonly until: Instant
  /** Distinct identities. One may be in several of the three, by several features. */
  readonly losing: number
  readonly gaining: number
  readonly changing: number
  readonly products: readonly ProductImpact[]
  readonly features: readonly FeatureImpact[]
  /** When it happens, in order. */
  readonly instants: readonly { readonly at: Instant; readonly losing: number; readonly gaining: number; readonly changing: number }[]
  /** Those who share all that decides, the largest first. */
  readonly groups: readonly ImpactGroup[]
}

interface Counts {
  losing: number
  gaining: number
  changing: number
}
export interface ProductImpact extends Readonly<Counts> {
  readonly product: string
}
export interface FeatureImpact extends ProductImpact {
  readonly feature: string
  readonly command?: string
}
export interface ImpactGroup {
  readonly identities: number
  /** A few of them. */
  readonly examples: readonly string[]
  /** Absent: by licences of their own. */
  readonly organization?: string
  readonly product: string
  /** Of the organization; empty for licences of their own. */
  readonly licenses: readonly { readonly license: string; readonly plan: string; readonly edition: number }[]
  /** Absent: they are no members any more. */
  readonly roles?: readonly string[]
  readonly effects: readonly Effect[]
}

export interface Asked {
  /** What would be stated; absent: what comes by time alone. */
  readonly facts?: readonly Fact[]
  readonly now: Instant
  /** Exclusive. */
  readonly until: Instant
}

const MOST_EXAMPLES = 5
const COUNTED = { loses: 'losing', gains: 'gaining', changes: 'changing' } as const

/**
 * Who could use what before, and could not after; who could not, and could; and who could in other ways. "Could" means under the most
 * favourable circumstances: see `could.ts`. With facts, each instant of the horizon with them is held against the same instant without;
 * without, each against now. Pure: World is as before.
 */
export function impact(world: World, { facts, now, until }: Asked): Impact {
  const book = new Book()
  const effects = new Effects(book)
  const scope = facts === undefined ? EVERYBODY : scopeOf(world, facts)
  const rows = [...rowsOf(world, scope)]
  const before = readAll(new Reading(world, book, now, until), rows, scope)
  if (facts === undefined) {
    const lists = before.findings.map(({ product, timeline }) => effects.ahead(product, timeline))
    return new Impact(world, { now, until }, effects, touchedAhead(world, rows, before, lists))
  }
  return world.tried(facts, () => {
    const reading = new Reading(world, book, now, until)
    const touched: Touched[] = []
    for (const [index, row] of rows.entries()) {
      const was = before.findings.slice(before.starts[index], before.starts[index + 1])
      for (const [one, other] of paired(was, reading.of(row, scope))) {
        const { place, product } = (one ?? other) as Finding
        const list = effects.between(product, one?.timeline, other?.timeline)
        if (list !== 0) touched.push({ row, place, product, effects: list, roles: rolesOf(world, row, place) })
      }
    }
    return new Impact(world, { now, until }, effects, touched)
  })
}

/** One identity at one place that is touched. */
interface Touched {
  readonly row: number
  readonly place: Place
  readonly product: string
  readonly effects: number
  readonly roles: number | undefined
}

interface Findings {
  readonly findings: readonly Finding[]
  /** By index of the row, where its own begin; one more at the end. */
  readonly starts: readonly number[]
}

function readAll(reading: Reading, rows: readonly number[], scope: Scope): Findings {
  const findings: Finding[] = []
  const starts: number[] = []
  for (const row of rows) {
    starts.push(findings.length)
    for (const finding of reading.of(row, scope)) findings.push(finding)
  }
  starts.push(findings.length)
  return { findings, starts }
}

function touchedAhead(world: World, rows: readonly number[], { findings, starts }: Findings, lists: readonly number[]): Touched[] {
  const touched: Touched[] = []
  for (const [index, row] of rows.entries()) {
    for (let at = starts[index] as number; at < (starts[index + 1] as number); at++) {
      const { place, product } = findings[at] as Finding
      const effects = lists[at] as number
      if (effects !== 0) touched.push({ row, place, product, effects, roles: rolesOf(world, row, place) })
    }
  }
  return touched
}

function* paired(was: readonly Finding[], is: readonly Finding[]): Iterable<readonly [Finding | undefined, Finding | undefined]> {
  const same = (one: Finding) => (other: Finding) => one.place === other.place && one.product === other.product
  for (const one of was) yield [one, is.find(same(one))]
  for (const one of is) if (!was.some(same(one))) yield [undefined, one]
}

function rolesOf({ identities }: World, row: number, place: Place): number | undefined {
  return place === undefined ? undefined : identities.roleSet(row, place)
}

/** What was found, to be told to who may hear of it. */
export class Impact {
  readonly revision: number
  readonly #world: World
  readonly #span: { readonly now: Instant; readonly until: Instant }
  readonly #effects: Effects
  /** By row, and those of one row together. */
  readonly #touched: readonly Touched[]

  constructor(world: World, span: { now: Instant; until: Instant }, effects: Effects, touched: readonly Touched[]) {
    this.revision = world.revision
    this.#world = world
    this.#span = span
    this.#effects = effects
    this.#touched = touched
  }

  /** @param sight absent: everything is told */
  report(sight?: Sight): ImpactReport {
    const total = none()
    const products = new Map<string, ProductImpact & Counts>()
    const features = new Map<string, FeatureImpact & Counts>()
    const instants = new Map<Instant, Counts>()
    for (const { lists, identities } of this.#alike(sight)) {
      const sum = this.#summed(lists)
      for (const effect of sum.all) total[COUNTED[effect]] += identities
      for (const { product, effect } of sum.products) entry(products, product, { product })[COUNTED[effect]] += identities
      for (const { effect, key, item } of sum.features) entry(features, key, item)[COUNTED[effect]] += identities
      for (const { effect, at } of sum.instants) entry(instants, at, {})[COUNTED[effect]] += identities
    }
    return {
      revision: this.revision,
      from: this.#span.now,
      until: this.#span.until,
      ...total,
      products: [...products.values()],
      features: [...features.values()].sort((a, b) => b.losing - a.losing || b.gaining - a.gaining || b.changing - a.changing),
      instants: [...instants].map(([at, counts]) => ({ at, ...counts })).sort((a, b) => a.at - b.at),
      groups: this.#groups(sight),
    }
  }

  /** Every effect on everybody. */
  *each(): Iterable<{ readonly identity: string; readonly organization?: string; readonly effect: Effect }> {
    const { organizationIds, identities } = this.#world
    for (const { row, place, effects } of this.#touched) {
      const who = { identity: identities.id(row), ...(place !== undefined && { organization: organizationIds.name(place) }) }
      for (const effect of this.#effects.of(effects)) yield { ...who, effect }
    }
  }

  /** Identities that lose something. @param sight absent: all of them */
  losing(sight?: Sight): Set<string> {
    const losing = new Set<string>()
    for (const touched of this.#touched) {
      if (!this.#effects.of(touched.effects).some(({ effect }) => effect === 'loses')) continue
      if (sight === undefined || this.#isSeen(touched, sight)) losing.add(this.#world.identities.id(touched.row))
    }
    return losing
  }

  /**
   * Whoever loses something, and what, on which day: as text that is the same wherever and whenever it is found out anew. A grace that begins with
   * the change ends some seconds later when it is tried again, and is the same loss.
   */
  *losses(): Iterable<string> {
    const { organizationIds, identities } = this.#world
    const lost = new Map<number, string>()
    for (const { row, place, effects } of this.#touched) {
      let text = lost.get(effects)
      if (text === undefined) {
        const losses = this.#effects.of(effects).filter(({ effect }) => effect === 'loses')
        text = losses
          .map(({ product, feature, command = '', at }) => JSON.stringify([product, feature, command, dayOfLoss(at, this.#span.now)]))
          .join('')
        lost.set(effects, text)
      }
      if (text !== '') yield JSON.stringify([identities.id(row), place === undefined ? null : organizationIds.name(place), text])
    }
  }

  /** By the numbers of their lists of effects, how many identities have just these; who has none counts nowhere. */
  #alike(sight: Sight | undefined): Iterable<{ readonly lists: readonly number[]; readonly identities: number }> {
    const alike = new Map<string, { lists: readonly number[]; identities: number }>()
    let row: number | undefined
    let own: number[] = []
    const close = (): void => {
      const key = own.join()
      const known = alike.get(key) ?? { lists: own, identities: 0 }
      alike.set(key, known)
      known.identities++
    }
    for (const touched of this.#touched) {
      if (touched.row !== row) {
        close()
        row = touched.row
        own = []
      }
      if (sight === undefined || this.#isSeen(touched, sight)) own.push(touched.effects)
    }
    close()
    return alike.values()
  }

  #isSeen({ row, place, product }: Touched, sight: Sight): boolean {
    if (!sight.product(product)) return false
    const { identities, organizationIds } = this.#world
    // What is one's own is seen by who sees one of one's organizations.
    const places = place === undefined ? identities.memberships(row) : [place]
    return places.some((each) => sight.organization(organizationIds.name(each)))
  }

  /** Each once, however many places and features it came of. */
  #summed(lists: readonly number[]) {
    const all = new Set<Effect['effect']>()
    const products = new Map<string, { product: string; effect: Effect['effect'] }>()
    const features = new Map<
      string,
      { key: string; effect: Effect['effect']; item: { product: string; feature: string; command?: string } }
    >()
    const first = new Map<Effect['effect'], Instant>()
    for (const list of lists) {
      for (const { effect, product, feature, command, at } of this.#effects.of(list)) {
        all.add(effect)
        products.set(`${effect} ${product}`, { product, effect })
        const key = JSON.stringify([product, feature, command])
        features.set(`${effect} ${key}`, { key, effect, item: { product, feature, ...(command !== undefined && { command }) } })
        first.set(effect, Math.min(at, first.get(effect) ?? at))
      }
    }
    return { all, products: products.values(), features: features.values(), instants: [...first].map(([effect, at]) => ({ effect, at })) }
  }

  #groups(sight: Sight | undefined): ImpactGroup[] {
    const found = new Map<string, { of: Touched; identities: number; examples: string[] }>()
    for (const touched of this.#touched) {
      if (sight !== undefined && !this.#isSeen(touched, sight)) continue
      const { row, place, product, effects, roles } = touched
      const key = `${place} ${roles} ${effects} ${product}`
      const group = found.get(key) ?? { of: touched, identities: 0, examples: [] }
      found.set(key, group)
      group.identities++
      if (group.examples.length < MOST_EXAMPLES) group.examples.push(this.#world.identities.id(row))
    }
    return [...found.values()].sort((a, b) => b.identities - a.identities).map(({ of, ...rest }) => ({ ...rest, ...this.#described(of) }))
  }

  #described({ place, product, effects, roles }: Touched): Omit<ImpactGroup, 'identities' | 'examples'> {
    const { organizationIds, identities } = this.#world
    const licenses = place === undefined ? [] : this.#world.licensesOf(place).filter((license) => license.product === product)
    return {
      ...(place !== undefined && { organization: organizationIds.name(place) }),
      product,
      licenses: licenses.map(({ id: license, fact: { plan, edition } }) => ({ license, plan, edition })),
      ...(roles !== undefined && { roles: identities.roles(roles) }),
      effects: this.#effects.of(effects),
    }
  }
}

function none(): Counts {
  return { losing: 0, gaining: 0, changing: 0 }
}

function entry<K, V extends object>(map: Map<K, V & Counts>, key: K, value: V extends Counts ? Omit<V, keyof Counts> : V): V & Counts {
  const known = map.get(key) ?? ({ ...value, ...none() } as V & Counts)
  map.set(key, known)
  return known
}
