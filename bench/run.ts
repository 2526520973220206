/** `npm run bench`: every benchmark, one table. `npm run bench -- NAME` for one. Exit 0 whatever the ratios: a slow machine is no fault. */
import { availableParallelism, totalmem } from 'node:os'
import { run as cerbos } from './cerbos.ts'
import { run as consoleInBrowser } from './console.ts'
import { run as consume } from './consume.ts'
import { run as decide } from './decide.ts'
import { run as evaluation } from './evaluation.ts'
import { run as impact } from './impact.ts'
import { run as leases } from './leases.ts'
import { run as licenseVerify } from './license-verify.ts'
import { run as live } from './live.ts'
import { run as peers } from './peers.ts'
import type { Benchmark, Row } from './row.ts'
import { run as search } from './search.ts'
import { pinning } from './side-process.ts'
import { run as snapshot } from './snapshot.ts'
import { run as start } from './start.ts'
import { table } from './table.ts'
import { run as usageIntake } from './usage-intake.ts'
import { run as world } from './world.ts'

export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  decide,
  world,
  impact,
  evaluation,
  'license-verify': licenseVerify,
  consume,
  leases,
  live,
  snapshot,
  'usage-intake': usageIntake,
  search,
  start,
  peers,
  cerbos,
  console: consoleInBrowser,
}

async function main(asked: readonly string[]): Promise<void> {
  const names = asked.length > 0 ? asked : Object.keys(BENCHMARKS)
  const rows: Row[] = []
  for (const name of names) {
    const benchmark = BENCHMARKS[name]
    if (benchmark === undefined) throw new Error(`no benchmark ${name}; there are ${Object.keys(BENCHMARKS).join(', ')}`)
    console.error(`${name} …`)
    rows.push(...(await benchmark({ quick: false })))
  }
  const memory = Math.round(totalmem() / 2 ** 30)
  console.log(`Node ${process.version}, ${availableParallelism()} cores, ${memory} GiB, ${process.platform} ${process.arch}, ${pinning}\n`)
  console.log(table(rows))
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2))
