import type { Ask } from './ask.ts'
import type { Window } from './quota-window.ts'

/**
 * Units that may still be used under a limit of `most`: those that nobody used, or holds back by a reservation that is open; where a lease
 * is at hand, what is left in it: slices are cut from hard limits alone. `undefined`: it cannot be known.
 */
export function unitsLeft(
  { usage, now, horizon }: Ask,
  license: string,
  meter: string,
  { from, until }: Window,
  most: number,
  isHard: boolean,
): number | undefined {
  if (isHard && usage.left !== undefined) {
    const lease = usage.left(license, meter, from, until, most)
    horizon.touch(lease?.until)
    return lease === undefined || now >= lease.until ? undefined : lease.amount
  }
  const used = usage.used(license, meter, from, until)
  if (used === undefined) return undefined
  let gone = used
  for (const held of usage.reserved?.(license, meter, from, until) ?? []) {
    horizon.touch(held.until)
    if (now < held.until) gone += held.amount
  }
  return most - gone
}
