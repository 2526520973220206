import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { formatInstant } from '@writ/engine'
import { hashKeyText } from '@writ/license'
import { freshDatabase } from '@writ/testing/fresh-database'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openStore } from '../src/app/database.ts'
import { start } from '../src/index.ts'
import { MONDAY, onBothStores, scratchFolder, silent, startAuthority, type TestAuthority, testConfig } from './support.ts'

onBothStores('API keys', (open) => {
  const folder = scratchFolder()
  let authority: TestAuthority
  let now = MONDAY
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder, { clock: () => now })
  })
  afterAll(() => authority.close())

  const create = (body: object) => authority.call('POST', '/v1/api-keys', { name: 'n', scopes: ['decide'], ...body })

  test('a key is shown once, works at once, and rests as a hash', async () => {
    const made = await create({ scopes: ['manage:organizations'] })
    expect(made.status).toBe(201)
    expect(made.body.key).toMatch(/^writ_key_[0-9a-z]{38}$/)
    expect(made.headers.get('cache-control')).toBe('no-store')
    expect((await authority.as(made.body.key)('GET', '/v1/organizations')).status).toBe(200)

    const read = await authority.call('GET', `/v1/api-keys/${made.body.id}`)
    expect(read.body).toMatchObject({ id: made.body.id, name: 'n', scopes: ['manage:organizations'] })
    expect(read.text).not.toContain(made.body.key)
    const row = await authority.authority.db.selectFrom('api_keys').selectAll().where('id', '=', made.body.id).executeTakeFirstOrThrow()
    expect(JSON.stringify(row)).not.toContain(made.body.key)
    expect(row.hash).toBe(await hashKeyText(made.body.key))
  })

  test('a retried creation shows the same key, and the saved answer does not hold it in the clear', async () => {
    const send = () => authority.call('POST', '/v1/api-keys', { name: 'again', scopes: ['decide'] }, { 'idempotency-key': 'make' })
    const [first, second] = [await send(), await send()]
    expect(second.text).toBe(first.text)
    const saved = await authority.authority.db.selectFrom('idempotency').selectAll().execute()
    expect(saved).toHaveLength(1)
    expect(JSON.stringify(saved)).not.toContain(first.body.key)
  })

  test('a revoked key is refused with the next request', async () => {
    const { body } = await create({ scopes: ['manage:organizations'] })
    const call = authority.as(body.key)
    expect((await call('GET', '/v1/organizations')).status).toBe(200)
    expect((await authority.call('DELETE', `/v1/api-keys/${body.id}`)).status).toBe(204)
    expect((await call('GET', '/v1/organizations')).status).toBe(401)
    expect((await authority.call('GET', `/v1/api-keys/${body.id}`)).body.revoked_at).toBe('2026-11-23T09:00:00Z')
    expect((await authority.call('DELETE', `/v1/api-keys/${body.id}`)).status).toBe(204)
    expect((await authority.call('DELETE', '/v1/api-keys/key_nobody')).body.code).toBe('API_KEY_UNKNOWN')
  })

  const strangers: { name: string; authorization: string | undefined }[] = [
    { name: 'no credential', authorization: undefined },
    { name: 'a key that nobody made', authorization: 'Bearer writ_key_y45g0h49wfrvs6d22kye4dg3qtqgz87jpq8yyx' },
    { name: 'another scheme', authorization: 'Basic d3JpdDp3cml0' },
    { name: 'an empty token', authorization: 'Bearer ' },
    { name: 'two tokens', authorization: 'Bearer a b' },
  ]
  for (const { name, authorization } of strangers) {
    test(`${name} is 401 invalid_token`, async () => {
      const answer = await authority.as(undefined)(
        'GET',
        '/v1/organizations',
        undefined,
        authorization === undefined ? {} : { authorization },
      )
      expect([answer.status, answer.body.code]).toEqual([401, 'CREDENTIAL_INVALID'])
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="writ", error="invalid_token"')
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
    })
  }

  test('a key without the scope is 403 and told which', async () => {
    const { body } = await create({ scopes: ['decide'] })
    const answer = await authority.as(body.key)('GET', '/v1/organizations')
    expect([answer.status, answer.body.code, answer.body.scope]).toEqual([403, 'SCOPE_MISSING', 'manage:organizations'])
    expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope')
  })

  test('nobody gives more than they have: scopes, organizations, products', async () => {
    const { body } = await create({ scopes: ['manage:enforcers', 'decide'], organizations: ['acme'], products: ['atlas'] })
    const call = authority.as(body.key)
    const give = (more: object) =>
      call('POST', '/v1/api-keys', { name: 'n', scopes: ['decide'], organizations: ['acme'], products: ['atlas'], ...more })
    expect((await give({})).status).toBe(201)
    for (const more of [
      { scopes: ['consume'] },
      { scopes: ['manage:*'] },
      { organizations: ['acme', 'other'] },
      { organizations: undefined },
      { products: ['other'] },
    ]) {
      const answer = await give(more)
      expect([answer.status, answer.body.code]).toEqual([403, 'API_KEY_TOO_WIDE'])
    }
    const seen = (await call('GET', '/v1/api-keys')).body.items
    expect(seen.length).toBeGreaterThan(0)
    for (const { organizations } of seen) expect(organizations).toEqual(['acme'])
    const { body: wide } = await create({})
    expect((await call('DELETE', `/v1/api-keys/${wide.id}`)).status).toBe(404)
  })

  test('last use is written in batches, and only forward', async () => {
    const { body } = await create({ scopes: ['manage:organizations'] })
    now += 60_000
    await authority.as(body.key)('GET', '/v1/organizations')
    await authority.authority.credentials.flush()
    const lastUse = async () => (await authority.call('GET', `/v1/api-keys/${body.id}`)).body.last_used_at as string
    expect(await lastUse()).toBe(formatInstant(now))
    now -= 30_000
    await authority.as(body.key)('GET', '/v1/organizations')
    await authority.authority.credentials.flush()
    expect(await lastUse()).toBe(formatInstant(now + 30_000))
  })
})

