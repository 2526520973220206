export const PERCENT_EXAMPLES = 'Write "10%".'

/** `12.5%` as 12.5; at most four decimals and 10000%, so that it is written back as it was read. */
export function readPercent(text: string): number | undefined {
  const [, digits] = /^(\d{1,5}(?:\.\d{1,4})?) ?%$/.exec(text) ?? []
  const percent = Number(digits)
  return digits !== undefined && percent <= 10_000 ? percent : undefined
}

export function writePercent(percent: number): string {
  return `${percent}%`
}

/** `80%` as the fraction 0.8. */
export function readFraction(text: string): number | undefined {
  const percent = readPercent(text)
  return percent === undefined ? undefined : percent / 100
}

/** Twelve digits undo the rounding of the division, and no percent that can be read has more. */
export function writeFraction(fraction: number): string {
  return writePercent(Number((fraction * 100).toPrecision(12)))
}

/** `1000 km/h`. */
export function readSpeed(text: string): number | undefined {
  const [, digits] = /^(\d{1,9}(?:\.\d{1,3})?) ?km\/h$/.exec(text) ?? []
  return digits === undefined ? undefined : Number(digits)
}

export function writeSpeed(kmPerHour: number): string {
  return `${kmPerHour} km/h`
}
