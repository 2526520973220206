import { makeLog, start } from '@writ/authority'
import pg from 'pg'
import { scratchConfig } from './scratch-authority.ts'
import { serveRounds } from './side-process.ts'

export interface StartInput {
  readonly who: 'writ' | 'bare'
  readonly database: string
  /** Where the authority keeps its master key. */
  readonly folder: string
}
export interface StartReport {
  /** From the start of the process. */
  readonly seconds: number
  readonly megabytes: number
  /** Of an authority. */
  readonly url?: string
}

const BATCH = 20_000

/** A process that starts, until it is ready. */
await serveRounds(async ({ who, database, folder }: StartInput) => {
  const { close, url } = who === 'writ' ? await ready(database, folder) : { close: await readAll(database), url: undefined }
  const report: StartReport = {
    seconds: performance.now() / 1000,
    megabytes: process.memoryUsage.rss() / 2 ** 20,
    ...(url !== undefined && { url }),
  }
  // A round says how much memory it ever had, in MiB.
  return { report, round: () => process.resourceUsage().maxRSS / 1024, close }
})

async function ready(database: string, folder: string): Promise<{ close: () => Promise<void>; url: string }> {
  const { url, close } = await start({ config: scratchConfig(database, folder), log: makeLog('warn') })
  const { status } = await fetch(`${url}/readyz`)
  if (status !== 200) throw new Error(`not ready: ${status}`)
  return { close, url }
}

/** What the driver takes to hand over the same rows, and the platform to read their JSON, with nothing made of them. */
async function readAll(database: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  for (let after = '', length = BATCH; length === BATCH; ) {
    const text = 'SELECT key, body FROM facts WHERE key > $1 ORDER BY key LIMIT $2'
    const { rows } = await client.query<{ key: string }>(text, [after, BATCH])
    length = rows.length
    after = rows.at(-1)?.key ?? ''
  }
  return () => client.end()
}
