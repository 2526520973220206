import { expect, test } from 'vitest'
import { useKit } from './kit.ts'
import { onBothStores } from './support.ts'

/** What one credential sends must not take from others what they are promised. */
onBothStores('a question made to break', (open) => {
  const kit = useKit(open)
  const consume = (id: string, identity = 'ann') =>
    kit.call('POST', '/v1/check', { identity, feature: 'kit:export', consume: { id, amount: 1 } })

  test('set up', async () => {
    await kit.done('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'open', organization: 'acme' })
    await kit.people('acme', 'ann', 'bea')
  })

  test('is recorded like every other, and keeps no record of another out', async () => {
    const { db, recorder } = kit.authority.authority
    for (const [identity, feature] of [
      ['ann', 'kit:view\0'],
      ['\0', 'kit:view'],
      ['\ud800', 'kit:view'],
      ['bea', 'kit:view'],
    ]) {
      expect((await kit.call('POST', '/v1/check', { identity, feature })).status).toBe(200)
    }
    await recorder.flush()
    const rows = await db.selectFrom('decisions').select(['identity', 'feature', 'allowed']).orderBy('allowed', 'desc').execute()
    expect(rows).toHaveLength(4)
    expect(rows[0]).toEqual({ identity: 'bea', feature: 'kit:view', allowed: true })
    expect(rows).toContainEqual({ identity: 'ann', feature: 'kit:view\ufffd', allowed: false })
  })

  for (const [name, id] of [
    ['a NUL', 'a\0'],
    ['half a character', 'a\ud800'],
    ['a new line', 'a\n'],
    ['a leading space', ' a'],
    ['257 characters', 'a'.repeat(257)],
  ] as const) {
    test(`a consume.id with ${name} is no id`, async () => {
      const answer = await consume(id)
      expect([answer.status, answer.body.code]).toEqual([400, 'REQUEST_INVALID'])
      const item = { subject: { type: 'user', id: 'ann' }, action: { name: 'kit:export' }, resource: { type: 'product', id: 'kit' } }
      expect((await kit.call('POST', '/access/v1/evaluation', { ...item, context: { consume: { id, amount: 1 } } })).status).toBe(400)
    })
  }

  const forged = Buffer.from(JSON.stringify(['\0'])).toString('base64url')
  const withNul: { name: string; method: string; path: string; body?: unknown }[] = [
    { name: 'the title of an organization', method: 'POST', path: '/v1/organizations', body: { title: 'a\0' } },
    { name: 'the name of an API key', method: 'POST', path: '/v1/api-keys', body: { name: '\0', scopes: ['decide'] } },
    { name: 'the environment of a resource', method: 'POST', path: '/v1/resources', body: { kind: 'ssh', environment: '\0' } },
    { name: 'the region of a resource', method: 'POST', path: '/v1/resources', body: { kind: 'ssh', region: '\0' } },
    { name: 'the name of an identity', method: 'POST', path: '/v1/identities', body: { name: '\0' } },
    { name: 'a link', method: 'POST', path: '/v1/identities', body: { links: [{ issuer: 'https://i', subject: '\ud800' }] } },
    { name: 'a filter of resources', method: 'GET', path: '/v1/resources?kind=%00' },
    ...['actor', 'action', 'subject'].map((word) => ({ name: `a filter by ${word}`, method: 'GET', path: `/v1/audit?${word}=%00` })),
    ...[
      'organizations',
      'api-keys',
      'licenses',
      'identities',
      'resources',
      'grants',
      'products',
      'signing-keys',
      'licenses/L1/keys',
      'licenses/L1/files',
      'identities/ann/signals',
      'audit',
      'products/kit/editions',
    ].map((list) => ({ name: `a forged cursor of ${list}`, method: 'GET', path: `/v1/${list}?after=${forged}` })),
  ]
  for (const { name, method, path, body } of withNul) {
    test(`what the store does not take is refused in ${name}, before it is a fault of ours`, async () => {
      expect((await kit.call(method, path, body)).status).toBe(400)
    })
  }

  test('what every node keeps in memory is bounded in number', async () => {
    const names = (count: number, value: unknown) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, value]))
    expect((await kit.call('PUT', '/v1/organizations/acme/roles', names(501, ['view']))).status).toBe(400)
    expect((await kit.call('PUT', '/v1/organizations/acme/roles', names(500, ['view']))).status).toBe(200)
    await kit.done('PUT', '/v1/organizations/acme/roles', {})
    expect((await kit.call('POST', '/v1/resources', { kind: 'ssh', labels: names(65, 'x') })).status).toBe(400)
    expect((await kit.call('POST', '/v1/resources', { kind: 'ssh', labels: names(64, 'x') })).status).toBe(201)
  })

  test('in a commit with others only its own asker is told of the failure, and the others are served once', async () => {
    const { ledger, db } = kit.authority.authority
    const spend = (id: string) =>
      ledger.spend({
        source: 'enforcer',
        actor: 'key:test',
        requestId: id,
        request: { identity: 'ann', feature: 'kit:export', consume: { id, amount: 1 } },
      })
    const used = async () => (await db.selectFrom('usage_events').select('id').where('source', '=', 'enforcer').execute()).length
    for (const [round, poison] of ['\0', '\ud800', '\ud801'].entries()) {
      const ids = ['x', poison, 'y', 'z'].map((id) => (id === poison ? id : `${id}${round}`))
      const outcomes = await Promise.allSettled(ids.map(spend))
      expect(outcomes.filter((_, place) => place !== 1)).toMatchObject(
        [0, 2, 3].map(() => ({ status: 'fulfilled', value: { kind: 'answered', decision: { allowed: true } } })),
      )
      // The store knows all halves of a character as one: the first is kept, and whoever comes with another is told to look.
      expect(outcomes[1]?.status).toBe(round === 1 ? 'fulfilled' : 'rejected')
    }
    expect(await used()).toBe(3 * 3 + 1)
  })
})

