import type { Authority } from '@writ/authority'
import { startPostgres } from '@writ/testing/postgres'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { pino } from 'pino'
import { identityOf, NOW, questions } from './atlas.ts'
import { inTurns, perSecond, ratio } from './measure.ts'
import type { Options, Row } from './row.ts'
import { openAuthority } from './scratch-authority.ts'

const TARGET = 0.8

/**
 * One hard quota that everybody spends from: the row lock of one counter is the bottleneck, whoever holds it. Beside it what a careful
 * application does by hand, an UPDATE with the limit in its condition and an INSERT for the record, in one transaction.
 */
export async function run({ quick }: Options): Promise<Row[]> {
  const postgres = await startPostgres()
  const { authority, close } = await openAuthority(postgres.url, quick ? 20 : 200, pino({ level: 'silent' }))
  const byHand = await openByHand(postgres.url)
  try {
    const rows: Row[] = []
    for (const callers of [1, 8, 64]) {
      const units = quick ? callers : Math.min(200 * callers, 4000)
      const sides = {
        ledger: () => spend(callers, units, spendThrough(authority, quick ? 20 : 200)),
        byHand: () => spend(callers, units, byHand.spend),
      }
      await inTurns(sides, quick ? 0 : 2)
      const rates = await inTurns(sides, quick ? 1 : 15)
      const more = ratio(rates.ledger, rates.byHand)
      const target = callers > 1
      rows.push({
        what: `consume from one hard quota, ${callers} caller${callers === 1 ? '' : 's'}`,
        beside: 'UPDATE and INSERT in one transaction',
        measured: perSecond(rates.ledger),
        compared: perSecond(rates.byHand),
        ratio: more,
        target: target ? `≥ ${TARGET}` : '',
        ...(target && { met: more.median >= TARGET }),
      })
    }
    return rows
  } finally {
    await byHand.close()
    await close()
    await postgres.stop()
  }
}

/** @returns units a second */
async function spend(callers: number, units: number, one: () => Promise<void>): Promise<number> {
  let left = units
  const start = performance.now()
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (left-- > 0) await one()
    }),
  )
  return (units * 1000) / (performance.now() - start)
}

let spent = 0

function spendThrough({ ledger }: Authority, people: number): () => Promise<void> {
  const asked = questions(
    'plain',
    Array.from({ length: people }, (_, person) => person),
  )
  return async () => {
    const id = `unit-${spent++}`
    const request = { ...(asked[spent % people] as (typeof asked)[number]), consume: { amount: 1, id } }
    const answer = await ledger.spend({ source: 'bench', actor: 'key:bench', requestId: id, request })
    if (answer.kind !== 'answered' || !answer.decision.allowed) throw new Error('a unit was refused')
  }
}

interface ByHand {
  counters: { license_id: string; meter: string; window_from: number; window_until: number; used: number }
  bench_events: {
    source: string
    id: string
    license_id: string
    meter: string
    amount: number
    at: number
    question: string
    answer: string
  }
}

/** The same tables with the same keys, and the same pool as the authority's. */
async function openByHand(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  // A server that ends while a connection of ours is on its way out is no failure.
  pool.on('error', () => {})
  const db = new Kysely<ByHand>({ dialect: new PostgresDialect({ pool }) })
  await sql`CREATE TABLE counters (LIKE usage_counters INCLUDING ALL) WITH (fillfactor = 50)`.execute(db)
  await sql`CREATE TABLE bench_events (LIKE usage_events INCLUDING ALL)`.execute(db)
  const window = { license_id: 'lic', meter: 'exports', window_from: NOW, window_until: NOW + 1 }
  await db
    .insertInto('counters')
    .values({ ...window, used: 0 })
    .execute()
  const answer = JSON.stringify({
    allowed: true,
    remedies: [],
    obligations: [],
    notices: [],
    license: 'lic',
    entry: 0,
    edition: 1,
    revision: 2,
  })
  return {
    async spend() {
      const id = `unit-${spent++}`
      await db.transaction().execute(async (tx) => {
        const counted = await tx
          .updateTable('counters')
          .set((eb) => ({ used: eb('used', '+', 1) }))
          .where('license_id', '=', window.license_id)
          .where('meter', '=', window.meter)
          .where('window_from', '=', window.window_from)
          .where('window_until', '=', window.window_until)
          .where('used', '<', 1_000_000)
          .returning('used')
          .executeTakeFirst()
        if (counted === undefined) throw new Error('a unit was refused')
        const { license_id, meter } = window
        const event = { source: 'bench', id, license_id, meter, amount: 1, at: NOW, question: `${identityOf(0)}${id}`.padEnd(64), answer }
        await tx.insertInto('bench_events').values(event).execute()
      })
    },
    close: () => db.destroy(),
  }
}
