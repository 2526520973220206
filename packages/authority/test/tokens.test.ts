import { type TokenClaims, verifyEntitlementToken } from '@writ/license'
import { type KeyStatement, readKeySet } from '@writ/trust'
import { beforeAll, expect, test } from 'vitest'
import { kitTerms, useKit } from './kit.ts'
import { type Call, MONDAY, onBothStores } from './support.ts'

const SECOND = 1000

onBothStores('entitlement tokens', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let root: { issuer: string; key: never }
  const keySet = async (): Promise<ReadonlyMap<string, KeyStatement>> => {
    const { text } = await kit.authority.as(undefined)('GET', '/.well-known/writ-keys')
    return readKeySet(new TextEncoder().encode(text), { roots: [root] })
  }
  const issue = (body: object) => done('POST', '/v1/tokens', { identity: 'ann', product: 'kit', ...body })
  const claimsOf = async (body: object, audience = 'kit'): Promise<TokenClaims> =>
    verifyEntitlementToken((await issue(body)).token, { keySet: await keySet(), audience, now: kit.now / SECOND })
  const refused = async (body: object, call: Call = kit.call): Promise<string> => {
    const answer = await call('POST', '/v1/tokens', { identity: 'ann', product: 'kit', ...body })
    return `${answer.status} ${answer.body?.code}`
  }
  const about = ({ authorization_details = [] }: TokenClaims, action: string) =>
    authorization_details.filter(({ actions }) => actions.includes(action))

  beforeAll(async () => {
    const { body } = await kit.authority.as(undefined)('GET', '/.well-known/writ-keys')
    root = { issuer: body.issuer, key: body.root as never }
    await done('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'small', organization: 'acme' })
    await kit.people('acme', 'ann', 'bob')
    await done('POST', '/v1/identities', { id: 'kim', in: { acme: ['keeper'] }, attributes: { site: 'berlin' } })
  })

  test('says what a check would answer, feature by feature, under the root and for some minutes', async () => {
    const claims = await claimsOf({})
    expect(claims).toMatchObject({
      iss: root.issuer,
      sub: 'ann',
      aud: 'kit',
      product: 'kit',
      iat: MONDAY / SECOND,
      exp: MONDAY / SECOND + 300,
    })
    expect(claims.entitlements).toEqual(['kit:export', 'kit:view'])
    expect(about(claims, 'kit:fix')).toEqual([
      expect.objectContaining({
        decision: expect.objectContaining({ allowed: false, reason: 'not_permitted', remedies: [{ type: 'request_access' }] }),
      }),
    ])
    for (const feature of ['view', 'export', 'fix']) {
      const { allowed } = await done('POST', '/v1/check', { identity: 'ann', feature: `kit:${feature}` })
      expect([feature, claims.entitlements.includes(`kit:${feature}`)]).toEqual([feature, allowed])
    }
  })

  test('going by it is use: the seat is taken, and who finds none left is told so in the token', async () => {
    await claimsOf({ identity: 'bob' })
    const seats = await done('GET', '/v1/seats?license=L1')
    expect(seats.items.map(({ identity }: { identity: string }) => identity).sort()).toContain('bob')
    await claimsOf({ identity: 'kim' })
    await kit.people('acme', 'dan')
    const claims = await claimsOf({ identity: 'dan' })
    expect(claims.entitlements).toEqual([])
    expect(about(claims, 'kit:view')[0]?.decision).toMatchObject({ allowed: false, reason: 'seats_exhausted' })
  })

  test('a resource and its commands are told of one by one, with the proof that would do', async () => {
    await done('POST', '/v1/resources', { id: 'db-1', kind: 'postgres', environment: 'staging' })
    await done('POST', '/v1/resources', { id: 'db-2', kind: 'postgres', environment: 'production' })
    const weak = await claimsOf({ identity: 'kim', features: ['query'], resources: ['db-1', 'db-2'] })
    const [select] = about(weak, 'kit:query').filter(({ privileges }) => privileges?.includes('select'))
    expect(select).toMatchObject({ identifier: 'db-1', decision: { allowed: false, reason: 'step_up_required' } })
    const strong = await claimsOf({
      identity: 'kim',
      features: ['query'],
      resources: ['db-1', 'db-2'],
      proofs: [{ level: 'otp', at: new Date(MONDAY - 60 * SECOND).toISOString() }],
    })
    expect(strong).toMatchObject({ acr: 'urn:kit:otp', auth_time: MONDAY / SECOND - 60 })
    const yes = about(strong, 'kit:query').filter(({ decision }) => decision?.allowed !== false)
    expect(yes).toEqual([expect.objectContaining({ identifier: 'db-1', privileges: ['select'] })])
    expect(about(strong, 'kit:query').filter(({ identifier }) => identifier === 'db-2')).toEqual([
      expect.objectContaining({ privileges: ['select', 'drop'], decision: expect.objectContaining({ reason: 'not_entitled' }) }),
    ])
  })

  test('of whoever is on a staged edition its levels and commands are told, and of nobody else', async () => {
    const terms = kitTerms.replace('commands: [select, drop]', 'commands: [select, drop, vacuum]').replace('urn:kit:otp', 'urn:kit:two')
    await done('POST', '/v1/products/kit/editions', { terms, staged: true })
    await done('POST', '/v1/organizations', { id: 'pilot', title: 'Pilot' })
    await done('POST', '/v1/identities', { id: 'pia', in: { pilot: ['keeper'] }, attributes: { site: 'berlin' } })
    await done('POST', '/v1/licenses', { id: 'L-pilot', product: 'kit', plan: 'small', organization: 'pilot', edition: 2 })
    const proofs = [{ level: 'otp', at: new Date(MONDAY - 60 * SECOND).toISOString() }]
    const told = async (identity: string) => {
      const claims = await claimsOf({ identity, features: ['query'], resources: ['db-1'], proofs })
      return [claims.acr, about(claims, 'kit:query').flatMap(({ privileges = [] }) => privileges)]
    }
    expect([await told('kim'), await told('pia')]).toEqual([
      ['urn:kit:otp', ['select', 'drop']],
      ['urn:kit:two', ['select', 'drop', 'vacuum']],
    ])
    const until = new Date(kit.now + 3_600_000).toISOString()
    const grant = async (identity: string) =>
      (
        await kit.call('POST', '/v1/grants', {
          identity,
          feature: 'kit:query',
          commands: ['vacuum'],
          until,
          approved_by: [{ identity: 'bob', roles: [] }],
        })
      ).body.code
    expect([await grant('kim'), await grant('pia')]).toEqual(['COMMAND_UNKNOWN', undefined])
  })

  test('an answer that time changes before the token ends says when', async () => {
    await done('POST', '/v1/organizations', { id: 'brief', title: 'Brief' })
    await kit.people('brief', 'eve')
    await done('POST', '/v1/licenses', {
      product: 'kit',
      plan: 'open',
      organization: 'brief',
      ends: new Date(MONDAY + 3 * 86_400_000).toISOString(),
    })
    const license = (await done('GET', '/v1/licenses?organization=brief')).items[0]
    kit.now = Date.parse(license.ends) - 60 * SECOND
    const claims = await claimsOf({ identity: 'eve' })
    expect(claims.entitlements).toEqual([])
    expect(about(claims, 'kit:view')[0]?.decision).toMatchObject({ allowed: true, expires: license.ends })
  })

  test('is bound to a key, meant for an audience, and as short as asked', async () => {
    const jkt = 'A'.repeat(43)
    expect(await issue({ dpop_jkt: jkt, seconds: 30 })).toMatchObject({ token_type: 'DPoP', expires_in: 30 })
    expect(await claimsOf({ dpop_jkt: jkt, audience: 'https://api.example' }, 'https://api.example')).toMatchObject({ cnf: { jkt } })
    await expect(claimsOf({ audience: 'https://api.example' })).rejects.toMatchObject({ code: 'TOKEN_AUDIENCE_REFUSED' })
    expect(await refused({ seconds: 901 })).toBe('400 REQUEST_INVALID')
  })

  test('who may do nothing gets none', async () => {
    await kit.people('acme', 'sue', 'rob')
    await done('POST', '/v1/identities/sue/suspend')
    await done('POST', '/v1/identities/rob/revoke')
    expect(await refused({ identity: 'sue' })).toBe('409 IDENTITY_SUSPENDED')
    expect(await refused({ identity: 'rob' })).toBe('409 IDENTITY_REVOKED')
    expect(await refused({ identity: 'nobody' })).toBe('404 IDENTITY_UNKNOWN')
    expect(await refused({ product: 'none' })).toBe('404 PRODUCT_UNKNOWN')
    expect(await refused({ features: ['none'] })).toBe('422 FEATURE_UNKNOWN')
    expect(await refused({ resources: ['none'] })).toBe('404 RESOURCE_UNKNOWN')
  })

  test('whoever asks about nothing is judged all the same: no name is signed for a key that may not speak for it', async () => {
    const { key } = await done('POST', '/v1/api-keys', { name: 'narrow', scopes: ['decide'] })
    const narrow = kit.authority.as(key)
    expect(await refused({ features: [] }, narrow)).toBe('404 IDENTITY_UNKNOWN')
    expect(await refused({ features: ['query'] }, narrow)).toBe('404 IDENTITY_UNKNOWN')
    await kit.people('acme', 'uma')
    await done('POST', '/v1/identities/uma/suspend')
    expect(await refused({ identity: 'uma', features: [] })).toBe('409 IDENTITY_SUSPENDED')
    expect(await claimsOf({ features: [], organization: 'acme', actor: 'bob' })).toMatchObject({
      sub: 'ann',
      organization: 'acme',
      actor: 'bob',
    })
    await done('POST', '/v1/organizations', { id: 'elsewhere', title: 'Elsewhere' })
    const scopes = ['decide', 'assert:identity']
    const seesAcme = (await done('POST', '/v1/api-keys', { name: 'acme', scopes, organizations: ['acme'] })).key
    expect(await refused({ features: [], organization: 'elsewhere' }, kit.authority.as(seesAcme))).toBe('404 ORGANIZATION_UNKNOWN')
  })

  test('a key that may not speak for identities, or does not see them, gets none', async () => {
    const key = async (scopes: string[], more: object = {}): Promise<Call> =>
      kit.authority.as((await done('POST', '/v1/api-keys', { name: 'narrow', scopes, ...more })).key)
    expect(await refused({}, await key(['decide']))).toBe('404 IDENTITY_UNKNOWN')
    expect(await refused({}, await key(['simulate']))).toBe('403 SCOPE_MISSING')
    await done('POST', '/v1/organizations', { id: 'other', title: 'Other' })
    const elsewhere = await key(['decide', 'assert:identity'], { organizations: ['other'] })
    expect(await refused({}, elsewhere)).toBe('404 IDENTITY_UNKNOWN')
    const otherwise = await key(['decide', 'assert:identity'], { products: ['none'] })
    expect(await refused({}, otherwise)).toBe('404 PRODUCT_UNKNOWN')
  })

  test('a signing key that is revoked ends what it signed at once, and the next one signs', async () => {
    const { token } = await issue({})
    const kid = JSON.parse(Buffer.from(token.split('.')[0], 'base64url').toString()).kid
    await done('POST', `/v1/signing-keys/${kid}/revoke`)
    const options = { keySet: await keySet(), audience: 'kit', now: kit.now / SECOND }
    await expect(verifyEntitlementToken(token, options)).rejects.toMatchObject({ code: 'TOKEN_KEY_REFUSED' })
    expect((await claimsOf({})).sub).toBe('ann')
  })
})