onBothStores('a key set', (open) => {
  const kit = useKit(open)

  test('says of a revoked key that it is, however many are made after it', async () => {
    const { db } = kit.authority.authority
    const { kid } = (await kit.done('GET', '/v1/signing-keys')).items.find(({ use }: { use: string }) => use === 'license')
    const { statement } = await kit.done('POST', `/v1/signing-keys/${kid}/revoke`)
    const { sealed } = await db.selectFrom('signing_keys').select('sealed').where('kid', '=', kid).executeTakeFirstOrThrow()
    const row = { use: 'license' as const, public_jwk: '{}', sealed, expires_at: kit.now + 1_000 }
    const later = Array.from({ length: 300 }, (_, i) => ({ ...row, kid: `later ${i}`, statement: `later ${i}`, created_at: kit.now + 1 }))
    await db.insertInto('signing_keys').values(later).execute()
    const { body } = await kit.authority.as(undefined)('GET', '/.well-known/writ-keys')
    expect(body.statements).toHaveLength(256)
    expect(body.statements[0]).toBe(statement)
  })
})

onBothStores('what anybody may send', (open) => {
  const kit = useKit(open)

  test('is answered as a problem and not repeated when it is no URL', async () => {
    for (const path of ['/%zz', '/v1/organizations/%zz-SECRET']) {
      const { status, headers, body, text } = await kit.authority.as(undefined)('GET', path, undefined, { 'x-request-id': 'r-1' })
      expect([status, body.code, body.errors]).toEqual([
        400,
        'REQUEST_INVALID',
        [{ in: 'path', pointer: '', detail: 'must be a valid URL' }],
      ])
      expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
      expect([headers.get('x-request-id'), headers.get('x-content-type-options')]).toEqual(['r-1', 'nosniff'])
      expect(text).not.toContain('zz')
    }
  })

  test('is small where a setup code is expected', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, 1]))
    const { status, body } = await kit.authority.as(undefined)('POST', '/v1/setup', { code: 'x', ...many })
    expect([status, body.code]).toEqual([413, 'BODY_TOO_LARGE'])
  })
})
