import { beforeAll, expect, test } from 'vitest'
import { useKit } from './kit.ts'
import { type Answer, type Call, onBothStores } from './support.ts'

onBothStores('who runs the authority', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let owner: string
  const ROLES = ['owner', 'operator', 'support', 'auditor', 'finance'] as const
  const as = {} as Record<(typeof ROLES)[number], Call>
  const SCOPES = ['manage:*', 'decide', 'consume', 'simulate', 'assert:identity', 'assert:resource', 'assert:context', 'assert:proofs']
  const keyOf = async (identity: string, more: object = {}): Promise<{ id: string; key: string }> =>
    done('POST', '/v1/api-keys', { name: identity, scopes: SCOPES, identity, ...more })
  const member = async (id: string, ...roles: string[]): Promise<Call> => {
    await done('POST', '/v1/identities', { id, in: { writ: roles } })
    return kit.authority.as((await keyOf(id)).key)
  }
  const outcome = ({ status, body }: Answer) => (status < 300 ? status : [status, body.code])

  beforeAll(async () => {
    owner = (await done('GET', '/v1/me')).identity.id
    for (const role of ROLES) as[role] = await member(`the-${role}`, role)
    await done('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'small', organization: 'acme' })
    await kit.people('acme', 'ann')
  })

  test('whoever asks is told who they are, and what they may do', async () => {
    const { body } = await kit.call('GET', '/v1/me')
    expect(body).toMatchObject({
      authority: kit.authority.authority.id,
      key: { name: 'Bootstrap', scopes: expect.arrayContaining(['manage:*']), reasons: true },
      identity: { kind: 'human', status: 'active', roles: ['owner'], name: 'Owner (Bootstrap)' },
    })
    expect(body.features).toContain('authority.write')
    const { body: auditor } = await as.auditor('GET', '/v1/me')
    expect(auditor.identity).toEqual({ id: 'the-auditor', kind: 'human', status: 'active', roles: ['auditor'] })
    expect(auditor.features.filter((name: string) => !name.endsWith('.read'))).toEqual(['decisions.explain'])
  })

  test('a key of nobody has what its scopes say, and no more', async () => {
    const { key } = await done('POST', '/v1/api-keys', { name: 'n', scopes: ['decide', 'manage:identities'], organizations: ['acme'] })
    const { body } = await kit.authority.as(key)('GET', '/v1/me')
    expect(body.identity).toBeUndefined()
    expect(body.key.organizations).toEqual(['acme'])
    expect(body.features).toEqual([
      'decisions.check',
      'decisions.explain',
      'identities.read',
      'identities.write',
      'signals.read',
      'signals.write',
    ])
    expect(outcome(await kit.authority.as(undefined)('GET', '/v1/me'))).toEqual([401, 'CREDENTIAL_INVALID'])
  })

  test('a refusal says why, what would help, and who can mend it', async () => {
    const answer = await as.auditor('POST', '/v1/signing-keys')
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.body).toMatchObject({
      type: 'urn:writ:problem:not_permitted',
      status: 403,
      code: 'not_permitted',
      feature: 'writ:keys.write',
      remedies: [{ type: 'request_access' }],
      mended_by: { roles: ['owner', 'operator'], owners: [owner, 'the-owner'].sort() },
    })
  })

  const day: { role: (typeof ROLES)[number]; may: [string, string, unknown?][]; mayNot: [string, string, unknown?][] }[] = [
    {
      role: 'support',
      may: [
        ['PUT', '/v1/seats/L1/ann'],
        ['POST', '/v1/explain', { identity: 'ann', feature: 'kit:view' }],
        ['GET', '/v1/decisions/summary'],
        ['GET', '/v1/identities/ann/signals'],
      ],
      mayNot: [
        ['POST', '/v1/check', { identity: 'ann', feature: 'kit:view' }],
        ['GET', '/v1/signing-keys'],
        ['GET', '/v1/api-keys'],
        ['GET', '/v1/enforcers'],
        ['POST', '/v1/licenses/L1/suspend'],
        ['POST', '/v1/products/kit/editions', { terms: '' }],
      ],
    },
    {
      role: 'finance',
      may: [
        ['GET', '/v1/licenses'],
        ['GET', '/v1/usage?license=L1'],
        ['GET', '/v1/usage/history?license=L1&meter=exports'],
      ],
      mayNot: [
        ['GET', '/v1/identities/ann/signals'],
        ['GET', '/v1/identities'],
        ['POST', '/v1/licenses/L1/paid'],
        ['POST', '/v1/leases/l-1/end', { source: 'none' }],
      ],
    },
    {
      role: 'operator',
      may: [
        ['POST', '/v1/signing-keys'],
        ['GET', '/v1/identities'],
      ],
      mayNot: [
        ['POST', '/v1/identities', { id: 'friend' }],
        ['PUT', '/v1/identities/the-operator/memberships/writ', { roles: ['owner'] }],
      ],
    },
  ]
  for (const { role, may, mayNot } of day) {
    test(`${role} does their work and nothing beside`, async () => {
      for (const request of may) expect([request, outcome(await as[role](...request))]).toEqual([request, expect.toBeOneOf([200, 201])])
      for (const request of mayNot) expect([request, outcome(await as[role](...request))]).toEqual([request, [403, 'not_permitted']])
    })
  }

  test('who is suspended is refused with the next request, whatever keys act for them, and back when resumed', async () => {
    const call = await member('sam', 'support')
    const second = kit.authority.as((await keyOf('sam', { scopes: ['manage:seats'] })).key)
    expect(outcome(await call('GET', '/v1/seats?license=L1'))).toBe(200)
    await done('POST', '/v1/identities/sam/suspend')
    for (const each of [call, second]) expect(outcome(await each('GET', '/v1/seats?license=L1'))).toEqual([403, 'identity_suspended'])
    expect((await call('GET', '/v1/me')).body).toMatchObject({ features: [], identity: { status: 'suspended' } })
    await done('POST', '/v1/identities/sam/resume')
    expect(outcome(await call('GET', '/v1/seats?license=L1'))).toBe(200)
    await done('PUT', '/v1/identities/sam/memberships/writ', { roles: ['finance'] })
    expect(outcome(await call('PUT', '/v1/seats/L1/ann'))).toEqual([403, 'not_permitted'])
    await done('DELETE', '/v1/identities/sam/memberships/writ')
    expect(outcome(await call('GET', '/v1/seats?license=L1'))).toEqual([403, 'no_license'])
  })

  test('one search goes through what the roles let see, and no further', async () => {
    const kinds = async (call: Call) => [
      ...new Set((await call('GET', '/v1/search?q=a')).body.items.map(({ kind }: { kind: string }) => kind)),
    ]
    expect(await kinds(as.auditor)).toEqual(expect.arrayContaining(['identity', 'organization', 'api_key']))
    expect(await kinds(as.finance)).toEqual(expect.not.arrayContaining(['identity', 'api_key']))
    const { items } = (await as.auditor('GET', '/v1/search?q=writ')).body
    expect(items).toEqual([{ kind: 'organization', id: 'writ', title: 'This authority' }])
  })

  test('a share is freed only by who may change licences, by scope and by role', async () => {
    const free = (call: Call) => call('POST', '/v1/activations/none/release?free_share=true')
    expect(outcome(await free(as.support))).toEqual([403, 'not_permitted'])
    expect(outcome(await free(as.owner))).toEqual([404, 'ACTIVATION_UNKNOWN'])
    const narrow = kit.authority.as((await keyOf('the-owner', { scopes: ['manage:activations'] })).key)
    expect(outcome(await free(narrow))).toEqual([403, 'SCOPE_MISSING'])
  })

  test('scopes narrow what the roles allow', async () => {
    const narrow = kit.authority.as((await keyOf('the-owner', { scopes: ['manage:seats'] })).key)
    expect(outcome(await narrow('GET', '/v1/seats?license=L1'))).toBe(200)
    expect(outcome(await narrow('GET', '/v1/api-keys'))).toEqual([403, 'SCOPE_MISSING'])
    expect((await narrow('GET', '/v1/me')).body.features).toEqual(['seats.read', 'seats.write'])
  })

  test('nobody becomes more than they are by what they may make', async () => {
    const scoped = async (...scopes: string[]) => kit.authority.as((await done('POST', '/v1/api-keys', { name: 'n', scopes })).key)
    const people = await scoped('manage:identities')
    const grants = await scoped('manage:access_requests')
    const keys = await scoped('manage:enforcers', 'manage:seats')
    const customers = await scoped('manage:organizations')
    const sold = await scoped('manage:licenses', 'manage:catalog')
    const cases: [Call, string, string, unknown, string][] = [
      [people, 'POST', '/v1/identities', { id: 'eve', in: { writ: ['owner'] } }, 'OWNER_REQUIRED'],
      [people, 'PUT', '/v1/identities/ann/memberships/writ', { roles: ['finance'] }, 'OWNER_REQUIRED'],
      [people, 'PATCH', '/v1/identities/the-owner', { links: [{ issuer: 'https://eve.example', subject: 'eve' }] }, 'OWNER_REQUIRED'],
      [people, 'PATCH', '/v1/identities/ann', { in: { writ: ['owner'] } }, 'OWNER_REQUIRED'],
      [people, 'POST', '/v1/identities/the-support/suspend', undefined, 'OWNER_REQUIRED'],
      [people, 'DELETE', '/v1/identities/the-support/memberships/writ', undefined, 'OWNER_REQUIRED'],
      [keys, 'POST', '/v1/api-keys', { name: 'n', scopes: ['manage:seats'], identity: 'the-owner' }, 'OWNER_REQUIRED'],
      [as.operator, 'POST', '/v1/api-keys', { name: 'n', scopes: ['manage:*'], identity: 'the-owner' }, 'OWNER_REQUIRED'],
      [as.operator, 'POST', '/v1/api-keys', { name: 'n', scopes: ['manage:*'] }, 'API_KEY_TOO_WIDE'],
      [as.operator, 'POST', '/v1/api-keys', { name: 'n', scopes: ['manage:seats'] }, 'API_KEY_TOO_WIDE'],
      [customers, 'PUT', '/v1/organizations/writ/roles', { mine: { from: ['owner'], features: ['*'] } }, 'OWNER_REQUIRED'],
      [sold, 'POST', '/v1/licenses', { product: 'writ', plan: 'authority', holder: 'ann' }, 'BUILT_IN'],
      [kit.call, 'POST', '/v1/licenses', { product: 'writ', plan: 'authority', organization: 'acme' }, 'BUILT_IN'],
      [kit.call, 'POST', '/v1/products/writ/editions', { terms: 'product: writ' }, 'BUILT_IN'],
      [kit.call, 'PUT', '/v1/organizations/writ/roles', { owner: [] }, 'BUILT_IN'],
      [kit.call, 'POST', '/v1/organizations', { id: 'writ', title: 'Mine' }, 'ORGANIZATION_EXISTS'],
      [kit.call, 'POST', '/v1/licenses/writ/revoke', undefined, 'LICENSE_UNKNOWN'],
      [kit.call, 'GET', '/v1/licenses/writ', undefined, 'LICENSE_UNKNOWN'],
    ]
    for (const [call, method, path, body, code] of cases) {
      const answer = await call(method, path, body)
      expect([method, path, answer.body?.code]).toEqual([method, path, code])
    }
    await done('PUT', '/v1/identities/ann/memberships/writ', { roles: ['finance'] })
    const grant = { identity: 'ann', organization: 'writ', feature: 'writ:keys.write', until: '2026-11-23T18:00:00Z' }
    const approved = { ...grant, approved_by: [{ identity: 'the-owner', roles: ['owner'] }] }
    expect(outcome(await grants('POST', '/v1/grants', approved))).toEqual([403, 'OWNER_REQUIRED'])
    const ann = kit.authority.as((await keyOf('ann')).key)
    expect(outcome(await ann('POST', '/v1/signing-keys'))).toEqual([403, 'not_permitted'])
    await done('POST', '/v1/grants', approved)
    expect(outcome(await ann('POST', '/v1/signing-keys'))).toBe(201)
    await done('DELETE', '/v1/identities/ann/memberships/writ')
  })

  test('what comes in bulk is held to the same', async () => {
    const scoped = async (...scopes: string[]) => kit.authority.as((await done('POST', '/v1/api-keys', { name: 'n', scopes })).key)
    const rows: [string, string, object][] = [
      ['identities', 'manage:identities', { id: 'eve', in: { writ: ['owner'] } }],
      ['identities', 'manage:identities', { id: 'the-support', in: { writ: ['owner'] } }],
      ['identities', 'manage:identities', { id: 'the-support', links: [{ issuer: 'https://eve.example', subject: 'eve' }] }],
      ['organizations', 'manage:organizations', { id: 'writ', title: 'Mine' }],
      ['licenses', 'manage:licenses', { id: 'L-eve', product: 'writ', plan: 'authority', holder: 'ann' }],
    ]
    for (const [kind, scope, row] of rows) {
      const call = await scoped(scope)
      const { body: begun } = await call('POST', '/v1/imports', { kind, format: 'jsonl' })
      const { body } = await call('POST', `/v1/imports/${begun.id}/rows`, `${JSON.stringify(row)}\n`, {
        'content-type': 'application/x-ndjson',
      })
      const { items } = (await call('GET', `/v1/imports/${begun.id}/faults`)).body
      expect([kind, body.refused, items[0]?.code]).toEqual([kind, 1, kind === 'licenses' ? 'BUILT_IN' : 'OWNER_REQUIRED'])
    }
    const begin = (kind: string) => as.support('POST', '/v1/imports', { kind, format: 'jsonl' })
    expect(outcome(await begin('seats'))).toBe(201)
    expect(outcome(await begin('identities'))).toEqual([403, 'not_permitted'])
    expect((await as.finance('GET', '/v1/exports/identities?format=jsonl')).status).toBe(403)
  })

  test('an operator makes keys for applications, and one for themselves', async () => {
    expect(outcome(await as.operator('POST', '/v1/api-keys', { name: 'app', scopes: ['decide', 'consume'] }))).toBe(201)
    const { body } = await as.operator('POST', '/v1/api-keys', { name: 'mine', scopes: ['manage:keys'], identity: 'the-operator' })
    expect(outcome(await kit.authority.as(body.key)('GET', '/v1/signing-keys'))).toBe(200)
  })

  test('those who run it may have roles of their own making, within those there are', async () => {
    await done('PUT', '/v1/organizations/writ/roles', { sales: { from: ['owner'], features: ['licenses.*', 'organizations.*'] } })
    const sales = await member('sal', 'sales')
    expect(outcome(await sales('POST', '/v1/organizations', { id: 'by-sales', title: 'By sales' }))).toBe(201)
    expect(outcome(await sales('POST', '/v1/signing-keys'))).toEqual([403, 'not_permitted'])
  })

  test('what the authority has for itself is among no products, customers or licences, and its features are named in full', async () => {
    for (const path of ['/v1/products', '/v1/organizations', '/v1/licenses', '/v1/license-summary']) {
      expect((await kit.call('GET', path)).text).not.toMatch(/"writ"/)
    }
    expect((await done('GET', '/v1/products/writ')).newest_edition).toBe(1)
    expect(await kit.ask('the-auditor', '', { feature: 'keys.read' })).toBe('feature_unknown')
    const { body } = await kit.call('POST', '/ofrep/v1/evaluate/flags', { context: { targetingKey: 'the-auditor' } })
    expect(body.flags.map(({ key }: { key: string }) => key)).not.toContain('writ:keys.read')
    const asked = { identity: 'the-auditor', organization: 'writ', feature: 'writ:keys.write' }
    expect((await done('POST', '/v1/explain', asked)).reason).toBe('not_permitted')
  })

  test('what was refused is audited with who and why, and repeats are counted and not written', async () => {
    const { id, key } = await keyOf('the-finance')
    const finance = kit.authority.as(key)
    for (let i = 0; i < 5; i++) await finance('POST', '/v1/signing-keys')
    const narrow = await done('POST', '/v1/api-keys', { name: 'n', scopes: ['decide'] })
    await kit.authority.as(narrow.key)('GET', '/v1/audit')
    for (let i = 0; i < 3; i++) await kit.authority.as('wrong')('DELETE', `/v1/api-keys/${id}`)
    const refused = async (query: string) => (await done('GET', `/v1/audit?result=refused&${query}`)).items
    const { refusals } = kit.authority.authority
    await refusals.sweep()
    expect(await refused(`actor=key:${id}`)).toMatchObject([
      {
        action: 'access.refuse',
        identity: 'the-finance',
        subject: 'feature:writ:keys.write',
        detail: { reason: 'not_permitted', operation: 'rotateSigningKey' },
      },
    ])
    expect(await refused(`actor=key:${narrow.id}`)).toMatchObject([{ detail: { reason: 'SCOPE_MISSING' } }])
    expect(await refused('actor=nobody')).toMatchObject([{ detail: { reason: 'CREDENTIAL_INVALID' } }])
    kit.now += 3_600_000
    await refusals.sweep()
    expect((await refused(`identity=the-finance&actor=key:${id}`)).map(({ detail }: { detail: object }) => detail)).toEqual([
      { reason: 'not_permitted', operation: 'rotateSigningKey', times: 4 },
      { reason: 'not_permitted', operation: 'rotateSigningKey' },
    ])
  })

  test('the last owner stays, and is told what to do; keys of theirs can be revoked all the same', async () => {
    const last = async (...[method, path, body]: [string, string, unknown?]) => outcome(await kit.call(method, path, body))
    const owners = (await done('GET', '/v1/identities?organization=writ')).items
    expect(owners.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([owner, 'the-owner']))
    const [one, two] = await Promise.all([
      last('POST', `/v1/identities/${owner}/suspend`),
      last('PUT', '/v1/identities/the-owner/memberships/writ', { roles: ['auditor'] }),
    ])
    expect([one, two].filter((each) => each === 200)).toHaveLength(1)
    // Whichever came first: the other is the last owner now, and acts for the rest of this test.
    const [left, call] = one === 200 ? ['the-owner', as.owner] : [owner, kit.call]
    const alone = async (method: string, path: string, body?: unknown) => outcome(await call(method, path, body))
    expect(await alone('POST', `/v1/identities/${left}/suspend`)).toEqual([409, 'LAST_OWNER'])
    expect(await alone('POST', `/v1/identities/${left}/revoke?dry_run=true`)).toEqual([409, 'LAST_OWNER'])
    expect(await alone('PUT', `/v1/identities/${left}/memberships/writ`, { roles: ['operator'] })).toEqual([409, 'LAST_OWNER'])
    expect(await alone('DELETE', `/v1/identities/${left}/memberships/writ`)).toEqual([409, 'LAST_OWNER'])
    expect(await alone('PATCH', `/v1/identities/${left}`, { in: {} })).toEqual([409, 'LAST_OWNER'])
    expect(await alone('PATCH', `/v1/identities/${left}`, { name: 'Still here' })).toBe(200)
    const { body: made } = await call('POST', '/v1/api-keys', { name: 'n', scopes: ['manage:*'], identity: left })
    expect(await alone('DELETE', `/v1/api-keys/${made.id}`)).toBe(204)
    expect(outcome(await kit.authority.as(made.key)('GET', '/v1/me'))).toEqual([401, 'CREDENTIAL_INVALID'])
  })
})
