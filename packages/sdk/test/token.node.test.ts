import { createHash, randomUUID } from 'node:crypto'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { type Served, serve } from '@writ/testing/served'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Writ } from '../src/index.ts'
import { Tokens, type TokensOptions } from '../src/token/index.ts'

const TERMS = `terms: 1
product: ferry
title: Ferry
features: { view: {}, export: { meter: reports }, burst: {}, steer: { resource: ship, commands: [left, right, full] }, seats: { type: limit } }
meters: { reports: { unit: report, aggregate: sum } }
assurance: { password: { acr: urn:ferry:1, any_of: [pwd] }, otp: { acr: urn:ferry:2, any_of: [otp] } }
roles: { crew: ['*'], guest: [view] }
plans:
  day:
    title: Day
    seats: { named: 5 }
    includes:
      view: {}
      export: { limit: 3 per month }
      burst: { rate: 5 per minute }
      seats: { value: 40 }
      steer: [{ commands: [left, right] }, { commands: [full], assurance: otp }]
`
const PRODUCT = {
  product: 'ferry',
  features: {
    view: { type: 'switch' },
    export: { type: 'switch' },
    burst: { type: 'switch' },
    seats: { type: 'limit' },
    steer: { type: 'switch', resource: 'ship', commands: ['left', 'right', 'full'] },
  },
} as const
const folder = scratchFolder()
let served: Served
let roots: TokensOptions['roots']
let key: string
let writ: Writ<typeof PRODUCT>

beforeAll(async () => {
  served = await serve(folder)
  const { done } = served
  await done('POST', '/v1/products/ferry/editions', { terms: TERMS })
  await done('POST', '/v1/organizations', { id: 'acme', title: 'acme' })
  for (const id of ['ann', 'eve']) await done('POST', '/v1/identities', { id, in: { acme: [id === 'ann' ? 'crew' : 'guest'] } })
  await done('POST', '/v1/licenses', { id: 'A-1', product: 'ferry', plan: 'day', organization: 'acme' })
  await done('POST', '/v1/resources', { id: 'ship-1', kind: 'ship' })
  const { issuer, root } = (await (await fetch(`${served.url}/.well-known/writ-keys`)).json()) as { issuer: string; root: never }
  roots = [{ issuer, key: root }]
  key = (await served.appKey()).key
  writ = new Writ({ url: served.url, key, product: PRODUCT })
}, 60_000)
afterAll(() => served.stop())

const tokens = (more: Partial<TokensOptions<typeof PRODUCT>> = {}) => new Tokens({ url: served.url, roots, product: PRODUCT, ...more })

test('what the token says is what the authority says, with nobody asked', async () => {
  const { token } = await writ.token({ identity: 'ann', resources: ['ship-1'] })
  let fetched = 0
  const opener = tokens({
    fetch: (request) => {
      fetched++
      return fetch(request)
    },
  })
  const mine = await opener.open(token)
  expect(mine.identity).toBe('ann')
  const ask = [
    { feature: 'view' },
    { feature: 'seats' },
    { feature: 'export' },
    { feature: 'steer', resource: 'ship-1', commands: ['left'] },
    { feature: 'steer', resource: 'ship-1', commands: ['left', 'right'] },
    { feature: 'steer', resource: 'ship-1', commands: ['full'] },
    { feature: 'steer', resource: 'ship-1', commands: ['left', 'full'] },
  ] as const
  for (const question of ask) {
    const here = await mine.check({ ...question, identity: 'ann' } as never)
    const there = await writ.check({ ...question, identity: 'ann' } as never)
    expect([question, here.allowed, here.value]).toEqual([question, there.allowed, there.value])
  }
  expect(await mine.check({ feature: 'steer', resource: 'ship-1', commands: ['full'], identity: 'ann' })).toMatchObject({
    reason: 'step_up_required',
    remedies: [{ type: 'step_up', acr_values: ['urn:ferry:2'] }],
  })
  expect(fetched).toBe(2)
  const guest = await opener.open((await writ.token({ identity: 'eve' })).token)
  expect(await guest.check({ feature: 'seats', identity: 'eve' })).toMatchObject({ allowed: false, reason: 'not_permitted' })
  expect(fetched).toBe(2)
})

test('what is counted, or decided under other circumstances, is the authority’s to say', async () => {
  const { token } = await writ.token({ identity: 'ann', resources: ['ship-1'] })
  const alone = await tokens().open(token)
  expect(await alone.check({ feature: 'burst', identity: 'ann' })).toMatchObject({ allowed: false, reason: 'quota_unavailable' })
  expect(await alone.check({ feature: 'export', identity: 'ann', consume: 1 })).toMatchObject({ reason: 'quota_unavailable' })
  const proofs = [{ level: 'otp', at: new Date() }]
  const full = { feature: 'steer', resource: 'ship-1', commands: ['full'], identity: 'ann' } as const
  expect(await alone.check({ ...full, proofs })).toMatchObject({ allowed: false, reason: 'facts_stale', remedies: [{ type: 'reconnect' }] })
  expect(await alone.check({ feature: 'steer', resource: 'ship-2', commands: ['left'], identity: 'ann' })).toMatchObject({
    reason: 'facts_stale',
  })
  await expect(alone.check({ feature: 'view', identity: 'eve' })).rejects.toMatchObject({ code: 'QUESTION_INVALID' })
  const joined = await tokens({ authority: writ }).open(token)
  expect((await joined.check({ feature: 'burst', identity: 'ann' })).allowed).toBe(true)
  expect((await joined.check({ feature: 'export', identity: 'ann', consume: 1 })).allowed).toBe(true)
  expect((await joined.check({ ...full, proofs })).allowed).toBe(true)
  const mixed = await joined.batch([{ feature: 'view', identity: 'ann' }, { feature: 'burst', identity: 'ann' }, { ...full }])
  expect(mixed.map(({ allowed }) => allowed)).toEqual([true, true, false])
})

