import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { startPostgres } from '@writ/testing/postgres'
import { questions } from './atlas.ts'
import type { EvaluationInput, EvaluationReport } from './evaluation-side.ts'
import { load, postRequest } from './http-load.ts'
import { inTurns, perSecond, ratio, spread } from './measure.ts'
import type { Options, Row } from './row.ts'
import { onCore, openSide, type SideProcess } from './side-process.ts'

export const EVALUATION_PATH = '/access/v1/evaluation'
export const CONNECTIONS = 32
const TARGET = 0.6
const BATCH = 100
const BATCH_TARGET = 10
/** After an answer its record is written; that is computed for it too. */
export const RECORDED_MILLISECONDS = 400
export const SERVER_CORE = 0
export const OTHER_CORE = 1

/**
 * A question over HTTP as an enforcer sends it: credential checked, body validated, decided, recorded, logged. All of that may cost
 * less than what the HTTP server itself costs. A rate is answers a second of computing: what a core that does nothing else serves. The
 * client and PostgreSQL share the other core.
 */
export async function run({ quick }: Options): Promise<Row[]> {
  const release = quick ? () => {} : onCore(OTHER_CORE)
  const people = quick ? 50 : 1000
  const postgres = await startPostgres()
  const open = (input: EvaluationInput) =>
    openSide<EvaluationReport>(join(import.meta.dirname, 'evaluation-side.ts'), input, { core: SERVER_CORE, silent: true })
  const sides = {
    bare: await open({ server: 'bare' }),
    postgres: await open({ server: 'writ', database: postgres.url, people }),
    embedded: await open({ server: 'writ', people }),
  }
  try {
    const asked = evaluations(people)
    const milliseconds = quick ? 50 : 1500
    const ask = (
      { report: { port, key }, round: computed }: SideProcess<EvaluationReport>,
      path: string,
      bodies: readonly object[],
      each: number,
    ) => {
      const requests = bodies.map((body) => postRequest(path, body, { authorization: `Bearer ${key}` }))
      return async () => {
        const before = await computed()
        const answers = await load(port, requests, CONNECTIONS, milliseconds)
        if (!quick) await setTimeout(RECORDED_MILLISECONDS)
        return (answers * each * 1e6) / ((await computed()) - before)
      }
    }
    const rounds = {
      bare: ask(sides.bare, EVALUATION_PATH, asked, 1),
      postgres: ask(sides.postgres, EVALUATION_PATH, asked, 1),
      batch: ask(sides.postgres, `${EVALUATION_PATH}s`, batches(asked), BATCH),
      embedded: ask(sides.embedded, EVALUATION_PATH, asked, 1),
    }
    await inTurns(rounds, quick ? 0 : 4)
    const rates = await inTurns(rounds, quick ? 1 : 9)
    const row = (store: string, of: readonly number[], target: boolean): Row => {
      const more = ratio(of, rates.bare)
      return {
        what: `POST ${EVALUATION_PATH}, ${store}`,
        beside: 'a bare Fastify route, same bodies',
        measured: perSecond(of),
        compared: perSecond(rates.bare),
        ratio: more,
        target: target ? `≥ ${TARGET}` : '',
        ...(target && { met: more.median >= TARGET }),
        detail: `${(1e6 / spread(of).median).toFixed(0)} µs each beside ${(1e6 / spread(rates.bare).median).toFixed(0)} µs`,
      }
    }
    const more = ratio(rates.batch, rates.postgres)
    const batch: Row = {
      what: `POST ${EVALUATION_PATH}s, ${BATCH} in a batch, PostgreSQL`,
      beside: 'one by one',
      measured: perSecond(rates.batch),
      compared: perSecond(rates.postgres),
      ratio: more,
      target: `≥ ${BATCH_TARGET}`,
      met: more.median >= BATCH_TARGET,
      detail: `${(1e6 / spread(rates.batch).median).toFixed(1)} µs each`,
    }
    return [row('PostgreSQL', rates.postgres, true), row('embedded store', rates.embedded, false), batch]
  } finally {
    await Promise.all(Object.values(sides).map((side) => side.close()))
    await postgres.stop()
    release()
  }
}

/** The same questions, a hundred at a time: what they have in common is said once. */
function batches(asked: readonly Question[]): object[] {
  return Array.from({ length: Math.ceil(asked.length / BATCH) }, (_, at) => {
    const { subject: _subject, ...common } = asked[0] as Question
    const subjects = Array.from({ length: BATCH }, (_, i) => asked[(at * BATCH + i) % asked.length]?.subject)
    return { ...common, evaluations: subjects.map((subject) => ({ subject })) }
  })
}

interface Question {
  readonly subject: object
}

/** Each person asks; the same question as that of `decide`. */
export function evaluations(people: number): Question[] {
  const all = Array.from({ length: people }, (_, person) => person)
  return questions('plain', all).map(({ identity, feature, context, proofs }) => ({
    subject: { type: 'user', id: identity },
    action: { name: feature },
    resource: { type: 'product', id: 'atlas' },
    context: { ...context, proofs: proofs?.map((proof) => ({ ...proof, at: new Date(proof.at).toISOString() })) },
  }))
}
