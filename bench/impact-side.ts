import { type Change, could, type Fact, impact, itemsOf, World } from '@writ/engine'
import { changes, identityOf, NOW, PEOPLE_EACH, terms } from './atlas.ts'
import { cpuMicroseconds } from './measure.ts'
import { serveRounds } from './side-process.ts'

export interface ImpactInput {
  readonly people: number
  readonly sampled: number
}

export interface ImpactReport {
  readonly losing: number
  /** Of those sampled, whom it and asking for each of them tell the same of. */
  readonly alike: number
  /** Asking for one of them, for every feature, before and after. */
  readonly naiveMicroseconds: number
}

const UNTIL = NOW + 90 * 24 * 3_600_000

/** An edition that takes the export away from the plan that all are on, and every licence moved to it, held against asking for everybody. */
await serveRounds(async ({ people, sampled }: ImpactInput) => {
  const world = new World()
  for (const text of changes(people)) world.apply(JSON.parse(text) as Change)
  const facts: Fact[] = [{ fact: 'edition', product: 'atlas', edition: 2, terms: without(terms()) }]
  for (const { fact } of world.allLicenses()) facts.push({ ...fact, edition: 2 })
  const move = () => impact(world, { facts, now: NOW, until: UNTIL })

  const found = move()
  const { losing } = found.report()
  const told = new Map<string, string[]>()
  const every = Math.max(1, Math.floor(people / sampled))
  const sample = new Set(Array.from({ length: Math.floor(people / every) }, (_, index) => identityOf(index * every)))
  for (const id of sample) told.set(id, [])
  for (const { identity, effect } of found.each())
    if (sample.has(identity)) told.get(identity)?.push(`${effect.feature} ${effect.command ?? ''} ${effect.effect}`)

  const after = new World()
  const feed = [...changes(people)]
  for (const text of [feed[0] as string, ...[...sample].map((id) => feed[1 + Math.floor(numberOf(id) / PEOPLE_EACH)] as string)]) {
    after.apply(JSON.parse(text) as Change)
  }
  after.apply({
    revision: 2,
    facts: facts.filter((fact) => fact.fact === 'edition' || (fact.fact === 'license' && after.license(fact.id) !== undefined)),
  })
  let alike = 0
  const start = cpuMicroseconds()
  for (const id of sample) {
    const naive = [...asked(world, after, id)].sort()
    if (JSON.stringify(naive) === JSON.stringify(told.get(id)?.sort())) alike++
  }
  const naiveMicroseconds = (cpuMicroseconds() - start) / sample.size
  return {
    report: { losing, alike: alike / sample.size, naiveMicroseconds } satisfies ImpactReport,
    round: () => {
      const begin = cpuMicroseconds()
      move().report()
      return cpuMicroseconds() - begin
    },
  }
})

/** One after the other: each item, at now and without a horizon, in either world. */
function* asked(before: World, after: World, id: string): Iterable<string> {
  const product = before.product('atlas')
  if (product === undefined) throw new Error('there is no atlas')
  for (const item of itemsOf(product)) {
    const [was, is] = [before, after].map((world) => {
      const row = world.identities.find(id) as number
      return could(world, row, world.identities.firstMembership(row), item, NOW)
    })
    if (was === undefined || is === undefined) continue
    const effect =
      'reason' in is
        ? 'reason' in was
          ? undefined
          : 'loses'
        : 'reason' in was
          ? 'gains'
          : JSON.stringify(was) === JSON.stringify(is)
            ? undefined
            : 'changes'
    if (effect !== undefined) yield `${item.feature} ${item.command ?? ''} ${effect}`
  }
}

function without(text: string): string {
  const line = /^ {6}report\.export: \{ limit: 1000000 per month.*\n/m
  if (!line.test(text)) throw new Error('the Atlas terms no longer sell the export')
  return text.replace(line, '')
}

function numberOf(id: string): number {
  return Number.parseInt(id.slice('id_'.length), 16)
}
