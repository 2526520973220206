import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@writ/testing/postgres'
import { changes } from './atlas.ts'
import type { Options, Row } from './row.ts'
import { openSide } from './side-process.ts'
import type { Report } from './snapshot-side.ts'
import { fill } from './start.ts'
import type { StartInput, StartReport } from './start-side.ts'

const MOST_SECONDS = 30
const MOST_MEBIBYTES = 1_024

/** A million identities: from the request for a snapshot to a World in another process that is whole, over loopback, gzipped. */
export async function run({ quick }: Options): Promise<Row[]> {
  const people = quick ? 1_000 : 1_000_000
  const folder = mkdtempSync(join(tmpdir(), 'writ-bench-'))
  const postgres = await startPostgres()
  try {
    const keyFile = join(folder, 'admin.key')
    await fill(postgres.url, folder, changes(people), keyFile)
    const input: StartInput = { who: 'writ', database: postgres.url, folder }
    const authority = await openSide<StartReport>(new URL('start-side.ts', import.meta.url).pathname, input, { core: 0 })
    const key = readFileSync(keyFile, 'utf8').trim()
    const loaded = await openSide<Report>(new URL('snapshot-side.ts', import.meta.url).pathname, { url: authority.report.url, key })
    await loaded.close()
    const there = await authority.round()
    await authority.close()
    const { seconds, mebibytes } = loaded.report
    return [
      {
        what: `snapshot of ${people.toLocaleString('en')} identities: made, sent, loaded`,
        beside: '',
        measured: `${seconds.toFixed(1)} s`,
        compared: '',
        target: `≤ ${MOST_SECONDS} s, ≤ 1 GiB in either`,
        met: seconds <= MOST_SECONDS && Math.max(mebibytes, there) <= MOST_MEBIBYTES,
        detail: `${mebibytes.toFixed(0)} MiB at the most where it is loaded, ${there.toFixed(0)} MiB in the authority, its start counted in`,
      },
    ]
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
