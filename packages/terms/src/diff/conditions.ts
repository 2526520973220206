import { writeDays, writeHours, writeTime } from '../forms/week.ts'
import type { Conditions, Hours } from '../model.ts'
import { contains, parseNetwork } from '../network.ts'
import { countriesOf } from '../region.ts'
import { listed, without } from '../words.ts'
import { writeHoursMap } from '../write/entry.ts'
import type { Tell, Where } from './consequence.ts'
import { type OpenTime, openTimes, withoutTimes } from './open-times.ts'

/** @param whose how a sentence begins: `standard: ` */
export function conditions(whose: string, where: Where, was: Conditions, now: Conditions, tell: Tell): void {
  if (was.hours !== undefined || now.hours !== undefined) hours(whose, where, was.hours, now.hours, tell)
  regions(whose, where, was.regions, now.regions, tell)
  networks(whose, where, was.networks, now.networks, tell)
  when(whose, where, was.when, now.when, tell)
}

function hours(whose: string, where: Where, was: Hours | undefined, now: Hours | undefined, tell: Tell): void {
  const told = { type: 'hours', where, before: was && writeHoursMap(was), after: now && writeHoursMap(now) } as const
  if (now === undefined) {
    tell({ ...told, direction: 'widens', sentence: `${whose}hours no longer count: it is always open` })
    return
  }
  const open = now.open.length === 0 ? 'never open' : `open only ${listed(writeHours(now.open))}`
  if (was === undefined) {
    tell({ ...told, direction: 'narrows', sentence: `${whose}it is ${open} (${now.zone})${closed(now.closedOn, ', and closed on ')}` })
    return
  }
  if (was.zone !== now.zone) {
    const sentence = `${whose}hours count in ${now.zone} instead of ${was.zone}: ${open}${closed(now.closedOn, ', closed on ')}`
    tell({ ...told, direction: 'narrows', sentence })
    return
  }
  const [old, fresh] = [openTimes(was), openTimes(now)]
  const [shut, opened] = [withoutTimes(old, fresh), withoutTimes(fresh, old)]
  if (shut.length > 0) tell({ ...told, direction: 'narrows', sentence: `${whose}hours narrow: ${times(shut)} is closed` })
  if (opened.length > 0) tell({ ...told, direction: 'widens', sentence: `${whose}hours widen: ${times(opened)} is open` })
  const [more, fewer] = [without(now.closedOn, was.closedOn), without(was.closedOn, now.closedOn)]
  if (more.length > 0) tell({ ...told, direction: 'narrows', sentence: `${whose}it is also closed on ${listed(more)}` })
  if (fewer.length > 0) tell({ ...told, direction: 'widens', sentence: `${whose}it is no longer closed on ${listed(fewer)}` })
  // A closed day takes the whole window that opens on it, so it matters to which day a time belongs.
  if (shut.length + opened.length === 0 && listed(writeHours(was.open)) !== listed(writeHours(now.open)))
    tell({
      ...told,
      direction: now.closedOn.length > 0 ? 'narrows' : 'neutral',
      sentence: `${whose}the same hours belong to other days: ${open}, where they were ${listed(writeHours(was.open))}`,
    })
  else if (shut.length === 0 && opened.length > 0 && now.closedOn.length > 0 && now.open.some(({ untilMinute }) => untilMinute > 1440))
    tell({ ...told, direction: 'narrows', sentence: `${whose}hours across midnight end with a closed day on either side` })
}

function closed(days: readonly string[], before: string): string {
  return days.length === 0 ? '' : `${before}${listed(days)}`
}

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** `Friday 16:00-18:00`; days with the same times share them. */
function times(all: readonly OpenTime[]): string {
  const byTimes = new Map<string, number[]>()
  for (const { day, from, until } of all) {
    const text = `${writeTime(from)}-${writeTime(until)}`
    byTimes.set(text, [...(byTimes.get(text) ?? []), day])
  }
  return listed([...byTimes].map(([text, days]) => `${days.length === 1 ? DAY_NAMES[days[0] ?? 0] : writeDays(days)} ${text}`))
}

function regions(whose: string, where: Where, was: readonly string[] | undefined, now: readonly string[] | undefined, tell: Tell): void {
  const told = { type: 'regions', where, before: was, after: now } as const
  if (was === undefined || now === undefined) {
    if (now !== undefined) tell({ ...told, direction: 'narrows', sentence: `${whose}callers are let in only from ${listed(now, 'or')}` })
    if (was !== undefined) tell({ ...told, direction: 'widens', sentence: `${whose}callers are let in from anywhere` })
    return
  }
  const countries = (names: readonly string[]) => new Set(names.flatMap((name) => [...countriesOf(name)]))
  const [old, fresh] = [countries(was), countries(now)]
  const [lost, gained] = [without(old, fresh), without(fresh, old)]
  const only = `${listed(now, 'or')} instead of ${listed(was, 'or')}`
  if (lost.length > 0) tell({ ...told, direction: 'narrows', sentence: `${whose}callers from ${some(lost)} are no longer let in: ${only}` })
  if (gained.length > 0) tell({ ...told, direction: 'widens', sentence: `${whose}callers from ${some(gained)} are let in: ${only}` })
  if (lost.length + gained.length === 0 && without(was, now).length + without(now, was).length > 0)
    tell({ ...told, direction: 'neutral', sentence: `${whose}the same countries are named otherwise: ${only}` })
}

const MOST_NAMED = 6

function some(countries: readonly string[]): string {
  return countries.length <= MOST_NAMED ? listed(countries) : `${countries.length} countries`
}

function networks(whose: string, where: Where, was: readonly string[] | undefined, now: readonly string[] | undefined, tell: Tell): void {
  const told = { type: 'networks', where, before: was, after: now } as const
  if (was === undefined || now === undefined) {
    if (now !== undefined) tell({ ...told, direction: 'narrows', sentence: `${whose}calls are let in only from ${listed(now, 'or')}` })
    if (was !== undefined) tell({ ...told, direction: 'widens', sentence: `${whose}calls are let in from any network` })
    return
  }
  const [lost, gained] = [uncovered(was, now), uncovered(now, was)]
  if (lost.length > 0) tell({ ...told, direction: 'narrows', sentence: `${whose}calls from ${listed(lost)} are no longer let in` })
  if (gained.length > 0) tell({ ...told, direction: 'widens', sentence: `${whose}calls from ${listed(gained)} are let in` })
  if (lost.length + gained.length === 0 && without(was, now).length + without(now, was).length > 0)
    tell({ ...told, direction: 'neutral', sentence: `${whose}the same networks are written otherwise` })
}

function uncovered(some: readonly string[], others: readonly string[]): string[] {
  const wider = others.map(parseNetwork).filter((network) => network !== undefined)
  return some.filter((text) => {
    const network = parseNetwork(text)
    return network !== undefined && !wider.some((other) => other.bits <= network.bits && contains(other, network.groups))
  })
}

export function when(whose: string, where: Where, was: string | undefined, now: string | undefined, tell: Tell): void {
  if (was === now) return
  tell({
    type: 'when',
    direction: now === undefined ? 'widens' : 'narrows',
    where,
    before: was,
    after: now,
    sentence:
      now === undefined
        ? `${whose}the condition ${was} no longer counts`
        : `${whose}${now} must hold${was === undefined ? '' : ` instead of ${was}`}`,
  })
}
