import type { GrantFact, Instant, SignalFact, World } from '@writ/engine'
import { type FileFact, type LicenseClaims, type RosterEntry, rosterId } from '@writ/license'
import { canonical, hash, type Terms } from '@writ/terms'
import { ApiError } from '../app/api-error.ts'
import type { OrganizationRow } from '../organizations/store.ts'
import { type Offer, soldAs } from './license.ts'
import { overridesText } from './overrides.ts'
import type { StatusLists } from './status/status-lists.ts'
import type { LicenseRow } from './store.ts'

export interface FileRequest {
  /** `asserted`: the application vouches for who asks. */
  readonly identities: 'roster' | 'asserted'
  /** Only these; absent: every active member. */
  readonly roster?: readonly string[]
  /** Resources whose facts the file carries. */
  readonly resources?: readonly string[]
  /** The activation that it is made for: the file is good no longer than that. */
  readonly activation?: string
  readonly binding?: Pick<NonNullable<LicenseClaims['binding']>, 'device_key' | 'fingerprint'>
  /** What the device holds of quotas and seats; absent: no hard quota with no network. */
  readonly share?: LicenseClaims['share']
  /** So long it may be used with no network, in the place of what the plan says. */
  readonly offlineSeconds?: number
}

/** Who issues, when, under which id. */
export interface FileHeader {
  readonly iss: string
  readonly jti: string
  readonly now: Instant
  /** Where status lists say whether it is still good, and its people; absent: nowhere. */
  readonly places?: (identities: readonly string[]) => ReturnType<StatusLists['places']>
}

/**
 * What a license file says: the facts of World that a decision about this licence needs, and nothing of anybody else.
 * @param organization the row of the one that holds the licence
 * @throws {ApiError} IDENTITY_UNKNOWN, RESOURCE_UNKNOWN
 */
export async function claimsOf(
  world: World,
  row: LicenseRow,
  organization: OrganizationRow | undefined,
  asked: FileRequest,
  { iss, jti, now, places }: FileHeader,
): Promise<LicenseClaims> {
  const { id, product, plan, edition, starts, ends, trial_ends, suspended, past_due_since, overrides } = row
  const offer = soldAs(world, row)
  // All of World that the file holds is read before the first wait, so that it is of one revision.
  const resources = (asked.resources ?? []).map((name) => resourceFact(world, name))
  const rows = asked.identities === 'roster' ? rosterRows(world, row, asked.roster) : []
  const people = rows.map((each) => person(world, offer.terms.terms, each, organization))
  const about = rows.flatMap((each) => factsAbout(world, row, each, now))
  const seats = asked.identities === 'roster' ? seatFacts(world, row, new Set(rows)) : []
  const { expirySeconds, paymentSeconds } = offer.plan.plan.grace
  const { offlineSeconds = offer.plan.plan.grace.offlineSeconds } = asked
  const own = asked.offlineSeconds === undefined ? overrides : withOffline(offer, overrides, asked.offlineSeconds)

  const names = new Names(id)
  const status = await places?.(people.map(({ id: identity }) => identity))
  const roster = await Promise.all(
    people.map(async (entry) => {
      const status_index = status?.identities.get(entry.id)
      return { ...entry, id: await names.of(entry.id), ...(status_index !== undefined && { status_index }) }
    }),
  )
  const facts: FileFact[] = [
    ...(organization !== undefined ? [organizationFact(organization)] : []),
    ...(await Promise.all([...seats, ...about].map((fact) => named(fact, names)))),
    ...resources,
  ]
  return {
    iss,
    iat: Math.floor(now / 1000),
    jti,
    license: id,
    product,
    plan,
    edition,
    terms_hash: await hash(offer.terms.terms),
    terms: canonical(offer.terms.terms),
    holder:
      organization === undefined
        ? { identity: asked.identities === 'roster' ? await names.of(row.holder as string) : (row.holder as string) }
        : { organization: organization.id, name: organization.title },
    starts,
    ...(ends !== null && { ends }),
    ...(trial_ends !== null && { trial_ends }),
    ...(suspended && { suspended }),
    ...(past_due_since !== null && { past_due_since }),
    ...(own !== null && { overrides: own }),
    grace: { expiry_seconds: expirySeconds, payment_seconds: paymentSeconds, offline_seconds: offlineSeconds },
    ...(asked.identities === 'asserted' ? { identities: 'asserted' } : { roster }),
    ...(asked.binding !== undefined && { binding: asked.binding }),
    ...(asked.share !== undefined && { share: asked.share }),
    ...(status !== undefined && { status: status.own }),
    ...(facts.length > 0 && { facts }),
  }
}

