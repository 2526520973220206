import { readFileSync } from 'node:fs'
import { OFREPProvider } from '@openfeature/ofrep-provider'
import { type Client, OpenFeature } from '@openfeature/server-sdk'
import type { Fact } from '@writ/engine'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Call, MONDAY, onBothStores, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

const atlas = readFileSync(new URL('../../../examples/atlas.terms.yaml', import.meta.url), 'utf8')
/** Another product, with a feature of a name that Atlas has too. */
const other = `
terms: 1
product: other
title: Other
features: { storage: { title: Store }, only.here: { title: Only here } }
roles: { analyst: ['*'] }
plans: { all: { title: All, includes: { only.here: { when: 'context.ticket.size() > 3' } } } }
context: { ticket: { type: string, from: enforcer } }
`
const license = (id: string, plan: string, organization: string, product = 'atlas'): Fact => ({
  fact: 'license',
  id,
  product,
  edition: 1,
  plan,
  organization,
  starts: Date.parse('2026-01-15T00:00:00Z'),
  ends: Date.parse('2027-01-13T11:00:00Z'),
})
const person = (id: string, organization: string, role = 'analyst'): Fact => ({
  fact: 'identity',
  id,
  kind: 'human',
  status: 'active',
  in: { [organization]: [role] },
})
const facts: Fact[] = [
  { fact: 'edition', product: 'atlas', edition: 1, terms: atlas },
  { fact: 'edition', product: 'other', edition: 1, terms: other },
  ...['acme', 'globex'].map((id): Fact => ({ fact: 'organization', id })),
  license('L1', 'standard', 'acme'),
  license('L2', 'enterprise', 'globex'),
  license('L3', 'all', 'globex', 'other'),
  person('ann', 'acme'),
  person('gus', 'globex'),
  person('adm', 'globex', 'admin'),
  { fact: 'resource', id: 'wh', kind: 'postgres', environment: 'staging' },
]
const SCOPES = ['decide', 'consume', 'assert:identity', 'assert:resource', 'assert:context', 'assert:proofs']
const germany = { country: 'DE' }

