import { type Fact, formatInstant, type Request, requestFromWire, type WireRequest, type World } from '@writ/engine'
import { arbitraryScene, worldOf } from '@writ/engine/test/arbitrary-scene'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Authority } from '../src/app/authority.ts'
import { OrderedNames } from '../src/decisions/ordered-names.ts'
import { type Sought, search } from '../src/decisions/search.ts'
import { check } from '../src/decisions/service.ts'
import type { Credential } from '../src/enforcers/credentials.ts'
import type { Scope } from '../src/enforcers/scope.ts'
import { Ledger } from '../src/usage/ledger.ts'
import { type Answer, type Call, MONDAY, onBothStores, scratchFolder, startAuthority, type TestAuthority, testSealer } from './support.ts'

/** The certification scenario of AuthZEN 1.0 as terms: who is an admin, and what is archived, may be stored or sent. */
const records = `
terms: 1
product: records
title: Records
features:
  read: { title: Read, resource: record }
  write: { title: Write, resource: record }
  delete: { title: Delete, resource: record }
  count: { title: Count records }
attributes: { role: string }
properties: { subject: { role: string }, resource: { status: string }, action: { soft: boolean } }
roles: { user: ['*'] }
plans:
  all:
    title: All
    includes:
      read: {}
      count: {}
      write:
        - when: >-
            (has(subject.properties.role) ? subject.properties.role : has(subject.attributes.role) ? subject.attributes.role : "") != "admin"
            && (has(resource.properties.status) ? resource.properties.status : has(resource.labels.status) ? resource.labels.status : "") != "archived"
        - when: >-
            (has(subject.properties.role) ? subject.properties.role : has(subject.attributes.role) ? subject.attributes.role : "") == "admin"
            && (has(resource.properties.status) ? resource.properties.status : has(resource.labels.status) ? resource.labels.status : "") == "archived"
      delete: { when: has(action.properties.soft) && action.properties.soft }
`
/** Another product that has a feature of the same name. */
const ledgers = `
terms: 1
product: ledgers
title: Ledgers
features: { count: { title: Count ledgers } }
roles: { user: ['*'] }
plans: { all: { title: All, seats: { named: 2 }, includes: { count: {} } } }
`

const license = (id: string, organization: string, product: string): Fact => ({
  fact: 'license',
  id,
  product,
  edition: 1,
  plan: 'all',
  organization,
  starts: MONDAY - 1000,
})
const person = (id: string, organization: string, more: object = {}): Fact => ({
  fact: 'identity',
  id,
  kind: 'human',
  status: 'active',
  in: { [organization]: ['user'] },
  ...more,
})
const crew = Array.from({ length: 25 }, (_, i) => `crew-${String(i).padStart(2, '0')}`)
const facts: Fact[] = [
  { fact: 'edition', product: 'records', edition: 1, terms: records },
  { fact: 'edition', product: 'ledgers', edition: 1, terms: ledgers },
  ...['filer', 'globex'].map((id): Fact => ({ fact: 'organization', id })),
  license('R1', 'filer', 'records'),
  license('R2', 'globex', 'records'),
  license('G1', 'globex', 'ledgers'),
  person('alice', 'filer'),
  person('bob', 'filer', { attributes: { role: 'admin' } }),
  person('robot', 'filer', { kind: 'service' }),
  person('gone', 'filer', { status: 'suspended' }),
  ...crew.toReversed().map((id) => person(id, 'globex')),
  { fact: 'resource', id: 'record-1', kind: 'record', labels: { status: 'active' } },
  { fact: 'resource', id: 'record-2', kind: 'record', labels: { status: 'archived' } },
  { fact: 'resource', id: 'record-3', kind: 'record' },
  { fact: 'removed', of: 'resource', id: 'record-3' },
  { fact: 'resource', id: 'db', kind: 'postgres' },
]

const user = (id: string, role?: string) => ({ type: 'user', id, ...(role && { properties: { role } }) })
const users = { type: 'user' }
const record = (id: string, status?: string) => ({ type: 'record', id, ...(status && { properties: { status } }) })
const [read, write] = [{ name: 'read' }, { name: 'write' }]

