import { join } from 'node:path'
import type { DecideInput, DecideReport } from './decide-side.ts'
import { inMicroseconds, inTurns, ratio, spread } from './measure.ts'
import type { Options, Row } from './row.ts'
import { openSide } from './side-process.ts'

const FILE = join(import.meta.dirname, 'decide-side.ts')

/** Whether a decision stays one when it is about any of a million people: then each one waits for memory that no cache holds. */
export async function run({ quick }: Options): Promise<Row[]> {
  const input = { asked: 'plain', calls: quick ? 500 : 20_000, warmUp: quick ? 500 : 100_000 } as const
  const [small, middle, large] = quick ? [100, 200, 400] : [1_000, 100_000, 1_000_000]
  const open = (more: Pick<DecideInput, 'people' | 'hot'>) => openSide<DecideReport>(FILE, { ...input, ...more } satisfies DecideInput)
  const sides = {
    small: await open({ people: small }),
    middle: await open({ people: middle }),
    hot: await open({ people: large, hot: small }),
    large: await open({ people: large }),
  }
  const rounds = { small: sides.small.round, middle: sides.middle.round, hot: sides.hot.round, large: sides.large.round }
  const times = await inTurns(rounds, quick ? 1 : 31)
  const { report } = sides.large
  await Promise.all(Object.values(sides).map((side) => side.close()))

  const row = (what: string, of: readonly number[], target: number | undefined): Row => {
    const more = spread(of.map((time, round) => time - (times.small[round] ?? Number.NaN))).median
    return {
      what: `decide among ${what}`,
      beside: `among ${count(small)}`,
      measured: inMicroseconds(of),
      compared: inMicroseconds(times.small),
      ratio: ratio(of, times.small),
      target: target === undefined ? '' : `≤ +${target} µs`,
      ...(target !== undefined && { met: more <= target }),
      detail: `${more >= 0 ? '+' : ''}${more.toFixed(2)} µs`,
    }
  }
  const fact = (what: string, measured: string, target: string, met: boolean): Row => ({
    what,
    beside: '',
    measured,
    compared: '',
    target,
    met,
  })
  return [
    row(`${count(middle)}, drawn from all`, times.middle, 2),
    row(`${count(large)}, drawn from all`, times.large, 2),
    row(`${count(large)}, ${count(small)} of them asking`, times.hot, undefined),
    fact(`memory at ${count(large)}`, `${report.bytesEach.toFixed(0)} B an identity`, '≤ 600 B', report.bytesEach <= 600),
    fact(`loading ${count(large)} from JSON`, `${report.loadSeconds.toFixed(1)} s`, '≤ 10 s', report.loadSeconds <= 10),
  ]
}

function count(people: number): string {
  return people.toLocaleString('en')
}
