import { readFileSync } from 'node:fs'
import type { Fact, LicenseFact } from '@writ/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type Call, MONDAY, onBothStores, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

const atlas = readFileSync(new URL('../../../examples/atlas.terms.yaml', import.meta.url), 'utf8')

onBothStores('identities', (open) => {
  const folder = scratchFolder()
  let authority: TestAuthority
  let call: Call
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder, { clock: () => MONDAY })
    call = authority.call
    expect((await call('POST', '/v1/products/atlas/editions', { terms: atlas })).status).toBe(201)
    for (const id of ['acme', 'globex', 'constructor']) await call('POST', '/v1/organizations', { id, title: id })
    await state(
      license('L-acme', 'standard', 'acme'),
      license('L-globex', 'enterprise', 'globex'),
      license('L-free', 'free', 'constructor'),
    )
  })
  afterAll(() => authority.close())

  const state = (...facts: Fact[]) =>
    authority.authority.mutate({ actor: 'operator', requestId: 'r' }, { action: 'test.state', subject: 'test:facts' }, async (_, change) =>
      change.state(...facts),
    )
  const license = (id: string, plan: string, organization: string): LicenseFact => ({
    fact: 'license',
    id,
    product: 'atlas',
    edition: 1,
    plan,
    organization,
    starts: MONDAY - 1000,
  })
  const create = (body: object): Promise<Answer> => call('POST', '/v1/identities', body)
  const ask = async (identity: unknown, organization: string, feature = 'dashboard.view', more: object = {}) => {
    const { body } = await call('POST', '/v1/check', { identity, organization, feature, context: { country: 'DE' }, ...more })
    return body.allowed === true ? 'allowed' : body.reason
  }
  const outcome = ({ status, body }: Answer): [number, string] => [status, body.code]
  const worldSeats = (id: string) => [...authority.authority.world.facts()].filter((fact) => fact.fact === 'seat' && fact.identity === id)
  const rowsOf = (table: 'seats' | 'floating_seats', id: string) =>
    authority.authority.db.selectFrom(table).select('license_id').where('identity_id', '=', id).execute()
  const keyFor = async (more: object): Promise<Call> =>
    authority.as((await call('POST', '/v1/api-keys', { name: 'narrow', scopes: ['manage:identities'], ...more })).body.key)

  test('an identity is created with all that is said of it, and World has it when the answer comes', async () => {
    const said = {
      id: 'ann',
      name: 'Ann Example',
      in: { acme: ['analyst', 'viewer'] },
      factors: ['otp', 'retina'],
      attributes: { email: 'ann@acme.example', clearance: 3, teams: ['a', 'b'] },
      links: [{ issuer: 'https://idp.example', subject: 'ann' }],
    }
    const made = await create(said)
    expect([made.status, made.headers.get('location'), made.headers.get('etag')]).toEqual([201, '/v1/identities/ann', '"1"'])
    const at = '2026-11-23T09:00:00Z'
    expect(made.body).toEqual({ ...said, kind: 'human', status: 'active', version: 1, created_at: at, updated_at: at })
    expect((await call('GET', '/v1/identities/ann')).body).toEqual(made.body)
    const { name: _, ...fact } = said
    expect([...authority.authority.world.facts()]).toContainEqual({ fact: 'identity', kind: 'human', status: 'active', ...fact })
    expect(await ask('ann', 'acme')).toBe('allowed')
    expect(await ask({ issuer: 'https://idp.example', subject: 'ann' }, 'acme')).toBe('allowed')
  })

  test('an identity without an id is given one, is human and belongs nowhere', async () => {
    const { body } = await create({})
    expect(body.id).toMatch(/^idn_[0-9a-f]{24}$/)
    expect(body).toMatchObject({ kind: 'human', status: 'active', in: {}, attributes: {}, links: [] })
    expect(body).not.toHaveProperty('factors')
  })

  test('an id is taken once, also by callers who race for it', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => create({ id: 'race', name: `${i}` })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409])
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('IDENTITY_EXISTS')
  })

  test('a link belongs to one identity, also when two race for it, and moves only after it was given up', async () => {
    const link = { issuer: 'https://idp.example', subject: 'wanted' }
    const answers = await Promise.all(['one', 'two'].map((id) => create({ id: `link-${id}`, links: [link] })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    const loser = answers.find(({ status }) => status === 409) as Answer
    expect(loser.body.code).toBe('IDENTITY_LINK_TAKEN')
    const owner = answers.find(({ status }) => status === 201)?.body.id
    const other = owner === 'link-one' ? 'link-two' : 'link-one'
    expect((await call('GET', `/v1/identities/${other}`)).status).toBe(404) // the refused creation left nothing behind
    await create({ id: other })
    expect(outcome(await call('PATCH', `/v1/identities/${other}`, { links: [link] }))).toEqual([409, 'IDENTITY_LINK_TAKEN'])
    expect((await call('PATCH', `/v1/identities/${owner}`, { links: [] })).body.links).toEqual([])
    expect((await call('PATCH', `/v1/identities/${other}`, { links: [link, link] })).body.links).toEqual([link])
    expect(authority.authority.world.identities.id(authority.authority.world.identities.find(link) as number)).toBe(other)
  })

  test('an unknown organization is refused, one named as JavaScript names things is not', async () => {
    expect(outcome(await create({ id: 'lost', in: { nowhere: [] } }))).toEqual([404, 'ORGANIZATION_UNKNOWN'])
    await create({ id: 'toString' })
    expect(outcome(await call('PUT', '/v1/identities/toString/memberships/valueOf', { roles: [] }))).toEqual([404, 'ORGANIZATION_UNKNOWN'])
    const put = await call('PUT', '/v1/identities/toString/memberships/constructor', { roles: ['viewer'] })
    expect(put.body.in).toEqual({ constructor: ['viewer'] })
    expect(await ask('toString', 'constructor')).toBe('allowed')
  })

  test('what is sent is bounded and plain', async () => {
    const refused: [string, object][] = [
      ['too many roles', { in: { acme: Array.from({ length: 51 }, (_, i) => `r${i}`) } }],
      ['a role with a line break', { in: { acme: ['a\nb'] } }],
      ['too many levels', { factors: Array.from({ length: 51 }, (_, i) => `l${i}`) }],
      ['a long attribute', { attributes: { email: 'x'.repeat(1025) } }],
      ['too many attributes', { attributes: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`a${i}`, i])) }],
      ['an attribute that is no fact', { attributes: { nested: { a: 1 } } }],
      ['an infinite attribute', JSON.parse('{"attributes":{"n":1e999}}')],
      ['a link with a space in its issuer', { links: [{ issuer: 'https://a b', subject: 's' }] }],
      ['a name with a NUL', { name: 'a\0b' }],
      ['a kind of its own', { kind: 'robot' }],
      ['a member that is not known', { admin: true }],
      ['a status', { status: 'revoked' }],
    ]
    for (const [name, body] of refused) {
      const text = name === 'an infinite attribute' ? '{"attributes":{"n":1e999}}' : body
      expect([name, ...outcome(await call('POST', '/v1/identities', text))]).toEqual([name, 400, 'REQUEST_INVALID'])
    }
  })

  test('a change replaces what it names and nothing else, and access follows', async () => {
    await create({ id: 'bob', name: 'Bob', in: { acme: ['viewer'] }, attributes: { email: 'bob@acme.example' } })
    expect(await ask('bob', 'acme', 'model.size', { wanted: 'small' })).toBe('not_permitted')
    const { body, headers } = await call('PATCH', '/v1/identities/bob', { in: { acme: ['analyst'] }, name: null, factors: ['password'] })
    expect(headers.get('etag')).toBe('"2"')
    expect(body).toMatchObject({ in: { acme: ['analyst'] }, factors: ['password'], attributes: { email: 'bob@acme.example' }, version: 2 })
    expect(body).not.toHaveProperty('name')
    expect(await ask('bob', 'acme', 'model.size', { wanted: 'small' })).toBe('allowed')
    expect((await call('PATCH', '/v1/identities/bob', { factors: null })).body).not.toHaveProperty('factors')
  })

  test('a stale If-Match changes nothing', async () => {
    await create({ id: 'versioned' })
    const stale = { 'if-match': '"7"' }
    for (const [method, path, body] of [
      ['PATCH', '', { name: 'x' }],
      ['PUT', '/memberships/acme', { roles: [] }],
      ['POST', '/revoke', undefined],
    ] as const) {
      expect(outcome(await call(method, `/v1/identities/versioned${path}`, body, stale))).toEqual([412, 'PRECONDITION_FAILED'])
    }
    expect((await call('GET', '/v1/identities/versioned')).body).toMatchObject({ status: 'active', version: 1 })
  })

  test('of eight memberships given at once none is lost', async () => {
    const ids = Array.from({ length: 8 }, (_, i) => `many-${i}`)
    for (const id of ids) await call('POST', '/v1/organizations', { id, title: id })
    await create({ id: 'busy' })
    await Promise.all(ids.map((id) => call('PUT', `/v1/identities/busy/memberships/${id}`, { roles: ['viewer'] })))
    const { body } = await call('GET', '/v1/identities/busy')
    expect(Object.keys(body.in)).toEqual(ids)
    expect(body.version).toBe(9)
  })

  test('revoked: the very next question is refused, the seats are free, and nothing brings it back', async () => {
    await create({ id: 'cy', in: { acme: ['viewer'], globex: ['viewer'] } })
    expect([await ask('cy', 'acme'), await ask('cy', 'globex')]).toEqual(['allowed', 'allowed'])
    expect(worldSeats('cy')).toHaveLength(1)
    expect([await rowsOf('seats', 'cy'), await rowsOf('floating_seats', 'cy')]).toEqual([
      [{ license_id: 'L-acme' }],
      [{ license_id: 'L-globex' }],
    ])
    expect(authority.authority.ledger.view.floating('L-globex').map(({ identity }) => identity)).toContain('cy')
    const { taken } = authority.authority.world.license('L-acme')?.seats ?? { taken: -1 }

    const revoked = await call('POST', '/v1/identities/cy/revoke')
    expect([revoked.status, revoked.body.status]).toEqual([200, 'revoked'])
    expect([await ask('cy', 'acme'), await ask('cy', 'globex')]).toEqual(['identity_revoked', 'identity_revoked'])
    expect([await rowsOf('seats', 'cy'), await rowsOf('floating_seats', 'cy')]).toEqual([[], []])
    expect(authority.authority.ledger.view.floating('L-globex').map(({ identity }) => identity)).not.toContain('cy')
    expect(authority.authority.world.license('L-acme')?.seats.taken).toBe(taken - 1)
    expect(worldSeats('cy')).toEqual([expect.objectContaining({ license: 'L-acme', freed_at: MONDAY })]) // standard holds a seat for 24 hours

    expect(outcome(await call('POST', '/v1/identities/cy/resume'))).toEqual([409, 'IDENTITY_REVOKED'])
    expect(outcome(await call('POST', '/v1/identities/cy/suspend'))).toEqual([409, 'IDENTITY_REVOKED'])
    expect((await call('POST', '/v1/identities/cy/revoke')).body.version).toBe(revoked.body.version)
    const { body } = await call('GET', '/v1/audit?subject=identity:cy&limit=1')
    expect(body.items[0]).toMatchObject({ action: 'identity.revoke', detail: { status: 'revoked', freed_seats: ['L-acme', 'L-globex'] } })
  })

  test('the feed names each licence whose floating seats are others now', async () => {
    await create({ id: 'dot', in: { globex: ['viewer'], acme: ['viewer'] } })
    await ask('dot', 'globex')
    await ask('dot', 'acme')
    await call('POST', '/v1/identities/dot/suspend')
    const { touched } = await authority.authority.db
      .selectFrom('changes')
      .select('touched')
      .orderBy('revision', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(touched).toEqual([{ kind: 'usage', id: 'L-globex' }])
  })

  test('suspended: refused until resumed, and without a hold the seat is simply gone', async () => {
    await create({ id: 'eve', in: { constructor: ['viewer'] } })
    expect(await ask('eve', 'constructor')).toBe('allowed')
    const dry = await call('POST', '/v1/identities/eve/suspend?dry_run=true')
    expect([dry.body.status, await ask('eve', 'constructor')]).toEqual(['suspended', 'allowed'])
    await call('POST', '/v1/identities/eve/suspend')
    expect([await ask('eve', 'constructor'), worldSeats('eve')]).toEqual(['identity_suspended', []])
    const again = await call('POST', '/v1/identities/eve/suspend')
    expect([again.status, again.body.version]).toEqual([200, 2])
    await call('POST', '/v1/identities/eve/resume')
    expect(await ask('eve', 'constructor')).toBe('allowed')
    expect(worldSeats('eve')).toHaveLength(1)
  })

  test('who leaves an organization leaves its seats and its grants, and no others', async () => {
    await create({ id: 'fay', in: { acme: ['viewer'], constructor: ['viewer'] } })
    await create({ id: 'boss', in: { acme: ['admin'] } })
    await Promise.all([ask('fay', 'acme'), ask('fay', 'constructor')])
    const grant = {
      identity: 'fay',
      feature: 'report.export',
      until: '2026-11-23T12:00:00Z',
      approved_by: [{ identity: 'boss', roles: ['admin'] }],
    }
    const acmes = (await call('POST', '/v1/grants', { ...grant, organization: 'acme' })).body.id
    const others = (await call('POST', '/v1/grants', { ...grant, organization: 'constructor' })).body.id
    const left = await call('DELETE', '/v1/identities/fay/memberships/acme')
    expect([left.status, left.body.in]).toEqual([200, { constructor: ['viewer'] }])
    expect(await rowsOf('seats', 'fay')).toEqual([{ license_id: 'L-free' }])
    expect(await ask('fay', 'acme')).toBe('no_license')
    expect((await call('GET', `/v1/grants/${acmes}`)).body.revoked_at).toBe('2026-11-23T09:00:00Z')
    expect((await call('GET', `/v1/grants/${others}`)).body).not.toHaveProperty('revoked_at')
    expect([...authority.authority.world.facts()].filter((fact) => fact.fact === 'grant' && fact.identity === 'fay')).toHaveLength(1)
    expect(outcome(await call('DELETE', '/v1/identities/fay/memberships/acme'))).toEqual([404, 'MEMBERSHIP_UNKNOWN'])
  })

  test('replacing the memberships leaves the organizations that are not named', async () => {
    await create({ id: 'gus', in: { constructor: ['viewer'] } })
    await ask('gus', 'constructor')
    await call('PATCH', '/v1/identities/gus', { in: { acme: ['viewer'] } })
    expect([await rowsOf('seats', 'gus'), worldSeats('gus')]).toEqual([[], []])
  })

  test('identities are listed by organization, kind and status, in pages', async () => {
    await call('POST', '/v1/organizations', { id: 'listed', title: 'Listed' })
    for (const [id, kind] of [
      ['l-1', 'human'],
      ['l-2', 'agent'],
      ['l-3', 'human'],
    ] as const)
      await create({ id, kind, in: { listed: [] } })
    await call('POST', '/v1/identities/l-3/suspend')
    const ids = async (query: string) => {
      const { body } = await call('GET', `/v1/identities?organization=listed${query}`)
      return body.items.map(({ id }: { id: string }) => id)
    }
    expect(await ids('')).toEqual(['l-1', 'l-2', 'l-3'])
    expect(await ids('&kind=agent')).toEqual(['l-2'])
    expect(await ids('&status=suspended')).toEqual(['l-3'])
    const { body } = await call('GET', '/v1/identities?organization=listed&limit=2')
    expect(await ids(`&limit=2&after=${body.next}`)).toEqual(['l-3'])
    expect((await call('GET', '/v1/identities?organization=nowhere')).body.items).toEqual([])
  })

  test("a credential limited to an organization sees no other's identities, and cannot tell them from none", async () => {
    const ofAcme = await keyFor({ organizations: ['acme'] })
    await create({ id: 'theirs', in: { globex: ['viewer'] } })
    const attempts: [string, string, object?][] = [
      ['GET', ''],
      ['PATCH', '', { name: 'mine' }],
      ['PUT', '/memberships/acme', { roles: ['admin'] }],
      ['DELETE', '/memberships/acme'],
      ['POST', '/suspend'],
      ['POST', '/revoke'],
      ['POST', '/resume'],
      ['POST', '/signals', { name: 'new_device' }],
      ['GET', '/signals'],
      ['DELETE', '/signals/s'],
    ]
    for (const [method, path, body] of attempts) {
      const [there, notThere] = [
        await ofAcme(method, `/v1/identities/theirs${path}`, body),
        await ofAcme(method, `/v1/identities/nobody${path}`, body),
      ]
      const told = ({ instance: _, ...problem }: Record<string, unknown>) => problem
      expect([method, path, there.status, told(there.body)]).toEqual([method, path, 404, told(notThere.body)])
      expect(there.body.code).toBe('IDENTITY_UNKNOWN')
    }
    const listed = (await ofAcme('GET', '/v1/identities?limit=200')).body.items
    expect(listed.length).toBeGreaterThan(0)
    for (const item of listed) expect(Object.keys(item.in)).toEqual(['acme'])
    expect((await ofAcme('GET', '/v1/identities?organization=globex')).body.items).toEqual([])
  })

  test("a credential limited to an organization changes what is that organization's, and nothing that reaches beyond", async () => {
    const ofAcme = await keyFor({ organizations: ['acme'] })
    await create({ id: 'shared', name: 'Shared', in: { acme: ['viewer'], globex: ['viewer'] } })
    expect((await ofAcme('GET', '/v1/identities/shared')).body.in).toEqual({ acme: ['viewer'] })
    expect((await ofAcme('PUT', '/v1/identities/shared/memberships/acme', { roles: ['admin'] })).body.in).toEqual({ acme: ['admin'] })
    expect((await ofAcme('PATCH', '/v1/identities/shared', { in: { acme: ['analyst'] } })).status).toBe(200)
    for (const [method, path, body] of [
      ['PATCH', '', { name: 'Mine' }],
      ['POST', '/revoke', undefined],
      ['POST', '/signals', { name: 'new_device' }],
    ] as const) {
      expect(outcome(await ofAcme(method, `/v1/identities/shared${path}`, body))).toEqual([403, 'REACH_TOO_NARROW'])
    }
    expect(outcome(await ofAcme('PUT', '/v1/identities/shared/memberships/globex', { roles: [] }))).toEqual([404, 'ORGANIZATION_UNKNOWN'])
    expect(outcome(await ofAcme('PATCH', '/v1/identities/shared', { in: { globex: [] } }))).toEqual([404, 'ORGANIZATION_UNKNOWN'])
    expect((await call('GET', '/v1/identities/shared')).body).toMatchObject({
      name: 'Shared',
      in: { acme: ['analyst'], globex: ['viewer'] },
    })
    expect((await ofAcme('POST', '/v1/identities', { id: 'ours', in: { acme: [] } })).status).toBe(201)
    expect((await ofAcme('POST', '/v1/identities/ours/revoke')).body.status).toBe('revoked')
    expect(outcome(await ofAcme('POST', '/v1/identities', { in: { globex: [] } }))).toEqual([404, 'ORGANIZATION_UNKNOWN'])
    expect(outcome(await ofAcme('POST', '/v1/identities', {}))).toEqual([403, 'REACH_TOO_NARROW'])
  })

  test('without the scope nothing is answered', async () => {
    const other = await keyFor({ scopes: ['manage:catalog'] })
    expect(outcome(await other('GET', '/v1/identities'))).toEqual([403, 'SCOPE_MISSING'])
  })

  test('a signal raises the bar or closes it until it is withdrawn', async () => {
    await create({ id: 'hal', in: { acme: ['viewer'] } })
    const raised = await call('POST', '/v1/identities/hal/signals', { name: 'reported_compromise', session: 's1', device: 'd1' })
    expect([raised.status, raised.body]).toEqual([
      201,
      {
        id: expect.stringMatching(/^sig_/),
        identity: 'hal',
        name: 'reported_compromise',
        session: 's1',
        device: 'd1',
        at: '2026-11-23T09:00:00Z',
      },
    ])
    expect(await ask('hal', 'acme')).toBe('risk_denied')
    expect((await call('GET', '/v1/identities/hal/signals')).body.items).toEqual([raised.body])
    expect(outcome(await call('DELETE', `/v1/identities/ann/signals/${raised.body.id}`))).toEqual([404, 'SIGNAL_UNKNOWN'])
    expect((await call('DELETE', `/v1/identities/hal/signals/${raised.body.id}`)).status).toBe(204)
    expect(await ask('hal', 'acme')).toBe('allowed')
    const unusual = await call('POST', '/v1/identities/hal/signals', { name: 'unusual_hour', at: '2026-11-23T08:00:00Z' })
    expect([unusual.body.at, await ask('hal', 'acme')]).toEqual(['2026-11-23T08:00:00Z', 'step_up_required'])
  })

  test('a signal does not come from the future, beyond what clocks differ by', async () => {
    await create({ id: 'ida' })
    const raise = (at: string) => call('POST', '/v1/identities/ida/signals', { name: 'new_device', at })
    expect((await raise('2026-11-23T09:00:30Z')).body.at).toBe('2026-11-23T09:00:00Z')
    const { status, body } = await raise('2026-11-23T09:01:01Z')
    expect([status, body.errors]).toEqual([400, [{ in: 'body', pointer: '/at', detail: 'must not lie in the future' }]])
    expect((await raise('yesterday')).status).toBe(400)
  })

  test('who is audited is told of by the one organization that the identity belongs to', async () => {
    await create({ id: 'jo', in: { acme: [] } })
    await call('POST', '/v1/identities/jo/suspend')
    const { body } = await call('GET', '/v1/audit?subject=identity:jo')
    expect(body.items.map(({ action, organization }: Record<string, string>) => `${action} ${organization}`)).toEqual([
      'identity.suspend acme',
      'identity.create acme',
    ])
  })

  test("an organization's audit does not tell where else an identity belongs", async () => {
    const ofAcme = await keyFor({ scopes: ['manage:audit'], organizations: ['acme'] })
    await create({ id: 'two', in: { globex: ['keeper'] } })
    const put = (path: string, body: object) => call('PUT', `/v1/identities/two/memberships/${path}`, body)
    expect((await put('acme', { roles: ['viewer'] })).status).toBe(200)
    expect((await put('acme', { roles: ['keeper'] })).status).toBe(200)
    expect((await call('DELETE', '/v1/identities/two/memberships/acme')).status).toBe(200)
    // Joins another organization while it belongs to one alone: a row of neither.
    await create({ id: 'three', in: { acme: ['viewer'] } })
    const both = { name: 'Three', in: { acme: ['viewer'], globex: ['keeper'] } }
    expect((await call('PATCH', '/v1/identities/three', both)).status).toBe(200)
    expect((await call('PATCH', '/v1/identities/three', { in: { acme: ['viewer'] } })).status).toBe(200)

    const rows = async (caller: Call, id: string) =>
      (await caller('GET', `/v1/audit?subject=identity:${id}`)).body.items.map(({ action, detail }: { action: string; detail: object }) => [
        action,
        detail,
      ])
    expect(await rows(ofAcme, 'two')).toEqual([
      ['identity.leave', { in: {} }],
      ['identity.set_roles', { in: { acme: ['keeper'] } }],
      ['identity.set_roles', { in: { acme: ['viewer'] } }],
    ])
    expect((await rows(ofAcme, 'three')).map(([action]: [string]) => action)).toEqual(['identity.create'])
    expect(await rows(call, 'three')).toEqual([
      ['identity.update', { in: { acme: ['viewer'] } }],
      ['identity.update', both],
      ['identity.create', expect.anything()],
    ])
  })
})
