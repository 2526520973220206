import { type Ask, Horizon } from '../ask.ts'
import { barFor, newestFor, provable, refusedBySignal } from '../assurance.ts'
import { addCandidates, type Candidate } from '../candidate.ts'
import { conditionsOf } from '../conditions.ts'
import type { Reason } from '../decision.ts'
import type { Instant } from '../facts.ts'
import { GATES, type Gate } from '../gates.ts'
import { advises, judge } from '../judge.ts'
import { raisedSignals } from '../prepare.ts'
import type { ProductRecord } from '../products.ts'
import { asStaged } from '../staged.ts'
import type { Usage } from '../usage.ts'
import { type Findings, type Refusal, refusal, type Verdict } from '../verdict.ts'
import type { World } from '../world.ts'

/** What may be used: a feature, or one command of it where it has commands. */
export interface Item {
  readonly product: string
  readonly feature: string
  readonly command?: string
}

/** Where an identity uses it: by a licence of an organization that it is in, or by one of its own (`undefined`). */
export type Place = number | undefined

/** Whether it may be used under some circumstances, and if so, in which ways: one text a way, by the parts of it that may change. */
export type Could = { readonly reason: Reason } | { readonly ways: readonly Way[] }
export type Way = Readonly<Record<WayPart, string>>
export type WayPart = 'license' | 'assurance' | 'approval' | 'conditions' | 'resources' | 'quota' | 'value' | 'obligations'

/** Nothing is spent: what was used comes back with the next window, and a floating seat with the next free one. */
export const UNSPENT: Usage = { used: () => 0, arrival: () => Number.NEGATIVE_INFINITY, floating: () => [] }

/**
 * The gates of a decision under the most favourable circumstances: any resource, the right hour (where there is one), place and network, every `when` true,
 * nothing spent, approved, and just proven as strongly as the identity can. What is left are facts of World: who has which licence, seat,
 * role and factor.
 */
const FAVOURABLE: readonly { readonly name: string; readonly judge: Gate }[] = GATES.map((gate) => {
  switch (gate.name) {
    case 'facts':
    case 'approval':
      return { name: gate.name, judge: () => undefined }
    case 'context':
      return { name: gate.name, judge: everOpens }
    case 'quota':
      return { name: gate.name, judge: everFits }
    case 'assurance':
      return { name: gate.name, judge: provable }
    default:
      return gate
  }
})

/** Whether there is an hour for it: a timetable without one is shut for good. */
function everOpens(candidate: Candidate): Refusal | undefined {
  if (candidate.repair) return undefined
  const isShut = conditionsOf(candidate).some(({ hours }) => hours?.opens.every((windows) => windows.length === 0))
  return isShut ? refusal('outside_hours') : undefined
}

/** Whether one unit would ever fit: a limit of none never lets one in, of however many seats, nor a rate with a burst of none. */
function everFits({ parts, repair }: Candidate, _ask: Ask, { soft }: Findings): Refusal | undefined {
  if (repair) return undefined
  let refused: Refusal | undefined
  let isStill = false
  for (const { entry } of parts) {
    if (entry === undefined) continue
    const { value, limit, then, rate } = entry.entry
    if (typeof value === 'number' && value < 1) refused = refusal('quota_exhausted')
    if (limit?.count === 0 && then.kind === 'refuse') refused = refusal('quota_exhausted')
    // Over a limit of none from the first unit on, it goes by the slower rate.
    const pace = limit?.count === 0 && then.kind === 'throttle' ? then.rate : rate
    if (pace !== undefined && pace.burst < 1) isStill = true
  }
  if (refused !== undefined && !soft) return refused
  return isStill ? refusal('rate_limited') : refused
}

/**
 * Whether an identity could use an item at an instant under some circumstances.
 * @param horizon notes the instants at which that may change by time alone
 */
