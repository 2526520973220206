import { join } from 'node:path'
import type { ImpactInput, ImpactReport } from './impact-side.ts'
import { inTurns, spread } from './measure.ts'
import type { Options, Row } from './row.ts'
import { openSide } from './side-process.ts'

const FILE = join(import.meta.dirname, 'impact-side.ts')

/** How long it takes to say what moving everybody to another edition comes to, beside asking for each of them one after the other. */
export async function run({ quick }: Options): Promise<Row[]> {
  const people = quick ? 2_000 : 1_000_000
  const side = await openSide<ImpactReport>(FILE, { people, sampled: quick ? 100 : 2_000 } satisfies ImpactInput)
  const { took } = await inTurns({ took: side.round }, quick ? 1 : 5)
  const { losing, alike, naiveMicroseconds } = side.report
  await side.close()
  const seconds = took.map((microseconds) => microseconds / 1e6)
  const naive = (naiveMicroseconds * people) / 1e6
  const { median } = spread(seconds)
  return [
    {
      what: `impact of moving ${people.toLocaleString('en')} identities to another edition`,
      beside: 'asking for each, as a sample of them takes',
      measured: `${median.toFixed(2)} s`,
      compared: `${naive.toFixed(0)} s`,
      ratio: spread(seconds.map((each) => each / naive)),
      target: '≤ 10 s',
      met: median <= 10 && alike === 1 && losing === people,
      detail: `${(alike * 100).toFixed(0)} % of the sample alike`,
    },
  ]
}
