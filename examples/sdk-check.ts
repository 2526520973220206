/**
 * Questions to a running authority through the SDK. `WRIT_URL` names it (default: `npm start` on this machine), `WRIT_KEY` is an API key
 * with the scopes `decide`, `consume`, `assert:identity` and `assert:context`.
 */
// #region make
import { Refused, Writ } from '@writ/sdk'
import { atlas } from './atlas.gen.ts'

const writ = new Writ({ url: process.env.WRIT_URL ?? 'http://127.0.0.1:7070', key: process.env.WRIT_KEY ?? '', product: atlas })
// #endregion

// #region check
const { allowed, reason, remedies } = await writ.check({
  identity: 'ann',
  feature: 'report.export',
  consume: { amount: 1, id: 'report-17' },
})
console.log(allowed ? 'go on' : `no: ${reason}; what would help: ${JSON.stringify(remedies)}`)
// #endregion

// #region require
try {
  await writ.require({ identity: 'ann', feature: 'users.manage' })
  console.log('manage users')
} catch (error) {
  if (!(error instanceof Refused)) throw error
  console.log(`refused: ${error.reason}`)
}
// #endregion

// #region entitlements
const can = await writ.entitlements('ann')
console.log(`export: ${can['report.export'].allowed}, storage: ${can.storage.value} GiB, model: ${can['model.size'].value}`)
// #endregion
