/** Pictures of every page, to be looked at: `node packages/console/scripts/look.ts FOLDER [PAGE…]`. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { browserOptions } from '../test/browser.ts'
import { serveScene } from '../test/scene.ts'

const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
const PAGES: Readonly<Record<string, string>> = {
  overview: '',
  licenses: 'licenses',
  terms: 'terms',
  editions: 'terms?view=editions&before=1',
  edit: 'terms?view=edit',
  import: 'import',
  credentials: 'credentials',
  settings: 'settings',
  audit: 'audit',
  decisions: 'audit?view=decisions',
  organizations: 'organizations',
  globex: 'organizations/globex',
  organization: 'organizations/acme',
  identities: 'identities',
  identity: 'identities/ann?country=DE',
  suspended: 'identities/sam',
  license: 'licenses/acme-standard',
  site: 'licenses/globex-enterprise',
  overdue: 'licenses/initech-standard',
  ask: 'ask',
  refused: 'ask?identity=cara&feature=atlas%3Ausers.manage&organization=acme&context=country%3DDE',
  allowed: 'ask?identity=ann&feature=atlas%3Areport.export&organization=acme&context=country%3DDE',
  nobody: 'identities/nobody',
  missing: 'nowhere',
}

const [folder = 'look', ...wanted] = process.argv.slice(2)
const scratch = mkdtempSync(join(tmpdir(), 'writ-look-'))
const served = await serveScene(scratch)
// Who is there only while it runs, and what waits for somebody.
const { key: app } = await served.appKey()
await served.done('POST', '/v1/leases', { id: 'till-1', license: 'acme-standard', feature: 'report.export', units: 4, seconds: 3600 }, app)
const { body } = await fetch(`${served.url}/v1/changes`, { headers: { authorization: `Bearer ${app}` } })
const following = body?.getReader()
const { key: billing } = await served.done('POST', '/v1/api-keys', { name: 'billing', scopes: ['manage:licenses'], unattended: true })
await served.done('POST', '/v1/licenses/acme-standard/suspend', undefined, billing).catch(() => {})
const browser = await chromium.launch(browserOptions())
try {
  mkdirSync(folder, { recursive: true })
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await (await browser.newContext({ viewport, colorScheme })).newPage()
      page.on('console', (said) => said.type() === 'error' && console.log(`${size} ${colorScheme} ${page.url()}: ${said.text()}`))
      page.on('pageerror', (error) => console.log(`${size} ${colorScheme} ${page.url()}: ${error.message}`))
      await page.goto(`${served.url}/console/`)
      await page.getByLabel('API key').waitFor()
      const take = (name: string) => page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`), fullPage: true })
      if (wanted.length === 0 || wanted.includes('sign-in')) await take('sign-in')
      await page.getByLabel('API key').fill(served.key)
      await page.keyboard.press('Enter')
      await page.getByRole('navigation').waitFor({ state: 'attached' })
      for (const [name, path] of Object.entries(PAGES)) {
        if (wanted.length > 0 && !wanted.includes(name)) continue
        await page.goto(`${served.url}/console/${path}`)
        await settled(page)
        await take(name)
      }
      if (wanted.length === 0 || wanted.includes('find')) {
        await page.keyboard.press('Control+k')
        await page.getByRole('combobox', { name: 'Find anything' }).fill('an')
        await page.getByRole('option').first().waitFor()
        await page.screenshot({ path: join(folder, `find-${size}-${colorScheme}.png`) })
      }
      await page.context().close()
    }
  }
} finally {
  await following?.cancel()
  await browser.close()
  await served.stop()
  rmSync(scratch, { recursive: true, force: true })
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
}
