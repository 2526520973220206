import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { startPostgres } from '@writ/testing/postgres'
import { CONNECTIONS, EVALUATION_PATH, evaluations, OTHER_CORE, RECORDED_MILLISECONDS, SERVER_CORE } from './evaluation.ts'
import type { EvaluationInput, EvaluationReport } from './evaluation-side.ts'
import { load, postRequest } from './http-load.ts'
import { inTurns, perSecond, ratio, spread } from './measure.ts'
import { CERBOS_PATH, cerbosRequest, hasCerbos, startCerbos } from './peers/cerbos-server.ts'
import { peerQuestions } from './peers/question.ts'
import type { Options, Row } from './row.ts'
import { onCore, openSide } from './side-process.ts'

/** A question over HTTP beside the nearest one to a policy server, both keeping a log of accesses and of decisions. */
export async function run({ quick }: Options): Promise<Row[]> {
  const what = `POST ${EVALUATION_PATH}, PostgreSQL`
  const beside = `Cerbos, POST ${CERBOS_PATH}`
  if (!hasCerbos) return [{ what, beside: '', measured: '0', compared: '', target: '', detail: `${beside}: none for this machine` }]
  const release = quick ? () => {} : onCore(OTHER_CORE)
  const people = quick ? 50 : 1000
  const postgres = await startPostgres()
  const input: EvaluationInput = { server: 'writ', database: postgres.url, people }
  const writ = await openSide<EvaluationReport>(join(import.meta.dirname, 'evaluation-side.ts'), input, { core: SERVER_CORE, silent: true })
  const cerbos = await startCerbos(SERVER_CORE)
  try {
    const asked = peerQuestions(people)
    await expectAnswer(cerbos.port, cerbosRequest(asked[0] as (typeof asked)[0]), 'EFFECT_ALLOW')
    const late = { ...asked[0], facts: { ...asked[0]?.facts, hour: 19 } } as (typeof asked)[0]
    await expectAnswer(cerbos.port, cerbosRequest(late), 'EFFECT_DENY')
    const milliseconds = quick ? 300 : 1500
    const ask = (port: number, computed: () => number | Promise<number>, requests: readonly Buffer[]) => async () => {
      const before = await computed()
      const answers = await load(port, requests, CONNECTIONS, milliseconds)
      if (!quick) await setTimeout(RECORDED_MILLISECONDS)
      return (answers * 1e6) / Math.max((await computed()) - before, 1)
    }
    const headers = { authorization: `Bearer ${writ.report.key}` }
    const sides = {
      writ: ask(
        writ.report.port,
        writ.round,
        evaluations(people).map((body) => postRequest(EVALUATION_PATH, body, headers)),
      ),
      cerbos: ask(
        cerbos.port,
        cerbos.computed,
        asked.map((question) => postRequest(CERBOS_PATH, cerbosRequest(question), {})),
      ),
    }
    await inTurns(sides, quick ? 0 : 4)
    const rates = await inTurns(sides, quick ? 1 : 9)
    return [
      {
        what,
        beside,
        measured: perSecond(rates.writ),
        compared: perSecond(rates.cerbos),
        ratio: ratio(rates.writ, rates.cerbos),
        target: '',
        detail: `${(1e6 / spread(rates.writ).median).toFixed(0)} µs each beside ${(1e6 / spread(rates.cerbos).median).toFixed(0)} µs`,
      },
    ]
  } finally {
    await Promise.all([writ.close(), cerbos.close()])
    await postgres.stop()
    release()
  }
}

async function expectAnswer(port: number, body: object, effect: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}${CERBOS_PATH}`, { method: 'POST', body: JSON.stringify(body) })
  const { results } = (await answer.json()) as { results: { actions: Record<string, string> }[] }
  if (results[0]?.actions.export !== effect) throw new Error(`Cerbos says ${JSON.stringify(results)}`)
}
