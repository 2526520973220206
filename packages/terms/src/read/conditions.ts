import { BOUNDS } from '../bounds.ts'
import { DAYS_EXAMPLES, HOURS_EXAMPLES, isDate, readDays, readHours, readTime, sortedWindows, TIME_EXAMPLES } from '../forms/week.ts'
import type { Conditions, Ends, Hours } from '../model.ts'
import { isNetwork } from '../network.ts'
import { isRegion, REGION_NAMES } from '../region.ts'
import { quoted, type Report } from '../report.ts'
import { didYouMean } from '../suggest.ts'
import { isZone } from '../zone.ts'
import { distinct, fields, listOf, type Tree, words } from './fields.ts'
import { expression, type Scope } from './scope.ts'

const NO_CONDITIONS: Conditions = {}

export function readConditions(tree: Tree | undefined, scope: Scope): Conditions {
  const { report } = scope
  const its = tree && fields(tree, 'conditions', ['hours', 'regions', 'networks', 'when'], report)
  if (its === undefined || tree === undefined) return NO_CONDITIONS
  const hoursTree = its.get('hours')
  const regionsTree = its.get('regions')
  const networksTree = its.get('networks')
  const whenTree = its.get('when')
  const hours = hoursTree && readHoursMap(hoursTree, scope)
  const regions = regionsTree && distinct(regionsTree, 'regions', report, (item) => region(item, report))
  const networks = networksTree && distinct(networksTree, 'networks', report, (item) => network(item, report))
  const when = whenTree && expression(whenTree, 'when', scope)
  const conditions: Conditions = {
    ...(hours !== undefined && { hours }),
    ...(regions !== undefined && { regions }),
    ...(networks !== undefined && { networks }),
    ...(when !== undefined && { when }),
  }
  scope.places.set(conditions, tree.place)
  return conditions
}

function readHoursMap(tree: Tree, { report, places }: Scope): Hours | undefined {
  const its = fields(tree, 'hours', ['zone', 'open', 'closed_on'], report)
  const zone = its?.require('zone')
  const open = its?.require('open')
  const closed = its?.get('closed_on')
  if (its === undefined || zone === undefined || open === undefined) return undefined
  const windows = listOf(open, 'openings', report, BOUNDS.openings)?.flatMap((item) => {
    const word = words(item, 'an opening', report)
    if (word === undefined) return []
    return readHours(word) ?? report.add(item.place, 'BAD_HOURS', `${quoted(word)} are not opening hours.`, HOURS_EXAMPLES) ?? []
  })
  const hours: Hours = {
    zone: zoneName(zone, report) ?? 'UTC',
    open: sortedWindows(windows ?? []),
    closedOn: ((closed && distinct(closed, 'closed_on', report, (item) => date(item, report), 0)) ?? []).toSorted(),
  }
  places.set(hours, tree.place)
  return hours
}

function zoneName(tree: Tree, report: Report): string | undefined {
  const word = words(tree, 'zone', report)
  return word === undefined ? undefined : zone(word, tree, report)
}

/** Zones that were found to exist: asking costs a tenth of a millisecond, and a file names the same few again and again. */
const found = new Set<string>()

export function zone(word: string, tree: Tree, report: Report): string | undefined {
  if (found.has(word)) return word
  if (isZone(word)) {
    if (found.size < 1000) found.add(word)
    return word
  }
  return report.add(
    tree.place,
    'BAD_ZONE',
    `${quoted(word)} is not a time zone.`,
    () => didYouMean(word, zoneNames()) ?? 'Write a name such as "Europe/Berlin" or "UTC".',
  )
}

function zoneNames(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
}

function date(tree: Tree, report: Report): string | undefined {
  const word = words(tree, 'a date', report)
  if (word === undefined || isDate(word)) return word
  return report.add(tree.place, 'BAD_DATE', `${quoted(word)} is not a date.`, 'Write "2026-12-25".')
}

function region(tree: Tree, report: Report): string | undefined {
  const word = words(tree, 'a region', report)
  if (word === undefined || isRegion(word)) return word
  return report.add(tree.place, 'BAD_REGION', `${quoted(word)} is not a region.`, () => regionMeant(word))
}

const CONTINENTS = REGION_NAMES.filter((name) => name.startsWith('continent:'))
  .map(quoted)
  .join(', ')

function regionMeant(word: string): string {
  const meant = REGION_NAMES.find((name) => name.toLowerCase() === word.toLowerCase())
  if (meant !== undefined) return `Did you mean ${quoted(meant)}?`
  // Two letters are one or two edits away from every code, so none is guessed at.
  if (/^continent:/i.test(word)) return `Use one of ${CONTINENTS}.`
  const longer = REGION_NAMES.filter((name) => name.length > 2)
  return didYouMean(word, longer) ?? 'Write an ISO 3166-1 code such as "DE", or "EU", "EEA", "continent:EU".'
}

/** CIDR, with its length: an address alone may be one machine or a network whose length was forgotten. */
function network(tree: Tree, report: Report): string | undefined {
  const word = words(tree, 'a network', report)
  if (word === undefined || (word.includes('/') && isNetwork(word))) return word
  const fix = isNetwork(word)
    ? `Write "${word}/${word.includes(':') ? 128 : 32}" for this one address.`
    : 'Write "10.0.0.0/8" or "2001:db8::/32".'
  return report.add(tree.place, 'BAD_NETWORK', `${quoted(word)} is not a network.`, fix)
}

/** When licences end. */
export function readEnds(tree: Tree, report: Report): Ends | undefined {
  const its = fields(tree, 'ends', ['on', 'at', 'zone'], report)
  const on = its?.require('on')
  const at = its?.require('at')
  const where = its?.require('zone')
  if (on === undefined || at === undefined || where === undefined) return undefined
  const days = words(on, 'on', report)
  const time = words(at, 'at', report)
  return {
    days:
      (days !== undefined && (readDays(days) ?? report.add(on.place, 'BAD_DAYS', `${quoted(days)} are not days.`, DAYS_EXAMPLES))) || [],
    minuteOfDay:
      (time !== undefined && (readTime(time) ?? report.add(at.place, 'BAD_TIME', `${quoted(time)} is not a time.`, TIME_EXAMPLES))) || 0,
    zone: zoneName(where, report) ?? 'UTC',
  }
}
