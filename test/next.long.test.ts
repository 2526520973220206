import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { NODE, ROOT, type Served, serve } from '@writ/testing/served'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** What `examples/next` is held to. Installed here alone: it is more than all else that the repository needs. */
const NEEDS = ['next@16.4.6', 'react@19.3.1', 'react-dom@19.3.1', 'typescript@5.9.3', '@types/node@24.19.2', '@types/react@19.3.0']
const MINUTES = 60_000
const app = join(scratchFolder(), 'app')
let served: Served
let next: ChildProcess
let url = ''

/** `examples/next` with what `npm run sdk` packed, built with its types checked, and started. */
beforeAll(async () => {
  cpSync(join(ROOT, 'examples/next'), app, { recursive: true })
  const path = `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`
  const env = { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: app, env, stdio: 'pipe' })
  execFileSync('npm', ['run', '-s', 'sdk'], { cwd: ROOT, env, stdio: 'pipe' })
  run('npm', 'install', '--include=dev', '--no-audit', '--no-fund', ...NEEDS, join(ROOT, 'dist/writ-sdk.tgz'))
  run('npm', 'run', 'build')
  served = await serve(join(app, '..'))
  const { done } = served
  await done('POST', '/v1/products/atlas/editions', { terms: readFileSync(join(ROOT, 'examples/atlas.terms.yaml'), 'utf8') })
  await done('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
  await done('POST', '/v1/identities', { id: 'ann', in: { acme: ['admin'] } })
  const overrides = { includes: { 'report.export': { limit: '2 per month' } } }
  await done('POST', '/v1/licenses', { id: 'A-1', product: 'atlas', plan: 'enterprise', organization: 'acme', overrides })
  const port = await freePort()
  const asked = { ...env, WRIT_URL: served.url, WRIT_KEY: (await served.appKey()).key }
  next = spawn(NODE, ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(port)], {
    cwd: app,
    env: asked,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  url = `http://127.0.0.1:${port}`
  for await (const said of next.stdout as AsyncIterable<Buffer>) if (String(said).includes('Ready')) break
}, 8 * MINUTES)
afterAll(async () => {
  next?.kill()
  await served?.stop()
}, MINUTES)

test(
  'Next builds the route handlers and serves them: a yes, a step-up, a consumption',
  async () => {
    const headers = { 'x-user': 'ann' }
    const yes = await fetch(`${url}/forecast`, { headers })
    expect([yes.status, await yes.json()]).toEqual([200, { model: 'large' }])
    const stepUp = await fetch(`${url}/users`, { headers })
    expect([stepUp.status, stepUp.headers.get('content-type')]).toEqual([401, 'application/problem+json'])
    expect(stepUp.headers.get('www-authenticate')).toContain('acr_values="phr phrh"')
    for (let i = 0; i < 2; i++) {
      const report = await fetch(`${url}/reports/17`, { method: 'POST', headers })
      expect([report.status, await report.json()]).toEqual([200, { report: '17' }])
    }
    const { meters } = (await served.done('GET', '/v1/usage?license=A-1')) as { meters: { meter: string; used: number }[] }
    expect(meters.find(({ meter }) => meter === 'exports')?.used).toBe(1)
    const mine = await fetch(`${url}/entitlements`, { headers })
    expect(await mine.json()).toMatchObject({ 'report.export': { allowed: true } })
    expect((await fetch(`${url}/entitlements`)).status).toBe(401)
  },
  MINUTES,
)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
