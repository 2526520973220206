import { join } from 'node:path'
import type { DecideInput } from './decide-side.ts'
import { inMicroseconds, inTurns, ratio } from './measure.ts'
import type { PeerInput } from './peer-side.ts'
import type { Options, Row } from './row.ts'
import { openSide } from './side-process.ts'

const NAMES: Readonly<Record<PeerInput['peer'], string>> = {
  casl: '@casl/ability, can()',
  casbin: 'casbin, enforceSync()',
  cedar: '@cedar-policy/cedar-wasm, pre-parsed',
}

/** The realistic question of `decide` beside the nearest one that each library can express, on facts that were looked up for it. */
export async function run({ quick }: Options): Promise<Row[]> {
  const people = quick ? 20 : 1000
  const open = (peer: PeerInput['peer'], calls: number) =>
    openSide(join(import.meta.dirname, 'peer-side.ts'), {
      peer,
      people,
      calls: quick ? 20 : calls,
      warmUp: quick ? 20 : calls,
    } satisfies PeerInput)
  const decide: DecideInput = { people, asked: 'plain', calls: quick ? 500 : 20_000, warmUp: quick ? 500 : 100_000 }
  const sides = {
    decide: await openSide(join(import.meta.dirname, 'decide-side.ts'), decide),
    casl: await open('casl', 20_000),
    casbin: await open('casbin', 2_000),
    cedar: await open('cedar', 2_000),
  }
  try {
    const rounds = { decide: sides.decide.round, casl: sides.casl.round, casbin: sides.casbin.round, cedar: sides.cedar.round }
    const times = await inTurns(rounds, quick ? 1 : 15)
    return (['casl', 'casbin', 'cedar'] as const).map((peer) => ({
      what: 'decide, no when',
      beside: NAMES[peer],
      measured: inMicroseconds(times.decide),
      compared: inMicroseconds(times[peer]),
      ratio: ratio(times.decide, times[peer]),
      target: '',
    }))
  } finally {
    await Promise.all(Object.values(sides).map((side) => side.close()))
  }
}
