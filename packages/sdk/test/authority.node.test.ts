import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { ROOT, type Served, serve } from '@writ/testing/served'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refused, Writ, type WritOptions } from '../src/index.ts'
import { openLicense } from '../src/offline/index.ts'

const atlas = {
  product: 'atlas',
  features: {
    'dashboard.view': { type: 'switch', open: true },
    'report.export': { type: 'switch' },
    'api.call': { type: 'switch' },
    storage: { type: 'limit' },
    'model.size': { type: 'choice', values: ['small', 'large'] },
    'users.manage': { type: 'switch' },
    'warehouse.query': { type: 'switch', resource: 'postgres', commands: ['select', 'insert', 'update', 'delete', 'ddl'] },
  },
  levels: ['password', 'otp', 'passkey', 'hardware'],
} as const
const SLOW = 60_000

const folder = scratchFolder()
let served: Served
let key = ''
const writTo = (more: Partial<WritOptions<typeof atlas>> = {}) => new Writ({ url: served.url, key, product: atlas, ...more })

beforeAll(async () => {
  served = await serve(folder)
  const { done } = served
  await done('POST', '/v1/products/atlas/editions', { terms: readFileSync(join(ROOT, 'examples/atlas.terms.yaml'), 'utf8') })
  for (const id of ['acme', 'globex']) await done('POST', '/v1/organizations', { id, title: id })
  await done('POST', '/v1/identities', { id: 'ann', in: { acme: ['admin'] } })
  await done('POST', '/v1/identities', { id: 'bob', in: { globex: ['admin'] } })
  await done('POST', '/v1/identities', { id: 'eve', in: { acme: ['admin'] } })
  await done('POST', '/v1/licenses', { id: 'A-1', product: 'atlas', plan: 'enterprise', organization: 'acme' })
  await done('POST', '/v1/licenses', { id: 'G-1', product: 'atlas', plan: 'free', organization: 'globex' })
  key = (await served.appKey()).key
}, SLOW)
afterAll(() => served?.stop(), SLOW)

test('a yes, and a no that says why and what would help', async () => {
  const writ = writTo()
  expect(await writ.check({ identity: 'ann', feature: 'report.export', consume: 1 })).toMatchObject({ allowed: true, license: 'A-1' })
  const refused = await writ.require({ identity: 'ann', feature: 'users.manage' }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Refused)
  expect(refused).toMatchObject({ reason: 'step_up_required', remedies: [{ type: 'step_up', acr_values: ['phr', 'phrh'] }] })
  const { status, headers } = writ.challenge((refused as Refused).decision)
  expect([status, headers['www-authenticate']]).toEqual([401, expect.stringContaining('acr_values="phr phrh", max_age="900"')])
  const proofs = [{ level: 'passkey', at: new Date() }] as const
  expect(await writ.require({ identity: 'ann', feature: 'users.manage', proofs })).toMatchObject({ allowed: true })
})

test('the same consumption is counted once, however often it is asked', async () => {
  const writ = writTo()
  const ask = { identity: 'bob', feature: 'api.call', consume: { amount: 400, id: 'job-1' } } as const
  for (let i = 0; i < 3; i++) expect(await writ.check(ask)).toMatchObject({ reason: 'rate_limited' })
  const one = { identity: 'bob', feature: 'api.call', consume: { amount: 1, id: 'job-2' } } as const
  for (let i = 0; i < 3; i++) expect(await writ.check(one)).toMatchObject({ allowed: true })
  const { meters } = await served.done('GET', '/v1/usage?license=G-1')
  expect(meters).toMatchObject([{ used: 1 }])
})

test('an obligation of the terms is a no for who did not declare it, and a yes for who did', async () => {
  const resource = { id: 'prod-1', environment: 'production' }
  const proofs = [{ level: 'hardware', at: new Date() }] as const
  const ask = {
    identity: 'ann',
    feature: 'warehouse.query',
    commands: ['select'],
    resource: { ...resource, kind: 'postgres' },
    proofs,
  } as const
  expect(await writTo().check(ask)).toMatchObject({ allowed: false, reason: 'condition_failed', unmet: [{ type: 'record' }] })
  const able = await writTo({ obligations: ['record'] }).check(ask)
  expect(able).toMatchObject({ allowed: true, obligations: [{ type: 'record' }] })
  // Also in one request with others, where the resource's kind is what the feature is about.
  const [one, two] = await writTo({ obligations: ['record'] }).batch([
    { ...ask, resource },
    { identity: 'zoe', feature: 'storage' },
  ])
  expect([one, two]).toMatchObject([{ allowed: true, obligations: [{ type: 'record' }] }, { reason: 'identity_unknown' }])
})

test('entitlements say what somebody may use now, and take nothing', async () => {
  const mine = await writTo().entitlements('ann')
  expect([mine['report.export'].allowed, mine['users.manage'].reason]).toEqual([true, 'step_up_required'])
  expect([mine.storage.value, mine['model.size'].value]).toEqual([2000, 'large'])
  const theirs = await writTo().entitlements({ identity: 'bob', organization: 'globex' })
  expect([theirs['dashboard.view'].allowed, theirs['report.export'].reason]).toEqual([true, 'not_entitled'])
  expect(await served.done('GET', '/v1/seats?license=G-1')).toMatchObject({ items: [{ identity: 'bob' }] })
})

