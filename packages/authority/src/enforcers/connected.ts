import type { Authority } from '../app/authority.ts'
import type { Following } from '../changes/live.ts'
import type { Reach } from './scope.ts'
import { isWithin } from './scope.ts'
import { reachOf } from './service.ts'
import { findApiKeys } from './store.ts'

const MOST = 1_000

export interface Connected extends Following {
  readonly name: string
}

/**
 * Who follows the changes at this node, those who are furthest behind first, the first 1,000 of them.
 * @param maker sees those whose keys reach no further than theirs
 */
export async function connected({ live, db }: Authority, maker: Reach): Promise<{ total: number; rows: Connected[] }> {
  const all = [...live.following()]
  const keys = await findApiKeys(db, [...new Set(all.map(({ reader }) => reader.id))])
  const names = new Map(keys.filter((key) => isWithin(reachOf(key), maker)).map(({ id, name }) => [id, name]))
  const rows = all.flatMap((each) => {
    const name = names.get(each.reader.id)
    return name === undefined ? [] : [{ ...each, name }]
  })
  rows.sort((a, b) => b.behind - a.behind || b.waiting - a.waiting || a.since - b.since)
  return { total: rows.length, rows: rows.slice(0, MOST) }
}