test('a token is over at its end, wherever it was opened', async () => {
  let now = Date.now()
  const { token, expiresAt } = await writ.token({ identity: 'ann', seconds: 30 })
  const mine = await tokens({ clock: () => now }).open(token)
  expect((await mine.check({ feature: 'view', identity: 'ann' })).allowed).toBe(true)
  now = expiresAt + 1_000
  expect(await mine.check({ feature: 'view', identity: 'ann' })).toMatchObject({ allowed: false, reason: 'facts_stale' })
  await expect(tokens({ clock: () => now }).open(token)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' })
})

test('a token that is bound to a key is good with a proof by that key, for this request, once', async () => {
  const pair = await generateKeyPair('ES256')
  const jwk = await exportJWK(pair.publicKey)
  const { token } = await writ.token({ identity: 'ann', dpopKey: await calculateJwkThumbprint(jwk) })
  const prove = (htm = 'GET') =>
    new SignJWT({
      htm,
      htu: 'https://app.example/reports',
      jti: randomUUID(),
      ath: createHash('sha256').update(token).digest('base64url'),
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
      .setIssuedAt()
      .sign(pair.privateKey)
  const opener = tokens()
  const request = { method: 'GET', url: 'https://app.example/reports?x=1' }
  const dpop = await prove()
  expect((await opener.open(token, { ...request, dpop })).identity).toBe('ann')
  await expect(opener.open(token, { ...request, dpop })).rejects.toMatchObject({ code: 'DPOP_REPLAYED' })
  await expect(opener.open(token, { ...request, dpop: await prove('POST') })).rejects.toMatchObject({ code: 'DPOP_INVALID' })
  await expect(opener.open(token)).rejects.toMatchObject({ code: 'DPOP_MISSING' })
  const unbound = (await writ.token({ identity: 'ann' })).token
  await expect(tokens({ onlyBound: true }).open(unbound)).rejects.toMatchObject({ code: 'DPOP_MISSING' })
})

test('a token of another product is none here, whoever it says it is meant for, and a bare name is of this product', async () => {
  await served.done('POST', '/v1/products/raft/editions', { terms: TERMS.replace('product: ferry', 'product: raft') })
  await served.done('POST', '/v1/licenses', { product: 'raft', plan: 'day', organization: 'acme' })
  const { token } = await writ.token({ identity: 'ann', product: 'raft', audience: 'ferry' } as never)
  await expect(tokens().open(token)).rejects.toMatchObject({ code: 'TOKEN_AUDIENCE_REFUSED' })
  const untyped = await new Tokens({ url: served.url, roots, audience: 'ferry' }).open(token)
  await expect(untyped.check({ identity: 'ann', feature: 'view' })).rejects.toMatchObject({ code: 'QUESTION_INVALID' })
  expect((await untyped.check({ identity: 'ann', feature: 'ferry:view' })).allowed).toBe(false)
  expect((await untyped.check({ identity: 'ann', feature: 'raft:view' })).allowed).toBe(true)
})

test('the roots that were pinned count, and no others', async () => {
  const { token } = await writ.token({ identity: 'ann' })
  const other = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
  const stranger = tokens({ roots: [{ issuer: roots[0]?.issuer ?? '', key: { kty: 'OKP', crv: 'Ed25519', x: other } }] })
  await expect(stranger.open(token)).rejects.toThrow()
})

test('a suspension arrives by the status list, long before the token ends; a list that is away darkens nobody', async () => {
  await served.done('POST', '/v1/identities', { id: 'sue', in: { acme: ['crew'] } })
  const { token } = await writ.token({ identity: 'sue' })
  const opener = tokens({ status: { everySeconds: 0 } })
  expect((await opener.open(token)).identity).toBe('sue')
  await served.done('POST', '/v1/identities/sue/suspend')
  const said = () =>
    opener.open(token).then(
      () => 'good',
      ({ code }: { code: string }) => code,
    )
  await expect.poll(said, { timeout: 10_000, interval: 300 }).toBe('TOKEN_REVOKED')
  const away = tokens({
    fetch: async (request) => (request.url.includes('status-lists') ? Promise.reject(new TypeError('away')) : fetch(request)),
  })
  expect((await away.open(token)).identity).toBe('sue')
  expect((await tokens({ status: false }).open(token)).identity).toBe('sue')
})

test('whoever hears of a revocation sooner refuses sooner', async () => {
  const { token } = await writ.token({ identity: 'ann' })
  await expect(tokens({ isRevoked: ({ sub }) => sub === 'ann' }).open(token)).rejects.toMatchObject({ code: 'TOKEN_REVOKED' })
})

test('who may do nothing gets no token, and is told why', async () => {
  await served.done('POST', '/v1/identities', { id: 'rob', in: { acme: ['crew'] } })
  await served.done('POST', '/v1/identities/rob/revoke')
  await expect(writ.token({ identity: 'rob' })).rejects.toMatchObject({ code: 'QUESTION_REFUSED', details: { code: 'IDENTITY_REVOKED' } })
  const away = new Writ({ url: 'http://127.0.0.1:9', key, product: PRODUCT, retries: 0 })
  await expect(away.token({ identity: 'ann' })).rejects.toMatchObject({ code: 'NO_TOKEN' })
})
