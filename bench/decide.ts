import { join } from 'node:path'
import { type Asked, WHEN } from './atlas.ts'
import type { DecideInput } from './decide-side.ts'
import { inMicroseconds, inTurns, ratio, spread } from './measure.ts'
import type { Options, Row } from './row.ts'
import { openSide } from './side-process.ts'

const TARGETS: Record<Asked, number> = { plain: 2, 'with a when': 4 }

/**
 * What one decision costs where nothing is cold: organization licence, seat, role, hours, region, quota and assurance, all looked at.
 * The bare condition is the floor that any policy written as an expression stands on.
 */
export async function run({ quick }: Options): Promise<Row[]> {
  const rows: Row[] = []
  for (const asked of ['plain', 'with a when'] as const) rows.push(await measured(asked, quick))
  return rows
}

async function measured(asked: Asked, quick: boolean): Promise<Row> {
  const input = { people: 1000, asked, calls: quick ? 500 : 20_000, warmUp: quick ? 500 : 100_000 } satisfies DecideInput
  const sides = [
    await openSide(join(import.meta.dirname, 'decide-side.ts'), input),
    await openSide(join(import.meta.dirname, 'condition-side.ts'), { condition: WHEN, calls: input.calls, warmUp: input.warmUp }),
  ] as const
  const { decide, condition } = await inTurns({ decide: sides[0].round, condition: sides[1].round }, quick ? 1 : 31)
  await Promise.all(sides.map((side) => side.close()))
  const target = TARGETS[asked]
  return {
    what: `decide, ${asked === 'plain' ? 'no when' : asked}`,
    beside: 'a bare CEL condition, same library',
    measured: inMicroseconds(decide),
    compared: inMicroseconds(condition),
    ratio: ratio(decide, condition),
    target: `≤ ${target} µs`,
    met: spread(decide).median <= target,
  }
}
