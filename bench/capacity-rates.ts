import { join } from 'node:path'
import { startPostgres } from '@writ/testing/postgres'
import { questions } from './atlas.ts'
import { OTHER_CORE, SERVER_CORE } from './evaluation.ts'
import type { EvaluationInput, EvaluationReport } from './evaluation-side.ts'
import { load, postRequest } from './http-load.ts'
import type { Options } from './row.ts'
import { onCore, openSide, type SideProcess } from './side-process.ts'

const CALLERS = [1, 8, 64]
type Side = SideProcess<EvaluationReport>

/** Checks and mutations a second, and how long one takes, by how many call at once. */
export async function rateTable({ quick }: Options): Promise<string[][]> {
  const release = quick ? () => {} : onCore(OTHER_CORE)
  const people = quick ? 20 : 10_000
  const postgres = await startPostgres()
  const open = (input: EvaluationInput) =>
    openSide<EvaluationReport>(join(import.meta.dirname, 'evaluation-side.ts'), input, { core: SERVER_CORE, silent: true })
  const rows = [['what', 'store', 'callers', 'a second', 'a second of its own computing', 'median', '99 of 100 within']]
  try {
    for (const store of ['PostgreSQL', 'embedded'] as const) {
      const side = await open({ server: 'writ', people, ...(store === 'PostgreSQL' && { database: postgres.url }) })
      const asked: [string, readonly Buffer[]][] = [
        ['check', checks(side, people)],
        ['check that consumes', spending(side, people, quick ? 500 : 100_000)],
        ['mutation', [to(side, '/v1/organizations', { title: 'Northwind' })]],
      ]
      try {
        for (const [what, requests] of asked)
          for (const callers of CALLERS) rows.push([what, store, String(callers), ...(await rates(side, requests, callers, quick))])
      } finally {
        await side.close()
      }
    }
    return rows
  } finally {
    await postgres.stop()
    release()
  }
}

async function rates({ report, round: computed }: Side, requests: readonly Buffer[], callers: number, quick: boolean): Promise<string[]> {
  const milliseconds = quick ? 50 : 4_000
  if (!quick) await load(report.port, requests, callers, milliseconds / 4)
  const latencies: number[] = []
  const begun = performance.now()
  const before = await computed()
  const answers = await load(report.port, requests, callers, milliseconds, latencies)
  const seconds = (performance.now() - begun) / 1_000
  const core = ((await computed()) - before) / 1e6
  latencies.sort((a, b) => a - b)
  const at = (part: number) => `${(latencies[Math.floor(latencies.length * part)] ?? Number.NaN).toFixed(2)} ms`
  const rounded = (rate: number) => Math.round(rate).toLocaleString('en')
  return [rounded(answers / seconds), rounded(answers / core), at(0.5), at(0.99)]
}

function to({ report: { key } }: Side, path: string, body: object): Buffer {
  return postRequest(path, body, { authorization: `Bearer ${key}` })
}

function checks(side: Side, people: number): Buffer[] {
  return questionsOf(people).map((body) => to(side, '/v1/check', body))
}

/** Each is another consumption: one that is sent again costs less. */
function spending(side: Side, people: number, count: number): Buffer[] {
  const asked = questionsOf(people)
  return Array.from({ length: count }, (_, i) => to(side, '/v1/check', { ...asked[i % people], consume: { amount: 1, id: `unit-${i}` } }))
}

function questionsOf(people: number): object[] {
  const all = questions(
    'plain',
    Array.from({ length: people }, (_, person) => person),
  )
  return all.map(({ identity, feature, context, proofs }) => ({
    identity,
    feature: `atlas:${feature}`,
    context,
    proofs: proofs?.map((proof) => ({ ...proof, at: new Date(proof.at).toISOString() })),
  }))
}
