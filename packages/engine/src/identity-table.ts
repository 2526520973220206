import type { IdentityKind } from '@writ/terms'
import type { FactValue, IdentityFact } from './facts.ts'
import { Interner } from './interner.ts'

const KINDS: readonly IdentityKind[] = ['human', 'service', 'machine', 'agent']
const STATUSES = [undefined, 'active', 'suspended', 'revoked'] as const
const NOBODY = -1

/**
 * Identities as a struct of arrays: at a million of them, an object each would cost three times the memory and twice the time.
 * A row is an integer; the common single membership stands in the row, further ones beside it.
 */
export class IdentityTable {
  readonly #ids = new Interner()
  readonly organizations: Interner
  readonly #roleSets = new Interner()
  readonly #roleLists: string[][] = []
  readonly #factorSets = new Interner()
  readonly #factorLists: (readonly string[])[] = []
  #kind = new Uint8Array(64)
  #status = new Uint8Array(64)
  #organization = new Int32Array(64).fill(NOBODY)
  #roles = new Int32Array(64)
  #factors = new Int32Array(64).fill(NOBODY)
  readonly #more = new Map<number, Map<number, number>>()
  readonly #attributes = new Map<number, Readonly<Record<string, FactValue>>>()
  readonly #links = new Map<number, NonNullable<IdentityFact['links']>>()
  readonly #byLink = new Map<string, number>()

  constructor(organizations: Interner) {
    this.organizations = organizations
  }

  /** The row that an id has or will have; facts may name an identity before it is stated. */
  row(id: string): number {
    const row = this.#ids.intern(id)
    if (row >= this.#kind.length) this.#grow()
    return row
  }

  find(who: string | { readonly issuer: string; readonly subject: string }): number | undefined {
    return typeof who === 'string' ? this.#ids.find(who) : this.#byLink.get(linkKey(who))
  }

  put(fact: IdentityFact): void {
    const row = this.row(fact.id)
    this.#kind[row] = KINDS.indexOf(fact.kind)
    this.#status[row] = STATUSES.indexOf(fact.status)
    this.#factors[row] = fact.factors === undefined ? NOBODY : this.#internFactors(fact.factors)
    this.#putMemberships(row, fact.in)
    if (fact.attributes === undefined) this.#attributes.delete(row)
    else this.#attributes.set(row, fact.attributes)
    this.#dropLinks(row)
    if (fact.links !== undefined && fact.links.length > 0) {
      this.#links.set(row, fact.links)
      for (const link of fact.links) this.#byLink.set(linkKey(link), row)
    }
  }

  remove(id: string): void {
    const row = this.#ids.find(id)
    if (row === undefined) return
    this.#status[row] = 0
    this.#putMemberships(row, {})
    this.#attributes.delete(row)
    this.#dropLinks(row)
  }

  id(row: number): string {
    return this.#ids.name(row)
  }

  /** `undefined`: named by some fact, never stated. */
  status(row: number): 'active' | 'suspended' | 'revoked' | undefined {
    return STATUSES[this.#status[row] as number]
  }

  kind(row: number): IdentityKind {
    return KINDS[this.#kind[row] as number] as IdentityKind
  }

  /** Assurance levels in reach; `undefined`: all. */
  factors(row: number): readonly string[] | undefined {
    const set = this.#factors[row] as number
    return set === NOBODY ? undefined : this.#factorLists[set]
  }

  attributes(row: number): Readonly<Record<string, FactValue>> | undefined {
    return this.#attributes.get(row)
  }

  /** The role set held in an organization; `undefined` for no member. */
  roleSet(row: number, organization: number): number | undefined {
    if (this.#organization[row] === organization) return this.#roles[row]
    return this.#more.size === 0 ? undefined : this.#more.get(row)?.get(organization)
  }

  roles(roleSet: number): readonly string[] {
    return this.#roleLists[roleSet] as string[]
  }

  /** Organizations of which the identity is a member. */
  memberships(row: number): number[] {
    const first = this.#organization[row] as number
    return first === NOBODY ? [] : [first, ...(this.#more.get(row)?.keys() ?? [])]
  }

  *facts(): Iterable<IdentityFact> {
    for (let row = 0; row < this.#ids.size; row++) {
      const status = this.status(row)
      if (status === undefined) continue
      const memberships: Record<string, readonly string[]> = {}
      for (const organization of this.memberships(row)) {
        memberships[this.organizations.name(organization)] = this.roles(this.roleSet(row, organization) as number)
      }
      const factors = this.factors(row)
      const attributes = this.attributes(row)
      const links = this.#links.get(row)
      yield {
        fact: 'identity',
        id: this.id(row),
        kind: this.kind(row),
        status,
        in: memberships,
        ...(factors && { factors }),
        ...(attributes && { attributes }),
        ...(links && { links }),
      }
    }
  }

  #putMemberships(row: number, memberships: IdentityFact['in']): void {
    const [first, ...more] = Object.entries(memberships)
    this.#organization[row] = first === undefined ? NOBODY : this.organizations.intern(first[0])
    this.#roles[row] = first === undefined ? 0 : this.#internRoles(first[1])
    if (more.length === 0) this.#more.delete(row)
    else
      this.#more.set(row, new Map(more.map(([organization, roles]) => [this.organizations.intern(organization), this.#internRoles(roles)])))
  }

  #internRoles(roles: readonly string[]): number {
    const sorted = [...new Set(roles)].sort()
    const id = this.#roleSets.intern(sorted.join('\n'))
    this.#roleLists[id] ??= sorted
    return id
  }

  #internFactors(factors: readonly string[]): number {
    const id = this.#factorSets.intern(factors.join('\n'))
    this.#factorLists[id] ??= factors
    return id
  }

  #dropLinks(row: number): void {
    for (const link of this.#links.get(row) ?? []) if (this.#byLink.get(linkKey(link)) === row) this.#byLink.delete(linkKey(link))
    this.#links.delete(row)
  }

  #grow(): void {
    const size = this.#kind.length * 2
    const kind = new Uint8Array(size)
    kind.set(this.#kind)
    this.#kind = kind
    const status = new Uint8Array(size)
    status.set(this.#status)
    this.#status = status
    this.#organization = grown(this.#organization, NOBODY)
    this.#roles = grown(this.#roles, 0)
    this.#factors = grown(this.#factors, NOBODY)
  }
}

function grown(array: Int32Array, empty: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2).fill(empty)
  larger.set(array)
  return larger
}

function linkKey({ issuer, subject }: { readonly issuer: string; readonly subject: string }): string {
  return `${issuer}\n${subject}`
}
