import { type EditionFact, type Entity, entityOf, type Fact, type RemovedFact, type World } from '@writ/engine'
import { type Reach, seesProduct } from '../enforcers/scope.ts'

/** Through which organizations, and of which product, an entity is in sight. */
export interface Audience {
  readonly organizations: 'all' | readonly string[]
  /** Absent: of no product in particular. */
  readonly product?: string
}

/** What was so before a change, for entities whose audience hangs on another's. */
export interface Past {
  /** By identity: the organizations that it was a member of. */
  readonly memberships: ReadonlyMap<string, readonly string[]>
  /** By licence; `undefined`: it was not there. */
  readonly licenses: ReadonlyMap<string, Audience | undefined>
}

type Stated = Exclude<Fact, EditionFact | RemovedFact>

/** @returns `undefined` for what is in nobody's sight */
export function audienceOf(world: World, fact: Stated, past?: Past): Audience | undefined {
  switch (fact.fact) {
    case 'organization':
      return { organizations: [fact.id] }
    case 'identity':
      return { organizations: Object.keys(fact.in) }
    case 'license': {
      const { organization, holder = '', product } = fact
      return { organizations: organization === undefined ? organizationsOf(world, holder, past) : [organization], product }
    }
    case 'seat': {
      if (past?.licenses.has(fact.license)) return past.licenses.get(fact.license)
      const license = world.license(fact.license)?.fact
      return license && audienceOf(world, license, past)
    }
    case 'resource':
      return { organizations: 'all' }
    case 'grant': {
      const { identity, organization, feature } = fact
      const members = organizationsOf(world, identity, past)
      return {
        organizations: organization === undefined ? members : members.filter((each) => each === organization),
        product: world.feature(feature)?.product.name ?? '',
      }
    }
    case 'signal':
      return { organizations: organizationsOf(world, fact.identity, past) }
    case 'elsewhere':
      return { organizations: fact.identity === undefined ? 'all' : organizationsOf(world, fact.identity, past) }
  }
}

/** Whether a credential sees what has this audience. */
export function sees(reach: Reach, audience: Audience | undefined): boolean {
  if (audience === undefined) return false
  const { organizations, product } = audience
  if (product !== undefined && !seesProduct(reach, product)) return false
  return (
    reach.organizations === undefined ||
    organizations === 'all' ||
    organizations.some((organization) => reach.organizations?.includes(organization))
  )
}

/** A fact in sight as a credential sees it: of a member of several organizations, those in sight. */
export function asSeen(reach: Reach, fact: Stated): Stated {
  const { organizations } = reach
  if (fact.fact !== 'identity' || organizations === undefined) return fact
  return { ...fact, in: Object.fromEntries(Object.entries(fact.in).filter(([organization]) => organizations.includes(organization))) }
}

/** What comes into sight, and goes out of it, with an identity or a licence. */
export function* dependentsOf(world: World, { of, id }: Entity): Iterable<Entity> {
  if (of === 'license') for (const seat of world.seatFacts(id)) yield entityOf(seat)
  const row = of === 'identity' ? world.identities.find(id) : undefined
  if (row === undefined) return
  for (const grant of world.grantsOf(row)) yield entityOf(grant)
  for (const signal of world.signalsOf(row)) yield entityOf(signal)
  for (const answer of world.elsewhereFacts()) if (answer.identity === id) yield entityOf(answer)
  for (const { fact } of world.licensesHeldBy(row)) {
    yield entityOf(fact)
    yield* dependentsOf(world, entityOf(fact))
  }
}

function organizationsOf(world: World, identity: string, past: Past | undefined): readonly string[] {
  const before = past?.memberships.get(identity)
  if (before !== undefined) return before
  const row = world.identities.find(identity)
  if (row === undefined || world.identities.status(row) === undefined) return []
  return world.identities.memberships(row).map((organization) => world.organizationIds.name(organization))
}
