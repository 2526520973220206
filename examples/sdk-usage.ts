/** Usage that is recorded on disk first and brought to the authority in the background. `WRIT_URL` and `WRIT_KEY` as in `sdk-check.ts`. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openUsage } from '@writ/sdk/usage'

const { WRIT_URL: url = 'http://127.0.0.1:7070', WRIT_KEY: key = '' } = process.env
const folder = process.env.SPOOL ?? mkdtempSync(join(tmpdir(), 'spool-'))

// #region record
const usage = await openUsage({ url, key, folder, product: 'atlas', sync: 'always' })
await usage.record({ organization: 'northwind', meter: 'exports', amount: 3 }) // on the disk from here on
await usage.record({ license: 'N-1', meter: 'exports' })
await usage.flush() // now, instead of within seconds
console.log(usage.stats)
await usage.close()
// #endregion
