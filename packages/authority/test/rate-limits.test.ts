import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { embedded } from '../src/app/database.ts'
import { kitTerms } from './kit.ts'
import { type Answer, type Call, freshPglite, MONDAY, scratchFolder, startAuthority, type TestAuthority, testConfig } from './support.ts'

const perMinute = (count: number) => ({ count, periodSeconds: 60, burst: count }) as const
const folder = scratchFolder()
let now = MONDAY
let authority: TestAuthority
let asker: Call
let manager: Call

const keyWith = async (...scopes: string[]): Promise<{ id: string; call: Call }> => {
  const { body } = await authority.call('POST', '/v1/api-keys', { name: 'some', scopes })
  return { id: body.id, call: authority.as(body.key) }
}

beforeAll(async () => {
  const config = testConfig(folder, {
    decisionRate: perMinute(20),
    managementRate: perMinute(60),
    addressRate: perMinute(6),
    behindProxy: ['127.0.0.0/8'],
  })
  authority = await startAuthority(embedded(await freshPglite()), folder, { clock: () => now, config })
  await authority.call('POST', '/v1/products/kit/editions', { terms: kitTerms })
  await authority.call('POST', '/v1/identities', { id: 'ann' })
})
afterAll(() => authority.close())
beforeEach(async () => {
  now += 60_000
  asker = (await keyWith('decide')).call
  manager = (await keyWith('manage:*')).call
  now += 60_000
})

const outcome = ({ status, body }: Answer) => (status === 429 ? body.code : status)
const limit = ({ headers }: Answer) => [headers.get('ratelimit-policy'), headers.get('ratelimit'), headers.get('retry-after')]
const check = (call: Call) => call('POST', '/v1/check', { identity: 'ann', feature: 'kit:view' })
const batch = (call: Call, items: number) =>
  call('POST', '/access/v1/evaluations', {
    subject: { type: 'human', id: 'ann' },
    resource: { type: 'kit', id: 'x' },
    evaluations: Array.from({ length: items }, () => ({ action: { name: 'kit:view' } })),
  })

test('a credential asks as often as it may, is told when it nears the end, and goes on after a while', async () => {
  for (let i = 0; i < 14; i++) expect([i, ...limit(await check(asker))]).toEqual([i, null, null, null])
  await check(asker)
  expect(limit(await check(asker))).toEqual(['"decisions";q=20;w=60', '"decisions";r=4;t=48', null])
  for (let i = 0; i < 4; i++) expect((await check(asker)).status).toBe(200)
  const refused = await check(asker)
  expect(outcome(refused)).toBe('RATE_LIMITED')
  expect(refused.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(limit(refused)).toEqual(['"decisions";q=20;w=60', '"decisions";r=0;t=60', '3'])
  now += 2_999
  expect(outcome(await check(asker))).toBe('RATE_LIMITED')
  now += 1
  expect(outcome(await check(asker))).toBe(200)
})

test('each item of a batch counts, and one larger than all there is waits for all there is', async () => {
  expect((await batch(asker, 15)).status).toBe(200)
  expect((await batch(asker, 5)).status).toBe(200)
  const refused = await check(asker)
  expect(outcome(refused)).toBe('RATE_LIMITED')
  now += 60_000
  await check(asker)
  const large = await batch(asker, 50)
  expect([large.status, large.headers.get('content-type')]).toEqual([429, 'text/plain; charset=utf-8'])
  now += 120_000
  expect((await batch(asker, 20)).status).toBe(200)
})

test('OFREP says it in the form of all problems, with the time to wait', async () => {
  for (let i = 0; i < 20; i++) await check(asker)
  const refused = await asker('POST', '/ofrep/v1/evaluate/flags/kit:view', { context: { targetingKey: 'ann' } })
  expect([outcome(refused), refused.headers.get('retry-after')]).toEqual(['RATE_LIMITED', '3'])
})

test('no credential is held by what another asked, and decisions and management are apart', async () => {
  for (let i = 0; i < 21; i++) await check(asker)
  expect(outcome(await check((await keyWith('decide')).call))).toBe(200)
  for (let i = 0; i < 60; i++) await manager('GET', '/v1/organizations')
  expect(outcome(await manager('GET', '/v1/organizations'))).toBe('RATE_LIMITED')
  expect(outcome(await authority.call('GET', '/v1/organizations'))).toBe(200)
})

test('what changes something counts for more, and management is told each time', async () => {
  expect(limit(await manager('GET', '/v1/organizations'))).toEqual(['"management";q=60;w=60', '"management";r=59;t=1', null])
  expect(limit(await manager('PATCH', '/v1/identities/ann', { name: 'Ann' }))[1]).toBe('"management";r=54;t=6')
})

test('what takes access away is never held', async () => {
  const { id, call } = await keyWith('manage:*')
  await authority.call('POST', '/v1/identities', { id: 'eve' })
  for (let i = 0; i < 61; i++) await call('GET', '/v1/organizations')
  expect(outcome(await call('PATCH', '/v1/identities/eve', { name: 'Eve' }))).toBe('RATE_LIMITED')
  expect(outcome(await call('POST', '/v1/identities/eve/suspend'))).toBe(200)
  expect(outcome(await call('POST', '/v1/identities/eve/resume'))).toBe('RATE_LIMITED')
  expect(outcome(await call('POST', '/v1/identities/eve/revoke'))).toBe(200)
  expect(outcome(await call('DELETE', `/v1/api-keys/${id}`))).toBe(204)
})

test('an address without a valid credential is held, and nobody else at it', async () => {
  const nobody = authority.as('writ_key_wrong')
  for (let i = 0; i < 6; i++) expect(outcome(await nobody('GET', '/v1/organizations'))).toBe(401)
  const refused = await nobody('GET', '/v1/organizations')
  expect([outcome(refused), ...limit(refused)]).toEqual(['RATE_LIMITED', '"addresses";q=6;w=60', '"addresses";r=0;t=60', '10'])
  expect(outcome(await nobody('POST', '/v1/setup', { code: 'a' }))).toBe('RATE_LIMITED')
  expect(outcome(await nobody('GET', '/healthz'))).toBe(200)
  expect(outcome(await asker('POST', '/v1/check', { identity: 'ann', feature: 'kit:view' }))).toBe(200)
})

test('an address is as the proxy says, and of an IPv6 one its network', async () => {
  const from = (address: string) => authority.as(undefined)('GET', '/v1/organizations', undefined, { 'x-forwarded-for': address })
  for (let i = 0; i < 6; i++) expect(outcome(await from(`2001:db8:0:1::${i}`))).toBe(401)
  expect(outcome(await from('2001:db8:0:1:ffff::1'))).toBe('RATE_LIMITED')
  expect(outcome(await from('2001:db8:0:2::1'))).toBe(401)
  for (let i = 0; i < 6; i++) expect(outcome(await from('::ffff:192.0.2.1'))).toBe(401)
  expect(outcome(await from('192.0.2.1'))).toBe('RATE_LIMITED')
  expect(outcome(await from('192.0.2.2'))).toBe(401)
})

test('a clock that was set back holds nobody for longer than a spent limit does', async () => {
  for (let i = 0; i < 20; i++) await check(asker)
  now -= 30 * 86_400_000
  expect(outcome(await check(asker))).toBe('RATE_LIMITED')
  now += 60_000
  expect(outcome(await check(asker))).toBe(200)
  now += 30 * 86_400_000
})
