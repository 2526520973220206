/** Decisions without a network: `node examples/sdk-offline.ts LICENSE_FILE ROOT_FILE`, as `writ license file` and `writ license root` write them. */
import { readFileSync } from 'node:fs'
import { openLicense } from '@writ/sdk/offline'
import { atlas } from './atlas.gen.ts'

const [license = '', root = ''] = process.argv.slice(2)

// #region open
const writ = await openLicense({
  licenseFile: readFileSync(license, 'utf8'),
  roots: [JSON.parse(readFileSync(root, 'utf8'))],
  product: atlas,
})
// Only for a file that leaves identities to the application.
if (writ.claims?.identities === 'asserted') writ.vouch({ id: 'ann', roles: ['admin'] })
const { allowed, reason } = await writ.check({ identity: 'ann', feature: 'dashboard.view' })
console.log(allowed ? 'go on' : `no: ${reason}`)
// #endregion
