/** A process of its own that has a device: `contact`, or `spend` until it is killed. Prints one line of JSON for each thing it did. */
import { readFileSync } from 'node:fs'
import { openDevice } from '../src/offline/node/index.ts'

const [what, folder = '', rootFile = '', url = ''] = process.argv.slice(2)
const device = await openDevice({ folder, roots: [JSON.parse(readFileSync(rootFile, 'utf8'))], url })
if (what === 'contact') {
  const { state, file } = await device.contact()
  console.log(JSON.stringify({ state, file: file !== undefined, key: device.key }))
  device.close()
} else {
  const writ = await device.open()
  writ.vouch({ id: 'ann', roles: ['crew'] })
  for (;;) {
    const { allowed, reason } = await writ.check({ identity: 'ann', feature: 'ferry:ticket', consume: 1 })
    console.log(JSON.stringify({ allowed, reason }))
    if (!allowed) break
  }
  device.close()
}