test('a key that is revoked is no outage', async () => {
  const gone = await served.appKey()
  const writ = writTo({ key: gone.key })
  expect(await writ.check({ identity: 'ann', feature: 'dashboard.view' })).toMatchObject({ allowed: true })
  await served.done('DELETE', `/v1/api-keys/${gone.id}`)
  await expect(writ.check({ identity: 'ann', feature: 'dashboard.view' })).rejects.toMatchObject({ code: 'CREDENTIAL_REFUSED' })
})

test('a question that the authority does not take names what is wrong with it', async () => {
  const context = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`fact${i}`, 'x']))
  const asked = writTo().check({ identity: 'ann', feature: 'storage', context } as never)
  await expect(asked).rejects.toMatchObject({
    code: 'QUESTION_REFUSED',
    details: { status: 400, code: 'REQUEST_INVALID', pointers: ['/context'] },
  })
})

test(
  'an authority that stops in the middle: what the terms leave open keeps its last yes, all else is closed, and it comes back',
  async () => {
    let explained = false
    const watched = async (request: Request): Promise<Response> => {
      const response = await fetch(request)
      if (request.url.endsWith('/v1/explain')) explained = (await response.clone().text()) !== ''
      return response
    }
    const writ = writTo({ timeoutMilliseconds: 1_000, fetch: watched })
    const view = { identity: 'ann', feature: 'dashboard.view' } as const
    const { revision } = await writ.check(view)
    // What takes a floating seat does not say how long it stands; it is asked for meanwhile.
    await expect.poll(() => explained, { timeout: 20_000 }).toBe(true)
    await stopped(async () => {
      expect(await writ.check(view)).toMatchObject({ allowed: true, notices: [{ type: 'stale' }], outage: 'TIMED_OUT' })
      expect(await writ.check({ identity: 'ann', feature: 'storage' })).toMatchObject({ allowed: false, reason: 'facts_stale' })
      const consume = { amount: 1, id: 'while-away' }
      expect(await writ.check({ identity: 'ann', feature: 'report.export', consume })).toMatchObject({
        reason: 'quota_unavailable',
        consume,
      })
    })
    const back = await new Writ({ url: served.url, key }).check({ ...view })
    expect(back).toMatchObject({ allowed: true })
    expect(back.revision).toBeGreaterThanOrEqual(revision ?? 0)
  },
  SLOW,
)

test(
  'the license file that the authority issued answers while it is away, and no longer for who was suspended',
  async () => {
    const { issuer, root } = await served.done('GET', '/.well-known/writ-keys')
    const { file } = await served.done('POST', '/v1/licenses/A-1/files', {})
    const offline = await openLicense({ licenseFile: file, roots: [{ issuer, key: root }], product: atlas, obligations: ['record'] })
    expect(await offline.check({ identity: 'ann', feature: 'storage' })).toMatchObject({ allowed: true, license: 'A-1', value: 2000 })
    const writ = writTo({ offline, timeoutMilliseconds: 1_000 })
    await served.done('POST', '/v1/identities/eve/suspend')
    expect(await writ.check({ identity: 'eve', feature: 'storage' })).toMatchObject({ reason: 'identity_suspended' })
    await stopped(async () => {
      expect(await writ.check({ identity: 'ann', feature: 'storage' })).toMatchObject({ allowed: true, outage: 'TIMED_OUT' })
      expect(await writ.check({ identity: 'eve', feature: 'report.export' })).toMatchObject({
        allowed: false,
        reason: 'identity_suspended',
      })
    })
  },
  SLOW,
)

test('a server that accepts and never answers costs the time set and no more questions than it takes to notice', async () => {
  const sockets = new Set<Socket>()
  const hole = createTcpServer((socket) => void sockets.add(socket))
  await new Promise<void>((resolve) => hole.listen(0, '127.0.0.1', resolve))
  const { port } = hole.address() as AddressInfo
  const writ = writTo({ url: `http://127.0.0.1:${port}`, timeoutMilliseconds: 100, circuit: { failures: 3 } })
  const outages = []
  for (let i = 0; i < 5; i++) outages.push((await writ.check({ identity: 'ann', feature: 'storage' })).outage)
  expect(outages).toEqual(['TIMED_OUT', 'TIMED_OUT', 'TIMED_OUT', 'CIRCUIT_OPEN', 'CIRCUIT_OPEN'])
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => hole.close(resolve))
})

test('a server that fails a few times and then answers is asked again, with a body each time', async () => {
  const bodies: string[] = []
  const failing: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => {
      bodies.push(body)
      if (bodies.length === 1) return void request.socket.destroy()
      if (bodies.length === 2) return void response.writeHead(503).end()
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('{"allowed":true,"remedies":[],"obligations":[],"notices":[],"revision":1}')
    })
  })
  await new Promise<void>((resolve) => failing.listen(0, '127.0.0.1', resolve))
  const writ = writTo({ url: `http://127.0.0.1:${(failing.address() as AddressInfo).port}` })
  expect(await writ.check({ identity: 'ann', feature: 'report.export', consume: 1 })).toMatchObject({ allowed: true })
  expect(bodies).toHaveLength(3)
  expect(new Set(bodies).size).toBe(1)
  failing.closeAllConnections()
  await new Promise((resolve) => failing.close(resolve))
})

/** While the authority accepts connections and answers nobody. */
async function stopped<T>(run: () => Promise<T>): Promise<T> {
  served.child.kill('SIGSTOP')
  try {
    return await run()
  } finally {
    served.child.kill('SIGCONT')
  }
}
