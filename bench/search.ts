import { join } from 'node:path'
import { NOW } from './atlas.ts'
import type { EvaluationInput, EvaluationReport } from './evaluation-side.ts'
import { inTurns, ratio, spread } from './measure.ts'
import type { Options, Row } from './row.ts'
import { openSide } from './side-process.ts'

const TARGET_MILLISECONDS = 50

/** Who may do this, among everybody: a page over HTTP, beside one evaluation of the same question. */
export async function run({ quick }: Options): Promise<Row[]> {
  const people = quick ? 50 : 100_000
  const input: EvaluationInput = { server: 'writ', people }
  const side = await openSide<EvaluationReport>(join(import.meta.dirname, 'evaluation-side.ts'), input, { silent: true })
  try {
    const post = async (path: string, body: object): Promise<number> => {
      const start = performance.now()
      const response = await fetch(`http://127.0.0.1:${side.report.port}/access/v1/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${side.report.key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const { results, decision } = (await response.json()) as { results?: unknown[]; decision?: boolean }
      const milliseconds = performance.now() - start
      const found = results?.length ?? Number(decision)
      if (found !== expected(body, people)) throw new Error(`${path} found ${found}`)
      return milliseconds
    }
    // The first search of all also puts the names in order.
    const first = await post('search/subject', question('report.export'))
    const sides = {
      one: () => post('evaluation', { ...question('report.export'), subject: { type: 'user', id: `id_${'0'.repeat(24)}` } }),
      page: () => post('search/subject', question('report.export')),
      nobody: () => post('search/subject', question('users.manage')),
    }
    await inTurns(sides, quick ? 0 : 10)
    const times = await inTurns(sides, quick ? 1 : 31)
    const row = (what: string, of: readonly number[], more: Pick<Row, 'target' | 'met' | 'detail'>): Row => ({
      what: `POST /access/v1/search/subject, ${people.toLocaleString('en')} identities, ${what}`,
      beside: 'one evaluation',
      measured: inMilliseconds(spread(of).median),
      compared: inMilliseconds(spread(times.one).median),
      ratio: ratio(of, times.one),
      ...more,
    })
    return [
      row('first page', times.page, {
        target: `≤ ${TARGET_MILLISECONDS} ms`,
        met: spread(times.page).median <= TARGET_MILLISECONDS,
        detail: `the first ever ${inMilliseconds(first)}`,
      }),
      row('a page that finds nobody', times.nobody, { target: '' }),
    ]
  } finally {
    await side.close()
  }
}

function question(feature: string): object {
  return {
    subject: { type: 'user' },
    action: { name: feature },
    resource: { type: 'product', id: 'atlas' },
    context: { country: 'DE', proofs: [{ level: 'otp', at: new Date(NOW - 60_000).toISOString() }] },
  }
}

function expected(body: object, people: number): number {
  if ('id' in (body as { subject: object }).subject) return 1
  return (body as { action: { name: string } }).action.name === 'users.manage' ? 0 : Math.min(people, 100)
}

function inMilliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`
}
