import type { Authority } from '../app/authority.ts'
import { listDataKeys } from './data-key-store.ts'
import { SEALED_PLACES, type SealedPlace } from './sealed-places.ts'
import { lockStale, replaceSealed } from './sealed-store.ts'

/** Rows of one transaction: few enough that nobody waits for it. */
const BATCH = 100

/**
 * Seals anew, under the data key that seals now, whatever older ones have sealed. It changes no meaning, so it is no mutation. It can be
 * stopped anywhere and goes on where it was; nodes that do it at once share the work. A text that does not open is left, and said.
 * @returns how many texts
 */
export async function sealAnew(authority: Pick<Authority, 'db' | 'id' | 'keyRing' | 'log'>): Promise<number> {
  const old = (await listDataKeys(authority.db)).filter(({ stopped_at }) => stopped_at !== null).map(({ id }) => id)
  if (old.length === 0) return 0
  let all = 0
  for (const place of SEALED_PLACES) {
    for (let some = BATCH; some === BATCH; all += some) some = await batch(authority, place, old)
  }
  return all
}

async function batch(
  { db, id, keyRing, log }: Pick<Authority, 'db' | 'id' | 'keyRing' | 'log'>,
  place: SealedPlace,
  old: readonly string[],
): Promise<number> {
  // One that this node still seals with is not old to it: the feed has yet to tell.
  const stale = old.filter((dataKey) => dataKey !== keyRing.sealing)
  if (stale.length === 0) return 0
  return db.transaction().execute(async (tx) => {
    const rows = await lockStale(tx, place, stale, BATCH)
    let count = 0
    for (const { key, sealed } of rows) {
      const purpose = place.purpose(key, id)
      const opened = await keyRing.unseal(tx, sealed, purpose).then(
        (value) => ({ value }),
        (error: unknown) => log.error({ err: error, table: place.table }, 'a sealed text does not open, and is not sealed anew'),
      )
      if (opened === undefined) continue
      await replaceSealed(tx, place, { key, sealed: keyRing.seal(opened.value, purpose) })
      count++
    }
    return count
  })
}
