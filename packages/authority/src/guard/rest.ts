import { hash } from 'node:crypto'
import type { Impact, Instant } from '@writ/engine'
import type { Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { findRest, keepRest as storeRest, takeFromRest as storeTaken } from './store.ts'

/** How long the rest of a confirmed change may wait: one that was cut off is gone on with the same day. */
const REST_MILLISECONDS = 86_400_000
const DAY_MILLISECONDS = 86_400_000

/** Characters that one loss takes in a text of many. */
const LOSS = 16

/** Each loss of one identity, short: 96 bits of its SHA-256; and whose it is. By single features, since parts of a change may take them one by one. */
export function lossesOf(impact: Impact, now: Instant): Map<string, string> {
  const losses = new Map<string, string>()
  for (const { identity, organization = null, effect } of impact.each()) {
    if (effect.effect !== 'loses') continue
    const { product, feature, command = '', at } = effect
    const day = at > now ? Math.floor(at / DAY_MILLISECONDS) : 0
    const text = JSON.stringify([identity, organization, product, feature, command, day])
    losses.set(hash('sha256', text, 'base64url').slice(0, LOSS), identity)
  }
  return losses
}

export function areAmong(losses: ReadonlyMap<string, unknown>, known: ReadonlySet<string>): boolean {
  for (const loss of losses.keys()) if (!known.has(loss)) return false
  return true
}

/** What is left of what a change in parts was weighed with; `undefined`: it was not, or too long ago. */
export async function openRest(tx: Transaction<Database>, id: string, now: Instant): Promise<ReadonlySet<string> | undefined> {
  const found = await findRest(tx, id, now)
  if (found === undefined) return undefined
  const left = new Set(lossesIn(found.losses))
  for (const text of found.taken) for (const loss of lossesIn(text)) left.delete(loss)
  return left
}

/** @param taken by the part that is made now */
export async function keepRest(
  tx: Transaction<Database>,
  id: string,
  losses: ReadonlyMap<string, unknown>,
  taken: ReadonlyMap<string, unknown>,
  now: Instant,
): Promise<void> {
  const left = [...losses.keys()].filter((loss) => !taken.has(loss))
  await storeRest(tx, id, left.join(''), now + REST_MILLISECONDS)
}

export async function takeFromRest(tx: Transaction<Database>, id: string, taken: ReadonlyMap<string, unknown>): Promise<void> {
  if (taken.size > 0) await storeTaken(tx, id, [...taken.keys()].join(''))
}

function lossesIn(text: string): readonly string[] {
  return text.match(LOSSES) ?? []
}
const LOSSES = new RegExp(`.{${LOSS}}`, 'g')
