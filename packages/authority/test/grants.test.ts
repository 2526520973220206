import { readFileSync } from 'node:fs'
import type { Fact } from '@writ/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type Call, MONDAY, onBothStores, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

const atlas = readFileSync(new URL('../../../examples/atlas.terms.yaml', import.meta.url), 'utf8')
const AT_ELEVEN = '2026-11-23T11:00:00Z'

onBothStores('grants', (open) => {
  const folder = scratchFolder()
  let authority: TestAuthority
  let call: Call
  let now = MONDAY
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder, { clock: () => now })
    call = authority.call
    await call('POST', '/v1/products/atlas/editions', { terms: atlas })
    for (const id of ['acme', 'globex', 'empty']) await call('POST', '/v1/organizations', { id, title: id })
    await call('POST', '/v1/resources', { id: 'web-1', kind: 'ssh', environment: 'production' })
    const license = (id: string, organization: string): Fact => ({
      fact: 'license',
      id,
      product: 'atlas',
      edition: 1,
      plan: 'enterprise',
      organization,
      starts: MONDAY - 1000,
    })
    await authority.authority.mutate(
      { actor: 'operator', requestId: 'r' },
      { action: 'test.state', subject: 'test:facts' },
      async (_, change) => change.state(license('L-acme', 'acme'), license('L-globex', 'globex')),
    )
    for (const [id, organization, role] of [
      ['ann', 'acme', 'operator'],
      ['boss', 'acme', 'admin'],
      ['gil', 'globex', 'operator'],
      ['guru', 'globex', 'admin'],
      ['em', 'empty', 'operator'],
    ] as const) {
      expect((await call('POST', '/v1/identities', { id, in: { [organization]: [role] } })).status).toBe(201)
    }
  })
  afterAll(() => authority.close())

  const shell = {
    identity: 'ann',
    organization: 'acme',
    feature: 'host.shell',
    until: '2026-11-23T10:00:00Z',
    approved_by: [{ identity: 'boss', roles: ['admin'] }],
  }
  const grant = (more: object = {}): Promise<Answer> => call('POST', '/v1/grants', { ...shell, ...more })
  const ask = async () => {
    const proofs = [{ level: 'passkey', at: new Date(now - 1000).toISOString() }]
    const { body } = await call('POST', '/v1/check', {
      identity: 'ann',
      organization: 'acme',
      feature: 'host.shell',
      resource: 'web-1',
      proofs,
    })
    return body.allowed === true ? `allowed by ${body.grant}` : body.reason
  }
  const outcome = ({ status, body }: Answer): [number, string] => [status, body.code]

  test('a grant opens what needs an approval, until it is taken back', async () => {
    expect(await ask()).toBe('approval_required')
    const made = await grant({ id: 'G1', resource: 'web-1' })
    expect([made.status, made.headers.get('location')]).toEqual([201, '/v1/grants/G1'])
    const { created_by, ...rest } = made.body
    expect(created_by).toMatch(/^key:/)
    const at = '2026-11-23T09:00:00Z'
    expect(rest).toEqual({ ...shell, id: 'G1', feature: 'atlas:host.shell', resource: 'web-1', from: at, created_at: at })
    expect((await call('GET', '/v1/grants/G1')).body).toEqual(made.body)
    expect(await ask()).toBe('allowed by G1')
    expect((await call('DELETE', '/v1/grants/G1?dry_run=true')).status).toBe(204)
    expect(await ask()).toBe('allowed by G1')
    expect((await call('DELETE', '/v1/grants/G1')).status).toBe(204)
    expect(await ask()).toBe('approval_required')
    expect((await call('GET', '/v1/grants/G1')).body.revoked_at).toBe(at)
    expect((await call('DELETE', '/v1/grants/G1')).status).toBe(204)
    expect((await call('GET', '/v1/audit?action=grant.revoke')).body.items).toHaveLength(1)
  })

  test('a grant ends at its end without anybody doing anything', async () => {
    await grant({ id: 'G2', until: '2026-11-23T09:30:00Z' })
    now = Date.parse('2026-11-23T09:29:59Z')
    expect(await ask()).toBe('allowed by G2')
    now = Date.parse('2026-11-23T09:30:00Z')
    expect(await ask()).toBe('approval_required')
    now = MONDAY
  })

  test('a grant as long as the terms allow is made, and one longer is refused', async () => {
    expect((await grant({ id: 'hour' })).status).toBe(201) // host.shell: up to 1 hour
    expect(outcome(await grant({ until: '2026-11-23T10:00:00.001Z' }))).toEqual([422, 'GRANT_TOO_LONG'])
    expect(outcome(await grant({ from: '2026-11-23T08:59:59Z' }))).toEqual([422, 'GRANT_TOO_LONG'])
    expect((await grant({ from: '2026-11-30T09:00:00Z', until: '2026-11-30T10:00:00Z' })).status).toBe(201)
    // warehouse.query has four alternatives; the one with an approval says: up to 4 hours
    expect((await grant({ feature: 'warehouse.query', until: '2026-11-23T13:00:00Z' })).status).toBe(201)
    expect(outcome(await grant({ feature: 'warehouse.query', until: '2026-11-23T13:00:01Z' }))).toEqual([422, 'GRANT_TOO_LONG'])
    // nothing of dashboard.view needs an approval, so nothing bounds it
    expect((await grant({ feature: 'dashboard.view', until: '2027-11-23T13:00:00Z' })).status).toBe(201)
  })

  test('an organization that holds no licence yet is bound by the newest edition', async () => {
    const early = { identity: 'em', organization: 'empty' }
    expect(outcome(await grant({ ...early, until: AT_ELEVEN }))).toEqual([422, 'GRANT_TOO_LONG'])
    expect((await grant(early)).status).toBe(201)
  })

  test('nobody approves their own', async () => {
    const own = { identity: 'ann', roles: ['admin'] }
    expect(outcome(await grant({ approved_by: [own] }))).toEqual([422, 'GRANT_SELF_APPROVED'])
    expect(outcome(await grant({ approved_by: [...shell.approved_by, own] }))).toEqual([422, 'GRANT_SELF_APPROVED'])
  })

  test('what a grant names must be there', async () => {
    const cases: [object, [number, string]][] = [
      [{ feature: 'host.fly' }, [422, 'FEATURE_UNKNOWN']],
      [{ feature: 'vulcan:host.shell' }, [422, 'FEATURE_UNKNOWN']],
      [{ commands: ['select'] }, [422, 'COMMAND_UNKNOWN']],
      [{ feature: 'warehouse.query', commands: ['select', 'drop'] }, [422, 'COMMAND_UNKNOWN']],
      [{ identity: 'nobody' }, [404, 'IDENTITY_UNKNOWN']],
      [{ approved_by: [{ identity: 'nobody', roles: ['admin'] }] }, [404, 'IDENTITY_UNKNOWN']],
      [{ organization: 'globex' }, [404, 'MEMBERSHIP_UNKNOWN']],
      [{ approved_by: [] }, [400, 'REQUEST_INVALID']],
      [{ until: '2026-11-23T08:59:59Z' }, [400, 'REQUEST_INVALID']],
      [{ from: '2026-11-23T08:00:00Z', until: '2026-11-23T08:30:00Z' }, [400, 'REQUEST_INVALID']],
      [{ resource: {} }, [400, 'REQUEST_INVALID']],
      [{ id: 'hour' }, [409, 'GRANT_EXISTS']],
    ]
    for (const [more, wanted] of cases) expect([more, ...outcome(await grant(more))]).toEqual([more, ...wanted])
  })

  test('a revoked identity is granted nothing', async () => {
    await call('POST', '/v1/identities', { id: 'gone', in: { acme: ['operator'] } })
    await call('POST', '/v1/identities/gone/revoke')
    expect(outcome(await grant({ identity: 'gone' }))).toEqual([409, 'IDENTITY_REVOKED'])
  })

  test('commands, a selector and context are kept and reach World', async () => {
    const said = {
      feature: 'atlas:warehouse.query',
      commands: ['insert', 'update'],
      resource: { environment: ['production'], labels: { tier: ['gold'] } },
      context: { ticket: 'OPS-1' },
    }
    const { body } = await grant({ id: 'whole', ...said })
    expect(body).toMatchObject(said)
    const until = Date.parse(shell.until)
    expect([...authority.authority.world.facts()]).toContainEqual({ fact: 'grant', ...shell, ...said, id: 'whole', from: MONDAY, until })
  })

  test('grants are listed by identity and organization, in pages', async () => {
    await grant({ id: 'g-1', identity: 'gil', organization: 'globex', approved_by: [{ identity: 'guru', roles: ['admin'] }] })
    await grant({ id: 'g-2', identity: 'gil', organization: 'globex', approved_by: [{ identity: 'guru', roles: ['admin'] }] })
    const ids = async (query: string) => (await call('GET', `/v1/grants?${query}`)).body.items.map(({ id }: { id: string }) => id)
    expect(await ids('identity=gil')).toEqual(['g-1', 'g-2'])
    expect(await ids('organization=globex')).toEqual(['g-1', 'g-2'])
    const { body } = await call('GET', '/v1/grants?organization=globex&limit=1')
    expect(await ids(`organization=globex&after=${body.next}`)).toEqual(['g-2'])
  })

  test("a credential limited to an organization or a product sees no other's grants", async () => {
    const keyFor = async (more: object): Promise<Call> =>
      authority.as((await call('POST', '/v1/api-keys', { name: 'narrow', scopes: ['manage:access_requests'], ...more })).body.key)
    const ofAcme = await keyFor({ organizations: ['acme'] })
    for (const method of ['GET', 'DELETE']) expect(outcome(await ofAcme(method, '/v1/grants/g-1'))).toEqual([404, 'GRANT_UNKNOWN'])
    const listed = (await ofAcme('GET', '/v1/grants?limit=200')).body.items
    expect(new Set(listed.map(({ organization }: { organization: string }) => organization))).toEqual(new Set(['acme']))
    expect(outcome(await ofAcme('POST', '/v1/grants', { ...shell, organization: 'globex' }))).toEqual([404, 'ORGANIZATION_UNKNOWN'])
    expect(outcome(await ofAcme('POST', '/v1/grants', { ...shell, identity: 'gil' }))).toEqual([404, 'IDENTITY_UNKNOWN'])
    const foreign = [{ identity: 'guru', roles: ['admin'] }]
    expect(outcome(await ofAcme('POST', '/v1/grants', { ...shell, approved_by: foreign }))).toEqual([404, 'IDENTITY_UNKNOWN'])
    const { organization: _, ...nobodys } = shell
    expect(outcome(await ofAcme('POST', '/v1/grants', nobodys))).toEqual([403, 'REACH_TOO_NARROW'])
    expect((await ofAcme('POST', '/v1/grants', shell)).status).toBe(201)

    const ofOther = await keyFor({ products: ['other'] })
    expect((await ofOther('GET', '/v1/grants')).body.items).toEqual([])
    expect(outcome(await ofOther('GET', '/v1/grants/g-1'))).toEqual([404, 'GRANT_UNKNOWN'])
    expect(outcome(await ofOther('POST', '/v1/grants', shell))).toEqual([422, 'FEATURE_UNKNOWN'])
    expect((await (await keyFor({ products: ['atlas'] }))('GET', '/v1/grants')).body.items.length).toBeGreaterThan(0)
  })
})
