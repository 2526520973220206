import type { World } from '@writ/engine'
import type { CompiledPlan, Entry } from '@writ/terms'

interface Asked {
  readonly product: string
  readonly feature: string
  /** Whose licences count: an organization's, or those that the identity holds itself. */
  readonly organization?: string | undefined
  readonly identity: string
}

/**
 * How long a grant may be, in seconds: the longest `for` among the approvals that the feature asks for in the plans held. Where no
 * plan is held yet, in those of the newest edition.
 * @returns `undefined`: there is no bound, since an approval has none or none is asked for
 */
export function longestGrant(world: World, asked: Asked): number | undefined {
  const approvals = entriesOf(world, asked)
    .map(({ approval }) => approval)
    .filter((approval) => approval !== undefined)
  const bounds = approvals.map(({ forSeconds }) => forSeconds ?? Number.POSITIVE_INFINITY)
  const longest = Math.max(0, ...bounds)
  return bounds.length === 0 || longest === Number.POSITIVE_INFINITY ? undefined : longest
}

function entriesOf(world: World, asked: Asked): Entry[] {
  const held = plansHeld(world, asked)
  if (held.length > 0) return held.flatMap((plan) => plan.plan.includes.get(asked.feature) ?? [])
  const newest = world.product(asked.product)?.newest
  return [...(newest?.plans.values() ?? [])].flatMap((plan) => plan.plan.includes.get(asked.feature) ?? [])
}

function plansHeld(world: World, { product, organization, identity }: Asked): CompiledPlan[] {
  const licenses =
    organization === undefined
      ? world.licensesHeldBy(world.identities.find(identity) ?? -1)
      : world.licensesOf(world.organizationIds.find(organization) ?? -1)
  return licenses
    .filter(({ fact }) => fact.product === product)
    .map((license) => world.sold(license)?.plan)
    .filter((plan) => plan !== undefined)
}
