import type { Instant } from './facts.ts'

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/

/** As most clocks write it, and on a day that every month has: what `Date` reads the same way, and many times faster. */
const PLAIN = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/

let latest: { readonly text: string; readonly instant: Instant | undefined } = { text: '', instant: undefined }

/** RFC 3339 section 5.6 to epoch milliseconds; finer fractions are cut off. `undefined` for anything else, such as a 30th of February. */
export function parseInstant(text: string): Instant | undefined {
  // The questions of a batch have their proofs in common.
  if (text !== latest.text) latest = { text, instant: parsed(text) }
  return latest.instant
}

function parsed(text: string): Instant | undefined {
  if (PLAIN.test(text)) return Date.parse(text)
  const match = RFC3339.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHour = '0', offsetMinute = '0'] = match
  // `Date.UTC` would take the years 0 to 99 for 1900 to 1999.
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  const local = date.getTime() + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || Number(offsetHour) > 23 || Number(offsetMinute) > 59)
    return undefined
  // A day that its month does not have lies in another one.
  if (date.getUTCMonth() !== Number(month) - 1) return undefined
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000
  return local + Number(fraction.padEnd(3, '0').slice(0, 3)) - (sign === '-' ? -offset : offset)
}

/** The first and the last that RFC 3339 can write: years have four digits. */
const FIRST = -62_167_219_200_000
const LAST = 253_402_300_799_999

/** Epoch milliseconds to RFC 3339 in UTC, without a fraction where there is none. What lies beyond the years 0 to 9999 is their first or last instant. */
export function formatInstant(instant: Instant): string {
  return new Date(Math.min(Math.max(instant, FIRST), LAST)).toISOString().replace('.000Z', 'Z')
}