onBothStores('AuthZEN search', (open) => {
  let authority: TestAuthority
  let call: Call
  const folder = scratchFolder()
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
  const find = (what: string, body: object, as = call): Promise<Answer> => as('POST', `/access/v1/search/${what}`, body)
  const namesOf = ({ status, body, text }: Answer): string[] => {
    expect([status, text]).toEqual([200, expect.anything()])
    return body.results.map(({ id, name }: { id?: string; name?: string }) => id ?? name)
  }
  /** All pages. */
  const all = async (what: string, body: object, limit: number, as = call): Promise<string[]> => {
    const names: string[] = []
    for (let token = ''; ; ) {
      const answer = await find(what, { ...body, page: { limit, token } }, as)
      names.push(...namesOf(answer))
      expect(answer.body.page.count).toBe(answer.body.results.length)
      expect(answer.body.results.length).toBeLessThanOrEqual(limit)
      token = answer.body.page.next_token
      if (token === '') return names
    }
  }

  const evaluations: [string, object, object, object, boolean][] = [
    ['alice reads record-1', user('alice'), read, record('record-1'), true],
    ['alice writes record-1', user('alice'), write, record('record-1'), true],
    ['bob reads record-1', user('bob'), read, record('record-1'), true],
    ['bob, of whom nothing is sent, writes record-1', user('bob'), write, record('record-1'), false],
    ['alice writes an archived record', user('alice'), write, record('record-1', 'archived'), false],
    ['an admin by what is sent writes an archived record', user('alice', 'admin'), write, record('record-1', 'archived'), true],
    ['alice deletes softly', user('alice'), { name: 'delete', properties: { soft: true } }, record('record-1'), true],
    ['alice deletes for good', user('alice'), { name: 'delete', properties: { soft: false } }, record('record-1'), false],
  ]
  for (const [name, subject, action, resource, decision] of evaluations) {
    test(`certification: ${name}: ${decision ? 'yes' : 'no'}`, async () => {
      const body = { subject, action, resource }
      for (const asked of [body, { ...body, context: {} }, body]) {
        expect((await call('POST', '/access/v1/evaluation', asked)).body.decision).toBe(decision)
      }
    })
  }

  const inFiler = { context: { organization: 'filer' } }
  const searches: [string, string, object, string[]][] = [
    [
      'S1 who reads record-1',
      'subject',
      { subject: users, action: read, resource: record('record-1'), ...inFiler },
      ['alice', 'bob', 'robot'],
    ],
    ['S2 what alice reads', 'resource', { subject: user('alice'), action: read, resource: { type: 'record' } }, ['record-1', 'record-2']],
    [
      'S3 what alice does to record-1',
      'action',
      { subject: user('alice'), resource: record('record-1') },
      ['read', 'records:count', 'write'],
    ],
    ['S4 who writes the archived record', 'subject', { subject: users, action: write, resource: record('record-2', 'archived') }, ['bob']],
    ['S4 who writes what is stored as archived', 'subject', { subject: users, action: write, resource: record('record-2') }, ['bob']],
    ['S5 what an admin writes', 'resource', { subject: user('bob', 'admin'), action: write, resource: { type: 'record' } }, ['record-2']],
    [
      'S6 what an admin does to it',
      'action',
      { subject: user('bob', 'admin'), resource: record('record-2') },
      ['read', 'records:count', 'write'],
    ],
  ]
  for (const [name, what, body, want] of searches) {
    test(`certification: ${name}`, async () => {
      expect(namesOf(await find(what, body))).toEqual(want)
      for (const limit of [1, 2]) expect(await all(what, body, limit)).toEqual(want)
    })
  }

  test('results have the type that was asked for, and an id that was sent is not read', async () => {
    const body = { action: read, resource: record('record-1'), ...inFiler }
    const people = await find('subject', { ...body, subject: { type: 'human', id: 'robot' } })
    expect(people.body).toEqual({
      results: [
        { type: 'human', id: 'alice' },
        { type: 'human', id: 'bob' },
      ],
      page: { next_token: '', count: 2 },
    })
    expect(namesOf(await find('subject', { ...body, subject: { type: 'service' } }))).toEqual(['robot'])
    const found = await find('resource', { subject: user('alice'), action: read, resource: { type: 'record', id: 'record-2' } })
    expect(found.body.results).toEqual([
      { type: 'record', id: 'record-1' },
      { type: 'record', id: 'record-2' },
    ])
    const product = { subject: user('alice'), action: { name: 'records:count' }, resource: { type: 'product' } }
    expect(namesOf(await find('resource', product))).toEqual(['records'])
  })

  const nothing: [string, string, object][] = [
    ['an unknown type of subject', 'subject', { subject: { type: 'spaceship' }, action: read, resource: record('record-1') }],
    [
      'an unknown resource',
      'action',
      { subject: user('alice'), resource: { type: 'spaceship', id: 'x' }, context: { organization: 'none' } },
    ],
    ['an unknown type of resource', 'resource', { subject: user('alice'), action: read, resource: { type: 'spaceship' } }],
    ['an unknown subject', 'action', { subject: user('nobody'), resource: record('record-1') }],
    ['a subject of another type', 'action', { subject: { type: 'service', id: 'alice' }, resource: record('record-1') }],
    ['an unknown action', 'subject', { subject: users, action: { name: 'fly' }, resource: record('record-1') }],
    [
      'a feature without a resource among records',
      'resource',
      { subject: user('alice'), action: { name: 'fly' }, resource: { type: 'product' } },
    ],
  ]
  for (const [name, what, body] of nothing) {
    test(`${name} is found nowhere, without an error`, async () => {
      expect((await find(what, body)).body).toEqual({ results: [], page: { next_token: '', count: 0 } })
    })
  }

  const faulty: [string, string, unknown][] = [
    ['no subject', 'subject', { action: read, resource: record('record-1') }],
    ['a subject without a type', 'subject', { subject: {}, action: read, resource: record('record-1') }],
    ['a resource without an id', 'subject', { subject: users, action: read, resource: { type: 'record' } }],
    ['a subject without an id', 'resource', { subject: users, action: read, resource: { type: 'record' } }],
    ['a subject that is text', 'action', { subject: 'alice', resource: record('record-1') }],
    ['no action', 'resource', { subject: user('alice'), resource: { type: 'record' } }],
    ['a limit below nothing', 'action', { subject: user('alice'), resource: record('record-1'), page: { limit: -1 } }],
    ['proofs that are none', 'action', { subject: user('alice'), resource: record('record-1'), context: { proofs: 'otp' } }],
    ['a token of nobody', 'action', { subject: user('alice'), resource: record('record-1'), page: { token: 'v1.AAAA' } }],
    ['a list', 'subject', []],
    ['no JSON', 'subject', '{'],
  ]
  for (const [name, what, body] of faulty) {
    test(`${name} is a 400 with a plain sentence`, async () => {
      const answer = await call('POST', `/access/v1/search/${what}`, body)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([400, expect.stringContaining('text/plain')])
      expect(answer.text.length).toBeGreaterThan(10)
    })
  }

  test('a token goes on with its own question only, whatever the limit and the order of members', async () => {
    const body = { subject: users, action: read, resource: record('record-1'), context: { organization: 'globex', country: 'DE' } }
    const first = await find('subject', { ...body, page: { limit: 10 } })
    expect(namesOf(first)).toEqual(crew.slice(0, 10))
    const page = { token: first.body.page.next_token, limit: 3 }
    const rewritten = { page, context: { country: 'DE', organization: 'globex' }, resource: body.resource, action: read, subject: users }
    expect(namesOf(await find('subject', rewritten))).toEqual(crew.slice(10, 13))
    for (const changed of [
      { ...body, action: write },
      { ...body, subject: { type: 'human' } },
      { ...body, context: { organization: 'globex' } },
      { ...body, resource: record('record-2') },
    ]) {
      expect((await find('subject', { ...changed, page })).status).toBe(400)
    }
    const other = await keyWith(['decide', 'assert:identity', 'assert:resource', 'assert:context'])
    expect((await find('subject', { ...body, page }, other)).status).toBe(400)
    expect((await find('subject', { ...body, page: { token: `${page.token.slice(0, -2)}AA` } })).status).toBe(400)
  })

  test('a token tells nothing of what was looked at', async () => {
    const { body } = await find('subject', { subject: users, action: read, resource: record('record-1'), page: { limit: 1 } })
    const token: string = body.page.next_token
    expect(token.length).toBeGreaterThan(20)
    expect(Buffer.from(token.slice(3), 'base64url').toString('latin1')).not.toContain('alice')
  })

  test('a limit of nothing finds nothing and loses nothing, and one beyond all is taken for the most', async () => {
    const body = { subject: users, action: read, resource: record('record-1') }
    const none = await find('subject', { ...body, page: { limit: 0 } })
    expect(namesOf(none)).toEqual([])
    const rest = await find('subject', { ...body, page: { limit: 1_000_000, token: none.body.page.next_token } })
    expect(namesOf(rest)).toEqual(['alice', 'bob', ...crew, 'robot'])
  })

  test('who comes between two pages is found, and who went is not', async () => {
    const body = { subject: users, action: read, resource: record('record-1'), context: { organization: 'globex' } }
    const first = await find('subject', { ...body, page: { limit: 5 } })
    const state = (...more: Fact[]) =>
      authority.authority.mutate({ actor: 'operator', requestId: 'r' }, { action: 'test.x', subject: 'test:x' }, async (_, change) => {
        change.state(...more)
      })
    await state(person('crew-05b', 'globex'), person('crew-00b', 'globex'), { fact: 'removed', of: 'identity', id: 'crew-06' })
    const next = await find('subject', { ...body, page: { limit: 3, token: first.body.page.next_token } })
    expect(namesOf(next)).toEqual(['crew-05', 'crew-05b', 'crew-07'])
    await state(person('crew-06', 'globex'), ...['crew-05b', 'crew-00b'].map((id): Fact => ({ fact: 'removed', of: 'identity', id })))
  })

  test('a credential finds only what it sees', async () => {
    const scopes = ['decide', 'assert:identity', 'assert:resource', 'assert:context', 'assert:proofs']
    const body = { subject: users, action: read, resource: record('record-1') }
    const ofFiler = await keyWith(scopes, { organizations: ['filer'] })
    expect(namesOf(await find('subject', body, ofFiler))).toEqual(['alice', 'bob', 'robot'])
    expect(namesOf(await find('subject', { ...body, context: { organization: 'globex' } }, ofFiler))).toEqual([])
    const ofLedgers = await keyWith(scopes, { products: ['ledgers'] })
    expect(namesOf(await find('subject', body, ofLedgers))).toEqual([])
    const subject = user('crew-00')
    expect(namesOf(await find('action', { subject, resource: { type: 'product', id: 'ledgers' } }, ofLedgers))).toEqual(['ledgers:count'])
    const asserting = await keyWith(['decide'])
    expect(namesOf(await find('subject', body, asserting))).toEqual([])
    expect((await find('subject', body, await keyWith(['simulate']))).status).toBe(403)
    expect((await find('subject', body, authority.as(undefined))).status).toBe(401)
  })

  test('searching takes no seat, spends nothing and records nothing, and a question that consumes needs the scope', async () => {
    const { db, recorder, world } = authority.authority
    const count = async () => {
      await recorder.flush()
      const rows = await Promise.all([
        db.selectFrom('decisions').select('request_id').execute(),
        db.selectFrom('usage_events').select('id').execute(),
        db.selectFrom('changes').select('revision').execute(),
      ])
      return rows.map(({ length }) => length)
    }
    const before = await count()
    const body = { subject: users, action: { name: 'ledgers:count' }, resource: { type: 'product', id: 'ledgers' } }
    const consuming = { ...body, context: { consume: { amount: 1, id: 'once' } } }
    expect(namesOf(await find('subject', body))).toEqual(crew)
    expect(namesOf(await find('subject', consuming))).toEqual(crew)
    expect(await count()).toEqual(before)
    expect(world.license('G1')?.seats.taken).toBe(0)
    expect((await find('subject', consuming, await keyWith(['decide', 'assert:identity']))).status).toBe(403)
  })

  test('the metadata names the endpoints of search', async () => {
    const { body } = await authority.as(undefined)('GET', '/.well-known/authzen-configuration')
    for (const what of ['subject', 'resource', 'action']) {
      expect(body[`search_${what}_endpoint`]).toBe(`${authority.url}/access/v1/search/${what}`)
    }
  })

  test('a key that is told no reasons learns what it must do, and not why', async () => {
    const scopes = ['decide', 'simulate', 'assert:identity', 'assert:resource', 'assert:context', 'manage:enforcers']
    const bare = await keyWith(scopes, { reasons: false })
    const no = { identity: 'bob', feature: 'write', resource: 'record-1' }
    const told = (await call('POST', '/v1/check', no)).body
    expect(told).toMatchObject({ allowed: false, reason: 'condition_failed', license: 'R1', edition: 1 })
    const silent = { remedies: [], notices: [], obligations: [], revision: told.revision }
    expect((await bare('POST', '/v1/check', no)).body).toEqual({ allowed: false, ...silent })
    expect((await bare('POST', '/v1/explain', no)).body).toEqual({ allowed: false, ...silent })
    expect((await bare('POST', '/v1/check', { ...no, feature: 'read' })).body).toEqual({ allowed: true, ...silent })
    const asked = { subject: user('bob'), action: write, resource: record('record-1') }
    expect((await call('POST', '/access/v1/evaluation', asked)).body.context.reason).toBe('condition_failed')
    expect((await bare('POST', '/access/v1/evaluation', asked)).body).toEqual({ decision: false })
    // What is recorded says why all the same.
    await bare('POST', '/v1/check', no, { 'x-request-id': 'told-nothing' })
    await authority.authority.recorder.flush()
    const rows = await authority.authority.db.selectFrom('decisions').selectAll().where('request_id', '=', 'told-nothing').execute()
    expect(rows).toMatchObject([{ allowed: false, reason: 'condition_failed', license_id: 'R1' }])
    // Nor does it make a key that is told more.
    const made = await bare('POST', '/v1/api-keys', { name: 'same', scopes: ['decide'] })
    expect(made.body.reasons).toBe(false)
    expect(await bare('POST', '/v1/api-keys', { name: 'more', scopes: ['decide'], reasons: true })).toMatchObject({
      status: 403,
      body: { code: 'API_KEY_TOO_WIDE' },
    })
    expect((await call('GET', `/v1/api-keys/${made.body.id}`)).body.reasons).toBe(false)
  })
})

