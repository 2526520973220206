import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileText, ROOT, run, type Served, scratchFolder, serve } from './support.ts'

const page = fileText(join(ROOT, 'docs/ten-minutes.md'))
const folder = scratchFolder()
const [first = '', ...blocks] = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
let served: Served
let said = ''

/** The page in an empty folder, block by block; only the clone is a link, and the authority on a free port. */
beforeAll(async () => {
  symlinkSync(ROOT, join(folder, 'writ'))
  execFileSync('npm', ['run', '-s', 'sdk'], {
    cwd: ROOT,
    env: { ...process.env, PATH: `${ROOT}/node_modules/.bin:${process.env.PATH}` },
    stdio: 'pipe',
  })
  served = await serve(folder)
  const ran = await run('bash', ['-ec', [`cd ${folder}`, ...blocks].join('\n')], { WRIT_URL: served.url, npm_config_offline: 'true' })
  expect({ exitCode: ran.exitCode, stderr: ran.stderr }).toEqual({ exitCode: 0, stderr: '' })
  said = ran.stdout
}, 180_000)
afterAll(() => served?.stop())

test('the page installs, packs the SDK and starts an authority as the test does', () => {
  expect(first).toBe('cd writ\nnpm ci\nnpm run -s sdk\nnpm start -- --bootstrap-key ../admin.key\n')
})

test('what the page shows is what its commands print, in this order', () => {
  const shown = [...page.matchAll(/^```text\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
  expect(shown).toHaveLength(2)
  const places = shown.map((block) => said.indexOf(block))
  expect(places[0]).toBeGreaterThan(0)
  expect(places[1]).toBeGreaterThan(places[0] ?? 0)
  expect(said).toContain('✓ 1 file: 0 errors, 0 warnings')
  expect(said).toMatch(/✓ allowed[\s\S]*✓ assurance/)
})
