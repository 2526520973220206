import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { NODE, ROOT, type Served, serve } from '@writ/testing/served'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enforce } from '../src/adapters/fetch.ts'
import { Writ } from '../src/index.ts'
import { Tokens } from '../src/token/index.ts'

const atlas = {
  product: 'atlas',
  features: { 'model.size': { type: 'choice', values: ['small', 'large'] }, 'users.manage': { type: 'switch' } },
} as const

/** The examples, each the real framework in a process of its own, all of one real authority. */
const FRAMEWORKS = ['express', 'fastify', 'hono', 'fetch', 'next'] as const
const SLOW = 60_000

const running: ChildProcess[] = []
const urls = new Map<string, string>()
const next = createServer()
let served: Served

/** The route handlers of `examples/next`, called as Next calls them. Next itself serves them in `test/next.long.test.ts`. */
async function startNext(env: Record<string, string>): Promise<void> {
  Object.assign(process.env, env)
  const route = (path: string): Promise<Record<string, (request: Request, context: object) => Promise<Response>>> =>
    import(join(ROOT, `examples/next/app/${path}/route.ts`))
  const routes = { users: 'users', forecast: 'forecast', reports: 'reports/[id]', entitlements: 'entitlements' }
  const handlers = Object.fromEntries(await Promise.all(Object.entries(routes).map(async ([name, path]) => [name, await route(path)])))
  const listener = getRequestListener((request) => {
    const [, name = '', id] = new URL(request.url).pathname.split('/')
    return handlers[name][request.method](request, { params: Promise.resolve({ id }) })
  })
  next.on('request', listener).listen(0, '127.0.0.1')
  await once(next, 'listening')
  urls.set('next', `http://127.0.0.1:${(next.address() as AddressInfo).port}`)
}

/** @returns when it listens */
async function start(name: string, env: Record<string, string>): Promise<void> {
  const child = spawn(NODE, [`examples/${name}.ts`], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] })
  running.push(child)
  const [printed] = (await once(child.stdout, 'data')) as [Buffer]
  urls.set(name, String(printed).trim())
}

beforeAll(async () => {
  served = await serve(scratchFolder())
  const { done } = served
  await done('POST', '/v1/products/atlas/editions', { terms: readFileSync(join(ROOT, 'examples/atlas.terms.yaml'), 'utf8') })
  await done('POST', '/v1/organizations', { id: 'small', title: 'Small' })
  await done('POST', '/v1/identities', { id: 'bob', in: { small: ['admin'] } })
  await done('POST', '/v1/licenses', { id: 'small', product: 'atlas', plan: 'free', organization: 'small' })
  const { key } = await served.appKey()
  for (const name of FRAMEWORKS) {
    await done('POST', '/v1/organizations', { id: name, title: name })
    await done('POST', '/v1/identities', { id: `ann-${name}`, in: { [name]: ['admin'] } })
    await done('POST', '/v1/identities', { id: `vic-${name}`, in: { [name]: ['viewer'] } })
    const overrides = { includes: { 'report.export': { limit: '2 per month' } } }
    await done('POST', '/v1/licenses', { id: name, product: 'atlas', plan: 'enterprise', organization: name, overrides })
  }
  const env = { PATH: process.env.PATH ?? '', WRIT_URL: served.url, WRIT_KEY: key }
  await Promise.all(FRAMEWORKS.map((name) => (name === 'next' ? startNext(env) : start(name, env))))
}, SLOW)
afterAll(async () => {
  for (const child of running) child.kill()
  next.close()
  await served?.stop()
}, SLOW)

