import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EdgeVM } from '@edge-runtime/vm'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { NODE, ROOT, type Served, serve } from '@writ/testing/served'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packSdk } from '../scripts/pack.ts'

const SLOW = 120_000
/** An application outside of the repository, with what `npm run sdk` packed installed and nothing else. */
const app = scratchFolder()
const installed = join(app, 'node_modules/@writ/sdk')
let served: Served
let settings = { url: '', key: '' }
let offline = { licenseFile: '', root: {} }

beforeAll(async () => {
  writeFileSync(join(app, 'package.json'), '{ "name": "app", "private": true, "type": "module" }')
  const npm = join(ROOT, 'node_modules/.bin')
  execFileSync('npm', ['install', await packSdk(), '--offline', '--no-audit', '--no-fund'], {
    cwd: app,
    env: { ...process.env, PATH: `${npm}:${process.env.PATH}` },
    stdio: 'pipe',
  })
  served = await serve(app)
  const { done } = served
  await done('POST', '/v1/products/atlas/editions', { terms: readFileSync(join(ROOT, 'examples/atlas.terms.yaml'), 'utf8') })
  await done('POST', '/v1/organizations', { id: 'northwind', title: 'Northwind' })
  await done('POST', '/v1/identities', { id: 'ann', in: { northwind: ['admin'] } })
  await done('POST', '/v1/licenses', { id: 'N-1', product: 'atlas', plan: 'enterprise', organization: 'northwind' })
  settings = { url: served.url, key: (await served.appKey()).key }
  const { file } = await done('POST', '/v1/licenses/N-1/files', { identities: 'asserted' })
  const { issuer, root } = await done('GET', '/.well-known/writ-keys')
  offline = { licenseFile: file, root: { issuer, key: root } }
}, SLOW)
afterAll(() => served?.stop(), SLOW)

/** Asks all there is to ask, online and by a license file: the same text for every runtime. */
const ASK = `async ({ Writ, Refused, openLicense }, { url, key }, { licenseFile, root }) => {
  const writ = new Writ({ url, key })
  const told = ({ allowed, reason }) => (allowed ? 'yes' : reason)
  const said = [told(await writ.check({ identity: 'ann', feature: 'atlas:report.export', consume: 1 }))]
  try { await writ.require({ identity: 'ann', feature: 'atlas:users.manage' }) } catch (error) { said.push(error instanceof Refused ? error.reason : String(error)) }
  const batch = await writ.batch(['atlas:dashboard.view', 'atlas:users.manage'].map((feature) => ({ identity: 'ann', feature })))
  said.push(...batch.map(told))
  const gone = new Writ({ url: 'http://127.0.0.1:9', key, timeoutMilliseconds: 5000, retries: 1 })
  const closed = await gone.check({ identity: 'ann', feature: 'atlas:report.export' })
  said.push(closed.outage + ' ' + told(closed))
  const file = await openLicense({ licenseFile, roots: [root] })
  file.vouch({ id: 'ann', roles: ['admin'] })
  said.push(told(await file.check({ identity: 'ann', feature: 'atlas:dashboard.view' })), told(await file.check({ identity: 'bob', feature: 'atlas:dashboard.view' })))
  return said.join(', ')
}`
const SAID = 'yes, step_up_required, yes, step_up_required, UNREACHABLE facts_stale, yes, identity_unknown'

test('has no dependencies but the framework that an application brings, and the licences of what is in it', () => {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  expect(Object.keys(manifest).filter((key) => /depend|scripts|bin/i.test(key))).toEqual(['peerDependencies', 'peerDependenciesMeta'])
  for (const name of Object.keys(manifest.peerDependencies)) expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true })
  expect(readdirSync(join(app, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['@writ'])
  const named = readFileSync(join(installed, 'THIRD-PARTY-LICENSES'), 'utf8').matchAll(/^(\S+) [\d.]+ \((MIT|ISC)\)$/gm)
  expect([...named].map(([, name]) => name)).toEqual(['@marcbachmann/cel-js', 'jose', 'openapi-fetch', 'yaml'])
})