export function could(world: World, identity: number, place: Place, item: Item, now: Instant, horizon = new Horizon(now)): Could {
  const status = world.identities.status(identity)
  if (status !== 'active') return { reason: status === undefined ? 'identity_unknown' : `identity_${status}` }
  const named = world.feature(`${item.product}:${item.feature}`)
  if (named === undefined) return { reason: 'feature_unknown' }
  const own = world.licensesHeldBy(identity)
  const found = asStaged(named, () => (place === undefined ? own : [...world.licensesOf(place), ...own]))
  const { commands } = found.feature.feature
  if (item.command !== undefined && commands?.includes(item.command) !== true) return { reason: 'command_unknown' }
  const ask = askOf(world, identity, place, found, item.command === undefined ? commands : [item.command], now, horizon)
  if (refusedBySignal(identity, ask.product.newest, ask)) return { reason: 'risk_denied' }
  const candidates: Candidate[] = []
  if (place === undefined) addCandidates(candidates, own, true, ask)
  else if (world.identities.roleSet(identity, place) !== undefined) addCandidates(candidates, world.licensesOf(place), false, ask)

  const ways: Way[] = []
  let furthest: Extract<Verdict, { passed: false }> | undefined
  for (const candidate of candidates) {
    const verdict = judge(candidate, ask, advises(candidate), FAVOURABLE)
    if (verdict.passed) ways.push(wayOf(candidate, verdict, ask))
    else if (furthest === undefined || isBefore(verdict, furthest)) furthest = verdict
  }
  return ways.length > 0 ? { ways } : { reason: furthest?.reason ?? 'no_license' }
}

/** Of two that failed at the same gate either would do; it must be the same one whatever the order of licences. */
function isBefore(a: Extract<Verdict, { passed: false }>, b: Extract<Verdict, { passed: false }>): boolean {
  return a.depth > b.depth || (a.depth === b.depth && a.reason < b.reason)
}

function askOf(
  world: World,
  identity: number,
  place: Place,
  { product, name, feature }: NonNullable<ReturnType<World['feature']>>,
  commands: readonly string[] | undefined,
  now: Instant,
  horizon: Horizon,
): Ask {
  return {
    world,
    usage: UNSPENT,
    request: { feature: name },
    now,
    identity,
    identityId: world.identities.id(identity),
    actor: undefined,
    product,
    featureName: name,
    feature,
    commands,
    resource: undefined,
    anyResource: true,
    organization: place,
    amount: 1,
    session: undefined,
    device: undefined,
    // Those of one session are no matter in the next.
    raised: raisedSignals(world, identity, product, undefined, undefined, now, horizon),
    horizon,
    scope: undefined,
  }
}

/** Every item that the editions of a product know of. */
export function itemsOf({ name: product, editions }: ProductRecord): Item[] {
  const items = new Map<string, Item>()
  for (const { features } of editions.values()) {
    for (const { name, feature } of features.values()) {
      for (const command of feature.commands ?? [undefined]) {
        items.set(JSON.stringify([name, command]), { product, feature: name, ...(command !== undefined && { command }) })
      }
    }
  }
  return [...items.values()]
}

function wayOf(candidate: Candidate, { notices }: Extract<Verdict, { passed: true }>, ask: Ask): Way {
  const entries = candidate.parts.map(({ entry }) => entry?.entry)
  const of = (pick: (entry: NonNullable<(typeof entries)[number]>) => unknown): string =>
    text(entries.map((entry) => (entry === undefined ? null : pick(entry))))
  const bar = barFor(candidate, ask)
  const level = newestFor(candidate, ask).terms.levels[bar.rank] ?? candidate.terms.terms.levels[bar.rank]
  return {
    // Dates are left aside: another end is another instant, and not another way.
    license: text(notices.map((notice) => [notice.type, 'cause' in notice && notice.cause, 'reason' in notice && notice.reason])),
    assurance: text([level?.name, bar.ageMilliseconds]),
    approval: of(({ approval }) => approval),
    conditions: text(
      candidate.parts.map(({ plan, entry }) => [plan.plan.conditions, entry?.entry.conditions, entry?.entry.when, entry?.entry.needs]),
    ),
    resources: of(({ resources }) => resources),
    quota: of(({ limit, rate, then }) => [limit, rate, then]),
    value: of(({ value }) => value),
    obligations: of(({ obligations }) => obligations),
  }
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, each) => (each instanceof Map ? [...each] : each))
}
