import { availableParallelism } from 'node:os'
import { startPostgres } from '@writ/testing/postgres'
import pg from 'pg'
import { pino } from 'pino'
import type { Input } from './leases-side.ts'
import { inTurns, perSecond, ratio } from './measure.ts'
import type { Options, Row } from './row.ts'
import { openAuthority } from './scratch-authority.ts'
import { openSide, type SideProcess } from './side-process.ts'

const PROCESSES = 8
const TARGET = 50
const TERMS = `terms: 1
product: ferry
title: Ferry
features: { export: { meter: reports } }
meters: { reports: { unit: report, aggregate: sum } }
roles: { crew: ['*'] }
plans: { day: { title: Day, includes: { export: { limit: 1000000000 per year } } } }
`

/**
 * Eight processes spend one hard quota: each by leases, deciding every question in full; beside it each by an UPDATE of one row with the
 * limit in its condition, prepared, on a connection of its own, which decides nothing else.
 */
export async function run({ quick }: Options): Promise<Row[]> {
  const postgres = await startPostgres()
  const { url, key, close } = await openAuthority(postgres.url, 20, pino({ level: 'silent' }), { clock: Date.now })
  const sides: SideProcess<null>[] = []
  const open = async (input: Input): Promise<SideProcess<null>> => {
    const core = sides.length % availableParallelism()
    const side = await openSide<null>(new URL('leases-side.ts', import.meta.url).pathname, input, { core })
    sides.push(side)
    return side
  }
  try {
    const post = async (path: string, body: object) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
      if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    }
    await post('/v1/products/ferry/editions', { terms: TERMS })
    await post('/v1/organizations', { id: 'pier', title: 'Pier' })
    await post('/v1/identities', { id: 'ferryman', in: { pier: ['crew'] } })
    await post('/v1/licenses', { id: 'ferry-1', product: 'ferry', plan: 'day', organization: 'pier' })
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    await client.query('CREATE TABLE bench_quota (id int PRIMARY KEY, used int8 NOT NULL) WITH (fillfactor = 10)')
    await client.query('INSERT INTO bench_quota VALUES (1, 0)')
    await client.end()

    const calls = { lease: quick ? 50 : 20_000, row: quick ? 5 : 250 }
    const each = Array.from({ length: PROCESSES })
    const leasing: SideProcess<null>[] = []
    const counting: SideProcess<null>[] = []
    for (const _ of each) {
      leasing.push(await open({ by: 'lease', url, key, identity: 'ferryman', calls: calls.lease }))
      counting.push(await open({ by: 'row', url: postgres.url, calls: calls.row }))
    }
    let asked = 0
    let spent = 0
    const rounds = {
      lease: async () => {
        const took = await timed(async () => {
          for (const one of await Promise.all(leasing.map((side) => side.round()))) asked += one
        })
        spent += PROCESSES * calls.lease
        return (PROCESSES * calls.lease) / took
      },
      row: async () => (PROCESSES * calls.row) / (await timed(() => Promise.all(counting.map((side) => side.round())))),
    }
    await inTurns(rounds, quick ? 0 : 2)
    const rates = await inTurns(rounds, quick ? 1 : 7)
    const more = ratio(rates.lease, rates.row)
    return [
      {
        what: `consume from one hard quota by leases, ${PROCESSES} processes`,
        beside: 'UPDATE of one row a check',
        measured: perSecond(rates.lease),
        compared: perSecond(rates.row),
        ratio: more,
        target: `≥ ${TARGET}`,
        met: more.median >= TARGET,
        detail: `${asked} of ${spent} asked`,
      },
    ]
  } finally {
    await Promise.all(sides.map((side) => side.close()))
    await close()
    await postgres.stop()
  }
}

/** @returns seconds */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}
