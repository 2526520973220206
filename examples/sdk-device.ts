/**
 * A device on-premises: `WRIT_URL=… node examples/sdk-device.ts FOLDER ROOT_FILE LICENSE_KEY_FILE`. Run it again, also with the authority away:
 * it goes on in its place, by the file that it has.
 */
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { openDevice } from '@writ/sdk/offline/node'
import { atlas } from './atlas.gen.ts'

const [folder = '', rootFile = '', licenseKeyFile = ''] = process.argv.slice(2)

// #region activate
const device = await openDevice({
  folder,
  roots: [JSON.parse(readFileSync(rootFile, 'utf8'))],
  url: process.env.WRIT_URL ?? 'http://127.0.0.1:7070',
  seal: 'a text of your application',
})
if (device.activation === undefined) {
  const licenseKey = readFileSync(licenseKeyFile, 'utf8').trim()
  await device.activate({ licenseKey, name: hostname(), share: { seats: 5 } })
  console.log('activated')
}
// #endregion

// #region work
const opened = async () => {
  const writ = await device.open({ product: atlas })
  writ.vouch({ id: 'ann', roles: ['admin'] })
  return writ
}
let writ = await opened()
const { allowed, reason } = await writ.check({ identity: 'ann', feature: 'report.export' })
console.log(allowed ? 'go on' : `no: ${reason}`)
// #endregion

// #region contact
try {
  await device.contact()
  writ = await opened()
  console.log('a fresh file')
  await device.refreshKeys()
} catch (error) {
  const { code } = error as { code?: string }
  if (code !== 'AUTHORITY_UNREACHABLE' && code !== 'NO_KEY_SET') throw error
  console.log('no network: it goes on by the file that it has')
}
for (const sentence of writ.explain()?.sentences ?? []) console.log(sentence)
// #endregion

device.close()
