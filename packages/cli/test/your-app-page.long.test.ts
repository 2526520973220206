import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { symlinkSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileText, ROOT, run, type Served, scratchFolder, serve } from './support.ts'

const page = fileText(join(ROOT, 'docs/how-to/your-app.md'))
const folder = scratchFolder()
const [first = '', ...blocks] = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
let served: Served
let said = ''

/** The page in an empty folder, block by block; only the clone is a link, and the authority and the application on free ports. */
beforeAll(async () => {
  symlinkSync(ROOT, join(folder, 'writ'))
  execFileSync('npm', ['run', '-s', 'sdk'], {
    cwd: ROOT,
    env: { ...process.env, PATH: `${ROOT}/node_modules/.bin:${process.env.PATH}` },
    stdio: 'pipe',
  })
  served = await serve(folder)
  const script = [`cd ${folder}`, ...blocks].join('\n').replaceAll('3000', String(await freePort()))
  // Express comes from npm, by way of whatever this machine trusts.
  const { NODE_EXTRA_CA_CERTS } = process.env
  const ran = await run('bash', ['-ec', script], { WRIT_URL: served.url, npm_config_prefer_offline: 'true', NODE_EXTRA_CA_CERTS })
  expect({ exitCode: ran.exitCode, stderr: ran.stderr }).toEqual({ exitCode: 0, stderr: '' })
  said = ran.stdout
}, 180_000)
afterAll(() => served?.stop())

test('the page starts an authority as the test does', () => {
  expect(first).toBe('cd writ\nnpm ci\nnpm run -s sdk\nnpm start -- --bootstrap-key ../admin.key\n')
})

test('what the page shows is what its commands print', () => {
  const shown = [...page.matchAll(/^```text\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block)
  expect(shown).toHaveLength(1)
  expect(said).toContain(shown[0])
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
