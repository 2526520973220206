import type { Feature, Terms } from '../model.ts'
import { listed, without } from '../words.ts'
import { writeAssurance } from '../write/entry.ts'
import { writeFeature } from '../write/terms.ts'
import type { Tell } from './consequence.ts'
import { isStricter } from './levels.ts'

export function features(before: Terms, after: Terms, tell: Tell): void {
  for (const [feature, was] of before.features)
    if (!after.features.has(feature))
      tell({
        type: 'feature',
        direction: 'narrows',
        where: { feature },
        before: writeFeature(was, feature),
        sentence: `the product no longer has ${feature}`,
      })
  for (const [feature, now] of after.features) {
    const was = before.features.get(feature)
    if (was !== undefined) compare(feature, was, now, before, after, tell)
    else
      tell({
        type: 'feature',
        direction: 'neutral',
        where: { feature },
        after: writeFeature(now, feature),
        sentence: `the product has a new feature ${feature}${now.title === feature ? '' : ` (${now.title})`}`,
      })
  }
}

function compare(feature: string, was: Feature, now: Feature, before: Terms, after: Terms, tell: Tell): void {
  const where = { feature }
  minimum(feature, was, now, before, after, tell)
  kind(feature, was, now, tell)
  if (was.values !== undefined && now.values !== undefined) values(feature, was.values, now.values, tell)
  commands(feature, was.commands, now.commands, before, after, tell)
  if (was.repair !== now.repair)
    tell({
      type: 'repair',
      direction: now.repair ? 'widens' : 'narrows',
      where,
      before: was.repair,
      after: now.repair,
      sentence: `${feature} ${now.repair ? 'stays open' : 'no longer stays open'} when the licence has ended`,
    })
  if (was.unreachable !== now.unreachable)
    tell({
      type: 'unreachable',
      direction: now.unreachable === 'open' ? 'widens' : 'narrows',
      where,
      before: was.unreachable,
      after: now.unreachable,
      sentence: `${feature} ${now.unreachable === 'open' ? 'is left open' : 'is no longer left open'} while the authority cannot be reached`,
    })
  if (was.title !== now.title)
    tell({
      type: 'title',
      direction: 'neutral',
      where,
      before: was.title,
      after: now.title,
      sentence: `${feature} is called ${JSON.stringify(now.title)} instead of ${JSON.stringify(was.title)}`,
    })
}

/** Protective: a stricter minimum holds at once for everybody, a milder one only where it is also the one that was sold. */
function minimum(feature: string, was: Feature, now: Feature, before: Terms, after: Terms, tell: Tell): void {
  const [old, fresh] = [was.assurance && writeAssurance(was.assurance), now.assurance && writeAssurance(now.assurance)]
  if (old === fresh) return
  // A minimum is a level; how old its proof may be is the entry's to say.
  const level = ({ assurance }: Feature) => assurance && { level: assurance.level }
  const stricter = isStricter(level(was), level(now), before, after)
  const milder = was.assurance?.level !== now.assurance?.level
  const asked = fresh === undefined ? 'has no minimum of its own' : `needs at least ${fresh}`
  tell({
    type: 'minimum',
    direction: stricter ? 'narrows' : milder ? 'widens' : 'neutral',
    effect: stricter ? 'at_once' : 'sold_or_moved',
    where: { feature },
    before: old,
    after: fresh,
    sentence: `${feature} ${asked}${old === undefined ? '' : ` instead of ${old}`}${stricter ? ', in every edition ever sold' : ''}`,
  })
}

function kind(feature: string, was: Feature, now: Feature, tell: Tell): void {
  const where = { feature }
  if (was.type !== now.type)
    tell({
      type: 'kind',
      direction: 'narrows',
      where,
      before: was.type,
      after: now.type,
      sentence: `${feature} becomes a ${now.type} and is no longer a ${was.type}`,
    })
  if (was.unit !== now.unit)
    tell({
      type: 'kind',
      direction: 'neutral',
      where,
      before: was.unit,
      after: now.unit,
      sentence: `${feature} is counted in ${now.unit ?? 'no unit'} instead of ${was.unit ?? 'none'}`,
    })
  if (was.meter !== now.meter)
    tell({
      type: 'kind',
      // Another meter may have counted more already; a first one, or none, takes nothing away by itself.
      direction: was.meter !== undefined && now.meter !== undefined ? 'narrows' : 'neutral',
      where,
      before: was.meter,
      after: now.meter,
      sentence:
        now.meter === undefined
          ? `${feature} is no longer counted`
          : `${feature} is counted by ${now.meter}${was.meter === undefined ? '' : ` instead of ${was.meter}`}`,
    })
  // How a feature is asked about is read in the newest edition, for every licence.
  if (was.resource !== now.resource)
    tell({
      type: 'kind',
      effect: 'at_once',
      direction: now.resource === undefined ? 'widens' : 'narrows',
      where,
      before: was.resource,
      after: now.resource,
      sentence:
        now.resource === undefined
          ? `${feature} is no longer asked about a resource`
          : `${feature} is asked about resources of the kind ${now.resource}${was.resource === undefined ? '' : ` instead of ${was.resource}`}`,
    })
}

/** A choice includes its value and every earlier one, so the order counts. */
function values(feature: string, was: readonly string[], now: readonly string[], tell: Tell): void {
  const told = { type: 'values', where: { feature }, before: was, after: now } as const
  const [lost, gained] = [without(was, now), without(now, was)]
  if (lost.length > 0) tell({ ...told, direction: 'narrows', sentence: `${feature} can no longer be ${listed(lost, 'or')}` })
  if (gained.length > 0) tell({ ...told, direction: 'widens', sentence: `${feature} can be ${listed(gained, 'or')}` })
  const kept = was.filter((value) => now.includes(value))
  const order = now.filter((value) => was.includes(value))
  if (kept.join('\n') !== order.join('\n'))
    tell({
      ...told,
      direction: 'narrows',
      sentence: `the values of ${feature} are ordered ${listed(order)} instead of ${listed(kept)}, smallest first`,
    })
}

/** Commands are read in the newest edition, and who names none asks for all of them: a new one may be more than an entry covers. */
function commands(
  feature: string,
  was: readonly string[] | undefined,
  now: readonly string[] | undefined,
  before: Terms,
  after: Terms,
  tell: Tell,
): void {
  const [lost, gained] = [without(was ?? [], now ?? []), without(now ?? [], was ?? [])]
  const told = { type: 'commands', effect: 'at_once', where: { feature }, before: was, after: now } as const
  if (lost.length > 0)
    tell({ ...told, direction: 'narrows', sentence: `${feature} no longer has the command${lost.length === 1 ? '' : 's'} ${listed(lost)}` })
  if (gained.length === 0) return
  const entries = [...before.plans.values(), ...after.plans.values()].flatMap(({ includes }) => includes.get(feature) ?? [])
  const tighter = entries.some((entry) => entry.commands !== undefined && without(gained, entry.commands).length > 0)
  const more = tighter ? '; who names no command asks for them too, and not every entry covers them' : ''
  tell({
    ...told,
    direction: tighter ? 'narrows' : 'neutral',
    sentence: `${feature} has the new command${gained.length === 1 ? '' : 's'} ${listed(gained)}${more}`,
  })
}
