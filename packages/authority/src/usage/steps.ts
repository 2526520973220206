import type { Instant } from '@writ/engine'
import { instantOf, offsetAt, type Zone } from '@writ/terms'

/** How a period is cut: days and months as a calendar in some zone has them. */
export type Step = 'hour' | 'day' | 'month'

const HOUR = 3_600_000

/**
 * Cuts a period into whole steps: the first is the one that holds `from`, the last the one that holds the instant before `until`.
 * @param most more steps than this are not made
 * @returns where each begins and, last of all, where the last one ends; `undefined`: there are more than `most`
 */
export function stepsOf(step: Step, zone: Zone, from: Instant, until: Instant, most: number): Instant[] | undefined {
  const nth = beginnings(step, zone, from)
  const edges: Instant[] = []
  for (let n = 0; ; n++) {
    const edge = nth(n)
    if (edge === edges.at(-1)) continue // a day that a zone left out
    edges.push(edge)
    if (edge >= until) return edges
    if (edges.length > most) return undefined
  }
}

/** @returns where the step begins that comes so many after the one that holds `from` */
function beginnings(step: Step, zone: Zone, from: Instant): (n: number) => Instant {
  const local = from + offsetAt(zone, from)
  // An hour is an hour: none comes twice, and none is left out, when clocks are turned.
  if (step === 'hour') return (n) => from - (local % HOUR) + n * HOUR
  const date = new Date(local)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  return step === 'day' ? (n) => instantOf(zone, Date.UTC(year, month, day + n)) : (n) => instantOf(zone, Date.UTC(year, month + n))
}
