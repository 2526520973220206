import { beforeAll, beforeEach, expect, test } from 'vitest'
import { dropOldDecisions } from '../src/decisions/retention.ts'
import { useKit } from './kit.ts'
import { type Call, MONDAY, onBothStores } from './support.ts'

const HOUR = 3_600_000
const at = (milliseconds: number) => new Date(milliseconds).toISOString()

onBothStores('what was decided and what was done', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let ofAcme: Call
  let ofOther: Call
  beforeAll(async () => {
    await done('POST', '/v1/products/other/editions', {
      terms: (await done('GET', '/v1/products/kit/editions/1')).source.replace('product: kit', 'product: other'),
    })
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex 100%' })
    for (const organization of ['acme', 'globex']) {
      await done('POST', '/v1/licenses', {
        id: `L-${organization}`,
        product: 'kit',
        plan: 'small',
        organization,
        starts: at(MONDAY - 6 * HOUR),
      })
    }
    await kit.people('acme', 'ann')
    await kit.people('globex', 'gus')
    await done('POST', '/v1/identities', { id: 'both', in: { acme: ['viewer'], globex: ['viewer'] } })
    const key = async (limit: object) =>
      kit.authority.as((await done('POST', '/v1/api-keys', { name: 'n', scopes: ['manage:*', 'decide'], ...limit })).key)
    ofAcme = await key({ organizations: ['acme'] })
    ofOther = await key({ products: ['other'] })
    kit.now = MONDAY - 5 * HOUR
    expect(await kit.ask('ann')).toBe('allowed')
    expect(await kit.ask('ann', 'query', { resource: { id: 'db', kind: 'postgres' } })).toBe('not_entitled')
    kit.now = MONDAY - HOUR
    for (const identity of ['gus', 'gus', 'both']) expect(await kit.ask(identity, 'fix', { organization: 'globex' })).toBe('not_permitted')
    expect(await kit.ask('nobody')).toBe('identity_unknown')
    expect(await kit.ask('ann', 'no\0such')).toBe('feature_unknown')
    await kit.authority.authority.recorder.flush()
  })
  beforeEach(() => {
    kit.now = MONDAY
  })
  const search = async (query: string, call: Call = kit.call) => {
    const { status, body, text } = await call('GET', `/v1/decisions?${query}`)
    expect([query, status, text]).toEqual([query, 200, text])
    return body.items.map((item: Record<string, unknown>) => [item.identity, item.organization ?? '-', item.reason ?? 'allowed'].join(' '))
  }

  const searches: { query: string; want: string[] }[] = [
    { query: 'identity=ann', want: ['ann acme feature_unknown', 'ann acme not_entitled', 'ann acme allowed'] },
    { query: 'identity=ann&allowed=true', want: ['ann acme allowed'] },
    { query: 'reason=not_permitted', want: ['both globex not_permitted', 'gus globex not_permitted', 'gus globex not_permitted'] },
    { query: 'feature=kit:fix&identity=both', want: ['both globex not_permitted'] },
    { query: 'license=L-acme', want: ['ann acme not_entitled', 'ann acme allowed'] },
    { query: 'organization=globex&limit=1', want: ['both globex not_permitted'] },
    { query: `from=${at(MONDAY - 5 * HOUR)}&to=${at(MONDAY - HOUR)}`, want: ['ann acme not_entitled', 'ann acme allowed'] },
    { query: 'identity=stranger', want: [] },
  ]
  for (const { query, want } of searches) test(`decisions are found by ${query}`, async () => expect(await search(query)).toEqual(want))

  test('pages of decisions meet without a gap or a repeat', async () => {
    const ids: number[] = []
    let after = ''
    do {
      const { body } = await kit.call('GET', `/v1/decisions?limit=3${after}`)
      ids.push(...body.items.map(({ id }: { id: number }) => id))
      after = body.next === undefined ? '' : `&after=${body.next}`
    } while (after !== '')
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a))
    expect(ids).toHaveLength(7)
  })

  test('a question is recorded under the full name of its feature, however it named it', async () => {
    const { body } = await kit.call('GET', '/v1/decisions?identity=ann&allowed=true')
    expect(body.items[0]).toMatchObject({
      feature: 'kit:view',
      license: 'L-acme',
      allowed: true,
      at: at(MONDAY - 5 * HOUR).replace('.000', ''),
    })
  })

  test('a limited credential sees decisions about what it sees', async () => {
    expect(await search('', ofAcme)).toEqual(['ann acme feature_unknown', 'ann acme not_entitled', 'ann acme allowed'])
    expect(await search('organization=globex', ofAcme)).toEqual([])
    expect(await search('', ofOther)).toEqual([])
    // A question by it about what it does not see is not put before those whose it would be.
    await ofAcme('POST', '/v1/check', { identity: 'ann', feature: 'kit:view', organization: 'globex' })
    await kit.authority.authority.recorder.flush()
    expect((await search('')).slice(0, 1)).toEqual(['ann - organization_required'].map(() => expect.stringMatching(/^ann (-|acme) /)))
  })

  test('each item of a batch is recorded with what is its own and what it has in common', async () => {
    kit.now = MONDAY + HOUR
    const user = (id: string) => ({ subject: { type: 'user', id } })
    const wanted = { 'ann 1': 'L-acme allowed', stranger: '- identity_unknown', 'ann 2': 'L-acme allowed', gus: 'L-globex allowed' }
    const { status } = await kit.call('POST', '/access/v1/evaluations', {
      action: { name: 'kit:view' },
      resource: { type: 'product', id: 'kit' },
      evaluations: [...Object.keys(wanted).map((who) => user(who.replace(/ .*/, ''))), { ...user('gus'), action: { name: 'no\0such' } }],
    })
    expect(status).toBe(200)
    await kit.authority.authority.recorder.flush()
    const { body } = await kit.call('GET', `/v1/decisions?from=${at(MONDAY + HOUR)}&to=${at(MONDAY + 2 * HOUR)}`)
    const read = body.items.toReversed() as Record<string, unknown>[]
    expect(read.map(({ identity, license = '-', reason = 'allowed' }) => `${identity} ${license} ${reason}`)).toEqual([
      ...Object.entries(wanted).map(([who, want]) => `${who.replace(/ .*/, '')} ${want}`),
      'gus - feature_unknown',
    ])
    expect(new Set(read.map(({ request_id }) => request_id)).size).toBe(1)
    expect(read.map(({ feature }) => feature)).toEqual([...Array(4).fill('kit:view'), 'no\ufffdsuch'])
  })

  test('refusals are counted by reason, most first, over a period and in its parts', async () => {
    const range = `from=${at(MONDAY - 6 * HOUR)}&to=${at(MONDAY)}`
    const { body } = await kit.call('GET', `/v1/decisions/summary?${range}&parts=6`)
    expect(body).toEqual({
      from: '2026-11-23T03:00:00Z',
      to: '2026-11-23T09:00:00Z',
      step_seconds: 3600,
      refused: 6,
      reasons: [
        { reason: 'not_permitted', refused: 3, series: [0, 0, 0, 0, 0, 3] },
        { reason: 'feature_unknown', refused: 1, series: [0, 0, 0, 0, 0, 1] },
        { reason: 'identity_unknown', refused: 1, series: [0, 0, 0, 0, 0, 1] },
        { reason: 'not_entitled', refused: 1, series: [0, 1, 0, 0, 0, 0] },
      ],
    })
    expect((await ofAcme('GET', `/v1/decisions/summary?${range}`)).body.refused).toBe(2)
    expect((await ofOther('GET', '/v1/decisions/summary')).body.reasons).toEqual([])
    for (const bad of [`from=${at(MONDAY)}&to=${at(MONDAY)}`, 'from=2020-01-01T00:00:00Z', 'from=yesterday', 'parts=0', 'parts=401']) {
      expect([bad, (await kit.call('GET', `/v1/decisions/summary?${bad}`)).status]).toEqual([bad, 400])
    }
  })

  const audits: { query: string; want: unknown }[] = [
    { query: 'action=license.issue', want: ['license:L-globex', 'license:L-acme'] },
    { query: 'action=license.issue&organization=acme', want: ['license:L-acme'] },
    { query: 'text=GLOBEX%20100%25', want: ['organization:globex'] },
    { query: 'text=100_', want: [] },
    { query: 'text=%5C', want: [] },
    { query: 'subject=identity:ann&result=done', want: ['identity:ann'] },
    { query: 'result=refused&subject=identity:ann', want: [] },
    { query: `from=${at(MONDAY + 1)}`, want: [] },
    { query: `from=${at(MONDAY)}&to=${at(MONDAY + 1)}&subject=identity:gus`, want: ['identity:gus'] },
  ]
  for (const { query, want } of audits) {
    test(`the audit is searched by ${query}`, async () => {
      const { status, body } = await kit.call('GET', `/v1/audit?${query}`)
      expect([status, body.items.map(({ subject }: { subject: string }) => subject)]).toEqual([200, want])
    })
  }

  test('one row of the audit is read by those who see its organization', async () => {
    const [row] = (await kit.call('GET', '/v1/audit?subject=license:L-globex')).body.items
    expect((await kit.call('GET', `/v1/audit/${row.id}`)).body).toEqual(row)
    for (const id of [row.id, 999_999]) expect((await ofAcme('GET', `/v1/audit/${id}`)).body.code).toBe('AUDIT_UNKNOWN')
    const [mine] = (await kit.call('GET', '/v1/audit?subject=license:L-acme')).body.items
    expect((await ofAcme('GET', `/v1/audit/${mine.id}`)).status).toBe(200)
    expect((await ofOther('GET', `/v1/audit/${mine.id}`)).body.code).toBe('REACH_TOO_NARROW')
    expect((await kit.call('GET', '/v1/audit?from=today')).body.errors[0]).toMatchObject({ in: 'query', pointer: '/from' })
  })

  test('records of decisions are kept for as long as the operator says, and without a word for ever', async () => {
    const { db, clock, config, recorder } = kit.authority.authority
    const left = async () => (await kit.call('GET', '/v1/decisions?limit=100')).body.items.length
    const sweep = (decisionDays?: number) =>
      dropOldDecisions({ db, clock, config: { ...config, ...(decisionDays !== undefined && { decisionDays }) } })
    const all = await left()
    kit.now = MONDAY + 9 * 24 * HOUR
    await kit.ask('ann')
    await recorder.flush()
    await sweep()
    expect(await left()).toBe(all + 1)
    await sweep(10)
    expect(await left()).toBe(all + 1)
    kit.now = MONDAY - 2 * HOUR + 10 * 24 * HOUR
    await sweep(10)
    // The two that were asked five hours before; at that instant itself a record is still kept.
    expect(await left()).toBe(all - 1)
    kit.now = MONDAY + 30 * 24 * HOUR
    await sweep(1)
    expect(await left()).toBe(0)
  })
})