for (const name of FRAMEWORKS)
  describe(name, () => {
    const ask = async (method: string, path: string, who?: string) => {
      const response = await fetch(urls.get(name) + path, { method, headers: { ...(who !== undefined && { 'x-user': who }) } })
      const text = await response.text()
      const type = response.headers.get('content-type')?.split(';')[0]
      return { status: response.status, headers: response.headers, type, body: JSON.parse(text) as ReturnType<typeof JSON.parse> }
    }
    const ann = `ann-${name}`

    test('a yes goes on to the handler, which has the decision at hand', async () => {
      expect(await ask('GET', '/forecast', ann)).toMatchObject({ status: 200, body: { model: 'large' } })
    })

    test('nobody is signed in: 401 invalid_token', async () => {
      for (const who of [undefined, '']) {
        const { status, headers, type, body } = await ask('GET', '/forecast', who)
        expect([status, type, body.code]).toEqual([401, 'application/problem+json', 'CREDENTIAL_INVALID'])
        expect(headers.get('www-authenticate')).toContain('error="invalid_token"')
      }
    })

    test('a proof is missing: 401 by RFC 9470, with the levels that would do', async () => {
      const { status, headers, type, body } = await ask('GET', '/users', ann)
      expect([status, type]).toEqual([401, 'application/problem+json'])
      expect(headers.get('www-authenticate')).toMatch(/error="insufficient_user_authentication".*acr_values="phr phrh", max_age="900"/)
      expect(body).toEqual({
        type: 'urn:writ:problem:step_up_required',
        title: 'Not allowed: step up required.',
        status: 401,
        code: 'step_up_required',
        feature: 'users.manage',
        remedies: [{ type: 'step_up', acr_values: ['phr', 'phrh'], max_age: 900 }],
      })
    })

    test('the plan does not include it: 402, and what would', async () => {
      const { status, type, headers, body } = await ask('GET', '/forecast', 'bob')
      expect([status, type, body.code]).toEqual([402, 'application/problem+json', 'not_entitled'])
      expect(body.remedies).toMatchObject([{ type: 'upgrade' }])
      expect(headers.get('cache-control')).toBe('no-store')
    })

    test('a role does not permit it, or the authority knows nobody of that name: 403', async () => {
      expect(await ask('POST', '/reports/1', `vic-${name}`)).toMatchObject({ status: 403, body: { code: 'not_permitted' } })
      expect(await ask('POST', '/reports/1', 'zoe')).toMatchObject({ status: 403, body: { code: 'identity_unknown' } })
    })

    test('the same work is counted once, and what is over the limit is 429 with Retry-After and RateLimit', async () => {
      for (const id of ['a', 'a', 'b', 'b'].map((letter) => `${name}-${letter}`)) {
        expect(await ask('POST', `/reports/${id}`, ann)).toMatchObject({ status: 200, body: { report: id } })
      }
      const { meters } = (await served.done('GET', `/v1/usage?license=${name}`)) as { meters: { meter: string; used: number }[] }
      expect(meters.find(({ meter }) => meter === 'exports')?.used).toBe(2)
      const { status, headers, body } = await ask('POST', `/reports/${name}-c`, ann)
      expect([status, body.code]).toEqual([429, 'quota_exhausted'])
      const seconds = headers.get('retry-after')
      expect(seconds).toMatch(/^[1-9]\d*$/)
      expect(headers.get('ratelimit')).toBe(`"quota";r=0;t=${seconds}`)
      expect(body.remedies.map(({ type }: { type: string }) => type)).toEqual(['wait', 'upgrade'])
    })

    test('the page of the caller is told what they may use, and nothing of the licence', async () => {
      const { status, headers, body } = await ask('GET', '/entitlements', ann)
      expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-store'])
      expect(body['model.size']).toEqual({ allowed: true, remedies: [], notices: [], value: 'large' })
      expect(body['users.manage']).toMatchObject({ allowed: false, reason: 'step_up_required' })
      expect((await ask('GET', '/entitlements')).status).toBe(401)
    })
  })

test('each request brings its entitlement token, which says who asks: opened here, and 401 where it is not to be gone by', async () => {
  const { issuer, root } = await served.done('GET', '/.well-known/writ-keys')
  const tokens = new Tokens({ url: served.url, roots: [{ issuer, key: root }], product: atlas })
  const access = enforce(async (request) => {
    const token = request.headers.get('authorization')?.replace(/^Bearer /, '')
    return token === undefined ? undefined : tokens.open(token)
  })
  const status = async (feature: 'model.size' | 'users.manage', token?: string) => {
    const handler = access.require(feature)((_request, { value }) => Response.json({ value }))
    const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) }
    return (await handler(new Request('http://app.test/', { headers }))).status
  }
  const writ = new Writ({ url: served.url, key: (await served.appKey()).key, product: atlas })
  const { token } = await writ.token({ identity: 'ann-fetch' })
  expect(await status('model.size', token)).toBe(200)
  expect(await status('users.manage', token)).toBe(401)
  for (const none of [undefined, 'none', `${token.slice(0, -8)}AAAAAAAA`]) expect(await status('model.size', none)).toBe(401)
  const mine = await access.entitlements(new Request('http://app.test/', { headers: { authorization: `Bearer ${token}` } }))
  expect(await mine.json()).toMatchObject({ 'model.size': { allowed: true, value: 'large' } })
})

describe('the authority is gone', () => {
  beforeAll(async () => {
    served.child.kill('SIGKILL')
    if (served.child.exitCode === null && served.child.signalCode === null) await once(served.child, 'close')
  })

  for (const name of FRAMEWORKS)
    test(`${name}: refused as the decision says, and not a fault of the application`, async () => {
      const ask = async (method: string, path: string) => {
        const response = await fetch(urls.get(name) + path, { method, headers: { 'x-user': `ann-${name}` } })
        return { status: response.status, body: await response.json() }
      }
      const remedies = [{ type: 'reconnect' }]
      expect(await ask('GET', '/forecast')).toMatchObject({ status: 403, body: { code: 'facts_stale', remedies } })
      expect(await ask('POST', `/reports/${name}-d`)).toMatchObject({ status: 403, body: { code: 'quota_unavailable', remedies } })
    })
})
