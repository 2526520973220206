/** Instants as people read them. In the reader's own zone, named wherever it could be mistaken. */
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const minute = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' })
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })

export const DAY = 86_400_000

export const onDay = (at: number): string => day.format(at)
export const atMinute = (at: number): string => minute.format(at)
export const atClock = (at: number): string => clock.format(at)
/** The exact instant: in the reader's zone with its name, and as the API writes it. */
export const exactly = (at: number): string => `${whole.format(at)} · ${new Date(at).toISOString().replace('.000Z', 'Z')}`

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, milliseconds: number][] = [
  ['year', 365.25 * DAY],
  ['month', 30.44 * DAY],
  ['day', DAY],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** "in 3 days", "2 hours ago": whole units, cut and not rounded, so that "in 1 day" is never less than one. */
export function fromNow(at: number, now: number): string {
  for (const [unit, milliseconds] of STEPS) {
    const count = Math.trunc((at - now) / milliseconds)
    if (count !== 0) return relative.format(count, unit)
  }
  return at >= now ? 'in a moment' : 'just now'
}

const count = new Intl.NumberFormat()
export const inFigures = (value: number): string => count.format(value)

/** "1 seat", "25 seats". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${inFigures(value)} ${value === 1 ? one : many}`
}

const list = new Intl.ListFormat('en', { type: 'conjunction' })
export const listed = (words: readonly string[]): string => list.format(words)
