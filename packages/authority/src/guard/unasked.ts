import type { Instant } from '@writ/engine'
import type { Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import type { Draft } from '../changes/draft.ts'
import type { By } from '../changes/mutate.ts'
import { digestOfText } from './confirmation.ts'
import { lockUnasked, setUnasked } from './store.ts'

const DAY_MILLISECONDS = 86_400_000

export type Tally = NonNullable<By['tally']>

/** Whose moves of a product's licences to another edition count together: a person's, whichever key they act by. */
export function editionMoves({ actor, identity }: By, product: string): string {
  return digestOfText(JSON.stringify(['edition-moves', identity ?? actor, product]))
}

/** How many were confirmed by one person alone in steps of the same thing within a day, as a name of its own beside what nobody was asked about. */
export async function openConfirmed(tx: Transaction<Database>, { of }: Tally, now: Instant): Promise<number> {
  return of === undefined ? 0 : lockUnasked(tx, confirmedOf(of), now)
}

/** @param confirmed by one person alone; 0: by two */
export async function keepConfirmed(tx: Transaction<Database>, { of }: Tally, confirmed: number, now: Instant): Promise<void> {
  if (of !== undefined) await setUnasked(tx, confirmedOf(of), confirmed, now + DAY_MILLISECONDS)
}

function confirmedOf(of: string): string {
  return digestOfText(JSON.stringify(['confirmed', of]))
}

/**
 * Has a change weighed with what others of its kind took unasked before it, each within a day of the one before.
 * @param of.before what `lockUnasked` found @param of.tally that of the change
 */
export function countUnasked(
  tx: Transaction<Database>,
  change: Draft,
  { id, before, tally, now }: { readonly id: string; readonly before: number; readonly tally: Tally; readonly now: Instant },
): void {
  tally.losing = before
  tally.of = id
  change.onceWeighed(async () => {
    if (tally.losing !== before) await setUnasked(tx, id, tally.losing, now + DAY_MILLISECONDS)
  })
}