test(
  'types questions by the product: what the terms do not have does not compile',
  () => {
    const product = readFileSync(join(ROOT, 'examples/atlas.gen.ts'), 'utf8')
    writeFileSync(join(app, 'atlas.gen.ts'), product)
    const program = (feature: string) =>
      `import { Writ } from '@writ/sdk'\nimport { openLicense } from '@writ/sdk/offline'\nimport { atlas } from './atlas.gen.js'\nconst writ = new Writ({ url: 'http://127.0.0.1:7070', product: atlas, offline: await openLicense({ licenseFile: '', roots: [], product: atlas }) })\nexport const { allowed } = await writ.check({ identity: 'ann', feature: '${feature}' })\n`
    const compile = (feature: string) => {
      writeFileSync(join(app, 'index.ts'), program(feature))
      const options = [
        '--noEmit',
        '--strict',
        '--module',
        'nodenext',
        '--target',
        'es2024',
        '--lib',
        'es2024,dom',
        '--types',
        '',
        'index.ts',
      ]
      return spawnSync(join(ROOT, 'node_modules/.bin/tsc'), options, { cwd: app, encoding: 'utf8' })
    }
    const good = compile('report.export')
    expect([good.stdout, good.status]).toEqual(['', 0])
    expect(compile('report.exprot').stdout).toMatch(/index\.ts\(5,.*error TS\d+.*report\.exprot/)
  },
  SLOW,
)

test(
  'runs in Node as plain JavaScript',
  () => {
    const program = `import { Refused, Writ } from '@writ/sdk'\nimport { openLicense } from '@writ/sdk/offline'\nconsole.log(await (${ASK})({ Writ, Refused, openLicense }, ${JSON.stringify(settings)}, ${JSON.stringify(offline)}))\n`
    writeFileSync(join(app, 'ask.mjs'), program)
    const { stdout, stderr } = spawnSync(NODE, ['--no-experimental-strip-types', 'ask.mjs'], { cwd: app, encoding: 'utf8' })
    expect([stderr, stdout]).toEqual(['', `${SAID}\n`])
  },
  SLOW,
)

test(
  'records usage in Node as plain JavaScript',
  () => {
    const program = `import { openUsage } from '@writ/sdk/usage'
      const usage = await openUsage({ ...${JSON.stringify(settings)}, folder: 'spool' })
      await usage.record({ license: 'N-1', meter: 'exports' })
      await usage.flush()
      console.log(usage.stats.accepted)
      await usage.close()`
    writeFileSync(join(app, 'usage.mjs'), program)
    const { stdout, stderr } = spawnSync(NODE, ['--no-experimental-strip-types', 'usage.mjs'], { cwd: app, encoding: 'utf8' })
    expect([stderr, stdout]).toEqual(['', '1\n'])
  },
  SLOW,
)

test(
  'runs in an edge runtime, which has the Web and nothing of Node',
  async () => {
    writeFileSync(join(app, 'edge.js'), `export { Refused, Writ } from '@writ/sdk'\nexport { openLicense } from '@writ/sdk/offline'\n`)
    const outcome = await build({
      root: app,
      configFile: false,
      logLevel: 'silent',
      build: { write: false, lib: { entry: join(app, 'edge.js'), formats: ['iife'], name: 'sdk' } },
    })
    const [one] = Array.isArray(outcome) ? outcome : [outcome]
    if (one === undefined || !('output' in one)) throw new Error('vite built nothing')
    const edge = new EdgeVM()
    expect(edge.evaluate('typeof process + typeof require + typeof Buffer')).toBe('undefinedundefinedundefined')
    edge.evaluate(`${one.output[0].code}\nglobalThis.sdk = sdk`)
    const said = await edge.evaluate<Promise<string>>(`(${ASK})(sdk, ${JSON.stringify(settings)}, ${JSON.stringify(offline)})`)
    expect(said).toBe(SAID)
  },
  SLOW,
)

test('what is packed is what is in the repository, and nothing is left beside it', () => {
  expect(existsSync(join(ROOT, 'dist/writ-sdk.tgz'))).toBe(true)
  expect(readFileSync(join(installed, 'README.md'), 'utf8')).toBe(readFileSync(join(ROOT, 'docs/how-to/sdk.md'), 'utf8'))
})
