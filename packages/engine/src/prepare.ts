import type { Ask, Horizon } from './ask.ts'
import { effectOf, refusedBySignal } from './assurance.ts'
import type { AskedResource, Reason, Remedy, Request } from './decision.ts'
import type { Instant, SignalFact } from './facts.ts'
import type { ProductRecord } from './products.ts'
import { asStaged, licensesWithin } from './staged.ts'
import type { Usage } from './usage.ts'
import type { Standing, World } from './world.ts'

type Fault = { readonly reason: Reason; readonly remedies?: readonly Remedy[] }

/** What helps against a fault of the copy itself. */
const STANDING_REMEDIES = {
  check_in_overdue: [{ type: 'reconnect' }],
  clock_turned_back: [{ type: 'reconnect' }],
  license_file_invalid: [],
  device_mismatch: [{ type: 'reactivate' }],
} as const satisfies Record<NonNullable<Standing['fault']>, readonly Remedy[]>

/** Looks up what the question names. Its faults come before any candidate, in this order: identity and actor, feature, commands, resource, organization. */
export function prepare(world: World, usage: Usage, request: Request, now: Instant, horizon: Horizon): Ask | Fault {
  const identity = request.identity === undefined ? undefined : world.identities.find(request.identity)
  if (identity === undefined) return { reason: 'identity_unknown' }
  const actor = request.actor === undefined ? undefined : world.identities.find(request.actor)
  const unfit = fault(world, identity) ?? (request.actor === undefined ? undefined : fault(world, actor))
  if (unfit !== undefined) return unfit

  const found = world.feature(request.feature)
  const rows = actor === undefined ? [identity] : [identity, actor]
  for (const row of rows) if (isRefused(world, row, found?.product, now, horizon)) return { reason: 'risk_denied' }
  if (found === undefined) return { reason: 'feature_unknown' }

  const { product, feature, name } = asStaged(found, () => licensesWithin(world, identity, request.organization))
  const known = feature.feature.commands
  if (request.commands?.some((command) => known === undefined || !known.includes(command))) return { reason: 'command_unknown' }
  const resource = resourceOf(request.resource, world)
  if (resource === 'unknown') return { reason: 'resource_unknown' }
  const kind = feature.feature.resource
  if (kind !== undefined && resource?.kind !== kind) return { reason: 'resource_unknown' }
  const organization = organizationOf(world, request, identity, product)
  if (organization === 'required') return { reason: 'organization_required' }
  const standing = world.standing.fault
  if (standing !== undefined) return { reason: standing, remedies: STANDING_REMEDIES[standing] }

  const session = request.context?.session
  const device = request.context?.device
  return {
    world,
    usage,
    request,
    now,
    identity,
    identityId: typeof request.identity === 'string' ? request.identity : world.identities.id(identity),
    actor,
    product,
    featureName: name,
    feature,
    commands: request.commands !== undefined && request.commands.length > 0 ? request.commands : known,
    resource,
    anyResource: false,
    organization,
    amount: request.consume?.amount ?? (typeof request.wanted === 'number' ? request.wanted : 1),
    session,
    device,
    raised: raisedSignals(world, identity, product, session, device, now, horizon),
    horizon,
    scope: undefined,
  }
}

function fault(world: World, row: number | undefined): Fault | undefined {
  const status = row === undefined ? undefined : world.identities.status(row)
  if (status === undefined) return { reason: 'identity_unknown' }
  if (status === 'suspended') return { reason: 'identity_suspended' }
  return status === 'revoked' ? { reason: 'identity_revoked' } : undefined
}

/** A feature that nobody sells still finds the identity first: then any product's newest terms may refuse. */
function isRefused(world: World, row: number, product: ProductRecord | undefined, now: Instant, horizon: Horizon): boolean {
  const signals = world.signalsOf(row)
  if (signals.length === 0) return false
  const asker = { world, now, horizon } as Ask
  if (product !== undefined) return refusedBySignal(row, product.newest, asker)
  return world.allProducts().some(({ newest }) => refusedBySignal(row, newest, asker))
}

function resourceOf(asked: Request['resource'], world: World): AskedResource | 'unknown' | undefined {
  if (asked === undefined || asked === null) return undefined
  const { id, ...described } = typeof asked === 'string' ? { id: asked } : asked
  const declared = world.resource(id)
  if (declared !== undefined) {
    if (described.kind !== undefined && described.kind !== declared.kind) return 'unknown'
    // What is declared is the record; an enforcer fills in only what the record leaves open.
    return { ...described, ...declared, labels: { ...described.labels, ...declared.labels } }
  }
  return described.kind === undefined ? 'unknown' : { id, ...described }
}

function organizationOf(
  world: World,
  { organization }: Request,
  identity: number,
  product: ProductRecord,
): number | 'required' | undefined {
  if (organization !== undefined) return world.organizationIds.find(organization)
  let only: number | undefined
  for (const membership of world.identities.memberships(identity)) {
    if (!world.licensesOf(membership).some((license) => license.product === product.name)) continue
    if (only !== undefined) return 'required'
    only = membership
  }
  return only
}

const NO_SIGNALS: readonly SignalFact[] = []

/** Only a human's bar is raised. A missing session matches only a missing one; a signal without a session holds for all. */
export function raisedSignals(
  world: World,
  identity: number,
  product: ProductRecord,
  session: unknown,
  device: unknown,
  now: Instant,
  horizon: Horizon,
): readonly SignalFact[] {
  const signals = world.signalsOf(identity)
  if (signals.length === 0 || world.identities.kind(identity) !== 'human') return NO_SIGNALS
  return signals.filter((signal) => {
    if (signal.session !== undefined && signal.session !== session) return false
    if (signal.device !== undefined && signal.device !== device) return false
    const matters = [...product.editions.values()].some((terms) => effectOf(signal, terms)?.kind === 'require')
    if (!matters) return false
    horizon.touch(signal.at)
    return signal.at <= now
  })
}
