import {
  type CompiledFeature,
  type CompiledPlan,
  type CompiledTerms,
  compile,
  featuresMatching,
  overriddenPlan,
  parse,
  type Terms,
} from '@writ/terms'
import type {
  Change,
  CustomerRole,
  EditionFact,
  ElsewhereFact,
  Entity,
  Fact,
  GrantFact,
  Instant,
  LicenseFact,
  OrganizationFact,
  RemovedFact,
  ResourceFact,
  SeatFact,
  SignalFact,
} from './facts.ts'
import { entityOf } from './facts.ts'
import { IdentityTable } from './identity-table.ts'
import { Interner } from './interner.ts'
import { LicenseRecord, type Sold } from './license-record.ts'
import { LicenseTable } from './license-table.ts'
import { SeatTable } from './seat-table.ts'

/**
 * The product by which an authority protects its own API. Its features are named in full alone, so that they never make a vendor's bare
 * names ambiguous.
 */
export const AUTHORITY_PRODUCT = 'writ'

export interface ProductRecord {
  readonly name: string
  readonly editions: Map<number, CompiledTerms>
  /** The highest edition that is not staged, whose protective terms hold for all. */
  newest: CompiledTerms
  newestEdition: number
  /** Editions that are being rolled out: they bind who is on them, and nobody else. */
  readonly staged: Set<number>
}

/** How much this copy of World may be relied on (gate 0); set by whoever keeps the copy, not by a change. */
export interface Standing {
  /** Since when nothing was heard from the authority; absent: fresh. */
  readonly staleSince?: Instant
  readonly fault?: 'check_in_overdue' | 'clock_turned_back' | 'license_file_invalid' | 'device_mismatch'
}

/** A customer's own roles, and what they come to. */
interface OwnRoles {
  readonly roles: Readonly<Record<string, CustomerRole>>
  readonly permissions: WeakMap<CompiledTerms, Uint8Array[]>
}

const NONE: readonly never[] = []

/**
 * Contract and identity facts, compiled for `decide`. Only {@link World.apply} changes it.
 * Strings live at the edge; inside, identities, organizations and role sets are integers.
 */
export class World {
  revision = 0
  standing: Standing = {}
  readonly organizationIds = new Interner()
  readonly identities = new IdentityTable(this.organizationIds)
  /** By organization; most have one licence, and it stands here itself. */
  readonly #licensesOf: (LicenseRecord | readonly LicenseRecord[] | undefined)[] = []
  readonly #ownRoles = new Map<number, OwnRoles>()
  readonly #organizationFacts = new Map<string, OrganizationFact>()
  readonly #products = new Map<string, ProductRecord>()
  readonly #editionFacts: EditionFact[] = []
  /** Products that know a feature by its bare name. */
  #featureOwners: Map<string, ProductRecord[]> | undefined
  readonly #licenses = new Map<string, LicenseRecord>()
  readonly #licenseTable = new LicenseTable()
  readonly #sold = new WeakMap<CompiledPlan, Sold>()
  /** By the plan, and then by what is overridden. */
  readonly #soldOverridden = new WeakMap<CompiledPlan, Map<string, Sold>>()
  /** Seats stated before their licence. */
  readonly #seats = new Map<string, SeatTable>()
  /** Empty ones, for what is tried. */
  readonly #freeSeats: SeatTable[] = []
  readonly #heldLicenses = new Map<number, LicenseRecord[]>()
  /** Every resource that was ever declared; {@link World.resource} says which still are. */
  readonly resourceIds = new Interner()
  readonly #resources = new Map<string, ResourceFact>()
  readonly #grants = new Map<number, GrantFact[]>()
  readonly #grantRows = new Map<string, number>()
  readonly #signals = new Map<number, SignalFact[]>()
  readonly #signalRows = new Map<string, number>()
  readonly #elsewhere = new Map<string, ElsewhereFact>()
  readonly #permissions = new WeakMap<CompiledTerms, Uint8Array[]>()

  /**
   * Applies one change whole. Facts about different entities commute; a fact stated twice changes nothing.
   * @throws {RangeError} when an edition's terms do not parse; published editions always do.
   */
  apply({ revision, facts }: Change): void {
    for (const fact of facts) this.#state(fact)
    if (revision > this.revision) this.revision = revision
  }

