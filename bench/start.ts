import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeLog, start } from '@writ/authority'
import type { Change, Fact } from '@writ/engine'
import { startPostgres } from '@writ/testing/postgres'
import { changes, PEOPLE_EACH } from './atlas.ts'
import { inTurns, ratio, spread } from './measure.ts'
import type { Options, Row } from './row.ts'
import { scratchConfig } from './scratch-authority.ts'
import { openSide } from './side-process.ts'
import type { StartInput, StartReport } from './start-side.ts'

interface Case {
  readonly what: string
  readonly people: number
  readonly each: number
  readonly targetSeconds: number
  readonly rounds: number
}

/** How long a vendor's customers keep an authority from answering after a restart. */
export async function run({ quick }: Options): Promise<Row[]> {
  const cases: readonly Case[] = [
    { what: '100,000 licences', people: quick ? 20 : 100_000, each: 1, targetSeconds: 5, rounds: quick ? 1 : 3 },
    { what: '1,000,000 identities', people: quick ? 400 : 1_000_000, each: PEOPLE_EACH, targetSeconds: 30, rounds: quick ? 1 : 2 },
  ]
  const rows: Row[] = []
  for (const each of cases) rows.push(await measured(each))
  return rows
}

async function measured({ what, people, each, targetSeconds, rounds }: Case): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-bench-'))
  const postgres = await startPostgres()
  const database = postgres.url
  try {
    const facts = await fill(database, folder, changes(people, each))
    const megabytes: number[] = []
    const from = (who: StartInput['who']) => async () => {
      const file = join(import.meta.dirname, 'start-side.ts')
      const side = await openSide<StartReport>(file, { who, database, folder } satisfies StartInput)
      await side.close()
      if (who === 'writ') megabytes.push(side.report.megabytes)
      return side.report.seconds
    }
    const seconds = await inTurns({ bare: from('bare'), writ: from('writ') }, rounds)
    const { median } = spread(seconds.writ)
    return {
      what: `ready after start, PostgreSQL, ${what}`,
      beside: 'the driver handing over the same rows',
      measured: `${median.toFixed(1)} s`,
      compared: `${spread(seconds.bare).median.toFixed(1)} s`,
      ratio: ratio(seconds.writ, seconds.bare),
      target: `≤ ${targetSeconds} s`,
      met: median <= targetSeconds,
      detail: `${facts.toLocaleString('en')} facts, ${spread(megabytes).median.toFixed(0)} MiB resident`,
    }
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const AT_ONCE = 20_000

/** Through the authority, many customers in one mutation: one each would take ten times as long, and no start reads their history. */
export async function fill(database: string, folder: string, all: Iterable<string>, bootstrapKeyFile?: string): Promise<number> {
  const log = makeLog('silent')
  const running = await start({ config: scratchConfig(database, folder), log, ...(bootstrapKeyFile !== undefined && { bootstrapKeyFile }) })
  const { authority } = running
  let [facts, stored]: [Fact[], number] = [[], 0]
  const store = async () => {
    const by = { actor: 'operator', requestId: 'bench' }
    await authority.mutate(by, { action: 'bench.fill', subject: 'bench:facts' }, async (_tx, change) => change.state(...facts))
    stored += facts.length
    facts = []
  }
  try {
    for (const text of all) {
      facts.push(...(JSON.parse(text) as Change).facts)
      if (facts.length >= AT_ONCE) await store()
    }
    await store()
    return stored
  } finally {
    await running.close()
  }
}
