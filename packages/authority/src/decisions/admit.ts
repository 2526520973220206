import type { Request, World } from '@writ/engine'
import { holds, type Reach, seesOrganization, seesProduct } from '../enforcers/scope.ts'

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
  const request = withoutAssertions(visible, reach)
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

function withoutAssertions(sent: Request, reach: Reach): Request {
  const may = {
    identity: holds(reach, 'assert:identity'),
    resource: holds(reach, 'assert:resource'),
    context: holds(reach, 'assert:context'),
    proofs: holds(reach, 'assert:proofs'),
  }
  if (may.identity && may.resource && may.context && may.proofs) return sent
  const request: { -readonly [K in keyof Request]: Request[K] } = { ...sent }
  let changed = false
  const drop = (...names: (keyof Request)[]): void => {
    for (const name of names) {
      if (request[name] === undefined) continue
      delete request[name]
      changed = true
    }
  }
  const { subject, resource, action } = sent.properties ?? {}
  if (!may.identity) drop('identity', 'actor')
  if (!may.resource && typeof sent.resource === 'object') {
    request.resource = sent.resource.id
    changed = true
  }
  if (!may.context) drop('context')
  if (!may.proofs) drop('proofs')
  if (sent.properties !== undefined && !(may.identity && may.resource && may.context)) {
    request.properties = {
      ...(subject && may.identity && { subject }),
      ...(resource && may.resource && { resource }),
      ...(action && may.context && { action }),
    }
    changed = true
  }
  return changed ? request : sent
}
