import { Environment } from '@marcbachmann/cel-js'
import { cpuMicroseconds } from './measure.ts'
import { serveRounds } from './side-process.ts'

/** The other side of `decide`: the library by itself, on facts that are there already. */
await serveRounds(async ({ condition, calls, warmUp }: { condition: string; calls: number; warmUp: number }) => {
  const run = new Environment().registerVariable('subject', 'map').registerVariable('context', 'map').parse(condition)
  const facts = Array.from({ length: 500 }, (_, i) => ({ subject: { kind: 'human' }, context: { device: `laptop-${i}` } }))
  const round = (total: number): number => {
    const start = cpuMicroseconds()
    let held = 0
    for (let call = 0; call < total; call++) if (run(facts[call % facts.length]) === true) held++
    if (held !== total) throw new Error('the condition does not hold')
    return (cpuMicroseconds() - start) / total
  }
  round(warmUp)
  return { report: {}, round: () => round(calls) }
})
