import { canonical } from '../canonical.ts'
import type { Terms } from '../model.ts'
import { type Consequence, Consequences } from './consequence.ts'
import { declarations } from './declarations.ts'
import { features } from './features.ts'
import { levels } from './levels.ts'
import { plans } from './plans.ts'
import { roles } from './roles.ts'
import { signals } from './signals.ts'

/**
 * What the terms `after` come to for those who have `before`: consequences, not lines; what takes away first. Pure. Empty if and only if
 * both have one canonical form. Careful: what cannot be compared, such as two conditions, is said to narrow.
 * @param before the edition that was sold
 * @param after the edition that comes, as the newest of its product
 */
export function diff(before: Terms, after: Terms): readonly Consequence[] {
  const found = new Consequences()
  const { tell } = found
  if (before.product !== after.product)
    tell({
      type: 'product',
      direction: 'narrows',
      before: before.product,
      after: after.product,
      sentence: `these are the terms of ${after.product}, not of ${before.product}`,
    })
  if (before.title !== after.title)
    tell({
      type: 'title',
      direction: 'neutral',
      before: before.title,
      after: after.title,
      sentence: `the product is called ${JSON.stringify(after.title)} instead of ${JSON.stringify(before.title)}`,
    })
  levels(before, after, tell)
  signals(before, after, tell)
  features(before, after, tell)
  roles(before, after, tell)
  plans(before, after, tell)
  declarations(before, after, tell)
  if (found.none && canonical(before) !== canonical(after))
    tell({
      type: 'wording',
      direction: 'neutral',
      sentence: 'only the order of lists that have no order changes: nobody gets more or less',
    })
  return found.sorted()
}