/** Decisions take grace from the terms, so a file of another grace overrides it. */
function withOffline(offer: Offer, overrides: string | null, seconds: number): string | null {
  const known = overrides === null ? {} : (JSON.parse(overrides) as { grace?: object })
  return overridesText(offer, { ...known, grace: { ...known.grace, offline: `${seconds} seconds` } })
}

/** Names of identities in one file, each made once. */
class Names {
  readonly #license: string
  readonly #made = new Map<string, Promise<string>>()

  constructor(license: string) {
    this.#license = license
  }

  of(identity: string): Promise<string> {
    const made = this.#made.get(identity) ?? rosterId(this.#license, identity)
    this.#made.set(identity, made)
    return made
  }
}

function rosterRows(world: World, { organization, holder }: LicenseRow, only: readonly string[] | undefined): number[] {
  const { identities, organizationIds } = world
  const isActive = (each: number): boolean => identities.status(each) === 'active'
  const home = organization === null ? undefined : organizationIds.find(organization)
  if (only === undefined) {
    if (holder !== null) return [identities.row(holder)].filter(isActive)
    return home === undefined ? [] : [...identities.members(home)].filter(isActive)
  }
  return [...new Set(only)].map((id) => {
    const each = identities.find(id)
    const belongs =
      each !== undefined && (holder !== null ? holder === id : home !== undefined && identities.roleSet(each, home) !== undefined)
    if (each === undefined || !belongs || !isActive(each)) throw new ApiError('IDENTITY_UNKNOWN')
    return each
  })
}

/** With the attributes that the terms look at, and no others: they may be personal. */
function person({ identities, organizationIds }: World, terms: Terms, row: number, organization: OrganizationRow | undefined): RosterEntry {
  const home = organization && organizationIds.find(organization.id)
  const set = home === undefined ? undefined : identities.roleSet(row, home)
  const factors = identities.factors(row)
  const attributes = Object.entries(identities.attributes(row) ?? {}).filter(([name]) => terms.attributes.has(name))
  return {
    id: identities.id(row),
    kind: identities.kind(row),
    roles: set === undefined ? [] : identities.roles(set),
    ...(factors && { factors }),
    ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
  }
}

function factsAbout(world: World, license: LicenseRow, row: number, now: Instant): (GrantFact | SignalFact)[] {
  const grants = world.grantsOf(row).filter(({ organization, feature, until }) => {
    // A grant without an organization is for what the identity holds itself: it decides nothing here, and is none of theirs.
    return (organization ?? null) === license.organization && until > now && world.feature(feature)?.product.name === license.product
  })
  return [...grants, ...world.signalsOf(row)]
}

function seatFacts(world: World, { id }: LicenseRow, roster: ReadonlySet<number>) {
  return [...(world.license(id)?.seats.entries() ?? [])]
    .filter(({ row }) => roster.has(row))
    .map(({ row, ...seat }) => ({ fact: 'seat', license: id, identity: world.identities.id(row), ...seat }) as const)
}

async function named<F extends FileFact & { readonly identity?: string }>(fact: F, names: Names): Promise<F> {
  const identity = await names.of(fact.identity as string)
  if (fact.fact !== 'grant') return { ...fact, identity }
  const approved_by = await Promise.all(fact.approved_by.map(async (by) => ({ ...by, identity: await names.of(by.identity) })))
  return { ...fact, identity, approved_by }
}

function organizationFact({ id, roles }: OrganizationRow): FileFact {
  return { fact: 'organization', id, ...(Object.keys(roles).length > 0 && { roles }) }
}

function resourceFact(world: World, id: string): FileFact {
  const fact = world.resource(id)
  if (fact === undefined) throw new ApiError('RESOURCE_UNKNOWN')
  return fact
}
