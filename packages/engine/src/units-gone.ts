import type { Ask } from './ask.ts'
import type { Window } from './quota-window.ts'

/** Units that nobody else can have now: used, or held back by a reservation that is open. `undefined`: it cannot be known. */
export function unitsGone({ usage, now, horizon }: Ask, license: string, meter: string, { from, until }: Window): number | undefined {
  const used = usage.used(license, meter, from, until)
  if (used === undefined || usage.reserved === undefined) return used
  let gone = used
  for (const held of usage.reserved(license, meter, from, until)) {
    horizon.touch(held.until)
    if (now < held.until) gone += held.amount
  }
  return gone
}
