import type { IdentityKind } from '@writ/terms'
import type { FactValue, IdentityFact } from './facts.ts'
import { Interner } from './interner.ts'

const KINDS: readonly IdentityKind[] = ['human', 'service', 'machine', 'agent']
const STATUSES = ['active', 'suspended', 'revoked'] as const
const NONE = -1

/** One row is one cache line's worth of integers, so that a decision about one of a million identities waits for memory once. */
const STRIDE = 8
const KIND = 0
const STATUS = 1
const ORGANIZATION = 2
const ROLES = 3
const FACTORS = 4
const SEAT = 5

/**
 * Identities as rows of integers: at a million of them, an object each would cost three times the memory and twice the time.
 * The common single membership and single seat stand in the row, further ones beside it.
 */
export class IdentityTable {
  readonly #ids = new Interner()
  readonly organizations: Interner
  readonly #roleSets = new Interner()
  readonly #roleLists: string[][] = []
  readonly #factorSets = new Interner()
  readonly #factorLists: (readonly string[])[] = []
  #cells = new Int32Array(64 * STRIDE).fill(NONE)
  readonly #more = new Map<number, Map<number, number>>()
  readonly #attributes = new Map<number, Readonly<Record<string, FactValue>>>()
  readonly #links = new Map<number, NonNullable<IdentityFact['links']>>()
  /** Rows by link; a link that several claim is nobody's, or the answer would hang on the order of facts. */
  readonly #byLink = new Map<string, number | Set<number>>()

  constructor(organizations: Interner) {
    this.organizations = organizations
  }