  /**
   * What `look` finds while these facts are stated too; then World is as before. Nobody else sees them: nothing waits in between.
   * @param freed licences of which facts are stated and whose named seats are as if nobody had them, however many there are
   * @throws what `look` throws, and {RangeError} as {@link World.apply}
   */
  tried<T>(facts: readonly Fact[], look: () => T, freed: Iterable<string> = []): T {
    const before: Fact[] = []
    const seats: [string, SeatTable][] = []
    const editions: (() => void)[] = []
    for (const fact of facts) {
      if (fact.fact === 'edition') editions.push(this.#editionBefore(fact))
      else before.push(this.stated(entityOf(fact)) ?? { fact: 'removed', ...entityOf(fact) })
    }
    for (const id of freed) {
      const known = this.#seats.get(id)
      if (known === undefined) continue
      const free = this.#freeSeats[seats.length] ?? new SeatTable(this.#licenseTable, this.identities)
      this.#freeSeats[seats.length] = free
      this.#seats.set(id, free)
      seats.push([id, known])
    }
    try {
      for (const fact of facts) this.#state(fact)
      return look()
    } finally {
      for (const [id, known] of seats) this.#seats.set(id, known)
      for (const takeBack of editions.reverse()) takeBack()
      for (const fact of before) this.#state(fact)
    }
  }

  #state(fact: Fact): void {
    switch (fact.fact) {
      case 'edition':
        this.#putEdition(fact)
        break
      case 'organization':
        this.#putOrganization(fact)
        break
      case 'identity':
        this.identities.put(fact)
        break
      case 'license':
        this.#putLicense(fact)
        break
      case 'seat':
        this.#seatsOf(fact.license).put(this.identities.row(fact.identity), fact)
        break
      case 'resource':
        this.resourceIds.intern(fact.id)
        this.#resources.set(fact.id, fact)
        break
      case 'grant':
        putListed(this.#grants, this.#grantRows, this.identities.row(fact.identity), fact)
        break
      case 'signal':
        putListed(this.#signals, this.#signalRows, this.identities.row(fact.identity), fact)
        break
      case 'elsewhere':
        this.#elsewhere.set(elsewhereKey(fact.need, fact.identity), fact)
        break
      case 'removed':
        this.#remove(fact)
    }
  }

  #putEdition(fact: EditionFact): void {
    const terms = compile(typeof fact.terms === 'string' ? parsed(fact.terms) : fact.terms)
    const product: ProductRecord = this.#products.get(fact.product) ?? {
      name: fact.product,
      editions: new Map(),
      newest: terms,
      newestEdition: fact.edition,
      staged: new Set(),
    }
    this.#products.set(fact.product, product)
    product.editions.set(fact.edition, terms)
    if (fact.staged) product.staged.add(fact.edition)
    else product.staged.delete(fact.edition)
    const newestEdition = newestOf(product)
    Object.assign(product, { newest: product.editions.get(newestEdition), newestEdition })
    const again = this.#editionFacts.findIndex(({ product, edition }) => product === fact.product && edition === fact.edition)
    if (again === -1) this.#editionFacts.push(fact)
    else this.#editionFacts[again] = fact
    this.#forgetSold(fact.product)
  }

  #forgetSold(product: string): void {
    this.#featureOwners = undefined
    for (const license of this.#licenses.values()) if (license.product === product) license.sold = undefined
  }

  /** @returns what makes the product's editions those of now again */
  #editionBefore({ product, edition }: EditionFact): () => void {
    const known = this.#products.get(product)
    const editions = known && new Map(known.editions)
    const facts = [...this.#editionFacts]
    const newest = known && { newest: known.newest, newestEdition: known.newestEdition }
    const isStaged = known?.staged.has(edition) === true
    return () => {
      const now = this.#products.get(product)
      if (known === undefined || editions === undefined) this.#products.delete(product)
      else {
        const before = editions.get(edition)
        if (before === undefined) now?.editions.delete(edition)
        else now?.editions.set(edition, before)
        Object.assign(known, newest)
        if (isStaged) known.staged.add(edition)
        else known.staged.delete(edition)
      }
      this.#editionFacts.splice(0, this.#editionFacts.length, ...facts)
      this.#forgetSold(product)
    }
  }

