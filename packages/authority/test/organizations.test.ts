import { afterAll, beforeAll, expect, test } from 'vitest'
import { onBothStores, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

onBothStores('organizations and resources', (open) => {
  const folder = scratchFolder()
  let authority: TestAuthority
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder)
  })
  afterAll(() => authority.close())

  const keyFor = async (more: object): Promise<string> => {
    const made = await authority.call('POST', '/v1/api-keys', { name: 'narrow', scopes: ['manage:organizations', 'manage:audit'], ...more })
    return made.body.key as string
  }

  test('an organization is created under an id of the caller, and World has it when the answer comes', async () => {
    const made = await authority.call('POST', '/v1/organizations', { id: 'acme', title: 'Acme', roles: { analyst: ['report.*'] } })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ id: 'acme', title: 'Acme', roles: { analyst: ['report.*'] }, version: 1 })
    expect(made.headers.get('location')).toBe('/v1/organizations/acme')
    expect(made.headers.get('etag')).toBe('"1"')
    expect([...authority.authority.world.facts()]).toContainEqual({ fact: 'organization', id: 'acme', roles: { analyst: ['report.*'] } })
    expect((await authority.call('GET', '/v1/organizations/acme')).body).toEqual(made.body)
  })

  test('an organization without an id is given one', async () => {
    const { body } = await authority.call('POST', '/v1/organizations', { title: 'Nameless' })
    expect(body.id).toMatch(/^org_[0-9a-f]{24}$/)
  })

  test('an id is taken once, also by callers who race for it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => authority.call('POST', '/v1/organizations', { id: 'race', title: `${i}` })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409])
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('ORGANIZATION_EXISTS')
  })

  test('an unknown organization is 404', async () => {
    const { status, body } = await authority.call('GET', '/v1/organizations/nobody')
    expect([status, body.code]).toEqual([404, 'ORGANIZATION_UNKNOWN'])
    expect((await authority.call('PATCH', '/v1/organizations/nobody', { title: 'x' })).status).toBe(404)
  })

  test("replacing the customer's roles states them whole", async () => {
    await authority.call('POST', '/v1/organizations', { id: 'roles', title: 'Roles', roles: { one: ['a'] } })
    const roles = { two: { from: ['admin'], features: ['*'] } }
    const put = await authority.call('PUT', '/v1/organizations/roles/roles', roles)
    expect([put.status, put.body, put.headers.get('etag')]).toEqual([200, roles, '"2"'])
    expect((await authority.call('GET', '/v1/organizations/roles/roles')).body).toEqual(roles)
    expect([...authority.authority.world.facts()]).toContainEqual({ fact: 'organization', id: 'roles', roles })
  })

  test('a title changes without touching the roles', async () => {
    await authority.call('POST', '/v1/organizations', { id: 'titled', title: 'Old', roles: { one: ['a'] } })
    const { body } = await authority.call('PATCH', '/v1/organizations/titled', { title: 'New' })
    expect(body).toMatchObject({ title: 'New', roles: { one: ['a'] }, version: 2 })
  })

  test('a stale If-Match changes nothing, a current one does', async () => {
    await authority.call('POST', '/v1/organizations', { id: 'etag', title: '1' })
    const path = '/v1/organizations/etag'
    expect((await authority.call('PATCH', path, { title: '2' }, { 'if-match': '"1"' })).status).toBe(200)
    const stale = await authority.call('PATCH', path, { title: '3' }, { 'if-match': '"1"' })
    expect([stale.status, stale.body.code]).toEqual([412, 'PRECONDITION_FAILED'])
    expect((await authority.call('PATCH', path, { title: '3' }, { 'if-match': 'W/"2"' })).status).toBe(412)
    expect((await authority.call('PATCH', path, { title: '3' }, { 'if-match': '"9", "2"' })).body.title).toBe('3')
  })

  test('of two who change one organization at once neither is lost', async () => {
    await authority.call('POST', '/v1/organizations', { id: 'both', title: 'Old' })
    await Promise.all([
      authority.call('PATCH', '/v1/organizations/both', { title: 'New' }),
      authority.call('PUT', '/v1/organizations/both/roles', { own: ['a'] }),
    ])
    const { body } = await authority.call('GET', '/v1/organizations/both')
    expect(body).toMatchObject({ title: 'New', roles: { own: ['a'] }, version: 3 })
  })

  test('a dry run answers as if, and does nothing', async () => {
    await authority.call('POST', '/v1/organizations', { id: 'dry', title: 'Dry', roles: { one: ['a'] } })
    const { revision } = authority.authority.world
    const answer = await authority.call('PUT', '/v1/organizations/dry/roles?dry_run=true', {})
    expect([answer.status, answer.body]).toEqual([200, {}])
    expect((await authority.call('GET', '/v1/organizations/dry/roles')).body).toEqual({ one: ['a'] })
    expect(authority.authority.world.revision).toBe(revision)
  })

  test('a request sent twice under one Idempotency-Key is done once and answered with the same bytes', async () => {
    const send = (title: string) => authority.call('POST', '/v1/organizations', { title }, { 'idempotency-key': 'once' })
    const [first, second] = [await send('Once'), await send('Once')]
    expect([second.status, second.text, second.headers.get('location')]).toEqual([201, first.text, first.headers.get('location')])
    const other = await send('Another')
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
    expect((await authority.call('POST', '/v1/organizations', { title: 'x' }, { 'idempotency-key': 'a'.repeat(256) })).status).toBe(400)
  })

  test('pages follow each other to the end, in order of id', async () => {
    const seen: string[] = []
    let path = '/v1/organizations?limit=2'
    for (;;) {
      const { body } = await authority.call('GET', path)
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      if (body.next === undefined) break
      path = `/v1/organizations?limit=2&after=${body.next}`
    }
    expect(seen).toEqual([...new Set(seen)].sort())
    expect(seen).toContain('acme')
    expect((await authority.call('GET', '/v1/organizations?after=nonsense')).body.code).toBe('CURSOR_INVALID')
  })

  test('a credential sees the organizations that it is given, and others answer as if they were not there', async () => {
    const narrow = authority.as(await keyFor({ organizations: ['acme'] }))
    expect((await narrow('GET', '/v1/organizations')).body.items.map(({ id }: { id: string }) => id)).toEqual(['acme'])
    expect((await narrow('GET', '/v1/organizations/acme')).status).toBe(200)
    const [unseen, unknown] = [await narrow('GET', '/v1/organizations/dry'), await narrow('GET', '/v1/organizations/nobody')]
    expect([unseen.status, unseen.body.code]).toEqual([unknown.status, unknown.body.code])
    expect((await narrow('PUT', '/v1/organizations/dry/roles', {})).status).toBe(404)
    expect((await narrow('POST', '/v1/organizations', { title: 'Mine' })).status).toBe(404)
    const audit = await narrow('GET', '/v1/audit')
    expect(audit.body.items.length).toBeGreaterThan(0)
    for (const { organization } of audit.body.items) expect(organization).toBe('acme')
  })

  const refused: { name: string; body: unknown; pointer: string }[] = [
    { name: 'a title that is no text', body: { title: 5 }, pointer: '/title' },
    { name: 'a member that nobody knows', body: { title: 'x', tittle: 'y' }, pointer: '/tittle' },
    { name: 'an id with a slash', body: { id: 'a/b', title: 'x' }, pointer: '/id' },
    { name: 'an id that climbs', body: { id: '../x', title: 'x' }, pointer: '/id' },
    { name: 'a role with a name for a prototype', body: { title: 'x', roles: { constructor: 5 } }, pointer: '/roles/constructor' },
  ]
  for (const { name, body, pointer } of refused) {
    test(`refuses ${name} with a pointer to it`, async () => {
      const answer = await authority.call('POST', '/v1/organizations', body)
      expect([answer.status, answer.body.code]).toEqual([400, 'REQUEST_INVALID'])
      expect(answer.body.errors).toContainEqual(expect.objectContaining({ in: 'body', pointer }))
    })
  }

  test('a resource is declared, said anew, listed by kind, and removed', async () => {
    const made = await authority.call('POST', '/v1/resources', {
      id: 'db:orders',
      kind: 'postgres',
      environment: 'production',
      labels: { team: 'a' },
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ id: 'db:orders', kind: 'postgres', environment: 'production', labels: { team: 'a' }, version: 1 })
    expect(authority.authority.world.resource('db:orders')).toEqual({
      fact: 'resource',
      id: 'db:orders',
      kind: 'postgres',
      environment: 'production',
      labels: { team: 'a' },
    })
    const put = await authority.call('PUT', '/v1/resources/db:orders', { kind: 'postgres', region: 'eu' }, { 'if-match': '"1"' })
    expect(put.body).toMatchObject({ region: 'eu', labels: {}, version: 2 })
    expect(put.body.environment).toBeUndefined()
    await authority.call('POST', '/v1/resources', { id: 'host', kind: 'ssh' })
    expect((await authority.call('GET', '/v1/resources?kind=ssh')).body.items).toHaveLength(1)
    expect((await authority.call('DELETE', '/v1/resources/db:orders?dry_run=true')).status).toBe(204)
    expect((await authority.call('DELETE', '/v1/resources/db:orders', undefined, { 'if-match': '"1"' })).status).toBe(412)
    expect((await authority.call('DELETE', '/v1/resources/db:orders')).status).toBe(204)
    expect(authority.authority.world.resource('db:orders')).toBeUndefined()
    expect((await authority.call('GET', '/v1/resources/db:orders')).body.code).toBe('RESOURCE_UNKNOWN')
    expect((await authority.call('DELETE', '/v1/resources/db:orders')).status).toBe(404)
  })

  test('the longest id there may be is found again', async () => {
    const id = 'x'.repeat(128)
    expect((await authority.call('POST', '/v1/resources', { id, kind: 'ssh' })).status).toBe(201)
    expect((await authority.call('GET', `/v1/resources/${id}`)).status).toBe(200)
    expect((await authority.call('POST', '/v1/resources', { id: `${id}x`, kind: 'ssh' })).status).toBe(400)
  })

  test('the audit says who did what, newest first, with the revision and the request', async () => {
    await authority.call('POST', '/v1/organizations', { id: 'audited', title: 'Audited' }, { 'x-request-id': 'req-7' })
    await authority.call('PATCH', '/v1/organizations/audited', { title: 'Audited anew' })
    const { body } = await authority.call('GET', '/v1/audit?subject=organization:audited&limit=1')
    expect(body.items).toEqual([
      expect.objectContaining({ action: 'organization.update', detail: { title: 'Audited anew' }, organization: 'audited' }),
    ])
    const older = await authority.call('GET', `/v1/audit?subject=organization:audited&after=${body.next}`)
    expect(older.body.items).toEqual([
      expect.objectContaining({
        action: 'organization.create',
        request_id: 'req-7',
        actor: expect.stringMatching(/^key:key_/),
        revision: expect.any(Number),
      }),
    ])
    expect(older.body.next).toBeUndefined()
  })
})
