import { writeHours } from '../forms/week.ts'
import type { Conditions, Hours } from '../model.ts'
import { listed } from '../words.ts'
import { code, type Inline, say } from './document.ts'

/** Each condition as what goes on after "Only". */
export function conditionSentences({ hours, regions, networks, when }: Conditions): Inline[][] {
  return [
    ...(hours === undefined ? [] : [say`${openHours(hours)}`]),
    ...(regions === undefined ? [] : [say`for callers who are in ${listed(regions.map(regionName), 'or')}`]),
    ...(networks === undefined ? [] : [say`for calls that come from the network ${listed(networks, 'or')}`]),
    ...(when === undefined ? [] : [condition(when)]),
  ]
}

/** A condition is shown as the machine reads it: another wording would be another condition. */
export function condition(when: string): Inline[] {
  return say`where this holds, as the machine reads it: ${code(when)}`
}

function openHours({ zone, open, closedOn }: Hours): string {
  const closed = closedOn.length === 0 ? '' : `, and not on ${listed(closedOn)}`
  if (open.length === 0) return `at no time (hours in ${zone}${closed})`
  return `on ${listed(writeHours(open).map(window))}, local time in ${zone}${closed}`
}

const DAYS: Readonly<Record<string, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
}

/** `mon-fri 08:00-18:00` as `Monday to Friday from 08:00 to 18:00`. */
function window(text: string): string {
  const [days, times] = text.split(' ') as [string, string]
  const [from, until] = times.split('-') as [string, string]
  return `${daysInWords(days)} from ${from} to ${until}${until <= from ? ' of the next day' : ''}`
}

/** `mon-thu,sat` as `Monday to Thursday and Saturday`. */
export function daysInWords(days: string): string {
  return listed(
    days.split(',').map((part) =>
      part
        .split('-')
        .map((day) => DAYS[day] ?? day)
        .join(' to '),
    ),
  )
}

const REGIONS: Readonly<Record<string, string>> = {
  EU: 'the European Union (EU)',
  EEA: 'the European Economic Area (EEA)',
  'continent:AF': 'Africa (AF)',
  'continent:AN': 'Antarctica (AN)',
  'continent:AS': 'Asia (AS)',
  'continent:EU': 'Europe, the continent (EU)',
  'continent:NA': 'North America (NA)',
  'continent:OC': 'Oceania (OC)',
  'continent:SA': 'South America (SA)',
}

function regionName(region: string): string {
  return REGIONS[region] ?? `the country ${region}`
}