  #putOrganization(fact: OrganizationFact): void {
    const organization = this.organizationIds.intern(fact.id)
    if (fact.roles === undefined) this.#ownRoles.delete(organization)
    else this.#ownRoles.set(organization, { roles: fact.roles, permissions: new WeakMap() })
    this.#organizationFacts.set(fact.id, fact)
  }

  #putLicense(fact: LicenseFact): void {
    const known = this.#licenses.get(fact.id)
    const organization = fact.organization === undefined ? undefined : this.organizationIds.intern(fact.organization)
    const others = organization === undefined ? NONE : this.licensesOf(organization)
    const place = known === undefined ? -1 : others.indexOf(known)
    if (known !== undefined) this.#detach(known)
    const record = new LicenseRecord(fact, organization, this.#seatsOf(fact.id), this.#licenseTable)
    // It keeps its place: whoever goes through all of them meanwhile would otherwise meet it again at the end, for ever.
    this.#licenses.set(fact.id, record)
    if (organization !== undefined) this.#putLicensesOf(organization, place === -1 ? [...others, record] : others.with(place, record))
    if (fact.holder !== undefined) push(this.#heldLicenses, this.identities.row(fact.holder), record)
  }

  #dropLicense(id: string): void {
    const record = this.#licenses.get(id)
    if (record === undefined) return
    this.#licenses.delete(id)
    this.#detach(record)
  }

  #detach(record: LicenseRecord): void {
    if (record.organization !== undefined) {
      const others = this.licensesOf(record.organization).filter((other) => other !== record)
      this.#putLicensesOf(record.organization, others)
    }
    if (record.fact.holder !== undefined) drop(this.#heldLicenses, this.identities.row(record.fact.holder), record)
  }

  #remove({ of, id, identity }: RemovedFact): void {
    switch (of) {
      case 'organization':
        this.#organizationFacts.delete(id)
        this.#ownRoles.delete(this.organizationIds.intern(id))
        break
      case 'identity':
        this.identities.remove(id)
        break
      case 'license':
        this.#dropLicense(id)
        break
      case 'seat':
        if (identity !== undefined) this.#seatsOf(id).remove(this.identities.row(identity))
        break
      case 'resource':
        this.#resources.delete(id)
        break
      case 'grant':
        removeListed(this.#grants, this.#grantRows, id)
        break
      case 'signal':
        removeListed(this.#signals, this.#signalRows, id)
        break
      case 'elsewhere':
        this.#elsewhere.delete(elsewhereKey(id, identity))
    }
  }

  #putLicensesOf(organization: number, licenses: readonly LicenseRecord[]): void {
    this.#licensesOf[organization] = licenses.length <= 1 ? licenses[0] : licenses
  }

  #seatsOf(license: string): SeatTable {
    const known = this.#seats.get(license)
    if (known !== undefined) return known
    const seats = new SeatTable(this.#licenseTable, this.identities)
    this.#seats.set(license, seats)
    return seats
  }

  // ---- what a decision reads

  product(name: string): ProductRecord | undefined {
    return this.#products.get(name)
  }

  /** The product and feature that a question names: `atlas:report.export`, or `report.export` when one product alone knows it. */
  feature(name: string): { readonly product: ProductRecord; readonly name: string; readonly feature: CompiledFeature } | undefined {
    const colon = name.indexOf(':')
    const bare = colon === -1 ? name : name.slice(colon + 1)
    let product: ProductRecord | undefined
    if (colon === -1) {
      const owners = this.#owners().get(bare)
      product = owners?.length === 1 ? owners[0] : undefined
    } else product = this.#products.get(name.slice(0, colon))
    if (product === undefined) return undefined
    const feature = product.newest.features.get(bare) ?? newestWith(product, bare)
    return feature && { product, name: bare, feature }
  }

  #owners(): Map<string, ProductRecord[]> {
    if (this.#featureOwners !== undefined) return this.#featureOwners
    const owners = new Map<string, ProductRecord[]>()
    const staged = new Map<string, ProductRecord[]>()
    for (const product of this.#products.values()) {
      if (product.name === AUTHORITY_PRODUCT) continue
      for (const [edition, terms] of product.editions) {
        const names = product.staged.has(edition) ? staged : owners
        for (const name of terms.features.keys()) if (!names.get(name)?.includes(product)) push(names, name, product)
      }
    }
    // What is only being rolled out takes a name from nobody.
    for (const [name, products] of staged) if (!owners.has(name)) owners.set(name, products)
    this.#featureOwners = owners
    return owners
  }

  allProducts(): ProductRecord[] {
    return [...this.#products.values()]
  }

  license(id: string): LicenseRecord | undefined {
    return this.#licenses.get(id)
  }

  allLicenses(): LicenseRecord[] {
    return [...this.#licenses.values()]
  }

  /** Licences of an organization, of every product. */
  licensesOf(organization: number): readonly LicenseRecord[] {
    const licenses = this.#licensesOf[organization]
    return licenses === undefined ? NONE : licenses instanceof LicenseRecord ? [licenses] : licenses
  }

  licensesHeldBy(row: number): readonly LicenseRecord[] {
    return this.#heldLicenses.size === 0 ? NONE : (this.#heldLicenses.get(row) ?? NONE)
  }

  /** The edition and plan of a licence; `undefined` while either is unknown here. */
  sold(license: LicenseRecord): Sold | undefined {
    license.sold ??= this.soldAs(license.fact)
    return license.sold
  }

  /** What a licence with these facts is sold as. */
  soldAs({ product, edition, plan: name, overrides }: Pick<LicenseFact, 'product' | 'edition' | 'plan' | 'overrides'>): Sold | undefined {
    const terms = this.#products.get(product)?.editions.get(edition)
    const plan = terms?.plans.get(name)
    if (terms === undefined || plan === undefined) return undefined
    // Shared by all licences of the plan: what thousands of them would each have anew is never at hand.
    const known = this.#sold.get(plan) ?? soldOf(terms, plan)
    this.#sold.set(plan, known)
    return overrides === undefined ? known : this.#overridden(known, overrides)
  }

  /** Shared by all licences of the plan that override the same. */
  #overridden({ terms, plan }: Sold, overrides: string): Sold | undefined {
    const all = this.#soldOverridden.get(plan) ?? new Map<string, Sold>()
    this.#soldOverridden.set(plan, all)
    const known = all.get(overrides)
    if (known !== undefined) return known
    const own = overriddenPlan(terms, plan.name, overrides)
    // What is issued is checked. Without its own terms a licence has none: the plan's may be wider.
    if (own === undefined) return undefined
    const sold = soldOf(terms, own)
    all.set(overrides, sold)
    return sold
  }

  resource(id: string): ResourceFact | undefined {
    return this.#resources.get(id)
  }

  grantsOf(row: number): readonly GrantFact[] {
    return this.#grants.size === 0 ? NONE : (this.#grants.get(row) ?? NONE)
  }

  rowsWithGrants(): Iterable<number> {
    return this.#grants.keys()
  }

  signalsOf(row: number): readonly SignalFact[] {
    return this.#signals.size === 0 ? NONE : (this.#signals.get(row) ?? NONE)
  }

  /** What another authority said of one identity, or of everybody. */
  elsewhere(need: string, identity: string): ElsewhereFact | undefined {
    return this.#elsewhere.get(elsewhereKey(need, identity)) ?? this.#elsewhere.get(elsewhereKey(need, undefined))
  }

  /** Whether an organization has roles of its own, by which its members are judged unlike others'. */
  hasOwnRoles(organization: number): boolean {
    return this.#ownRoles.has(organization)
  }

  /** One byte a feature index: what a role set permits in an organization, the customer's own roles applied. */
  permissions(terms: CompiledTerms, organization: number, roleSet: number): Uint8Array {
    const own = this.#ownRoles.size === 0 ? undefined : this.#ownRoles.get(organization)
    const cache = own?.permissions ?? this.#permissions
    const sets = cache.get(terms) ?? []
    if (sets.length === 0) cache.set(terms, sets)
    sets[roleSet] ??= permitted(terms, this.identities.roles(roleSet), own?.roles)
    return sets[roleSet]
  }

  // ---- what copies of it are made from

  /** What is stated of an entity now; `undefined`: nothing is. */
  stated({ of, id, identity }: Entity): Exclude<Fact, EditionFact | RemovedFact> | undefined {
    switch (of) {
      case 'organization':
        return this.#organizationFacts.get(id)
      case 'identity': {
        const row = this.identities.find(id)
        return row === undefined ? undefined : this.identities.fact(row)
      }
      case 'license':
        return this.#licenses.get(id)?.fact
      case 'seat': {
        const row = identity === undefined ? undefined : this.identities.find(identity)
        const seat = row === undefined ? undefined : this.#seats.get(id)?.entry(row)
        return seat && this.#seatFact(id, seat)
      }
      case 'resource':
        return this.#resources.get(id)
      case 'grant':
        return listed(this.#grants, this.#grantRows, id)
      case 'signal':
        return listed(this.#signals, this.#signalRows, id)
      case 'elsewhere':
        return this.#elsewhere.get(elsewhereKey(id, identity))
    }
  }

  editionFacts(): Iterable<EditionFact> {
    return this.#editionFacts
  }

  allResources(): Iterable<ResourceFact> {
    return this.#resources.values()
  }

  elsewhereFacts(): Iterable<ElsewhereFact> {
    return this.#elsewhere.values()
  }

  /** Of one licence, those on hold included. */
  *seatFacts(license: string): Iterable<SeatFact> {
    for (const seat of this.#seats.get(license)?.entries() ?? []) yield this.#seatFact(license, seat)
  }

  #seatFact(license: string, { row, order, freed_at }: { row: number; order: number; freed_at?: Instant }): SeatFact {
    return { fact: 'seat', license, identity: this.identities.id(row), order, ...(freed_at !== undefined && { freed_at }) }
  }

  /** A snapshot: facts that build an equal World, editions first. Changes may be applied while it is read. */
  *facts(): Iterable<Fact> {
    yield* this.#editionFacts
    yield* this.#organizationFacts.values()
    yield* this.identities.facts()
    for (const { fact } of this.#licenses.values()) yield fact
    for (const license of this.#seats.keys()) yield* this.seatFacts(license)
    yield* this.#resources.values()
    for (const grants of this.#grants.values()) yield* grants
    for (const signals of this.#signals.values()) yield* signals
    yield* this.#elsewhere.values()
  }
}

function soldOf(terms: CompiledTerms, plan: CompiledPlan): Sold {
  const { degradeTo } = plan.plan.grace
  const smaller = degradeTo === undefined ? undefined : terms.plans.get(degradeTo)
  return { terms, plan, ...(smaller && { degradeTo: smaller }) }
}

function parsed(text: string): Terms {
  const { terms } = parse(text)
  if (terms === undefined) throw new RangeError('an edition holds terms that do not parse')
  return terms
}

/** The highest edition that is not staged; facts come in any order, so while all known ones are, the highest of these. */
function newestOf({ editions, staged }: ProductRecord): number {
  const open = [...editions.keys()].filter((edition) => !staged.has(edition))
  return Math.max(...(open.length > 0 ? open : editions.keys()))
}

/** A feature as the newest edition knows it that has it; staged ones come last. */
function newestWith({ editions, staged }: ProductRecord, feature: string): CompiledFeature | undefined {
  let best: { rank: number; feature: CompiledFeature } | undefined
  for (const [edition, terms] of editions) {
    const found = terms.features.get(feature)
    const rank = staged.has(edition) ? -1 / edition : edition
    if (found !== undefined && (best === undefined || rank > best.rank)) best = { rank, feature: found }
  }
  return best?.feature
}

/** A customer's role narrows the vendor role of its name; a new name picks from vendor roles; an unknown name permits nothing. */
function permitted(terms: CompiledTerms, roles: readonly string[], own: Readonly<Record<string, CustomerRole>> | undefined): Uint8Array {
  const all = new Uint8Array(terms.features.size)
  for (const role of roles) {
    const one = permittedByRole(terms, role, own !== undefined && Object.hasOwn(own, role) ? own[role] : undefined)
    for (let i = 0; i < all.length; i++) all[i] = (all[i] as number) | (one[i] as number)
  }
  return all
}

function permittedByRole(terms: CompiledTerms, role: string, own: CustomerRole | undefined): Uint8Array {
  const vendor = terms.roles.get(role)
  if (own === undefined) return vendor ?? new Uint8Array(terms.features.size)
  const [from, features] = 'from' in own ? [own.from, own.features] : [undefined, own]
  const picked = featuresMatching(features, terms.features)
  const sources = from?.map((name) => terms.roles.get(name)).filter((source) => source !== undefined)
  for (let i = 0; i < picked.length; i++) {
    const byName = vendor === undefined ? sources !== undefined : vendor[i] === 1
    const bySource = sources === undefined || sources.some((source) => source[i] === 1)
    if (!byName || !bySource) picked[i] = 0
  }
  return picked
}

function elsewhereKey(need: string, identity: string | undefined): string {
  return identity === undefined ? need : `${need.length}:${need}${identity}`
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

function drop<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)?.filter((other) => other !== value)
  if (list === undefined || list.length === 0) map.delete(key)
  else map.set(key, list)
}

function putListed<F extends { readonly id: string }>(lists: Map<number, F[]>, rows: Map<string, number>, row: number, fact: F): void {
  removeListed(lists, rows, fact.id)
  rows.set(fact.id, row)
  push(lists, row, fact)
}

function listed<F extends { readonly id: string }>(lists: Map<number, F[]>, rows: Map<string, number>, id: string): F | undefined {
  const row = rows.get(id)
  return row === undefined ? undefined : lists.get(row)?.find((fact) => fact.id === id)
}

function removeListed<F extends { readonly id: string }>(lists: Map<number, F[]>, rows: Map<string, number>, id: string): void {
  const row = rows.get(id)
  if (row === undefined) return
  rows.delete(id)
  const list = lists.get(row)?.filter((fact) => fact.id !== id)
  if (list === undefined || list.length === 0) lists.delete(row)
  else lists.set(row, list)
}