  /** The row that an id has or will have; facts may name an identity before it is stated. */
  row(id: string): number {
    const row = this.#ids.intern(id)
    if ((row + 1) * STRIDE > this.#cells.length) this.#grow()
    return row
  }

  find(who: string | { readonly issuer: string; readonly subject: string }): number | undefined {
    if (typeof who === 'string') return this.#ids.find(who)
    const row = this.#byLink.get(linkKey(who))
    return typeof row === 'number' ? row : undefined
  }

  put(fact: IdentityFact): void {
    const row = this.row(fact.id)
    this.#cells[row * STRIDE + KIND] = KINDS.indexOf(fact.kind)
    this.#cells[row * STRIDE + STATUS] = STATUSES.indexOf(fact.status)
    this.#cells[row * STRIDE + FACTORS] = fact.factors === undefined ? NONE : this.#internFactors(fact.factors)
    this.#putMemberships(row, fact.in)
    if (fact.attributes === undefined) this.#attributes.delete(row)
    else this.#attributes.set(row, fact.attributes)
    this.#dropLinks(row)
    if (fact.links !== undefined && fact.links.length > 0) {
      this.#links.set(row, fact.links)
      for (const link of fact.links) this.#claim(linkKey(link), row)
    }
  }

  remove(id: string): void {
    const row = this.#ids.find(id)
    if (row === undefined) return
    this.#cells[row * STRIDE + STATUS] = NONE
    this.#putMemberships(row, {})
    this.#attributes.delete(row)
    this.#dropLinks(row)
  }

  /** How many rows there are; some may be of identities that were only named, or are gone. */
  get size(): number {
    return this.#ids.size
  }

  id(row: number): string {
    return this.#ids.name(row)
  }

  /** `undefined`: named by some fact, never stated. */
  status(row: number): 'active' | 'suspended' | 'revoked' | undefined {
    return STATUSES[this.#cells[row * STRIDE + STATUS] as number]
  }

  kind(row: number): IdentityKind {
    return KINDS[this.#cells[row * STRIDE + KIND] as number] as IdentityKind
  }

  /** All of a row that is judged alike for all who have it too: kind, status, levels in reach. */
  profile(row: number): number {
    const cell = row * STRIDE
    return (
      (((this.#cells[cell + FACTORS] as number) + 1) * 4 + (this.#cells[cell + STATUS] as number) + 1) * 8 +
      (this.#cells[cell + KIND] as number) +
      1
    )
  }

  /** Assurance levels in reach; `undefined`: all. */
  factors(row: number): readonly string[] | undefined {
    const set = this.#cells[row * STRIDE + FACTORS] as number
    return set === NONE ? undefined : this.#factorLists[set]
  }

  attributes(row: number): Readonly<Record<string, FactValue>> | undefined {
    return this.#attributes.get(row)
  }

  /** The role set held in an organization; `undefined` for no member. */
  roleSet(row: number, organization: number): number | undefined {
    if (this.#cells[row * STRIDE + ORGANIZATION] === organization) return this.#cells[row * STRIDE + ROLES]
    return this.#more.size === 0 ? undefined : this.#more.get(row)?.get(organization)
  }

  roles(roleSet: number): readonly string[] {
    return this.#roleLists[roleSet] as string[]
  }

  /** Organizations of which the identity is a member. */
  memberships(row: number): number[] {
    const first = this.#cells[row * STRIDE + ORGANIZATION] as number
    return first === NONE ? [] : [first, ...(this.#more.get(row)?.keys() ?? [])]
  }

  /** The organization of the first membership; -1: there is none. */
  firstMembership(row: number): number {
    return this.#cells[row * STRIDE + ORGANIZATION] as number
  }

  hasMore(row: number): boolean {
    return this.#more.size > 0 && this.#more.has(row)
  }

  /** Rows of the members of an organization. Looks at every row: for files and lists, never for a decision. */
  *members(organization: number): Iterable<number> {
    for (let row = 0; row < this.#ids.size; row++) if (this.roleSet(row, organization) !== undefined) yield row
  }

  /** The licence whose named seat stands in the row, by its index; -1 for none. */
  seat(row: number): number {
    return this.#cells[row * STRIDE + SEAT] as number
  }

  putSeat(row: number, license: number): void {
    this.#cells[row * STRIDE + SEAT] = license
  }

  *facts(): Iterable<IdentityFact> {
    for (let row = 0; row < this.#ids.size; row++) {
      const fact = this.fact(row)
      if (fact !== undefined) yield fact
    }
  }

  /** What is stated of a row; `undefined`: nothing is. */
  fact(row: number): IdentityFact | undefined {
    const status = this.status(row)
    if (status === undefined) return undefined
    const memberships = this.memberships(row).map((organization) => [
      this.organizations.name(organization),
      this.roles(this.roleSet(row, organization) as number),
    ])
    const factors = this.factors(row)
    const attributes = this.attributes(row)
    const links = this.#links.get(row)
    return {
      fact: 'identity',
      id: this.id(row),
      kind: this.kind(row),
      status,
      // Not by assignment, which would lose an organization that is named `__proto__`.
      in: Object.fromEntries(memberships) as IdentityFact['in'],
      ...(factors && { factors }),
      ...(attributes && { attributes }),
      ...(links && { links }),
    }
  }

  #putMemberships(row: number, memberships: IdentityFact['in']): void {
    const [first, ...more] = Object.entries(memberships)
    this.#cells[row * STRIDE + ORGANIZATION] = first === undefined ? NONE : this.organizations.intern(first[0])
    this.#cells[row * STRIDE + ROLES] = first === undefined ? NONE : this.#internRoles(first[1])
    if (more.length === 0) this.#more.delete(row)
    else
      this.#more.set(row, new Map(more.map(([organization, roles]) => [this.organizations.intern(organization), this.#internRoles(roles)])))
  }

  #internRoles(roles: readonly string[]): number {
    const sorted = [...new Set(roles)].sort()
    const id = this.#roleSets.intern(JSON.stringify(sorted))
    this.#roleLists[id] ??= sorted
    return id
  }

  #internFactors(factors: readonly string[]): number {
    const id = this.#factorSets.intern(JSON.stringify(factors))
    this.#factorLists[id] ??= factors
    return id
  }

  #dropLinks(row: number): void {
    for (const link of this.#links.get(row) ?? []) this.#disclaim(linkKey(link), row)
    this.#links.delete(row)
  }

  #claim(link: string, row: number): void {
    const known = this.#byLink.get(link)
    if (known === undefined) this.#byLink.set(link, row)
    else if (typeof known !== 'number') known.add(row)
    else if (known !== row) this.#byLink.set(link, new Set([known, row]))
  }

  #disclaim(link: string, row: number): void {
    const known = this.#byLink.get(link)
    if (known === row) this.#byLink.delete(link)
    if (typeof known !== 'object') return
    known.delete(row)
    const [only, ...others] = known
    if (only !== undefined && others.length === 0) this.#byLink.set(link, only)
  }

  #grow(): void {
    const larger = new Int32Array(this.#cells.length * 2).fill(NONE)
    larger.set(this.#cells)
    this.#cells = larger
  }
}

function linkKey({ issuer, subject }: { readonly issuer: string; readonly subject: string }): string {
  // The length keeps one pair from reading as another, whatever a subject holds.
  return `${issuer.length}:${issuer}${subject}`
}
