import type { Instant } from '@writ/engine'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../app/database.ts'
import type { ApiKeyRow } from './store.ts'

/** Longer chains than this nobody makes by hand. */
const MOST_GENERATIONS = 50

/** The keys made with a key, and with those in turn, the first made first. */
export async function keysMadeBy(db: Kysely<Database>, id: string): Promise<ApiKeyRow[]> {
  const { rows } = await sql<{ id: string }>`
    WITH RECURSIVE made (id, depth) AS (
      SELECT id, 1 FROM api_keys WHERE made_by = ${id}
      UNION
      SELECT api_keys.id, depth + 1 FROM api_keys JOIN made ON api_keys.made_by = made.id WHERE depth < ${MOST_GENERATIONS}
    )
    SELECT DISTINCT id FROM made`.execute(db)
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  return db.selectFrom('api_keys').selectAll().where('id', 'in', ids).orderBy('created_at').orderBy('id').execute()
}

export interface DeedCount {
  readonly action: string
  readonly result: string
  readonly times: number
  readonly last_at: Instant
}

/** What a key did and was refused, by action. */
export async function deedsOf(db: Kysely<Database>, id: string): Promise<DeedCount[]> {
  return db
    .selectFrom('audit')
    .select((eb) => ['action', 'result', eb.fn.countAll<number>().as('times'), eb.fn.max('at').as('last_at')])
    .where('actor', '=', `key:${id}`)
    .groupBy(['action', 'result'])
    .orderBy('action')
    .orderBy('result')
    .execute()
}

export interface DecisionCount {
  readonly allowed: boolean
  readonly times: number
  readonly first_at: Instant
  readonly last_at: Instant
}

/** What a key asked, allowed and refused. */
export async function decisionsOf(db: Kysely<Database>, id: string): Promise<DecisionCount[]> {
  return db
    .selectFrom('decisions')
    .select((eb) => ['allowed', eb.fn.countAll<number>().as('times'), eb.fn.min('at').as('first_at'), eb.fn.max('at').as('last_at')])
    .where('credential', '=', id)
    .groupBy('allowed')
    .orderBy('allowed', 'desc')
    .execute()
}