// ---- search and evaluation agree

const SCOPES: readonly Scope[] = ['assert:identity', 'assert:resource', 'assert:context', 'assert:proofs']
const arbitraryCredential = fc
  .record({
    scopes: fc.oneof({ weight: 4, arbitrary: fc.constant([...SCOPES]) }, { weight: 1, arbitrary: fc.subarray([...SCOPES]) }),
    organizations: fc.option(fc.subarray(['acme', 'globex'], { minLength: 1 }), { nil: undefined, freq: 1 }),
  })
  .map(({ scopes, organizations }): Credential => ({ id: 'key', scopes: ['decide', ...scopes], ...(organizations && { organizations }) }))

function over(world: World, now: number): Authority {
  const clock = () => now
  const ledger = new Ledger({ db: undefined as never, world, feed: undefined as never, clock, usages: new Map() })
  const shadow = { watch() {} }
  return { world, ledger, clock, sealer: testSealer, shadow, recorder: { record() {} }, counts: { decided() {} } } as unknown as Authority
}

function wireOf({ consume: _, locally_refused: __, proofs, ...request }: Request): WireRequest {
  return { ...request, ...(proofs && { proofs: proofs.map((proof) => ({ ...proof, at: formatInstant(proof.at) })) }) }
}

test('a search finds exactly those to whom an evaluation of the same question says yes, page by page', async () => {
  let [yes, no] = [0, 0]
  await fc.assert(
    fc.asyncProperty(
      arbitraryScene({ kind: true }),
      arbitraryCredential,
      fc.integer({ min: 1, max: 3 }),
      async (scene, credential, limit) => {
        const world = worldOf(scene)
        const authority = over(world, scene.now)
        const isAllowed = async (question: WireRequest): Promise<boolean> => {
          const { allowed } = await check(authority, { credential, requestId: 'r' }, requestFromWire(question), 'only with consume')
          if (allowed) yes++
          else no++
          return allowed
        }
        const found = async (sought: Sought, template: WireRequest): Promise<string[]> => {
          const names: string[] = []
          for (let token: string | undefined; ; ) {
            const page = await search(authority, credential, sought, template, { limit, ...(token !== undefined && { token }) })
            names.push(...page.names)
            token = page.next
            if (token === undefined) return names
          }
        }
        const filtered = async (names: Iterable<string>, of: (name: string) => WireRequest): Promise<string[]> => {
          const some: string[] = []
          for (const name of [...new Set(names)].sort()) if (await isAllowed(of(name))) some.push(name)
          return some
        }
        const named = <F extends Fact['fact']>(fact: F) => scene.facts.filter((each) => each.fact === fact) as Extract<Fact, { fact: F }>[]
        for (const request of scene.requests.slice(0, 3)) {
          const template = wireOf(request)
          const people = named('identity').map(({ id }) => id)
          expect(await found({ what: 'subject', type: 'user' }, template)).toEqual(
            await filtered(people, (identity) => ({ ...template, identity })),
          )
          const features = world
            .allProducts()
            .flatMap(({ editions }) => [...editions.values()].flatMap((terms) => [...terms.features.keys()]))
          expect(await found({ what: 'action' }, template)).toEqual(await filtered(features, (feature) => ({ ...template, feature })))
          for (const type of new Set(named('resource').map(({ kind }) => kind))) {
            const ofType = named('resource').filter(({ kind }) => kind === type)
            const asked = { ...template, resource: { id: '-', kind: type } }
            expect(await found({ what: 'resource', type }, asked)).toEqual(
              await filtered(
                ofType.map(({ id }) => id),
                (id) => ({ ...asked, resource: { id, kind: type } }),
              ),
            )
          }
        }
      },
    ),
    { numRuns: 150 },
  )
  // Both answers, or nothing was compared.
  expect(Math.min(yes, no)).toBeGreaterThan(20)
})

