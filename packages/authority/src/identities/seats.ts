import type { LicenseFact } from '@writ/engine'
import type { Transaction } from 'kysely'
import type { Authority } from '../app/authority.ts'
import type { Database } from '../app/database.ts'
import type { Draft } from '../changes/draft.ts'
import { USAGE } from '../usage/ledger.ts'
import { freeNamedSeat, lockSeats, seatsOfIdentity } from '../usage/store.ts'
import { deleteFloatingSeats, floatingSeatsOf, licensesStated } from './store.ts'

/** Locks the seats of every licence in which an identity has one. Before its row: the ledger holds seats when it looks at identities. */
export async function lockSeatsOf(tx: Transaction<Database>, identity: string): Promise<void> {
  const named = await seatsOfIdentity(tx, identity)
  const floating = await floatingSeatsOf(tx, identity)
  await lockSeats(tx, [...new Set([...named.map(({ license }) => license), ...floating])])
}

/**
 * Frees the seats of an identity, named and floating, in the licences chosen. A named seat whose plan says `hold` stays a fact, so that
 * it is given to nobody else before its time.
 * @returns the licences in which it had one
 */
export async function freeSeats(
  authority: Authority,
  tx: Transaction<Database>,
  change: Draft,
  identity: string,
  chosen: (license: LicenseFact | undefined) => boolean,
): Promise<string[]> {
  const named = await seatsOfIdentity(tx, identity)
  const floating = await floatingSeatsOf(tx, identity)
  const stated = await licensesStated(tx, [...new Set([...named.map(({ license }) => license), ...floating])])
  const licenses = new Map(stated.map((license) => [license.id, license]))
  const freed = new Set<string>()

  for (const { license, order } of named) {
    const fact = licenses.get(license)
    if (!chosen(fact)) continue
    await freeNamedSeat(tx, license, identity)
    if (holds(authority, fact)) change.state({ fact: 'seat', license, identity, order, freed_at: authority.clock() })
    else change.state({ fact: 'removed', of: 'seat', id: license, identity })
    freed.add(license)
  }
  const released = floating.filter((license) => chosen(licenses.get(license)))
  await deleteFloatingSeats(tx, identity, released)
  for (const license of released) {
    change.touch(USAGE, license)
    freed.add(license)
  }
  return [...freed]
}

function holds({ world }: Authority, license: LicenseFact | undefined): boolean {
  if (license === undefined) return false
  const plan = world.product(license.product)?.editions.get(license.edition)?.plans.get(license.plan)
  return (plan?.plan.seats?.holdSeconds ?? 0) > 0
}
