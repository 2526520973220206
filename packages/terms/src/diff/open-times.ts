import type { Hours } from '../model.ts'

const DAY_MINUTES = 1440

/** Part of one day of the week. 0 is Monday; minutes after midnight, the end exclusive. */
export interface OpenTime {
  readonly day: number
  readonly from: number
  readonly until: number
}

/** Opening hours as parts of days: what runs across midnight counts for both, and what overlaps is one. */
export function openTimes({ open }: Hours): OpenTime[] {
  const parts = open.flatMap(({ day, fromMinute, untilMinute }) => {
    const first = { day, from: fromMinute, until: Math.min(untilMinute, DAY_MINUTES) }
    return untilMinute > DAY_MINUTES ? [first, { day: (day + 1) % 7, from: 0, until: untilMinute - DAY_MINUTES }] : [first]
  })
  const merged: OpenTime[] = []
  for (const part of parts.toSorted((a, b) => a.day - b.day || a.from - b.from)) {
    const last = merged.at(-1)
    if (last !== undefined && last.day === part.day && part.from <= last.until)
      merged[merged.length - 1] = { ...last, until: Math.max(last.until, part.until) }
    else merged.push(part)
  }
  return merged
}

/** What is open in the first and not in the second. */
export function withoutTimes(times: readonly OpenTime[], others: readonly OpenTime[]): OpenTime[] {
  return times.flatMap((time) => {
    const left: OpenTime[] = []
    let from = time.from
    for (const other of others) {
      if (other.day !== time.day || other.until <= from || other.from >= time.until) continue
      if (other.from > from) left.push({ day: time.day, from, until: other.from })
      from = Math.max(from, other.until)
    }
    if (from < time.until) left.push({ day: time.day, from, until: time.until })
    return left
  })
}
