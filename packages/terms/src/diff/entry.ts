import { writeDuration } from '../forms/duration.ts'
import { writeLimit, writeRate } from '../forms/limit.ts'
import type { Approval, Entry, Feature, Limit, Rate, ResourceSelector, Terms } from '../model.ts'
import { listed, without } from '../words.ts'
import { writeAssurance, writeResources } from '../write/entry.ts'
import { conditions, when } from './conditions.ts'
import type { Tell, Told, Where } from './consequence.ts'
import { isStricter } from './levels.ts'

interface Around {
  readonly declared: Feature
  readonly before: Terms
  readonly after: Terms
}

/** One alternative, as it was and as it is. @param what how a sentence begins: `standard: report.export` */
export function compareEntries(what: string, where: Where, was: Entry, now: Entry, around: Around, tell: Tell): void {
  const say = (type: Told['type'], direction: Told['direction'], before: Told['before'], after: Told['after'], sentence: string): void =>
    tell({ type, direction, where, before, after, sentence: `${what} ${sentence}` })
  limits(was, now, say)
  if (!sameRate(was.rate, now.rate))
    say(
      'rate',
      slower(was.rate, now.rate) ? 'narrows' : slower(now.rate, was.rate) ? 'widens' : 'neutral',
      was.rate && rate(was.rate),
      now.rate && rate(now.rate),
      `at ${now.rate ? rate(now.rate) : 'any rate'} instead of ${was.rate ? rate(was.rate) : 'any rate'}`,
    )
  if (was.value !== now.value)
    say(
      'value',
      lessValue(was, now, around.declared) ? 'narrows' : 'widens',
      was.value,
      now.value,
      `from ${value(was, around)} to ${value(now, around)}`,
    )
  resources(was.resources, now.resources, say)
  commands(was.commands, now.commands, around.declared, say)
  const [old, fresh] = [was.assurance && writeAssurance(was.assurance), now.assurance && writeAssurance(now.assurance)]
  if (old !== fresh)
    say(
      'assurance',
      isStricter(was.assurance, now.assurance, around.before, around.after) ? 'narrows' : 'widens',
      old,
      fresh,
      `needs ${fresh ?? 'no proof of its own'} instead of ${old ?? 'no proof of its own'}`,
    )
  approvals(was.approval, now.approval, say)
  obligations(was, now, say)
  if (was.needs !== now.needs)
    say(
      'needs',
      now.needs === undefined ? 'widens' : 'narrows',
      was.needs,
      now.needs,
      `${now.needs === undefined ? 'no longer needs' : 'needs'} ${now.needs ?? was.needs} of another authority`,
    )
  when(`${what}: `, where, was.when, now.when, tell)
  conditions(`${what}: `, where, was.conditions, now.conditions, tell)
}

type Say = (type: Told['type'], direction: Told['direction'], before: Told['before'], after: Told['after'], sentence: string) => void

function limits(was: Entry, now: Entry, say: Say): void {
  const [old, fresh] = [was.limit && writeLimit(was.limit), now.limit && writeLimit(now.limit)]
  const [then, next] = [follows(was), follows(now)]
  if (old === fresh && then === next) return
  const [before, later] = [old === undefined ? undefined : `${old}, ${then}`, fresh === undefined ? undefined : `${fresh}, ${next}`]
  const direction = isTighter(was, now) ? 'narrows' : 'widens'
  if (was.limit === undefined || now.limit === undefined || was.limit.count === now.limit.count || !alike(was.limit, now.limit)) {
    say('limit', direction, before, later, `${later ?? 'without limit'} instead of ${before ?? 'without limit'}`)
    return
  }
  const span = fresh?.slice(String(now.limit.count).length)
  const follow = then === next ? `(${next})` : `(${next} instead of ${then})`
  say('limit', direction, before, later, `from ${was.limit.count} to ${now.limit.count}${span} ${follow}`)
}

/** What follows a limit. */
function follows({ then }: Entry): string {
  if (then.kind === 'refuse') return 'hard'
  return then.kind === 'bill' ? 'billed beyond' : `at ${writeRate(then.rate)} beyond`
}

function alike(a: Limit, b: Limit): boolean {
  return a.period === b.period && a.perSeat === b.perSeat && a.calendarZone === b.calendarZone
}

function isTighter(was: Entry, now: Entry): boolean {
  // Past the old limit the throttle was the only rate; now the entry's own is.
  if (was.then.kind === 'throttle' && now.then.kind !== 'throttle' && slower(was.then.rate, now.rate)) return true
  if (was.limit === undefined || now.limit === undefined) return now.limit !== undefined
  if (!alike(was.limit, now.limit) || now.limit.count < was.limit.count) return true
  if (was.then.kind === 'throttle' && now.then.kind === 'throttle')
    return slower(was.then.rate, now.then.rate) || (now.limit.count > was.limit.count && slower(was.then.rate, now.rate))
  return FIRMNESS[now.then.kind] > FIRMNESS[was.then.kind]
}

const FIRMNESS = { bill: 0, throttle: 1, refuse: 2 }

