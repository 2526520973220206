/**
 * Terms as the rest of Writ reads them: every short form parsed, every default filled in, `extends` resolved.
 * Maps keep the written order where order is meaning (levels, plans, entries); names never reach a prototype.
 */

export type FactType = 'string' | 'boolean' | 'number' | 'list of string'

export interface Terms {
  readonly product: string
  readonly title: string
  readonly features: ReadonlyMap<string, Feature>
  readonly meters: ReadonlyMap<string, Meter>
  readonly context: ReadonlyMap<string, ContextFact>
  /** Facts of World about an identity. */
  readonly attributes: ReadonlyMap<string, FactType>
  /** Facts that an enforcer sends with a request. */
  readonly properties: {
    readonly subject: ReadonlyMap<string, FactType>
    readonly resource: ReadonlyMap<string, FactType>
    readonly action: ReadonlyMap<string, FactType>
  }
  /** Assurance levels, weakest first; a level satisfies every level before it. */
  readonly levels: readonly Level[]
  readonly signals: ReadonlyMap<string, Signal>
  /** What a signal that cannot be computed does. Default: allow. */
  readonly onSignalFailure: SignalEffect
  readonly roles: ReadonlyMap<string, readonly string[]>
  readonly ends?: Ends
  /** Who signs off an edition before it is published, by role in the authority; absent: nobody. */
  readonly signedOffBy?: readonly string[]
  readonly plans: ReadonlyMap<string, Plan>
  /** Other authorities by the alias that `needs` uses. */
  readonly federation: ReadonlyMap<string, OtherAuthority>
}

export interface Feature {
  readonly title: string
  readonly type: 'switch' | 'limit' | 'choice'
  /** Of a `limit`: what is counted. */
  readonly unit?: string
  /** Of a `choice`: the values, smallest first. */
  readonly values?: readonly string[]
  readonly meter?: string
  /** The kind of resource that the feature is asked about. */
  readonly resource?: string
  readonly commands?: readonly string[]
  /** A protective minimum: holds for every edition ever sold. */
  readonly assurance?: Assurance
  readonly repair: boolean
  /** `open`: staleness alone never closes it. */
  readonly unreachable: 'closed' | 'open'
}

export interface Meter {
  readonly unit: string
  readonly aggregate: 'sum'
  /** Fractions of a limit, e.g. 0.8. Parsed and kept; nothing acts on it yet. */
  readonly alertAt: readonly number[]
}

export interface ContextFact {
  readonly type: FactType
  readonly from: 'enforcer' | 'token' | 'access_request' | 'world'
}

export interface Level {
  readonly name: string
  readonly acr: string
  /** Alternatives; each inner list means all of it. Values of `amr`, RFC 8176. */
  readonly anyOf: readonly (readonly string[])[]
  readonly attested: boolean
}

export interface Assurance {
  readonly level: string
  readonly withinSeconds?: number
}

export type SignalEffect = { readonly kind: 'allow' } | { readonly kind: 'refuse' } | { readonly kind: 'require'; readonly level: string }

export interface Signal {
  readonly effect: SignalEffect
  /** Of a travel signal: faster than this raises it. */
  readonly overKmPerHour?: number
}

export interface Ends {
  /** Days of the week on which a licence may end; 0 is Monday. */
  readonly days: readonly number[]
  /** Minutes after local midnight. */
  readonly minuteOfDay: number
  readonly zone: string
}

export interface Plan {
  readonly title: string
  /** Names of prices by billing provider, e.g. stripe -> atlas_standard_monthly. */
  readonly price: ReadonlyMap<string, string>
  readonly trialSeconds?: number
  readonly seats?: Seats
  readonly grace: Grace
  readonly enforcement: 'enforce' | 'advise'
  /** Entries by feature, alternatives in written order. */
  readonly includes: ReadonlyMap<string, readonly Entry[]>
  readonly conditions: Conditions
}

export interface Seats {
  readonly kind: 'named' | 'floating'
  readonly count: number
  /** How many more than `count` are let in and billed: `10%` of 25 is 2.5, so the limit is floor(27.5). */
  readonly overage: { readonly kind: 'percent' | 'count'; readonly amount: number }
  readonly for: readonly IdentityKind[]
  readonly take: 'on use' | 'by admin'
  /** Shortest time before a freed seat may go to someone else. */
  readonly holdSeconds: number
  /** Of a floating seat: how long one heartbeat keeps it. */
  readonly leaseSeconds?: number
  readonly outage: 'keep' | 'release'
}

export type IdentityKind = 'human' | 'service' | 'machine' | 'agent'

export interface Grace {
  readonly expirySeconds: number
  readonly paymentSeconds: number
  readonly offlineSeconds: number
  /** After expiry grace: the plan to degrade to. */
  readonly degradeTo?: string
}

export interface Entry {
  readonly limit?: Limit
  /** What follows the limit; `refuse` makes it hard. */
  readonly then: { readonly kind: 'refuse' } | { readonly kind: 'bill' } | { readonly kind: 'throttle'; readonly rate: Rate }
  readonly rate?: Rate
  /** Of a `limit` feature a number, of a `choice` one of its values. */
  readonly value?: number | string
  readonly resources?: ResourceSelector
  readonly commands?: readonly string[]
  readonly assurance?: Assurance
  readonly approval?: Approval
  readonly obligations: Obligations
  readonly when?: string
  /** `alias:feature` of another authority. */
  readonly needs?: string
  readonly conditions: Conditions
}

export interface Limit {
  readonly count: number
  readonly perSeat: boolean
  readonly period: 'hour' | 'day' | 'week' | 'month' | 'year'
  /** Calendar windows in this zone; absent: counted from the licence's start day in UTC. */
  readonly calendarZone?: string
}

export interface Rate {
  readonly count: number
  readonly periodSeconds: 1 | 60 | 3600
  readonly burst: number
}

export interface ResourceSelector {
  readonly environment?: readonly string[]
  readonly region?: readonly string[]
  readonly labels: ReadonlyMap<string, readonly string[]>
}

export interface Approval {
  readonly by: string
  readonly count: number
  readonly forSeconds?: number
}

export interface Obligations {
  readonly record: boolean
  readonly mask: readonly string[]
}

export interface Conditions {
  readonly hours?: Hours
  /** Where the caller is: ISO 3166-1 alpha-2, `EU`, `EEA`, `continent:XX`. */
  readonly regions?: readonly string[]
  readonly networks?: readonly string[]
  readonly when?: string
}

export interface Hours {
  readonly zone: string
  readonly open: readonly OpenWindow[]
  /** Local dates, `2026-12-25`. */
  readonly closedOn: readonly string[]
}

export interface OpenWindow {
  /** 0 is Monday. The window belongs to the day it opens on. */
  readonly day: number
  readonly fromMinute: number
  /** Up to 2880: past 1440 it runs into the next day. */
  readonly untilMinute: number
}

export interface OtherAuthority {
  readonly authority: string
  readonly product: string
}