onBothStores('the first administrator', (open) => {
  const folder = scratchFolder()
  let config: ReturnType<typeof testConfig>
  beforeEach(() => {
    config = testConfig(join(folder, String(Math.random())))
  })

  test('a setup code makes one administrator, once', async () => {
    let code = ''
    const running = await start({ config, store: await open(), log: silent, showSetupCode: (shown) => (code = shown) })
    const setUp = (typed: string) =>
      fetch(`${running.url}/v1/setup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: typed }),
      })
    expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
    expect((await setUp('0000-0000-0000-0000')).status).toBe(403)
    const stored = await running.authority.db.selectFrom('setup_codes').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(code)

    const answers = await Promise.all([setUp(code.toLowerCase().replaceAll('-', ' ')), setUp(code)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403])
    const winner = answers.find(({ status }) => status === 201) as Response
    const { key } = (await winner.json()) as { key: string }
    const asAdmin = await fetch(`${running.url}/v1/api-keys`, { headers: { authorization: `Bearer ${key}` } })
    expect(asAdmin.status).toBe(200)
    expect((await setUp(code)).status).toBe(403)
    await running.close()
  })

  test('a setup code is over after fifteen minutes', async () => {
    let now = MONDAY
    let code = ''
    const running = await start({ config, store: await open(), log: silent, clock: () => now, showSetupCode: (shown) => (code = shown) })
    const setUp = () =>
      fetch(`${running.url}/v1/setup`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) })
    now += 15 * 60_000
    expect((await setUp()).status).toBe(403)
    now -= 1
    expect((await setUp()).status).toBe(201)
    await running.close()
  })
})

test('the bootstrap key is written for its owner alone, and only while there is no administrator', async () => {
  const folder = scratchFolder()
  const file = join(folder, 'admin.key')
  const url = await freshDatabase()
  const begin = async () =>
    start({
      config: testConfig(folder),
      store: await openStore({ kind: 'postgres', url }),
      log: silent,
      bootstrapKeyFile: file,
      showSetupCode: () => expect.fail('a code beside a key'),
    })
  let running = await begin()
  const key = readFileSync(file, 'utf8')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await running.close()

  running = await begin()
  expect(readFileSync(file, 'utf8')).toBe(key)
  const list = await fetch(`${running.url}/v1/api-keys`, { headers: { authorization: `Bearer ${key.trim()}` } })
  const { items } = (await list.json()) as { items: { id: string }[] }
  expect(items).toHaveLength(1)
  await fetch(`${running.url}/v1/api-keys/${items[0]?.id}`, { method: 'DELETE', headers: { authorization: `Bearer ${key.trim()}` } })
  await running.close()

  // Who can write to the host's disk is never locked out.
  running = await begin()
  expect(readFileSync(file, 'utf8')).not.toBe(key)
  await running.close()
  expect(existsSync(`${file}.${process.pid}`)).toBe(false)
})

test('a key revoked at one node is refused at the other', async () => {
  const folder = scratchFolder()
  const url = await freshDatabase()
  const one = await startAuthority(await openStore({ kind: 'postgres', url }), folder)
  const two = await start({ config: testConfig(folder), store: await openStore({ kind: 'postgres', url }), log: silent })
  const { body } = await one.call('POST', '/v1/api-keys', { name: 'n', scopes: ['manage:organizations'] })
  const atTwo = () => fetch(`${two.url}/v1/organizations`, { headers: { authorization: `Bearer ${body.key}` } })
  await two.authority.feed.reached(one.authority.feed.revision)
  expect((await atTwo()).status).toBe(200)
  await one.call('DELETE', `/v1/api-keys/${body.id}`)
  await two.authority.feed.reached(one.authority.feed.revision)
  expect((await atTwo()).status).toBe(401)
  await two.close()
  await one.close()
})
