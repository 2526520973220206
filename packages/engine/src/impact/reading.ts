import type { Instant } from '../facts.ts'
import type { LicenseRecord } from '../license-record.ts'
import { type LicenseState, licenseState } from '../license-state.ts'
import { push } from '../lists.ts'
import type { ProductRecord } from '../products.ts'
import type { World } from '../world.ts'
import type { Book, Span } from './book.ts'
import { could, type Place } from './could.ts'
import type { Scope } from './scope.ts'
import { Seating } from './seating.ts'

/** Where one identity may use one product, and how it stands there from now on. */
export interface Finding {
  readonly place: Place
  readonly product: string
  /** The number of a timeline in the book. */
  readonly timeline: number
}

/** Everything that decides at a place, for all of its members: from an instant on, a number for what is the same at other places too. */
interface Ground {
  readonly place: Place
  readonly product: ProductRecord
  readonly kind: number
  /** How members stand at the seats of each licence; a licence comes again when that is another. */
  readonly seatings: readonly Seating[]
  /** `seatings`: those of the span, by index. */
  readonly spans: readonly { readonly from: Instant; readonly kind: number; readonly seatings: readonly number[] }[]
}

const NOTHING: readonly never[] = []

/**
 * Reads how identities stand, at one state of World. Whoever shares the facts that decide (licences and their states, own roles, plan,
 * kind, standing, role set, factors, seat) is judged once.
 */
export class Reading {
  readonly #world: World
  readonly #book: Book
  readonly #now: Instant
  readonly #until: Instant
  readonly #grounds = new Map<number, readonly Ground[]>()
  readonly #timelines = new Map<string, number>()
  readonly #standings = new Map<string, readonly number[]>()
  readonly #kinds = new Map<string, number>()
  readonly #objects = new Map<object, number>()
  /** When what others said of everybody ends. */
  readonly #saidUntil: Instant[] = []
  readonly #namedElsewhere = new Map<string, Instant[]>()
  /** Products of which an edition is staged. */
  readonly #staged: ReadonlySet<string>