test('one call judges so many at most, and then says where to go on', async () => {
  const everybody = Array.from({ length: 12_000 }, (_, i): Fact => person(`p${String(i).padStart(6, '0')}`, 'filer'))
  const world = worldOf({ facts: [...facts, ...everybody], standing: {} })
  const authority = over(world, MONDAY)
  const credential: Credential = { id: 'key', scopes: ['decide', ...SCOPES] }
  const template: WireRequest = { feature: 'write', resource: { id: 'record-2', kind: 'record' } }
  const names: string[] = []
  let calls = 0
  for (let token: string | undefined; ; calls++) {
    const page = await search(authority, credential, { what: 'subject', type: 'user' }, template, { ...(token !== undefined && { token }) })
    names.push(...page.names)
    token = page.next
    if (token === undefined) break
  }
  expect(names).toEqual(['bob'])
  expect(calls).toBeGreaterThanOrEqual(2)
})

test('an order is that of the names, however they come, and others have their turn while it is made', async () => {
  let turns = 0
  let done = false
  const tick = (): void => {
    turns++
    if (!done) setImmediate(tick)
  }
  setImmediate(tick)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 40 }), { maxLength: 5 }),
      fc.boolean(),
      async (batches, many) => {
        const known = new Set<string>(many ? Array.from({ length: 9_000 }, (_, i) => `n${(i * 7919) % 9_000}`) : [])
        let list = [...known]
        const order = new OrderedNames({
          get size() {
            return list.length
          },
          name: (index) => list[index] as string,
        })
        for (const batch of [[], ...batches]) {
          for (const name of batch) known.add(name)
          list = [...known]
          expect([...(await order.current())].map((index) => list[index])).toEqual(list.toSorted())
        }
      },
    ),
    { numRuns: 20 },
  )
  done = true
  expect(turns).toBeGreaterThan(20)
})
