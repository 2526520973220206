import type { CompiledTerms } from '@writ/terms'
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
import { FactsOfIdentities } from './facts-of-identities.ts'
import { IdentityTable } from './identity-table.ts'
import { Interner } from './interner.ts'
import { LicenseRecord, type Sold } from './license-record.ts'
import { LicenseTable } from './license-table.ts'
import { drop, push } from './lists.ts'
import { type NamedFeature, type ProductRecord, Products } from './products.ts'
import { permittedBy } from './role-permissions.ts'
import { SeatTable } from './seat-table.ts'

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
  readonly #products = new Products()
  readonly #licenses = new Map<string, LicenseRecord>()
  readonly #licenseTable = new LicenseTable()
  /** Seats stated before their licence. */
  readonly #seats = new Map<string, SeatTable>()
  /** Empty ones, for what is tried. */
  readonly #freeSeats: SeatTable[] = []
  readonly #heldLicenses = new Map<number, LicenseRecord[]>()
  /** Every resource that was ever declared; {@link World.resource} says which still are. */
  readonly resourceIds = new Interner()
  readonly #resources = new Map<string, ResourceFact>()
  readonly #grants = new FactsOfIdentities<GrantFact>()
  readonly #signals = new FactsOfIdentities<SignalFact>()
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
      for (const takeBack of editions) takeBack()
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
        this.#grants.put(this.identities.row(fact.identity), fact)
        break
      case 'signal':
        this.#signals.put(this.identities.row(fact.identity), fact)
        break
      case 'elsewhere':
        this.#elsewhere.set(elsewhereKey(fact.need, fact.identity), fact)
        break
      case 'removed':
        this.#remove(fact)
    }
  }

  #putEdition(fact: EditionFact): void {
    this.#products.put(fact)
    this.#forgetSold(fact.product)
  }

  /** @returns what makes the product's editions those of now again */
  #editionBefore(fact: EditionFact): () => void {
    const takeBack = this.#products.before(fact)
    return () => {
      takeBack()
      this.#forgetSold(fact.product)
    }
  }

  #forgetSold(product: string): void {
    for (const license of this.#licenses.values()) if (license.product === product) license.sold = undefined
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
        this.#grants.remove(id)
        break
      case 'signal':
        this.#signals.remove(id)
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
    return this.#products.find(name)
  }

  /** The product and feature that a question names: `atlas:report.export`, or `report.export` when one product alone knows it. */
  feature(name: string): NamedFeature | undefined {
    return this.#products.feature(name)
  }

  allProducts(): ProductRecord[] {
    return this.#products.all()
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
  soldAs(fact: Pick<LicenseFact, 'product' | 'edition' | 'plan' | 'overrides'>): Sold | undefined {
    return this.#products.soldAs(fact)
  }

  resource(id: string): ResourceFact | undefined {
    return this.#resources.get(id)
  }

  grantsOf(row: number): readonly GrantFact[] {
    return this.#grants.of(row)
  }

  rowsWithGrants(): Iterable<number> {
    return this.#grants.rows()
  }

  signalsOf(row: number): readonly SignalFact[] {
    return this.#signals.of(row)
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
    sets[roleSet] ??= permittedBy(terms, this.identities.roles(roleSet), own?.roles)
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
        return this.#grants.find(id)
      case 'signal':
        return this.#signals.find(id)
      case 'elsewhere':
        return this.#elsewhere.get(elsewhereKey(id, identity))
    }
  }

  editionFacts(): Iterable<EditionFact> {
    return this.#products.facts()
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
    yield* this.#products.facts()
    yield* this.#organizationFacts.values()
    yield* this.identities.facts()
    for (const { fact } of this.#licenses.values()) yield fact
    for (const license of this.#seats.keys()) yield* this.seatFacts(license)
    yield* this.#resources.values()
    yield* this.#grants.all()
    yield* this.#signals.all()
    yield* this.#elsewhere.values()
  }
}

function elsewhereKey(need: string, identity: string | undefined): string {
  return identity === undefined ? need : `${need.length}:${need}${identity}`
}
