/** Features as OpenFeature flags, decided in this process. Needs what `sdk-check.ts` needs. */
// #region flags
import { OpenFeature } from '@openfeature/server-sdk'
import { Writ } from '@writ/sdk'
import { WritProvider } from '@writ/sdk/openfeature'
import { atlas } from './atlas.gen.ts'

const writ = new Writ({ url: process.env.WRIT_URL ?? 'http://127.0.0.1:7070', key: process.env.WRIT_KEY ?? '', product: atlas })
await OpenFeature.setProviderAndWait(new WritProvider(writ))

const flags = OpenFeature.getClient()
const who = { targetingKey: 'ann' }
console.log(`export: ${await flags.getBooleanValue('report.export', false, who)}`)
console.log(
  `storage: ${await flags.getNumberValue('storage', 0, who)} GiB, model: ${await flags.getStringValue('model.size', 'none', who)}`,
)
const { value, flagMetadata } = await flags.getBooleanDetails('users.manage', false, who)
console.log(`users: ${value}, ${flagMetadata.reason}, what would help: ${flagMetadata.remedies}`)
// #endregion
