import { type Change, decide, World } from '@writ/engine'
import { type Asked, changes, NOW, questions, SomeUsage } from './atlas.ts'
import { cpuMicroseconds } from './measure.ts'
import { serveRounds } from './side-process.ts'

export interface DecideInput {
  readonly people: number
  readonly asked: Asked
  /** Ask about this many people only, spread over all. */
  readonly hot?: number
  readonly calls: number
  readonly warmUp: number
}

export interface DecideReport {
  readonly loadSeconds: number
  readonly bytesEach: number
}

/** Few enough to stay in the cache while they wait, so that the time is the decision's and not that of fetching the question. */
const BATCH = 500

/** One side: a World of some size, asked in rounds. A file of its own, so that each size has a fresh process. */
await serveRounds(async ({ people, asked, hot, calls, warmUp }: DecideInput) => {
  const before = bytesInUse()
  const world = new World()
  const loadSeconds = load(world, people)
  const bytesEach = (bytesInUse() - before) / people
  const usage = new SomeUsage(people)
  const someone =
    hot === undefined ? () => Math.floor(Math.random() * people) : () => Math.floor(Math.random() * hot) * Math.floor(people / hot)
  const round = (total: number): number => {
    let microseconds = 0
    for (let done = 0; done < total; done += BATCH) {
      const batch = questions(asked, Array.from({ length: BATCH }, someone))
      let allowed = 0
      const start = cpuMicroseconds()
      for (const question of batch) if (decide(world, usage, question, NOW).allowed) allowed++
      microseconds += cpuMicroseconds() - start
      if (allowed !== BATCH) throw new Error(`${BATCH - allowed} questions were refused`)
    }
    return microseconds / (Math.ceil(total / BATCH) * BATCH)
  }
  round(warmUp)
  return { report: { loadSeconds, bytesEach } satisfies DecideReport, round: () => round(calls) }
})

/** Only parsing and applying is timed; the text comes from a feed that some other process wrote. */
function load(world: World, people: number): number {
  let milliseconds = 0
  for (const text of changes(people)) {
    const start = performance.now()
    world.apply(JSON.parse(text) as Change)
    milliseconds += performance.now() - start
  }
  return milliseconds / 1000
}

function bytesInUse(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
