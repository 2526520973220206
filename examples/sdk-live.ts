// #region open
import { openLive } from '@writ/sdk/live'
import { atlas } from './atlas.gen.ts'

const writ = await openLive({
  url: process.env.WRIT_URL ?? 'http://127.0.0.1:7070',
  key: process.env.WRIT_KEY ?? '',
  product: atlas,
})
// #endregion

// #region check
const { allowed, reason, revision } = await writ.check({ identity: 'ann', feature: 'dashboard.view', context: { country: 'DE' } })
console.log(allowed ? `go on, as of revision ${revision}` : `no: ${reason}`)
console.log(writ.freshness)
// #endregion

await writ.close()
