import type { IdentityKind, Terms } from '@writ/terms'

/** Milliseconds since 1970-01-01T00:00:00Z, an integer. The only form of an instant inside the engine. */
export type Instant = number

/** One entry of the change feed: one mutation, however many entities it touches. */
export interface Change {
  readonly revision: number
  readonly facts: readonly Fact[]
}

/**
 * A fact states an entity whole, or removes it. Facts about different entities commute, and stating one twice changes nothing.
 * This is also the JSON form in the feed, in a snapshot and on the wire; instants are epoch milliseconds there too.
 */
export type Fact =
  | EditionFact
  | OrganizationFact
  | IdentityFact
  | LicenseFact
  | SeatFact
  | ResourceFact
  | GrantFact
  | SignalFact
  | ElsewhereFact
  | RemovedFact

/** A published edition. `terms` is the canonical text; an applier that holds the parsed terms already may pass them. */
export interface EditionFact {
  readonly fact: 'edition'
  readonly product: string
  readonly edition: number
  readonly terms: string | Terms
  /** It is being rolled out: licences may be of it, and it is not the newest of its product yet. */
  readonly staged?: true
}

export interface OrganizationFact {
  readonly fact: 'organization'
  readonly id: string
  /** The customer's own roles: a vendor role narrowed (a list), or a new name made from vendor roles. */
  readonly roles?: Readonly<Record<string, CustomerRole>>
}
export type CustomerRole = readonly string[] | { readonly from: readonly string[]; readonly features: readonly string[] }

export interface IdentityFact {
  readonly fact: 'identity'
  readonly id: string
  readonly kind: IdentityKind
  readonly status: 'active' | 'suspended' | 'revoked'
  /** Memberships: organization id to roles. */
  readonly in: Readonly<Record<string, readonly string[]>>
  /** Assurance levels that the enrolled factors can reach; absent: all. */
  readonly factors?: readonly string[]
  readonly attributes?: Readonly<Record<string, FactValue>>
  /** How other issuers name this identity. */
  readonly links?: readonly { readonly issuer: string; readonly subject: string }[]
}
export type FactValue = string | boolean | number | readonly string[]

export interface LicenseFact {
  readonly fact: 'license'
  readonly id: string
  readonly product: string
  readonly edition: number
  readonly plan: string
  /** Exactly one of the two. */
  readonly organization?: string
  readonly holder?: string
  readonly starts: Instant
  /** Exclusive; absent: an open end. */
  readonly ends?: Instant
  readonly trial_ends?: Instant
  readonly suspended?: boolean
  readonly revoked_at?: Instant
  readonly past_due_since?: Instant
  /** What this licence has of its own beside its plan, canonical text as `readOverrides` of the terms writes it. */
  readonly overrides?: string
}

/** A named seat: taken, or freed and still on hold. */
export interface SeatFact {
  readonly fact: 'seat'
  readonly license: string
  readonly identity: string
  /** Order in which seats were taken; unique within the licence. */
  readonly order: number
  readonly freed_at?: Instant
}

export interface ResourceFact {
  readonly fact: 'resource'
  readonly id: string
  readonly kind: string
  readonly environment?: string
  readonly region?: string
  readonly labels?: Readonly<Record<string, string>>
}

export interface GrantFact {
  readonly fact: 'grant'
  readonly id: string
  readonly identity: string
  readonly organization?: string
  /** Qualified, `atlas:host.shell`, or bare when unique. */
  readonly feature: string
  /** A resource id, or a selector; absent: not limited to one. */
  readonly resource?:
    | string
    | {
        readonly environment?: readonly string[]
        readonly region?: readonly string[]
        readonly labels?: Readonly<Record<string, readonly string[]>>
      }
  readonly commands?: readonly string[]
  readonly from: Instant
  readonly until: Instant
  /** Who approved, and the roles that each held then. */
  readonly approved_by: readonly { readonly identity: string; readonly roles: readonly string[] }[]
  /** Facts that the access request brings, e.g. a ticket; context declared `from: access_request`. */
  readonly context?: Readonly<Record<string, FactValue>>
}

export interface SignalFact {
  readonly fact: 'signal'
  readonly id: string
  /** A name that the terms declare, or `failed`: a signal that could not be computed. */
  readonly name: string
  readonly identity: string
  /** Absent: holds for every session (device) of the identity. */
  readonly session?: string
  readonly device?: string
  readonly at: Instant
}

/** What another authority last said of one of its features. */
export interface ElsewhereFact {
  readonly fact: 'elsewhere'
  /** `alias:feature` as terms write it. */
  readonly need: string
  /** Absent: of everybody. */
  readonly identity?: string
  readonly answer: 'allow' | 'refuse' | 'unreachable' | 'outside_mandate'
  /** Exclusive; after it the answer counts as unreachable. */
  readonly until?: Instant
}

export interface RemovedFact extends Entity {
  readonly fact: 'removed'
}

/** What a fact can be about, and be no more. */
export interface Entity {
  readonly of: 'organization' | 'identity' | 'license' | 'seat' | 'resource' | 'grant' | 'signal' | 'elsewhere'
  readonly id: string
  /** Of a seat: its identity; of an `elsewhere`: the identity if it named one. */
  readonly identity?: string
}

/** What a fact is about. */
export function entityOf(fact: Exclude<Fact, EditionFact>): Entity {
  switch (fact.fact) {
    case 'removed':
      return { of: fact.of, id: fact.id, ...(fact.identity !== undefined && { identity: fact.identity }) }
    case 'seat':
      return { of: 'seat', id: fact.license, identity: fact.identity }
    case 'elsewhere':
      return { of: 'elsewhere', id: fact.need, ...(fact.identity !== undefined && { identity: fact.identity }) }
    default:
      return { of: fact.fact, id: fact.id }
  }
}
