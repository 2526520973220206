import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { NODE, ROOT, type Served, serve, WRIT } from '@writ/testing/served'
import { afterAll, beforeAll, expect, test } from 'vitest'

const SLOW = 60_000
const folder = scratchFolder()
let served: Served
let env: Record<string, string> = {}

beforeAll(async () => {
  served = await serve(folder)
  const { done } = served
  await done('POST', '/v1/products/atlas/editions', { terms: readFileSync(join(ROOT, 'examples/atlas.terms.yaml'), 'utf8') })
  await done('POST', '/v1/organizations', { id: 'northwind', title: 'Northwind' })
  await done('POST', '/v1/identities', { id: 'ann', in: { northwind: ['admin'] } })
  await done('POST', '/v1/licenses', { id: 'N-1', product: 'atlas', plan: 'enterprise', organization: 'northwind' })
  env = { WRIT_URL: served.url, WRIT_KEY: (await served.appKey()).key, PATH: process.env.PATH ?? '' }
}, SLOW)
afterAll(() => served?.stop(), SLOW)

async function run(...args: string[]): Promise<string> {
  const child = spawn(NODE, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += String(chunk)
    })
  }
  await once(child, 'close')
  return said
}

test(
  'the product of the examples is what `writ terms types` writes: writ terms types examples/atlas.terms.yaml --out examples/atlas.gen.ts',
  async () => {
    const written = await run(WRIT, 'terms', 'types', 'examples/atlas.terms.yaml')
    expect(readFileSync(join(ROOT, 'examples/atlas.gen.ts'), 'utf8')).toBe(written)
    expect(readFileSync(join(ROOT, 'examples/next/lib/atlas.gen.ts'), 'utf8')).toBe(written)
    const withKey = { ...env, WRIT_KEY: readFileSync(join(folder, 'admin.key'), 'utf8').trim() }
    env = withKey
    expect(await run(WRIT, 'terms', 'types', '--product', 'atlas')).toBe(written)
  },
  SLOW,
)

test(
  'checks: a yes, a no with its reason, and what somebody may use',
  async () => {
    expect(await run('examples/sdk-check.ts')).toBe('go on\nrefused: step_up_required\nexport: true, storage: 2000 GiB, model: large\n')
  },
  SLOW,
)

test(
  'live: decided by a copy of the facts, and how fresh it is',
  async () => {
    expect(await run('examples/sdk-live.ts')).toMatch(/^go on, as of revision \d+\n\{[^}]*isFollowing: true,[^}]*isStale: false[^}]*\}\n$/)
  },
  SLOW,
)

test(
  'token: signed for some minutes, and decided by without asking',
  async () => {
    expect(await run('examples/sdk-token.ts')).toBe('go on, until 300 seconds after its issue at most\n')
  },
  SLOW,
)

test(
  'features are OpenFeature flags',
  async () => {
    expect(await run('examples/openfeature.ts')).toBe(
      'export: true\nstorage: 2000 GiB, model: large\nusers: false, step_up_required, what would help: step_up\n',
    )
  },
  SLOW,
)

test(
  'work is reserved, settled in parts, and what is left is free again',
  async () => {
    expect(await run('examples/sdk-reserve.ts')).toBe('75 of 300 used\n')
    expect(await served.done('GET', '/v1/reservations?license=N-1')).toEqual({ items: [] })
  },
  SLOW,
)

test(
  'usage is recorded on disk, sent, and counted',
  async () => {
    expect(await run('examples/sdk-usage.ts')).toMatch(/pending: 0,[^}]*recorded: 2,[^}]*accepted: 2,/)
  },
  SLOW,
)

test(
  'a receipt says what was counted; altered, it proves nothing',
  async () => {
    await run('examples/sdk-usage.ts')
    const { receipt } = await served.done('GET', '/v1/licenses/N-1/usage/receipt?meter=exports')
    const { issuer, root } = await served.done('GET', '/.well-known/writ-keys')
    const [file, pinned] = [join(folder, 'receipt'), join(folder, 'receipt-root.json')]
    writeFileSync(pinned, JSON.stringify({ issuer, key: root }))
    writeFileSync(file, receipt)
    expect(await run('examples/sdk-receipt.ts', file, pinned)).toMatch(/^N-1: \d+ exports in \d+ usages\n$/)
    writeFileSync(file, String(receipt).slice(0, -5))
    expect(await run('examples/sdk-receipt.ts', file, pinned)).toBe('not proven: RECEIPT_UNREADABLE\n')
  },
  SLOW,
)

test(
  'an HTTP application answers a refusal as the decision says',
  async () => {
    const child = spawn(NODE, ['examples/sdk-http.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      const [printed] = (await once(child.stdout, 'data')) as [Buffer]
      const url = String(printed).trim()
      const stepUp = await fetch(url, { headers: { 'x-user': 'ann' } })
      expect(stepUp.status).toBe(401)
      expect(stepUp.headers.get('www-authenticate')).toContain('error="insufficient_user_authentication"')
      expect(await stepUp.json()).toMatchObject({ reason: 'step_up_required', remedies: [{ type: 'step_up' }] })
      expect((await fetch(url, { headers: { 'x-user': 'nobody' } })).status).toBe(403)
    } finally {
      child.kill()
    }
  },
  SLOW,
)

test(
  'a device is activated once, works by its file, makes its contacts, and goes on where there is no network',
  async () => {
    await served.done('POST', '/v1/licenses', { id: 'N-2', product: 'atlas', plan: 'enterprise', organization: 'northwind' })
    const { issuer, root } = await served.done('GET', '/.well-known/writ-keys')
    const [pinned, keyFile] = [join(folder, 'device-root.json'), join(folder, 'license.key')]
    writeFileSync(pinned, JSON.stringify({ issuer, key: root }))
    writeFileSync(keyFile, (await served.done('POST', '/v1/licenses/N-2/keys')).key)
    const device = (...more: string[]) => run('examples/sdk-device.ts', join(folder, 'device'), pinned, ...more)
    const says =
      /The licence is in force[\s\S]*good until[\s\S]*as here[\s\S]*a seat here with no network: 5, of which \d (?:is|are) free\./
    const first = await device(keyFile)
    expect(first).toMatch(/^activated\ngo on\na fresh file\n/)
    expect(first).toMatch(says)
    // Its place is known: no license key is needed any more.
    expect(await device()).toMatch(/^go on\na fresh file\n/)
    const before = env
    env = { ...env, WRIT_URL: 'http://127.0.0.1:9' }
    const away = await device()
    env = before
    expect(away).toMatch(/^go on\nno network: it goes on by the file that it has\n/)
    expect(away).toMatch(says)
    expect((await served.done('GET', '/v1/activations?license=N-2')).items).toHaveLength(1)
  },
  SLOW,
)

test(
  'offline, a file answers; altered, it answers no',
  async () => {
    const { file } = await served.done('POST', '/v1/licenses/N-1/files', { identities: 'asserted' })
    const { issuer, root } = await served.done('GET', '/.well-known/writ-keys')
    const [license, pinned] = [join(folder, 'n.license'), join(folder, 'root.json')]
    writeFileSync(pinned, JSON.stringify({ issuer, key: root }))
    writeFileSync(license, file)
    expect(await run('examples/sdk-offline.ts', license, pinned)).toBe('go on\n')
    writeFileSync(license, String(file).replace(/A/, 'B'))
    expect(await run('examples/sdk-offline.ts', license, pinned)).toBe('no: license_file_invalid\n')
  },
  SLOW,
)
