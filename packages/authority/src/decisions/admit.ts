import { assertionsOf, type Request, type World, withoutAssertions } from '@writ/engine'
import { type Reach, seesOrganization, seesProduct } from '../enforcers/scope.ts'

/** A question as far as a credential may ask it. */
export interface Admitted {
  /** Without the assertions that the credential is not scoped for. */
  readonly request: Request
  /** With them, where there are any: such an assertion may only narrow, so both forms must be allowed. */
  readonly asSent?: Request
}

/** `decision.md` section 1: who may say what. What a credential does not see is as if it were not there. */
export function admit(sent: Request, reach: Reach, world: World): Admitted {
  const visible = withinSight(sent, reach, world)
  const request = withoutAssertions(visible, assertionsOf(reach.scopes))
  return request === visible ? { request } : { request, asSent: visible }
}

const NOBODY = ''

function withinSight(sent: Request, reach: Reach, world: World): Request {
  let request = sent
  if (reach.products !== undefined) {
    const found = world.feature(request.feature)
    if (found !== undefined && !seesProduct(reach, found.product.name)) request = { ...request, feature: '' }
  }
  if (reach.organizations === undefined) return request
  const { identity: _identity, actor: _actor, ...rest } = request
  const identity = seen(request.identity, reach, world)
  const actor = seen(request.actor, reach, world)
  request = { ...rest, ...(identity !== undefined && { identity }), ...(actor !== undefined && { actor }) }
  return { ...request, ...visibleOrganization(request, reach, world) }
}

/** An identity is in sight as a member of an organization in sight. */
function seen(who: Request['identity'], reach: Reach, world: World): Request['identity'] {
  if (who === undefined) return undefined
  const row = world.identities.find(who)
  const inSight =
    row !== undefined &&
    world.identities.memberships(row).some((organization) => seesOrganization(reach, world.organizationIds.name(organization)))
  return inSight ? who : NOBODY
}

function visibleOrganization({ identity, organization, feature }: Request, reach: Reach, world: World): { organization?: string } {
  if (organization !== undefined) return seesOrganization(reach, organization) ? {} : { organization: NOBODY }
  const row = identity === undefined ? undefined : world.identities.find(identity)
  const product = world.feature(feature)?.product.name
  if (row === undefined || product === undefined) return {}
  const licensed = world.identities
    .memberships(row)
    .filter((index) => world.licensesOf(index).some(({ fact }) => fact.product === product))
    .map((index) => world.organizationIds.name(index))
  const inSight = licensed.filter((id) => seesOrganization(reach, id))
  if (inSight.length === licensed.length) return {}
  // Several in sight stay a question; one, or none, is settled without a word of the others.
  return inSight.length > 1 ? {} : { organization: inSight[0] ?? NOBODY }
}
