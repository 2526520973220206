import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answer, oneTime } from '@writ/client'
import { offline } from './offline.ts'
import type { Tour } from './tour.ts'

export async function licenseFileSteps({ narrator, server, vendor, licenses }: Tour): Promise<void> {
  const file = join(server.folder, 'globex.license')
  const root = join(server.folder, 'root.json')

  await narrator.step('Issue a license file, and pin the root of the authority', async () => {
    const issued = await answer(
      vendor.POST('/v1/licenses/{id}/files', {
        params: { path: { id: licenses.globex } },
        body: { identities: 'asserted' },
        headers: oneTime(),
      }),
    )
    writeFileSync(file, issued.file)
    const { issuer, root: key } = await answer(vendor.GET('/.well-known/writ-keys', {}))
    writeFileSync(root, JSON.stringify({ issuer, key }))
    narrator.say(`${issued.id}, ${issued.file.length} characters, signed by ${issued.kid}`)
    narrator.say(issued.file.split('\n')[0] ?? '')
  })

  await narrator.step('Verify it in a process without a network', async () => {
    const cut = await offline()
    narrator.say(`writ license verify, ${cut.how}; it is given no URL and no key`)
    narrator.holds('a process cut off like this does not reach the authority', !(await cut.reaches(`${server.url}/healthz`)))
    const good = await cut.writ(['license', 'verify', file, '--root', root, '--json'])
    const said = JSON.parse(good.stdout) as { verified: boolean; claims?: { license: string; plan: string } }
    narrator.holds(
      `verified: ${said.claims?.license}, ${said.claims?.plan}; exit code ${good.exitCode}`,
      good.exitCode === 0 && said.verified && said.claims?.license === licenses.globex,
    )
  })

  await narrator.step('One flipped byte', async () => {
    const cut = await offline()
    const forged = `${file}.forged`
    writeFileSync(forged, flipped(readFileSync(file, 'utf8')))
    const { exitCode, stdout } = await cut.writ(['license', 'verify', forged, '--root', root, '--json'])
    const said = JSON.parse(stdout) as { verified: boolean; code?: string }
    narrator.holds(
      `refused: ${said.code}; exit code ${exitCode}`,
      exitCode === 1 && !said.verified && said.code === 'LICENSE_SIGNATURE_INVALID',
    )
  })
}

/** Another base64url character in the middle of the payload, and nothing else. */
function flipped(text: string): string {
  const at = text.indexOf('.') + Math.floor((text.lastIndexOf('.') - text.indexOf('.')) / 2)
  const place = /[A-Za-z0-9_-]/.test(text.charAt(at)) ? at : at + 1
  return text.slice(0, place) + (text.charAt(place) === 'A' ? 'B' : 'A') + text.slice(place + 1)
}
