import { readFileSync } from 'node:fs'
import type { Fact } from '@writ/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Call, MONDAY, onBothStores, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

const atlas = readFileSync(new URL('../../../examples/atlas.terms.yaml', import.meta.url), 'utf8')

/** The certification scenario of AuthZEN 1.0 (`field`: alice, bob, record-1, record-2) written as terms. */
const records = `
terms: 1
product: records
title: Records
features:
  read: { title: Read, resource: record }
  write: { title: Write, resource: record }
  delete: { title: Delete, resource: record }
properties: { subject: { role: string }, resource: { status: string }, action: { soft: boolean } }
roles: { user: ['*'], reader: [read, write] }
plans:
  all:
    title: All
    includes:
      read: {}
      write:
        - { when: '!has(resource.properties.status) || resource.properties.status != "archived"', resources: { labels: { status: [active] } } }
        - { when: 'has(subject.properties.role) && subject.properties.role == "admin" && has(resource.properties.status) && resource.properties.status == "archived"' }
      delete: { when: action.properties.soft }
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
const facts: Fact[] = [
  { fact: 'edition', product: 'atlas', edition: 1, terms: atlas },
  { fact: 'edition', product: 'records', edition: 1, terms: records },
  ...['acme', 'globex', 'filer'].map((id): Fact => ({ fact: 'organization', id })),
  license('L1', 'standard', 'acme'),
  license('L2', 'enterprise', 'globex'),
  license('R1', 'all', 'filer', 'records'),
  { fact: 'identity', id: 'ann', kind: 'human', status: 'active', in: { acme: ['analyst'] } },
  { fact: 'identity', id: 'gus', kind: 'human', status: 'active', in: { globex: ['analyst'] } },
  { fact: 'identity', id: 'alice', kind: 'human', status: 'active', in: { filer: ['user'] } },
  { fact: 'identity', id: 'bob', kind: 'human', status: 'active', in: { filer: ['reader'] } },
  { fact: 'resource', id: 'record-1', kind: 'record', labels: { status: 'active' } },
  { fact: 'resource', id: 'record-2', kind: 'record', labels: { status: 'archived' } },
  { fact: 'signal', id: 's1', name: 'new_device', identity: 'gus', session: 'risky', at: MONDAY - 1000 },
]

onBothStores('decisions over HTTP', (open) => {
  let authority: TestAuthority
  let call: Call
  const folder = scratchFolder()
  const germany = { country: 'DE' }
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder, { clock: () => MONDAY })
    call = authority.call
    await authority.authority.mutate(
      { actor: 'operator', requestId: 'setup' },
      { action: 'test.setup', subject: 'test:world' },
      async (_, change) => {
        change.state(...facts)
      },
    )
  })
  afterAll(() => authority.close())

  const keyWith = async (scopes: string[], more: object = {}): Promise<Call> => {
    const made = await call('POST', '/v1/api-keys', { name: 'test', scopes, ...more })
    expect(made.status).toBe(201)
    return authority.as(made.body.key)
  }

  test('a native check answers with every member of the answer and takes a seat', async () => {
    const { status, body } = await call('POST', '/v1/check', { identity: 'ann', feature: 'dashboard.view', context: germany })
    expect(status).toBe(200)
    expect(body).toMatchObject({ allowed: true, license: 'L1', entry: 0, edition: 1, remedies: [], notices: [], obligations: [] })
    expect(authority.authority.world.license('L1')?.seats.taken).toBe(1)
    const again = await call('POST', '/v1/check', { identity: 'ann', feature: 'dashboard.view', context: germany })
    expect(again.body).toMatchObject({ allowed: true, expires: '2026-11-23T17:00:00Z' })
  })

  test('a refusal is an answer, with reason and remedies', async () => {
    const { status, body } = await call('POST', '/v1/check', {
      identity: 'ann',
      feature: 'host.shell',
      resource: { id: 'web1', kind: 'ssh' },
      context: germany,
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({ allowed: false, reason: 'not_entitled' })
  })

  test('explain shows every gate, consumes nothing, and may look at another instant', async () => {
    const { body } = await call('POST', '/v1/explain', {
      identity: 'ann',
      feature: 'dashboard.view',
      context: germany,
      at: '2026-11-22T12:00:00Z',
    })
    expect(body).toMatchObject({
      allowed: false,
      reason: 'outside_hours',
      simulated: true,
      remedies: [{ type: 'wait', until: '2026-11-23T07:00:00Z' }],
    })
    expect(body.trace[0].gates.map((gate: { gate: string }) => gate.gate)).toEqual([
      'facts',
      'identity',
      'license',
      'seat',
      'entitlement',
      'role',
      'context',
      'needs',
      'quota',
      'approval',
      'assurance',
    ])
    const now = await call('POST', '/v1/explain', { identity: 'ann', feature: 'dashboard.view', context: germany })
    expect(now.body.simulated).toBeUndefined()
    expect((await call('POST', '/v1/explain', { identity: 'ann', feature: 'x', at: 'tomorrow, around noon' })).body).toMatchObject({
      code: 'REQUEST_INVALID',
    })
  })

  test('an assertion that a credential is not scoped for never helps', async () => {
    const bare = await keyWith(['decide'])
    expect((await bare('POST', '/v1/check', { identity: 'ann', feature: 'dashboard.view', context: germany })).body).toMatchObject({
      reason: 'identity_unknown',
    })
    const noContext = await keyWith(['decide', 'assert:identity'])
    expect((await noContext('POST', '/v1/check', { identity: 'ann', feature: 'dashboard.view', context: germany })).body).toMatchObject({
      reason: 'context_missing',
    })
    const noResource = await keyWith(['decide', 'assert:identity', 'assert:context'])
    const shell = { identity: 'gus', feature: 'host.shell', resource: { id: 'web1', kind: 'ssh', environment: 'production' } }
    expect((await noResource('POST', '/v1/check', shell)).body).toMatchObject({ reason: 'resource_unknown' })
    const proven = {
      identity: 'ann',
      feature: 'users.manage',
      context: { ...germany, session: 's' },
      proofs: [{ level: 'hardware', at: '2026-11-23T08:59:00Z', session: 's' }],
    }
    expect((await noResource('POST', '/v1/explain', proven)).body.allowed).toBe(false)
  })

  test('but it may narrow: a session under suspicion is refused though nobody may vouch for it', async () => {
    const noContext = await keyWith(['decide', 'assert:identity'])
    expect((await noContext('POST', '/v1/check', { identity: 'gus', feature: 'dashboard.view' })).body.allowed).toBe(true)
    const risky = await noContext('POST', '/v1/check', { identity: 'gus', feature: 'dashboard.view', context: { session: 'risky' } })
    expect(risky.body).toMatchObject({ allowed: false, reason: 'step_up_required' })
  })

  test('and what is allowed both ways ends with the one that changes first', async () => {
    await authority.authority.mutate(
      { actor: 'operator', requestId: 'later' },
      { action: 'test.later', subject: 'test:world' },
      async (_, change) => {
        change.state({ fact: 'signal', id: 's2', name: 'new_device', identity: 'gus', session: 'calm', at: MONDAY + 60_000 })
      },
    )
    const noContext = await keyWith(['decide', 'assert:identity'])
    const subject = { subject: { type: 'user', id: 'gus' }, action: { name: 'storage' }, resource: { type: 'product', id: 'atlas' } }
    const { body } = await noContext('POST', '/access/v1/evaluation', { ...subject, context: { session: 'calm' } })
    expect(body).toMatchObject({ decision: true, context: { expires: '2026-11-23T09:01:00Z' } })
  })

  test('consuming and simulating need their scopes', async () => {
    const bare = await keyWith(['decide', 'assert:identity', 'assert:context'])
    const consuming = { identity: 'gus', feature: 'api.call', consume: { amount: 1, id: 'n1' } }
    expect(await bare('POST', '/v1/check', consuming)).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING', scope: 'consume' } })
    expect(await bare('POST', '/v1/explain', { identity: 'gus', feature: 'api.call', at: '2026-12-01T00:00:00Z' })).toMatchObject({
      status: 403,
      body: { scope: 'simulate' },
    })
    expect(await authority.as(undefined)('POST', '/v1/check', consuming)).toMatchObject({ status: 401 })
  })

  test('a credential of one organization or product does not see the others', async () => {
    const scopes = ['decide', 'assert:identity', 'assert:context']
    const ofAcme = await keyWith(scopes, { organizations: ['acme'] })
    expect((await ofAcme('POST', '/v1/check', { identity: 'gus', feature: 'dashboard.view' })).body).toMatchObject({
      reason: 'identity_unknown',
    })
    expect((await ofAcme('POST', '/v1/check', { identity: 'ann', feature: 'dashboard.view', context: germany })).body.allowed).toBe(true)
    expect(
      (await ofAcme('POST', '/v1/check', { identity: 'ann', organization: 'globex', feature: 'dashboard.view', context: germany })).body,
    ).toMatchObject({ reason: 'no_license' })
    const ofRecords = await keyWith(scopes, { products: ['records'] })
    expect((await ofRecords('POST', '/v1/check', { identity: 'gus', feature: 'dashboard.view' })).body).toMatchObject({
      reason: 'feature_unknown',
    })
  })

  test('the same consume.id gives the same answer, and another question under it is refused', async () => {
    const body = { identity: 'gus', feature: 'api.call', consume: { amount: 2, id: 'same' } }
    const first = await call('POST', '/v1/check', body)
    const second = await call('POST', '/v1/check', body)
    expect(first.body).toMatchObject({ allowed: true })
    expect(first.body.expires).toBeUndefined()
    expect(second.text).toBe(first.text)
    expect(await call('POST', '/v1/check', { ...body, consume: { amount: 3, id: 'same' } })).toMatchObject({
      status: 422,
      body: { code: 'CONSUME_ID_REUSED' },
    })
  })

  test('every decision is recorded', async () => {
    await call('POST', '/v1/check', { identity: 'ann', feature: 'moon.landing' }, { 'x-request-id': 'for-the-record' })
    await authority.authority.recorder.flush()
    const rows = await authority.authority.db.selectFrom('decisions').selectAll().where('request_id', '=', 'for-the-record').execute()
    expect(rows).toMatchObject([{ identity: 'ann', feature: 'moon.landing', allowed: false, reason: 'feature_unknown' }])
  })

  // ---- AuthZEN 1.0

  const evaluation = (subject: object, action: string | object, id: string, properties?: object) => ({
    subject: { type: 'user', ...subject },
    action: typeof action === 'string' ? { name: action } : action,
    resource: { type: 'record', id, ...(properties && { properties }) },
  })
  const scenario: [string, object, boolean][] = [
    ['alice reads record-1', evaluation({ id: 'alice' }, 'read', 'record-1'), true],
    ['alice writes record-1', evaluation({ id: 'alice' }, 'write', 'record-1'), true],
    ['bob reads record-1', evaluation({ id: 'bob' }, 'read', 'record-1'), true],
    ['alice writes an archived record', evaluation({ id: 'alice' }, 'write', 'record-1', { status: 'archived' }), false],
    [
      'an admin writes an archived record',
      evaluation({ id: 'bob', properties: { role: 'admin' } }, 'write', 'record-2', { status: 'archived' }),
      true,
    ],
    ['alice deletes softly', evaluation({ id: 'alice' }, { name: 'delete', properties: { soft: true } }, 'record-1'), true],
    ['alice deletes for good', evaluation({ id: 'alice' }, { name: 'delete', properties: { soft: false } }, 'record-1'), false],
  ]
  for (const [name, body, decision] of scenario) {
    test(`AuthZEN: ${name}: ${decision ? 'yes' : 'no'}`, async () => {
      const answer = await call('POST', '/access/v1/evaluation', body, { 'x-request-id': 'echo-me' })
      expect(answer).toMatchObject({ status: 200, body: { decision } })
      expect(answer.headers.get('x-request-id')).toBe('echo-me')
      if (decision) expect(answer.body).toEqual({ decision: true })
    })
  }

  for (const [type, decision] of [
    ['user', true],
    ['human', true],
    ['service', false],
    ['robot', false],
  ] as const) {
    test(`AuthZEN: a human asked about as ${type}: ${decision ? 'yes' : 'no'}`, async () => {
      const body = { ...evaluation({}, 'read', 'record-1'), subject: { type, id: 'alice' } }
      expect((await call('POST', '/access/v1/evaluation', body)).body.decision).toBe(decision)
    })
  }

  test('AuthZEN: a no carries reason and remedies under context, and commits nothing', async () => {
    const { body } = await call('POST', '/access/v1/evaluation', {
      subject: { type: 'user', id: 'ann' },
      action: { name: 'users.manage' },
      resource: { type: 'product', id: 'atlas' },
      context: germany,
    })
    expect(body).toMatchObject({ decision: false, context: { reason: 'not_permitted', remedies: [{ type: 'request_access' }] } })
  })

  test('AuthZEN: without evaluations a batch is a single evaluation', async () => {
    const single = evaluation({ id: 'alice' }, 'read', 'record-1')
    expect((await call('POST', '/access/v1/evaluations', single)).body).toEqual({ decision: true })
    expect((await call('POST', '/access/v1/evaluations', { ...single, evaluations: [] })).body).toEqual({ decision: true })
  })

  test('AuthZEN: an item replaces whole members of the defaults, and a faulty one is a no of its own', async () => {
    const { status, body } = await call('POST', '/access/v1/evaluations', {
      subject: { type: 'user', id: 'alice' },
      action: { name: 'read' },
      evaluations: [
        { resource: { type: 'record', id: 'record-1' } },
        {},
        { resource: { type: 'record', id: 'record-1' }, action: { name: 'delete', properties: { soft: false } } },
      ],
    })
    expect(status).toBe(200)
    expect(body.evaluations).toHaveLength(3)
    expect(body.evaluations[0]).toEqual({ decision: true })
    expect(body.evaluations[1]).toMatchObject({ decision: false, context: { error: { status: 400 } } })
    expect(body.evaluations[2].decision).toBe(false)
  })

  test('AuthZEN: an item is answered as the same question by itself, whatever it says of its own', async () => {
    const rest = { action: { name: 'read' }, resource: { type: 'record', id: 'record-1' }, context: { country: 'DE' } }
    const user = { subject: { type: 'user', id: 'alice' } }
    const subjects = [
      ...['alice', 'bob', 'nobody', '-', 'x'.repeat(257), ''].map((id) => ({ type: 'user', id })),
      ...['human', 'service', 'agent', ''].map((type) => ({ type, id: 'alice' })),
      { type: 'user', id: 'alice', properties: {} },
      { type: 'user', id: 'alice', properties: { team: 'red' } },
      { type: 'user', id: 'alice', properties: { team: {} } },
      { type: 'user', id: { issuer: 'https://login.example', subject: 'alice' } },
      ...[{ id: 'alice' }, 'alice', null, 7],
    ].map((subject) => ({ subject }))
    const others = [{ action: { name: 'delete' } }, { resource: null }, { context: { consume: 0 } }, { other: true }]
    const items = [...subjects, ...others.map((other) => ({ ...user, ...other })), {}, { other: true }]
    const { body } = await call('POST', '/access/v1/evaluations', { ...rest, evaluations: items })
    const alone = await Promise.all(items.map((item) => call('POST', '/access/v1/evaluation', { ...rest, ...item })))
    const said = (answer: { decision: boolean; context?: object }) => {
      const { revision: _, expires: __, error, ...context } = (answer.context ?? {}) as Record<string, unknown>
      return error === undefined ? { decision: answer.decision, context } : 'refused'
    }
    expect(body.evaluations.map(said)).toEqual(alone.map(({ status, body }) => (status === 200 ? said(body) : 'refused')))
    expect(new Set(body.evaluations.map((each: never) => JSON.stringify(said(each)))).size).toBeGreaterThan(2)
    // What is the same for all, and no question, is refused to each of them.
    const wrong = await call('POST', '/access/v1/evaluations', { ...rest, context: { consume: 0 }, evaluations: [user, user] })
    expect(wrong.body.evaluations.map(said)).toEqual(['refused', 'refused'])
  })

  for (const [semantic, count] of [
    ['execute_all', 3],
    ['deny_on_first_deny', 2],
    ['permit_on_first_permit', 1],
  ] as const) {
    test(`AuthZEN: ${semantic} gives ${count} answers, and what is not evaluated consumes nothing`, async () => {
      const item = (identity: string, i: number) => ({
        subject: { type: 'user', id: identity },
        context: { consume: { amount: 1, id: `${semantic} ${i}` } },
      })
      const { body } = await call('POST', '/access/v1/evaluations', {
        action: { name: 'api.call' },
        resource: { type: 'product', id: 'atlas' },
        options: { evaluations_semantic: semantic },
        evaluations: [item('gus', 0), item('nobody', 1), item('gus', 2)],
      })
      expect(body.evaluations.map(({ decision }: { decision: boolean }) => decision)).toEqual([true, false, true].slice(0, count))
      const events = await authority.authority.db.selectFrom('usage_events').select('id').where('id', 'like', `${semantic}%`).execute()
      expect(events).toHaveLength(count === 3 ? 2 : 1)
    })
  }

  test('AuthZEN: 1,000 questions in one batch, and not one more', async () => {
    const items = (count: number) => Array.from({ length: count }, () => ({ resource: { type: 'record', id: 'record-1' } }))
    const defaults = { subject: { type: 'user', id: 'alice' }, action: { name: 'read' } }
    const { body } = await call('POST', '/access/v1/evaluations', { ...defaults, evaluations: items(1000) })
    expect(body.evaluations.filter(({ decision }: { decision: boolean }) => decision)).toHaveLength(1000)
    expect((await call('POST', '/access/v1/evaluations', { ...defaults, evaluations: items(1001) })).status).toBe(400)
  })

  const faulty: [string, unknown][] = [
    ['no subject', { action: { name: 'read' }, resource: { type: 'record', id: 'record-1' } }],
    ['no action', { subject: { type: 'user', id: 'alice' }, resource: { type: 'record', id: 'record-1' } }],
    ['no resource id', { subject: { type: 'user', id: 'alice' }, action: { name: 'read' }, resource: { type: 'record' } }],
    ['a subject that is text', { subject: 'alice', action: { name: 'read' }, resource: { type: 'record', id: 'record-1' } }],
    [
      'a name that is a number',
      { subject: { type: 'user', id: 'alice' }, action: { name: 123 }, resource: { type: 'record', id: 'record-1' } },
    ],
    ['a list', []],
    ['nothing', ''],
    ['no JSON', '{"subject":'],
  ]
  for (const [name, body] of faulty) {
    test(`AuthZEN: ${name} is a 400 with a plain sentence`, async () => {
      const answer = await call('POST', '/access/v1/evaluation', body)
      expect(answer.status).toBe(400)
      expect(answer.headers.get('content-type')).toContain('text/plain')
      expect(answer.text).not.toBe('')
    })
  }

  test('AuthZEN: without a credential 401 says how, and another content type is not read', async () => {
    const body = evaluation({ id: 'alice' }, 'read', 'record-1')
    const anonymous = await authority.as(undefined)('POST', '/access/v1/evaluation', body)
    expect(anonymous.status).toBe(401)
    expect(anonymous.headers.get('www-authenticate')).toContain('invalid_token')
    expect((await call('POST', '/access/v1/evaluation', JSON.stringify(body), { 'content-type': 'text/plain' })).status).toBe(415)
    expect(
      (await call('POST', '/access/v1/evaluation', JSON.stringify(body), { 'content-type': 'application/json; charset=utf-8' })).status,
    ).toBe(200)
  })

  test('AuthZEN: the metadata names this decision point and its endpoints', async () => {
    const { body } = await authority.as(undefined)('GET', '/.well-known/authzen-configuration')
    expect(body.access_evaluation_endpoint).toBe(`${body.policy_decision_point}/access/v1/evaluation`)
    expect(body.access_evaluations_endpoint).toBe(`${body.policy_decision_point}/access/v1/evaluations`)
    expect(body.policy_decision_point).toBe(authority.url)
  })
})
