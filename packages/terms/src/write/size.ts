import { BOUNDS } from '../bounds.ts'
import { canonical } from '../canonical.ts'
import type { Entry, Terms } from '../model.ts'
import { json } from './document.ts'
import { writeEntries } from './entry.ts'

/**
 * Whether the canonical form can be read back. `extends` multiplies: a file of 1 MiB in which 199 plans extend one could stand for
 * 200 MiB, so what plans share is measured once and added up before anything is written out.
 */
export function fitsWhenWritten(terms: Terms): boolean {
  const sizes = new Map<readonly Entry[], number>()
  let total = 0
  for (const { includes } of terms.plans.values()) {
    for (const entries of includes.values()) {
      const size = sizes.get(entries) ?? json(writeEntries(entries)).length
      sizes.set(entries, size)
      total += size
      if (total > BOUNDS.sourceBytes) return false
    }
  }
  return new TextEncoder().encode(canonical(terms)).length <= BOUNDS.sourceBytes
}
