import type { Ends } from './model.ts'
import { instantOf, offsetAt, zoneTable } from './zone.ts'

const DAY = 86_400_000
/** 1970-01-01 was a Thursday, and 0 is Monday. */
const EPOCH_WEEKDAY = 3

/**
 * When a licence that was asked to end at an instant does end: the first instant, not before that one, that the terms allow.
 * Applied once, when a licence is issued or renewed; applied to its own result it changes nothing.
 * @param ends a checked rule: at least one day, a known zone. A time in a clock gap counts as the gap's end; of one that comes twice the first
 * @param asked epoch milliseconds
 */
export function applyEnds({ days, minuteOfDay, zone: name }: Ends, asked: number): number {
  const zone = zoneTable(name)
  const today = Math.floor((asked + offsetAt(zone, asked)) / DAY)
  // From the day before: where midnight is in a clock gap, yesterday's late evening may be an instant of today.
  for (let day = today - 1; day <= today + 7; day++) {
    if (!days.includes((((day + EPOCH_WEEKDAY) % 7) + 7) % 7)) continue
    const allowed = instantOf(zone, day * DAY + minuteOfDay * 60_000)
    if (allowed >= asked) return allowed
  }
  throw new RangeError('a rule for ends names no day')
}
