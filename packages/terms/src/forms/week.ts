import type { OpenWindow } from '../model.ts'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const DAY_MINUTES = 1440
export const DAYS_EXAMPLES = 'Write "mon-thu" or "mon,wed,fri".'
export const TIME_EXAMPLES = 'Write hours and minutes: "08:30".'
export const HOURS_EXAMPLES =
  'Write "mon-fri 08:00-18:00", "sat,sun 10:00-14:00", "22:00-06:00" for across midnight, or "00:00-24:00" for all day.'

/** `mon-thu`, `sat,sun`, `fri-mon` as day numbers, Monday 0, sorted; undefined when it is none or names a day twice. */
export function readDays(text: string): number[] | undefined {
  const found: number[] = []
  for (const part of text.split(',')) {
    const [, first, last] = /^([a-z]{3})(?:-([a-z]{3}))?$/.exec(part.trim()) ?? []
    const from = dayNumber(first)
    const to = last === undefined ? from : dayNumber(last)
    if (from === undefined || to === undefined) return undefined
    for (let day = from; ; day = (day + 1) % 7) {
      found.push(day)
      if (day === to) break
    }
  }
  return new Set(found).size === found.length ? found.toSorted((a, b) => a - b) : undefined
}

function dayNumber(word: string | undefined): number | undefined {
  const index = (DAYS as readonly (string | undefined)[]).indexOf(word)
  return index < 0 ? undefined : index
}

/** Runs of three days and more become a range: [0, 1, 2, 5] is `mon-wed,sat`. */
export function writeDays(days: readonly number[]): string {
  const parts: string[] = []
  for (let index = 0; index < days.length; ) {
    let end = index
    while (days[end + 1] === (days[end] as number) + 1) end++
    const first = DAYS[days[index] as number]
    const last = DAYS[days[end] as number]
    if (end === index) parts.push(`${first}`)
    else parts.push(end === index + 1 ? `${first},${last}` : `${first}-${last}`)
    index = end + 1
  }
  return parts.join(',')
}

/** `18:00` as minutes after midnight; `24:00` only where a day may end. */
export function readTime(text: string, most = DAY_MINUTES - 1): number | undefined {
  const [, hours, minutes] = /^(\d{2}):([0-5]\d)$/.exec(text) ?? []
  const total = Number(hours) * 60 + Number(minutes)
  return hours !== undefined && total <= most ? total : undefined
}

export function writeTime(minute: number): string {
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** `mon-fri 08:00-18:00` as one window a day; without days it is every day; an end at or before the start is on the next day. */
export function readHours(text: string): OpenWindow[] | undefined {
  const [, days = 'mon-sun', from, until] = /^(?:([a-z, -]+) )?(\d{2}:\d{2}) ?- ?(\d{2}:\d{2})$/.exec(text) ?? []
  const open = readDays(days)
  const fromMinute = from === undefined ? undefined : readTime(from)
  const end = until === undefined ? undefined : readTime(until, DAY_MINUTES)
  // `08:00-08:00` could mean all day or never, so it means nothing.
  if (open === undefined || fromMinute === undefined || end === undefined || end === fromMinute) return undefined
  const untilMinute = end > fromMinute ? end : end + DAY_MINUTES
  return open.map((day) => ({ day, fromMinute, untilMinute }))
}

/** The windows in one order, none twice. */
export function sortedWindows(windows: readonly OpenWindow[]): OpenWindow[] {
  const unique = new Map(windows.map((window) => [`${window.day} ${window.fromMinute} ${window.untilMinute}`, window]))
  return [...unique.values()].toSorted((a, b) => a.day - b.day || a.fromMinute - b.fromMinute || a.untilMinute - b.untilMinute)
}

/** Windows with the same times share a line. */
export function writeHours(windows: readonly OpenWindow[]): string[] {
  const byTimes = new Map<string, number[]>()
  for (const { day, fromMinute, untilMinute } of sortedWindows(windows)) {
    const end = untilMinute > DAY_MINUTES ? untilMinute - DAY_MINUTES : untilMinute
    const times = `${writeTime(fromMinute)}-${writeTime(end)}`
    byTimes.set(times, [...(byTimes.get(times) ?? []), day])
  }
  return [...byTimes].map(([times, days]) => `${writeDays(days)} ${times}`)
}

/** A date that exists, as ISO 8601 writes it. */
export function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return year !== undefined && date.toISOString().startsWith(text)
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
