import { openSync, writeSync } from 'node:fs'
import { openLive } from '@writ/sdk/live'

const [url = '', key = '', identity = '', file = ''] = process.argv.slice(2)
const written = openSync(file, 'a')
const writ = await openLive({ url, key })
// Once there is nothing more, a few more times: what others give back meanwhile is had too.
for (let refusals = 0; refusals < 10; ) {
  const { allowed, reason } = await writ.check({ identity, feature: 'ferry:export', consume: 1 })
  if (allowed) writeSync(written, '.')
  else if (reason !== 'quota_exhausted') throw new Error(`refused: ${reason}`)
  else refusals++
}
await writ.close()
console.log(JSON.stringify(writ.counts))
