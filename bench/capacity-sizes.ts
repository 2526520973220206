import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@writ/testing/postgres'
import { changes } from './atlas.ts'
import type { Options } from './row.ts'
import { openSide } from './side-process.ts'
import { fill } from './start.ts'
import type { StartInput, StartReport } from './start-side.ts'

const SIZES = [0, 10_000, 100_000, 1_000_000]

/** What a process that has just started holds, and how long it took, by how many identities there are, each with a seat. */
export async function sizeTable({ quick }: Options): Promise<string[][]> {
  const rows = [['identities', 'ready after start', 'memory of the process', 'an identity']]
  let empty: number | undefined
  for (const people of quick ? [0, 400] : SIZES) {
    const { seconds, megabytes } = await started(people)
    empty ??= megabytes
    const each = people === 0 ? '' : `${Math.round(((megabytes - empty) * 2 ** 20) / people).toLocaleString('en')} bytes`
    rows.push([people.toLocaleString('en'), `${seconds.toFixed(1)} s`, `${Math.round(megabytes).toLocaleString('en')} MiB`, each])
  }
  return rows
}

async function started(people: number): Promise<StartReport> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-bench-'))
  const postgres = await startPostgres()
  try {
    await fill(postgres.url, folder, changes(people))
    const input: StartInput = { who: 'writ', database: postgres.url, folder }
    const side = await openSide<StartReport>(join(import.meta.dirname, 'start-side.ts'), input)
    await side.close()
    return side.report
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
