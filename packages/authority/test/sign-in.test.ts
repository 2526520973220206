import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { LIFE_SECONDS } from '../src/sign-in/service.ts'
import { type Answer, MONDAY, onBothStores, scratchFolder, startAuthority, type TestAuthority, testConfig } from './support.ts'

/** What the console's own page sends along. */
const OWN_PAGE = { 'x-writ-console': '1', 'sec-fetch-site': 'same-origin' }

onBothStores('signing in to the console', (open) => {
  const folder = scratchFolder()
  let authority: TestAuthority
  let now = MONDAY
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder, { clock: () => now })
  })
  beforeEach(() => {
    now = MONDAY
  })
  afterAll(() => authority.close())

  const anybody = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    authority.as(undefined)(method, path, body, headers)
  const newKey = async (scopes = ['manage:organizations', 'manage:enforcers']) =>
    (await authority.call('POST', '/v1/api-keys', { name: 'Olga', scopes })).body as { id: string; key: string }
  const signIn = (key: string) => anybody('POST', '/v1/sign-in', { key }, OWN_PAGE)
  const cookieOf = ({ headers }: Answer) => (headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const organizations = (cookie: string, headers: Record<string, string> = OWN_PAGE) =>
    anybody('GET', '/v1/organizations', undefined, { cookie, ...headers })

  test('a key is exchanged for a cookie that no script reads, which then is the key', async () => {
    const { id, key } = await newKey()
    const answer = await signIn(key)
    expect(answer.status).toBe(200)
    const name = `writ-${authority.authority.id}`
    expect(answer.headers.get('set-cookie')).toMatch(
      new RegExp(`^${name}=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200$`),
    )
    expect(answer.body).toMatchObject({ signed_in: true, expires_at: '2026-11-23T21:00:00Z', key: { id, name: 'Olga' } })
    expect(answer.text).not.toContain(key)

    const cookie = cookieOf(answer)
    expect((await organizations(cookie)).status).toBe(200)
    expect((await anybody('GET', '/v1/audit', undefined, { cookie, ...OWN_PAGE })).body.code).toBe('SCOPE_MISSING')
    const made = await anybody('POST', '/v1/organizations', { id: 'by-cookie', title: 'x' }, { cookie, ...OWN_PAGE })
    expect(made.status).toBe(201)
    const { body } = await authority.call('GET', '/v1/audit?subject=organization:by-cookie')
    expect(body.items[0]).toMatchObject({ actor: `key:${id}`, action: 'organization.create' })
    expect((await anybody('GET', '/v1/sign-in', undefined, { cookie })).body).toEqual(answer.body)
  })

  test('it rests as a hash, and its beginning and end are in the audit', async () => {
    const { id, key } = await newKey()
    const cookie = cookieOf(await signIn(key))
    const rows = JSON.stringify(await authority.authority.db.selectFrom('sign_ins').selectAll().execute())
    expect(rows).toContain(id)
    expect(rows).not.toContain(cookie.split('=')[1])
    await anybody('DELETE', '/v1/sign-in', undefined, { cookie, ...OWN_PAGE })
    const { body } = await authority.call('GET', `/v1/audit?subject=api_key:${id}`)
    expect(body.items.map(({ action }: { action: string }) => action)).toEqual(['sign_in.end', 'sign_in.begin', 'api_key.create'])
  })

  test('signing out ends it, wherever else the cookie is kept', async () => {
    const cookie = cookieOf(await signIn((await newKey()).key))
    const out = await anybody('DELETE', '/v1/sign-in', undefined, { cookie, ...OWN_PAGE })
    expect(out.body).toEqual({ authority: authority.authority.id, signed_in: false })
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await organizations(cookie)).status).toBe(401)
    expect((await anybody('DELETE', '/v1/sign-in', undefined, { cookie, ...OWN_PAGE })).status).toBe(200)
  })

  test('revoking the key ends it with the next request', async () => {
    const { id, key } = await newKey()
    const cookie = cookieOf(await signIn(key))
    expect((await organizations(cookie)).status).toBe(200)
    await authority.call('DELETE', `/v1/api-keys/${id}`)
    expect((await organizations(cookie)).status).toBe(401)
    expect((await anybody('GET', '/v1/sign-in', undefined, { cookie })).body.signed_in).toBe(false)
    expect((await signIn(key)).body.code).toBe('CREDENTIAL_INVALID')
  })

  test('it ends with the secret that began it: rotating a stolen key puts the thief out of the console too', async () => {
    const { id, key } = await newKey()
    const stolen = cookieOf(await signIn(key))
    const turned = (await authority.call('POST', `/v1/api-keys/${id}/rotate`, { overlap_seconds: 60 })).body
    const own = cookieOf(await signIn(turned.key))
    expect([(await organizations(stolen)).status, (await organizations(own)).status]).toEqual([200, 200])
    now += 60_000
    expect([(await organizations(stolen)).status, (await organizations(own)).status]).toEqual([401, 200])
    expect((await anybody('GET', '/v1/sign-in', undefined, { cookie: stolen })).body.signed_in).toBe(false)
  })

  test('it ends after twelve hours, and the sweep leaves the others', async () => {
    const cookie = cookieOf(await signIn((await newKey()).key))
    now = MONDAY + LIFE_SECONDS * 1000 - 1
    expect((await organizations(cookie)).status).toBe(200)
    const later = cookieOf(await signIn((await newKey()).key))
    now += 1
    expect((await organizations(cookie)).status).toBe(401)
    await authority.authority.signIns.sweep()
    expect((await organizations(later)).status).toBe(200)
    expect(await authority.authority.db.selectFrom('sign_ins').selectAll().execute()).toHaveLength(1)
  })

  const foreign: { name: string; headers: Record<string, string> }[] = [
    { name: 'a form', headers: { 'sec-fetch-site': 'cross-site' } },
    { name: 'another site', headers: { ...OWN_PAGE, 'sec-fetch-site': 'cross-site' } },
    { name: 'a neighbour under the same domain', headers: { ...OWN_PAGE, 'sec-fetch-site': 'same-site' } },
    { name: 'an old browser, of another origin', headers: { 'x-writ-console': '1', origin: 'https://evil.example' } },
    { name: 'an old browser that does not say', headers: { 'x-writ-console': '1' } },
    { name: 'a page without the header', headers: { 'sec-fetch-site': 'same-origin' } },
  ]
  for (const { name, headers } of foreign) {
    test(`${name} changes nothing with the cookie, and signs nobody in`, async () => {
      const { key } = await newKey()
      const cookie = cookieOf(await signIn(key))
      const change = await anybody('POST', '/v1/organizations', { title: 'x' }, { cookie, ...headers })
      expect([change.status, change.body.code]).toEqual([403, 'ORIGIN_REFUSED'])
      expect((await anybody('POST', '/v1/sign-in', { key }, headers)).body.code).toBe('ORIGIN_REFUSED')
      expect((await anybody('DELETE', '/v1/sign-in', undefined, { cookie, ...headers })).body.code).toBe('ORIGIN_REFUSED')
      expect((await organizations(cookie)).status).toBe(200)
    })
  }

  test('another site does not read with the cookie either, and an old browser of this origin may change', async () => {
    const cookie = cookieOf(await signIn((await newKey()).key))
    expect((await organizations(cookie, { 'sec-fetch-site': 'cross-site' })).body.code).toBe('ORIGIN_REFUSED')
    expect((await anybody('GET', '/v1/sign-in', undefined, { cookie, 'sec-fetch-site': 'cross-site' })).body.signed_in).toBe(false)
    const own = { 'x-writ-console': '1', origin: authority.url }
    expect((await anybody('POST', '/v1/organizations', { title: 'x' }, { cookie, ...own })).status).toBe(201)
  })

  test('a key in the header counts, and the cookie beside it does not', async () => {
    const cookie = cookieOf(await signIn((await newKey()).key))
    expect((await authority.as('writ_key_none')('GET', '/v1/organizations', undefined, { cookie, ...OWN_PAGE })).status).toBe(401)
    expect((await authority.call('GET', '/v1/audit', undefined, { cookie })).status).toBe(200)
  })

  test('a cookie that is none opens nothing', async () => {
    const name = `writ-${authority.authority.id}`
    for (const cookie of [`${name}=`, `${name}=nothing`, name, 'writ=x', `a=b; ${name}=;;`]) {
      expect((await organizations(cookie)).status).toBe(401)
    }
  })

  test('over TLS the cookie is Secure and bound to its host', async () => {
    const config = testConfig(`${folder}/tls`, { behindProxy: ['127.0.0.1'] })
    const other = await startAuthority(await open(), folder, { config })
    const { key } = (await other.call('POST', '/v1/api-keys', { name: 'k', scopes: ['manage:organizations'] })).body
    const headers = { ...OWN_PAGE, 'x-forwarded-proto': 'https', 'x-forwarded-host': 'writ.example' }
    const answer = await other.as(undefined)('POST', '/v1/sign-in', { key }, headers)
    expect(answer.headers.get('set-cookie')).toMatch(new RegExp(`^__Host-writ-${other.authority.id}=.*; Path=/; .*; Secure$`))
    const cookie = cookieOf(answer)
    const read = (more: object) => other.as(undefined)('GET', '/v1/organizations', undefined, { cookie, ...OWN_PAGE, ...more })
    expect((await read({ 'x-forwarded-proto': 'https' })).status).toBe(200)
    expect((await read({})).status).toBe(401)
    await other.close()
  })
})