function rate(of: Rate): string {
  return of.burst === of.count ? writeRate(of) : `${writeRate(of)} (${of.burst} at once)`
}

function sameRate(a: Rate | undefined, b: Rate | undefined): boolean {
  return a?.count === b?.count && a?.periodSeconds === b?.periodSeconds && a?.burst === b?.burst
}

function slower(was: Rate | undefined, now: Rate | undefined): boolean {
  if (was === undefined || now === undefined) return now !== undefined
  return now.count / now.periodSeconds < was.count / was.periodSeconds || now.burst < was.burst
}

function lessValue(was: Entry, now: Entry, { type, values = [] }: Feature): boolean {
  if (type !== 'choice') return now.value !== undefined && (was.value === undefined || Number(now.value) < Number(was.value))
  const rank = (value: number | string | undefined) => values.indexOf(String(value))
  return rank(now.value) < rank(was.value) || (was.value !== undefined && rank(was.value) < 0)
}

function value({ value: of }: Entry, { declared: { unit, type } }: Around): string {
  if (of === undefined) return type === 'choice' ? 'none' : 'no limit'
  return unit === undefined ? String(of) : `${of} ${unit}`
}

function resources(was: ResourceSelector | undefined, now: ResourceSelector | undefined, say: Say): void {
  const [before, after] = [was && writeResources(was), now && writeResources(now)]
  const list = (name: string, old: readonly string[] | undefined, fresh: readonly string[] | undefined): void => {
    const tell = (direction: Told['direction'], sentence: string) => say('resources', direction, before, after, sentence)
    if (old === undefined || fresh === undefined) {
      if (fresh !== undefined) tell('narrows', `only where the ${name} is ${listed(fresh, 'or')}`)
      if (old !== undefined) tell('widens', `whatever the ${name}, no longer only ${listed(old, 'or')}`)
      return
    }
    const [lost, gained] = [without(old, fresh), without(fresh, old)]
    if (lost.length > 0) tell('narrows', `no longer where the ${name} is ${listed(lost, 'or')}`)
    if (gained.length > 0) tell('widens', `also where the ${name} is ${listed(gained, 'or')}`)
  }
  list('environment', was?.environment, now?.environment)
  list('region', was?.region, now?.region)
  const labels = new Set([...(was?.labels.keys() ?? []), ...(now?.labels.keys() ?? [])])
  for (const label of labels) list(`label ${label}`, was?.labels.get(label), now?.labels.get(label))
  // A selector that names nothing still wants a resource.
  if ((was === undefined) !== (now === undefined) && isEmpty(was ?? now))
    say(
      'resources',
      now === undefined ? 'widens' : 'narrows',
      before,
      after,
      now === undefined ? 'also without a resource' : 'only with a resource',
    )
}

function isEmpty(selector: ResourceSelector | undefined): boolean {
  return selector?.environment === undefined && selector?.region === undefined && (selector?.labels.size ?? 0) === 0
}

function commands(was: readonly string[] | undefined, now: readonly string[] | undefined, declared: Feature, say: Say): void {
  const all = declared.commands ?? []
  const [lost, gained] = [without(was ?? all, now ?? all), without(now ?? all, was ?? all)]
  if (lost.length > 0) say('commands', 'narrows', was, now, `no longer covers ${listed(lost)}`)
  if (gained.length > 0) say('commands', 'widens', was, now, `also covers ${listed(gained)}`)
  if ((was === undefined) !== (now === undefined) && lost.length + gained.length === 0)
    say(
      'commands',
      'neutral',
      was,
      now,
      now === undefined ? 'covers all commands, those to come included' : `covers ${listed(now)}, which are all`,
    )
}

function approvals(was: Approval | undefined, now: Approval | undefined, say: Say): void {
  const [before, after] = [was && approval(was), now && approval(now)]
  if (before === after) return
  const tighter =
    now !== undefined &&
    (was === undefined ||
      was.by !== now.by ||
      now.count > was.count ||
      (now.forSeconds ?? Number.POSITIVE_INFINITY) < (was.forSeconds ?? Number.POSITIVE_INFINITY))
  say('approval', tighter ? 'narrows' : 'widens', before, after, `needs ${after ?? 'no approval'} instead of ${before ?? 'none'}`)
}

function approval({ by, count, forSeconds }: Approval): string {
  return `approval by ${count === 1 ? 'one' : count} with the role ${by}${forSeconds === undefined ? '' : ` for up to ${writeDuration(forSeconds)}`}`
}

function obligations({ obligations: was }: Entry, { obligations: now }: Entry, say: Say): void {
  if (was.record !== now.record)
    say('obligations', now.record ? 'narrows' : 'widens', was.record, now.record, now.record ? 'is recorded' : 'is no longer recorded')
  const [bare, masked] = [without(was.mask, now.mask), without(now.mask, was.mask)]
  if (masked.length > 0) say('obligations', 'narrows', was.mask, now.mask, `masks ${listed(masked)}`)
  if (bare.length > 0) say('obligations', 'widens', was.mask, now.mask, `no longer masks ${listed(bare)}`)
}
