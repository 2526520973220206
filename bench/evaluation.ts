import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { startPostgres } from '@writ/testing/postgres'
import { questions } from './atlas.ts'
import type { EvaluationInput, EvaluationReport } from './evaluation-side.ts'
import { load, postRequest } from './http-load.ts'
import { inTurns, perSecond, ratio, spread } from './measure.ts'
import type { Options, Row } from './row.ts'
import { onCore, openSide, type SideProcess } from './side-process.ts'

const PATH = '/access/v1/evaluation'
const CONNECTIONS = 32
const TARGET = 0.6
/** After an answer its record is written; that is computed for it too. */
const RECORDED_MILLISECONDS = 400
const SERVER_CORE = 0
const OTHER_CORE = 1

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
    const asked = requests(people)
    const milliseconds = quick ? 50 : 1500
    const ask = ({ report: { port, key }, round: computed }: SideProcess<EvaluationReport>) => {
      const withKey = asked.map((request) => postRequest(PATH, request, { authorization: `Bearer ${key}` }))
      return async () => {
        const before = await computed()
        const answers = await load(port, withKey, CONNECTIONS, milliseconds)
        if (!quick) await setTimeout(RECORDED_MILLISECONDS)
        return (answers * 1e6) / ((await computed()) - before)
      }
    }
    const rounds = { bare: ask(sides.bare), postgres: ask(sides.postgres), embedded: ask(sides.embedded) }
    await inTurns(rounds, quick ? 0 : 4)
    const rates = await inTurns(rounds, quick ? 1 : 9)
    const row = (store: string, of: readonly number[], target: boolean): Row => {
      const more = ratio(of, rates.bare)
      return {
        what: `POST ${PATH}, ${store}`,
        beside: 'a bare Fastify route, same bodies',
        measured: perSecond(of),
        compared: perSecond(rates.bare),
        ratio: more,
        target: target ? `≥ ${TARGET}` : '',
        ...(target && { met: more.median >= TARGET }),
        detail: `${(1e6 / spread(of).median).toFixed(0)} µs each beside ${(1e6 / spread(rates.bare).median).toFixed(0)} µs`,
      }
    }
    return [row('PostgreSQL', rates.postgres, true), row('embedded store', rates.embedded, false)]
  } finally {
    await Promise.all(Object.values(sides).map((side) => side.close()))
    await postgres.stop()
    release()
  }
}

/** Each person asks; the same question as that of `decide`. */
function requests(people: number): object[] {
  const all = Array.from({ length: people }, (_, person) => person)
  return questions('plain', all).map(({ identity, feature, context, proofs }) => ({
    subject: { type: 'user', id: identity },
    action: { name: feature },
    resource: { type: 'product', id: 'atlas' },
    context: { ...context, proofs: proofs?.map((proof) => ({ ...proof, at: new Date(proof.at).toISOString() })) },
  }))
}