  constructor(world: World, book: Book, now: Instant, until: Instant) {
    this.#world = world
    this.#book = book
    this.#now = now
    this.#until = until
    this.#staged = new Set(world.allProducts().flatMap(({ name, staged }) => (staged.size > 0 ? [name] : [])))
    for (const { identity, until: ends = Number.POSITIVE_INFINITY } of world.elsewhereFacts()) {
      if (identity === undefined) this.#saidUntil.push(ends)
      else push(this.#namedElsewhere, identity, ends)
    }
  }

  /** All that a scope asks of one row. */
  of(row: number, { isAll, rows, organizations }: Scope): readonly Finding[] {
    const { identities } = this.#world
    const whole = isAll || rows.has(row)
    const found: Finding[] = []
    if (whole) for (const ground of this.#groundsOf(undefined, this.#world.licensesHeldBy(row))) found.push(this.#find(row, ground))
    for (const place of identities.memberships(row)) {
      if (!whole && !organizations.has(place)) continue
      for (const ground of this.#groundsAt(place)) found.push(this.#find(row, ground))
    }
    return found
  }

  #groundsAt(organization: number): readonly Ground[] {
    const known = this.#grounds.get(organization)
    if (known !== undefined) return known
    const grounds = this.#groundsOf(organization, this.#world.licensesOf(organization))
    this.#grounds.set(organization, grounds)
    return grounds
  }

  #groundsOf(place: Place, licenses: readonly LicenseRecord[]): readonly Ground[] {
    if (licenses.length === 0) return NOTHING
    const grounds: Ground[] = []
    for (const [name, own] of Map.groupBy(licenses, ({ product }) => product)) {
      const product = this.#world.product(name)
      if (product !== undefined) grounds.push(this.#ground(place, product, own))
    }
    return grounds
  }

  #ground(place: Place, product: ProductRecord, licenses: readonly LicenseRecord[]): Ground {
    const sorted = licenses.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const ownRoles = place !== undefined && this.#world.hasOwnRoles(place) ? place : -1
    const spans: Ground['spans'][number][] = []
    const all: Seating[] = []
    const latest = new Map<LicenseRecord, number>()
    for (let at = this.#now; ; ) {
      let next = Number.POSITIVE_INFINITY
      const touch = (instant: Instant): void => {
        if (instant > at && instant < next) next = instant
      }
      const seatings: number[] = []
      let kind = `${ownRoles} ${this.#saidElsewhere(at, touch)}`
      for (const license of sorted) {
        const sold = this.#world.sold(license)
        if (sold === undefined) continue
        const state = licenseState(license, sold.plan.plan, at)
        touch(state.changes)
        const { seats } = (state.kind === 'degraded' ? (sold.degradeTo ?? sold.plan) : sold.plan).plan
        kind += ` ${this.#object(sold.plan)} ${wordFor(state)}`
        if (place === undefined || seats === undefined) continue
        const known = latest.get(license) ?? all.length
        const index = all[known]?.isStill(seats, at) ? known : all.push(new Seating(this.#world, license, seats, at)) - 1
        latest.set(license, index)
        seatings.push(index)
        touch((all[index] as Seating).until)
      }
      spans.push({ from: at, kind: this.#kind(kind), seatings })
      if (!(next < this.#until)) break
      at = next
    }
    const kind = this.#kind(spans.map(({ from, kind, seatings }) => `${from} ${kind} ${seatings}`).join())
    return { place, product, kind, seatings: all, spans }
  }

  #find(row: number, ground: Ground): Finding {
    const { place, product } = ground
    return { place, product: product.name, timeline: this.#isParticular(row) ? this.#alone(row, ground) : this.#among(row, ground) }
  }

  /** A row that shares all that decides with others. */
  #among(row: number, { place, product, spans, seatings, kind }: Ground): number {
    const who = `${this.#world.identities.profile(row)} ${place === undefined ? -1 : this.#world.identities.roleSet(row, place)}`
    const letters = seatings.map((seating) => seating.letterOf(row))
    const key = `${kind} ${who} ${product.name} ${letters}`
    const known = this.#timelines.get(key)
    if (known !== undefined) return known
    const timeline = spans.map((span): Span => {
      const shared = `${span.kind} ${who} ${product.name} ${span.seatings.map((index) => letters[index])}`
      const standings = this.#standings.get(shared) ?? this.#standingsAt(row, place, product, span.from)
      this.#standings.set(shared, standings)
      return { from: span.from, standings }
    })
    const number = this.#book.numberOf(timeline)
    this.#timelines.set(key, number)
    return number
  }

  /** A row with grants, signals, answers or a say of its own in which edition is the newest. */
  #alone(row: number, { place, product, spans }: Ground): number {
    const instants = new Set(spans.map(({ from }) => from))
    const add = (instant: Instant): void => {
      if (instant > this.#now && instant < this.#until) instants.add(instant)
    }
    for (const { from, until } of this.#world.grantsOf(row)) {
      add(from)
      add(until)
    }
    for (const { at } of this.#world.signalsOf(row)) add(at)
    for (const until of this.#namedElsewhere.get(this.#world.identities.id(row)) ?? NOTHING) add(until)
    const sorted = [...instants].sort((a, b) => a - b)
    return this.#book.numberOf(sorted.map((from) => ({ from, standings: this.#standingsAt(row, place, product, from) })))
  }

  #isParticular(row: number): boolean {
    const world = this.#world
    if (world.grantsOf(row).length > 0 || world.signalsOf(row).length > 0) return true
    if (this.#staged.size > 0 && world.licensesHeldBy(row).some(({ product }) => this.#staged.has(product))) return true
    return this.#namedElsewhere.size > 0 && this.#namedElsewhere.has(world.identities.id(row))
  }

  #standingsAt(row: number, place: Place, product: ProductRecord, at: Instant): readonly number[] {
    return this.#book.items(product).map((item) => this.#book.number(could(this.#world, row, place, item, at)))
  }

  /** How many answers of everybody still hold: they are the same ones wherever it is as many. */
  #saidElsewhere(at: Instant, touch: (instant: Instant) => void): number {
    for (const until of this.#saidUntil) touch(until)
    return this.#saidUntil.filter((until) => at < until).length
  }

  #kind(text: string): number {
    const known = this.#kinds.get(text)
    if (known !== undefined) return known
    this.#kinds.set(text, this.#kinds.size)
    return this.#kinds.size - 1
  }

  #object(object: object): number {
    const known = this.#objects.get(object)
    if (known !== undefined) return known
    this.#objects.set(object, this.#objects.size)
    return this.#objects.size - 1
  }
}

/** What a decision makes of a state; of its dates it makes nothing. */
function wordFor(state: LicenseState): string {
  return `${state.kind} ${'cause' in state && state.cause} ${'reason' in state && state.reason} ${'trialUntil' in state}`
}
