/**
 * Time zones as tables: the only place that asks `Intl`, once per zone and process, so that a decision never does.
 * Covers 2000 to 2100; outside, the first or last offset of the table holds.
 */
export interface Zone {
  readonly name: string
  /** Instants (epoch milliseconds) at which the offset changes, ascending; the first is -Infinity. */
  readonly from: readonly number[]
  /** Local time minus UTC in milliseconds, from `from[i]` until `from[i + 1]`. */
  readonly offset: readonly number[]
}

const FIRST = Date.UTC(2000, 0, 1)
const LAST = Date.UTC(2100, 0, 1)
/** No zone keeps an offset for less than this (the shortest on record is Morocco's month of Ramadan). */
const STEP = 7 * 86_400_000
const MAX_NAME = 64

const zones = new Map<string, Zone>()

/** Whether the name is a zone of the IANA database, as `Intl` knows it. */
export function isZone(name: string): boolean {
  if (name.length > MAX_NAME || !/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** @throws {RangeError} when the name is no zone; ask {@link isZone} first. */
export function zoneTable(name: string): Zone {
  // `Intl` takes a name in any case: with a table for each of its spellings there would be no end of tables.
  const key = name.toLowerCase()
  const known = zones.get(key)
  if (known !== undefined) return known
  const made = tabulate(name)
  zones.set(key, made)
  return made
}

function tabulate(name: string): Zone {
  const read = offsetReader(name)
  const from = [Number.NEGATIVE_INFINITY]
  let current = read(FIRST)
  const offset = [current]
  for (let at = FIRST; at < LAST; at += STEP) {
    const next = read(at + STEP)
    if (next === current) continue
    from.push(firstInstantWith(read, at, at + STEP, next))
    offset.push(next)
    current = next
  }
  return { name, from, offset }
}

function firstInstantWith(read: (at: number) => number, after: number, until: number, offset: number): number {
  let low = after
  let high = until
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000
    if (read(middle) === offset) high = middle
    else low = middle
  }
  return high
}

function offsetReader(name: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (at) => {
    const text = format.format(at)
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = text.split(/\D+/).map(Number)
    return Date.UTC(year, month - 1, day, hour, minute, second) - at
  }
}

/** Index of the table row in force at an instant. */
export function offsetIndex(zone: Zone, at: number): number {
  let low = 0
  let high = zone.from.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((zone.from[middle] as number) <= at) low = middle
    else high = middle - 1
  }
  return low
}

export function offsetAt(zone: Zone, at: number): number {
  return zone.offset[offsetIndex(zone, at)] as number
}

/**
 * The instant of a local time, given as if it were UTC in epoch milliseconds.
 * A time in a clock gap counts as the gap's end; of a time that comes twice the first is taken.
 */
export function instantOf(zone: Zone, local: number): number {
  const start = Math.max(0, offsetIndex(zone, local - 86_400_000) - 1)
  for (let i = start; i < zone.from.length; i++) {
    const from = zone.from[i] as number
    const until = zone.from[i + 1] ?? Number.POSITIVE_INFINITY
    const instant = local - (zone.offset[i] as number)
    if (instant < from) return from
    if (instant < until) return instant
  }
  return local - (zone.offset.at(-1) as number)
}
