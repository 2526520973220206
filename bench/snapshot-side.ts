import { openLive } from '@writ/sdk/live'
import { serveRounds } from './side-process.ts'

export interface Input {
  readonly url: string
  readonly key: string
}
export interface Report {
  readonly seconds: number
  readonly mebibytes: number
}

/** Reads one snapshot into a World, and says how long that took and how much memory it ever had. */
await serveRounds(async ({ url, key }: Input) => {
  const start = performance.now()
  const live = await openLive({ url, key, startMilliseconds: 300_000, leases: 'none' })
  const report: Report = { seconds: (performance.now() - start) / 1000, mebibytes: process.resourceUsage().maxRSS / 1024 }
  if (live.freshness.revision === undefined) throw new Error('there is no snapshot')
  return { report, round: () => 0, close: () => live.close() }
})