onBothStores('OFREP', (open) => {
  let authority: TestAuthority
  let call: Call
  let client: Client
  let now = MONDAY
  const folder = scratchFolder()
  const domain = `writ ${Math.random()}`
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder, { clock: () => now })
    call = authority.call
    await state(...facts)
    const { body } = await call('POST', '/v1/api-keys', { name: 'flags', scopes: SCOPES })
    const provider = new OFREPProvider({ baseUrl: authority.url, headers: [['authorization', `Bearer ${body.key}`]] })
    await OpenFeature.setProviderAndWait(domain, provider)
    client = OpenFeature.getClient(domain)
  })
  beforeEach(() => {
    now = MONDAY
  })
  afterAll(async () => {
    await OpenFeature.clearProviders()
    await authority.close()
  })

  const state = (...stated: Fact[]) =>
    authority.authority.mutate({ actor: 'operator', requestId: 'r' }, { action: 'test.x', subject: 'test:x' }, async (_, change) => {
      change.state(...stated)
    })
  const flag = (key: string, context: object, as = call) => as('POST', `/ofrep/v1/evaluate/flags/${key}`, { context })
  const flags = (context: object, headers: Record<string, string> = {}, as = call) =>
    as('POST', '/ofrep/v1/evaluate/flags', { context }, headers)
  const keyWith = async (more: object): Promise<Call> => {
    const { body } = await call('POST', '/v1/api-keys', { name: 'test', scopes: SCOPES, ...more })
    return authority.as(body.key)
  }

  // ---- as the OpenFeature SDK sees it

  test('the OpenFeature SDK reads a switch, a limit and a choice', async () => {
    const gus = { targetingKey: 'gus' }
    expect(await client.getBooleanDetails('report.export', false, gus)).toMatchObject({
      value: true,
      variant: 'on',
      reason: 'TARGETING_MATCH',
      flagMetadata: { license: 'L2', entry: 0, edition: 1 },
    })
    expect(await client.getNumberValue('atlas:storage', 1, gus)).toBe(2000)
    expect(await client.getStringDetails('model.size', 'none', gus)).toMatchObject({ value: 'large', variant: 'large' })
    const ann = { targetingKey: 'ann', country: 'DE' }
    expect(await client.getNumberValue('atlas:storage', 1, ann)).toBe(50)
    expect(await client.getStringValue('model.size', 'none', ann)).toBe('small')
  })

  test('the OpenFeature SDK is told why not, and what would help', async () => {
    expect(await client.getBooleanDetails('users.manage', true, { targetingKey: 'adm' })).toMatchObject({
      value: false,
      variant: 'off',
      reason: 'DISABLED',
      flagMetadata: { reason: 'step_up_required', remedies: 'step_up', step_up_acr_values: 'phr phrh', step_up_max_age: 900 },
    })
    const proofs = [{ level: 'passkey', at: '2026-11-23T08:59:00Z' }]
    expect(await client.getBooleanValue('users.manage', false, { targetingKey: 'adm', proofs })).toBe(true)
    expect(await client.getNumberDetails('atlas:storage', 7, { targetingKey: 'nobody' })).toMatchObject({
      value: 0,
      reason: 'DISABLED',
      flagMetadata: { reason: 'identity_unknown' },
    })
  })

  test('the OpenFeature SDK falls back to its default for what is no flag, of another type, refused without a value, or asked about nobody', async () => {
    const gus = { targetingKey: 'gus' }
    expect(await client.getBooleanDetails('moon.landing', true, gus)).toMatchObject({ value: true, errorCode: 'FLAG_NOT_FOUND' })
    expect(await client.getBooleanDetails('feature a/b', true, gus)).toMatchObject({ value: true, errorCode: 'FLAG_NOT_FOUND' })
    expect(await client.getBooleanDetails('atlas:storage', true, gus)).toMatchObject({ value: true, errorCode: 'TYPE_MISMATCH' })
    expect(await client.getStringValue('model.size', 'least', { targetingKey: 'nobody' })).toBe('least')
    expect(await client.getBooleanDetails('report.export', true, {})).toMatchObject({ value: true, errorCode: 'TARGETING_KEY_MISSING' })
    expect(await client.getBooleanDetails('report.export', true, { ...gus, proofs: 'otp' })).toMatchObject({
      value: true,
      errorCode: 'INVALID_CONTEXT',
    })
  })

  test('an application may send all that it knows: what no terms can declare is not seen', async () => {
    const context = { targetingKey: 'gus', user: { name: 'Gus', tags: [{ a: 1 }] }, since: new Date(MONDAY), tags: ['a'], ticket: 'T-1000' }
    expect(await client.getBooleanValue('report.export', false, context)).toBe(true)
    expect(await client.getBooleanValue('only.here', false, context)).toBe(true)
    expect((await client.getBooleanDetails('only.here', true, { ...context, ticket: { id: 'T-1000' } })).flagMetadata.reason).toBe(
      'context_missing',
    )
  })

  // ---- on the wire

  test('a feature of a resource is asked about with the resource and its commands', async () => {
    const proofs = [{ level: 'otp', at: '2026-11-23T08:59:00Z' }]
    const asked = { targetingKey: 'gus', proofs, resource: 'wh', commands: ['select'] }
    expect((await flag('warehouse.query', asked)).body).toMatchObject({ value: true })
    expect((await flag('warehouse.query', { ...asked, resource: { id: 'wh', kind: 'postgres' } })).body).toMatchObject({ value: true })
    expect((await flag('warehouse.query', { ...asked, commands: ['ddl'] })).body).toMatchObject({
      value: false,
      metadata: { reason: 'not_entitled' },
    })
    expect((await flag('warehouse.query', { ...asked, resource: undefined })).body.metadata.reason).toBe('resource_unknown')
  })

  const failures: [string, string, unknown, number, string][] = [
    ['no JSON', 'report.export', '{"context":', 400, 'PARSE_ERROR'],
    ['an empty body', 'report.export', '', 400, 'PARSE_ERROR'],
    ['no context', 'report.export', {}, 400, 'TARGETING_KEY_MISSING'],
    ['an empty targeting key', 'report.export', { context: { targetingKey: '' } }, 400, 'TARGETING_KEY_MISSING'],
    ['a targeting key that is a number', 'report.export', { context: { targetingKey: 7 } }, 400, 'INVALID_CONTEXT'],
    ['a context that is text', 'report.export', { context: 'gus' }, 400, 'INVALID_CONTEXT'],
    ['a resource that is a number', 'report.export', { context: { targetingKey: 'gus', resource: 7 } }, 400, 'INVALID_CONTEXT'],
    ['a list', 'report.export', [], 400, 'INVALID_CONTEXT'],
    ['an unknown flag', 'moon.landing', { context: { targetingKey: 'gus' } }, 404, 'FLAG_NOT_FOUND'],
    ['a name that two products have', 'storage', { context: { targetingKey: 'gus' } }, 404, 'FLAG_NOT_FOUND'],
  ]
  for (const [name, key, body, status, errorCode] of failures) {
    test(`${name} is ${errorCode}`, async () => {
      const answer = await call('POST', `/ofrep/v1/evaluate/flags/${key}`, body)
      expect(answer).toMatchObject({ status, body: { key, errorCode, errorDetails: expect.stringMatching(/\.$/) } })
      if (status === 404) return
      expect(await call('POST', '/ofrep/v1/evaluate/flags', body)).toMatchObject({ status, body: { errorCode } })
    })
  }

  test('a credential is needed, and one of a product finds only its flags', async () => {
    const anonymous = await flag('report.export', { targetingKey: 'gus' }, authority.as(undefined))
    expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('invalid_token')])
    const ofOther = await keyWith({ products: ['other'] })
    expect((await flag('report.export', { targetingKey: 'gus' }, ofOther)).body.errorCode).toBe('FLAG_NOT_FOUND')
    const { body } = await flags({ targetingKey: 'gus', ticket: 'T-1000' }, {}, ofOther)
    expect(body.flags.map(({ key, value }: { key: string; value: unknown }) => [key, value])).toEqual([
      ['only.here', true],
      ['other:storage', false],
    ])
    const ofAcme = await keyWith({ organizations: ['acme'] })
    expect((await flag('report.export', { targetingKey: 'gus' }, ofAcme)).body).toMatchObject({
      value: false,
      metadata: { reason: 'identity_unknown' },
    })
  })

  test('all flags at once are what each is alone, and those of a resource come with a resource', async () => {
    const context = { targetingKey: 'ann', ...germany, ticket: 'T-1000' }
    const { body, headers } = await flags(context)
    expect(headers.get('content-type')).toContain('application/json')
    const keys: string[] = body.flags.map(({ key }: { key: string }) => key)
    expect(keys).toEqual([
      'api.call',
      'atlas:storage',
      'dashboard.view',
      'model.size',
      'only.here',
      'other:storage',
      'plan.change',
      'report.export',
      'seat.release',
      'users.manage',
    ])
    for (const each of body.flags) {
      const alone = (await flag(each.key, context)).body
      expect(each).toEqual(alone)
    }
    expect(new Set(body.flags.map(({ value }: { value: unknown }) => value))).toEqual(new Set([true, false, 50, 'small', 0].slice(0, 4)))
    const withResource = await flags({ ...context, resource: 'wh' })
    expect(withResource.body.flags.map(({ key }: { key: string }) => key)).toEqual([...keys, 'warehouse.query'].sort())
  })

  test('flags are sent again only when one of them changed', async () => {
    const context = { targetingKey: 'gus', ticket: 'T-1000' }
    const first = await flags(context)
    const etag = first.headers.get('etag') as string
    expect(etag).toMatch(/^W\/"[\w-]{27}"$/)
    for (const known of [etag, `"other", ${etag}`, etag.slice(2), '*']) {
      const again = await flags(context, { 'if-none-match': known })
      expect([known, again.status, again.text, again.headers.get('etag')]).toEqual([known, 304, '', etag])
    }
    expect((await flags(context, { 'if-none-match': '"other"' })).status).toBe(200)
    expect((await flags({ ...context, targetingKey: 'ann' }, { 'if-none-match': etag })).status).toBe(200)
    // A change that does not matter to them is none, though the revision is another.
    await state(person('new', 'acme'))
    expect((await flags(context, { 'if-none-match': etag })).status).toBe(304)
    expect((await flags(context)).body.metadata.revision).toBeGreaterThan(first.body.metadata.revision)
    await state(license('L2', 'standard', 'globex'))
    const changed = await flags(context, { 'if-none-match': etag })
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false])
    await state(license('L2', 'enterprise', 'globex'))
    expect((await flags(context)).headers.get('etag')).toBe(etag)
  })

  test('seconds that count down do not make flags new', async () => {
    await state({ fact: 'signal', id: 's1', name: 'new_device', identity: 'gus', at: MONDAY - 5000 })
    const context = { targetingKey: 'gus' }
    const first = await flags(context)
    const maxAge = (body: { flags: { key: string; metadata: { step_up_max_age?: number } }[] }) =>
      body.flags.find(({ key }) => key === 'report.export')?.metadata.step_up_max_age
    now = MONDAY + 2000
    const later = await flags(context)
    expect([maxAge(first.body), maxAge(later.body)]).toEqual([5, 7])
    expect(later.headers.get('etag')).toBe(first.headers.get('etag'))
    await state({ fact: 'removed', of: 'signal', id: 's1' })
  })

  test('a flag takes nothing unless it is told to, and no flags together ever do', async () => {
    const { db, world } = authority.authority
    const events = async () => (await db.selectFrom('usage_events').select('id').execute()).length
    const before = await events()
    await flag('report.export', { targetingKey: 'ann', ...germany })
    await flags({ targetingKey: 'ann', ...germany })
    expect([await events(), world.license('L1')?.seats.taken]).toEqual([before, 0])
    const consuming = { targetingKey: 'gus', consume: { amount: 1, id: 'flag-1' } }
    expect((await flag('api.call', consuming)).body.value).toBe(true)
    expect(await events()).toBe(before + 1)
    expect(await flag('api.call', { ...consuming, consume: { amount: 2, id: 'flag-1' } })).toMatchObject({
      status: 400,
      body: { key: 'api.call', errorCode: 'GENERAL' },
    })
    expect(await flags(consuming)).toMatchObject({ status: 400, body: { errorCode: 'INVALID_CONTEXT' } })
    const noConsume = await keyWith({ scopes: SCOPES.filter((scope) => scope !== 'consume') })
    expect((await flag('api.call', consuming, noConsume)).status).toBe(403)
  })

  test('a key that is told no reasons gets values, and what must be done with them', async () => {
    const bare = await keyWith({ reasons: false })
    const refused = (await flag('users.manage', { targetingKey: 'gus' }, bare)).body
    // How long it holds stays, or it would be kept for ever.
    const metadata = { expires: '2027-02-12T11:00:00Z' }
    expect(refused).toEqual({ key: 'users.manage', value: false, reason: 'DISABLED', variant: 'off', metadata })
    await state({ fact: 'resource', id: 'prod', kind: 'postgres', environment: 'production' })
    const asked = {
      targetingKey: 'gus',
      resource: 'prod',
      commands: ['select'],
      proofs: [{ level: 'passkey', at: '2026-11-23T08:59:00Z' }],
    }
    expect((await flag('warehouse.query', asked, bare)).body).toMatchObject({
      value: true,
      metadata: { obligations: 'record mask', mask_fields: 'email iban' },
    })
    expect((await flag('warehouse.query', asked, bare)).body.metadata.license).toBeUndefined()
  })
})
