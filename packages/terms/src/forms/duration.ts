import { BOUNDS } from '../bounds.ts'

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(s|seconds?)$/, 1],
  [/^minutes?$/, 60],
  [/^hours?$/, 3600],
  [/^days?$/, 86_400],
  [/^weeks?$/, 604_800],
]

export const DURATION_EXAMPLES =
  'Write a whole number and a unit: "90 s", "15 minutes", "72 hours", "30 days", "2 weeks"; at most 36600 days.'

/** `72 hours` in seconds; undefined when it is none. */
export function readDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,15}) ?([a-z]+)$/.exec(text) ?? []
  const scale = UNITS.find(([name]) => unit !== undefined && name.test(unit))?.[1]
  if (digits === undefined || scale === undefined) return undefined
  const seconds = Number(digits) * scale
  return seconds <= BOUNDS.durationSeconds ? seconds : undefined
}

/** The largest unit that divides it: `259200` is `3 days`. */
export function writeDuration(seconds: number): string {
  if (seconds === 0) return '0 s'
  if (seconds % 86_400 === 0) return plural(seconds / 86_400, 'day')
  if (seconds % 3600 === 0) return plural(seconds / 3600, 'hour')
  if (seconds % 60 === 0) return plural(seconds / 60, 'minute')
  return `${seconds} s`
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
