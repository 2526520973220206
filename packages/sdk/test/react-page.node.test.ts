import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { NODE, ROOT, type Served, serve } from '@writ/testing/served'
import { type Browser, chromium, type Page } from 'playwright'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

const SLOW = 90_000
let served: Served
let app: ChildProcess
let vite: ViteDevServer
let browser: Browser

/** `examples/react` as it is developed: Vite serves it, and `examples/express.ts` is its back end. */
beforeAll(async () => {
  served = await serve(scratchFolder())
  const { done } = served
  await done('POST', '/v1/products/atlas/editions', { terms: readFileSync(join(ROOT, 'examples/atlas.terms.yaml'), 'utf8') })
  await done('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
  await done('POST', '/v1/identities', { id: 'ann', in: { acme: ['admin'] } })
  const overrides = { includes: { 'report.export': { limit: '2 per month' } } }
  await done('POST', '/v1/licenses', { id: 'A-1', product: 'atlas', plan: 'enterprise', organization: 'acme', overrides })
  const env = { PATH: process.env.PATH ?? '', WRIT_URL: served.url, WRIT_KEY: (await served.appKey()).key }
  app = spawn(NODE, ['examples/express.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] })
  if (app.stdout === null) throw new Error('it has no output')
  const [printed] = (await once(app.stdout, 'data')) as [Buffer]
  process.env.APP_URL = String(printed).trim()
  const root = join(ROOT, 'examples/react')
  vite = await createServer({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'silent', server: { port: 0 } })
  await vite.listen()
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  browser = await chromium.launch({ executablePath: process.env.WRIT_CHROMIUM ?? '', args: ['--disable-gpu', ...sandbox] })
}, SLOW)
afterAll(async () => {
  await browser?.close()
  await vite?.close()
  app?.kill()
  await served?.stop()
}, SLOW)

async function opened(): Promise<Page> {
  const page = await browser.newPage()
  await page.clock.install()
  await page.goto(vite.resolvedUrls?.local[0] ?? '')
  return page
}

test(
  'the page shows what may be used, the server says no when the limit is reached, and the page then says so',
  async () => {
    const page = await opened()
    await page.getByText('Forecast model: large').waitFor()
    const button = page.getByRole('button')
    for (const count of [0, 1]) {
      await page.getByText(`Export (so far ${count})`).waitFor()
      await button.click()
    }
    await page.getByText('Export (so far 2)').waitFor()
    await button.click()
    await page.getByRole('alert').getByText('No exports: quota_exhausted').waitFor()
    expect(await page.getByText('Forecast model: large').isVisible()).toBe(true)
  },
  SLOW,
)

test(
  'while the back end is gone the last known stays, and a page that never heard anything says so',
  async () => {
    const page = await opened()
    await page.getByText('Forecast model: large').waitFor()
    app.kill('SIGKILL')
    await once(app, 'close')
    const failed = page.waitForResponse((response) => response.url().endsWith('/entitlements') && !response.ok())
    await page.clock.fastForward('06:00')
    await failed
    expect(await page.getByText('Forecast model: large').isVisible()).toBe(true)
    const late = await opened()
    await late.getByText('No exports: nobody to ask').waitFor()
    await late.getByText('Forecast model: error').waitFor()
  },
  SLOW,
)
