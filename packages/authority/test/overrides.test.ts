import { type Change, decide, World } from '@writ/engine'
import { verifyLicenseFile, worldFacts } from '@writ/license'
import { expect, test } from 'vitest'
import { DAY, useKit } from './kit.ts'
import { onBothStores } from './support.ts'

onBothStores('overrides of a licence', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let made = 0
  const customer = async (overrides: object | undefined, more: object = {}): Promise<{ id: string; who: (n: number) => string }> => {
    const organization = `customer-${made++}`
    const who = (n: number): string => `${organization}-${n}`
    await done('POST', '/v1/organizations', { id: organization, title: organization })
    await kit.people(organization, who(1), who(2))
    const id = `${organization}-license`
    await done('POST', '/v1/licenses', { id, product: 'kit', plan: 'small', organization, ...(overrides && { overrides }), ...more })
    return { id, who }
  }
  const refused = async (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<unknown> => {
    const { status, body: problem } = await kit.call(method, path, body, headers)
    return [status, problem.code, ...(problem.errors ?? []).map(({ pointer, code }: Record<string, string>) => `${code} ${pointer}`)]
  }

  test('hold from the first decision on, for this licence alone, and are shown as they are written', async () => {
    const own = { seats: { named: 1 }, includes: { export: { limit: '3 per month' }, fix: [] } }
    const { id, who } = await customer(own)
    const other = await customer(undefined)
    expect((await done('GET', `/v1/licenses/${id}`)).overrides).toEqual({
      includes: { export: { limit: '3 per month' }, fix: [] },
      seats: { named: 1 },
    })
    expect(await done('GET', `/v1/licenses/${other.id}`)).not.toHaveProperty('overrides')
    expect(await kit.ask(who(1), 'export', { consume: { id: `${id}-1`, amount: 4 } })).toBe('quota_exhausted')
    expect(await kit.ask(other.who(1), 'export', { consume: { id: `${other.id}-1`, amount: 4 } })).toBe('allowed')
    expect(await kit.ask(who(1), 'fix')).toBe('not_entitled')
    expect(await kit.ask(who(1))).toBe('allowed')
    expect(await kit.ask(who(2))).toBe('seats_exhausted')
    expect(await done('GET', `/v1/licenses/${id}/seats`)).toMatchObject({ count: 1, limit: 1, taken: 1 })
    expect((await done('GET', `/v1/usage?license=${id}`)).meters).toMatchObject([{ limit: 3 }])
    expect((await done('GET', '/v1/usage/limits?limit=1')).items).toMatchObject([{ license: id, kind: 'seats', fill: 1 }])
  })

  test('are changed as a whole, under If-Match, and in a dry run not at all', async () => {
    const { id, who } = await customer({ includes: { export: { limit: '3 per month' } } })
    const path = `/v1/licenses/${id}`
    const { headers } = await kit.call('GET', path)
    const tag = headers.get('etag') as string
    const larger = { overrides: { includes: { export: { limit: '300 per month' } } } }
    expect(await done('PATCH', `${path}?dry_run=true`, larger)).toMatchObject({ version: 2, ...larger })
    expect((await done('GET', path)).version).toBe(1)
    expect((await kit.call('PATCH', path, larger, { 'if-match': tag })).body).toMatchObject({ version: 2, ...larger })
    expect(await refused('PATCH', path, { overrides: null }, { 'if-match': tag })).toEqual([412, 'PRECONDITION_FAILED'])
    expect(await kit.ask(who(1), 'export', { consume: { id: `${id}-1`, amount: 200 } })).toBe('allowed')
    // The same, written differently, is so already.
    expect((await done('PATCH', path, { overrides: { includes: { export: { limit: ' 300 per month' } } } })).version).toBe(2)
    expect(await done('PATCH', path, { overrides: null })).not.toHaveProperty('overrides')
    expect(await kit.ask(who(1), 'export', { consume: { id: `${id}-2`, amount: 1 } })).toBe('quota_exhausted')
    const { items } = await done('GET', `/v1/audit?subject=license:${id}`)
    const changes = items.filter(({ action }: { action: string }) => action === 'license.override')
    expect(changes.map(({ detail }: { detail: object }) => detail)).toEqual([{ overrides: null }, larger])
  })

  test('that do not fit are refused, each fault at its place', async () => {
    const { id } = await customer(undefined)
    const overrides = { seats: { named: -1 }, includes: { fly: {}, view: { limit: '3 per day' } }, price: {} }
    const { price: _, ...rest } = overrides
    const faults = [
      'BAD_NUMBER /overrides/seats/named',
      'UNKNOWN_FEATURE /overrides/includes/fly',
      'LIMIT_WITHOUT_METER /overrides/includes/view/limit',
    ]
    expect(await refused('PATCH', `/v1/licenses/${id}`, { overrides: rest })).toEqual([422, 'OVERRIDES_INVALID', ...faults])
    const all = [422, 'OVERRIDES_INVALID', ...faults, 'UNKNOWN_KEY /overrides/price']
    expect(await refused('PATCH', `/v1/licenses/${id}`, { overrides })).toEqual(all)
    const issued = await kit.call('POST', '/v1/licenses', { product: 'kit', plan: 'small', organization: 'acme', overrides: rest })
    expect([issued.status, issued.body.errors.length]).toEqual([422, 3])
    const long = { includes: { view: Array.from({ length: 100 }, () => ({ when: `"${'x'.repeat(1900)}" == "y"` })) } }
    expect(await refused('PATCH', `/v1/licenses/${id}`, { overrides: long })).toEqual([422, 'OVERRIDES_INVALID', 'undefined /overrides'])
    expect((await kit.call('PATCH', `/v1/licenses/${id}`, {})).body.code).toBe('REQUEST_INVALID')
    expect((await done('GET', `/v1/licenses/${id}`)).version).toBe(1)
  })

  test('of the grace decide the state, in a list as in a decision', async () => {
    const { id, who } = await customer({ grace: { expiry: '30 days' } }, { ends: '2026-12-10T11:00:00Z' })
    const plain = await customer(undefined, { ends: '2026-12-10T11:00:00Z' })
    kit.now = Date.parse('2026-12-30T12:00:00Z')
    expect([await kit.ask(who(1)), await kit.ask(plain.who(1))]).toEqual(['allowed in_grace', 'license_expired'])
    expect((await done('GET', '/v1/licenses?state=in_grace')).items).toMatchObject([{ id, state: 'in_grace' }])
  })

  test('of the seats free them all where they are of another kind', async () => {
    const { id, who } = await customer(undefined)
    expect(await kit.ask(who(1))).toBe('allowed')
    await done('PATCH', `/v1/licenses/${id}`, { overrides: { seats: { floating: 5, lease: '5 minutes' } } })
    expect((await done('GET', `/v1/seats?license=${id}`)).items).toEqual([])
    expect(await kit.ask(who(2))).toBe('allowed')
    expect((await done('GET', `/v1/seats?license=${id}`)).items).toMatchObject([{ kind: 'floating' }])
  })

  test('go with the licence to another plan where that takes them, unless it is said otherwise', async () => {
    const { id } = await customer({ includes: { export: { limit: '3 per month' } } })
    const to = (body: object) => done('POST', `/v1/licenses/${id}/change-plan`, body)
    expect(await to({ plan: 'pool' })).toMatchObject({ plan: 'pool', overrides: { includes: { export: { limit: '3 per month' } } } })
    expect(await to({ plan: 'small', overrides: { seats: { named: 9 } } })).toMatchObject({ overrides: { seats: { named: 9 } } })
    expect(await refused('POST', `/v1/licenses/${id}/change-plan`, { plan: 'open' })).toEqual([200, undefined])
    expect(await to({ plan: 'small', overrides: null })).not.toHaveProperty('overrides')
    await to({ plan: 'pool', overrides: { seats: { lease: '1 minute' } } })
    expect(await refused('POST', `/v1/licenses/${id}/change-plan`, { plan: 'small' })).toEqual([
      422,
      'OVERRIDES_INVALID',
      'NOT_FOR_THIS_TYPE /overrides/seats/lease',
    ])
  })

  test('are explained where a question hangs on them', async () => {
    const { id, who } = await customer({ includes: { export: { limit: '3 per month' } } })
    const trace = async (feature: string) => (await done('POST', '/v1/explain', { identity: who(1), feature: `kit:${feature}` })).trace
    expect(await trace('export')).toMatchObject([{ license: id, overrides: ['includes.export'] }])
    expect((await trace('view'))[0]).not.toHaveProperty('overrides')
  })

  test('travel in license files, which decide alike', async () => {
    const { id, who } = await customer({
      grace: { offline: '9 days' },
      includes: { fix: [], query: { resources: { environment: ['production'] }, commands: ['drop'] } },
    })
    await done('PUT', `/v1/seats/${id}/${who(1)}`)
    const { file } = await done('POST', `/v1/licenses/${id}/files`, { identities: 'asserted' })
    const { body } = await kit.authority.as(undefined)('GET', '/.well-known/writ-keys')
    const { claims } = await verifyLicenseFile(file, { roots: [{ issuer: body.issuer, key: body.root }], now: kit.now / 1000 })
    expect(claims.grace?.offline_seconds).toBe(9 * 86_400)
    const world = new World()
    const organization = id.replace('-license', '')
    world.apply({
      revision: 1,
      facts: [
        ...(worldFacts(claims) as Change['facts']),
        { fact: 'identity', id: who(1), kind: 'human', status: 'active', in: { [organization]: ['keeper'] } },
        { fact: 'seat', license: id, identity: who(1), order: 1 },
      ],
    })
    const usage = { used: () => 0, arrival: () => Number.NEGATIVE_INFINITY, floating: () => [] }
    await done('PUT', `/v1/identities/${who(1)}/memberships/${organization}`, { roles: ['keeper'] })
    const questions = [
      { feature: 'kit:fix' },
      { feature: 'kit:view' },
      { feature: 'kit:query', commands: ['drop'], resource: { id: 'db', kind: 'postgres', environment: 'production' } },
      { feature: 'kit:query', commands: ['drop'], resource: { id: 'db', kind: 'postgres', environment: 'staging' } },
    ]
    const answers: unknown[] = []
    for (const question of questions) {
      const online = await done('POST', '/v1/check', { identity: who(1), ...question })
      const offline = decide(world, usage, { identity: who(1), ...question }, kit.now)
      expect([question, offline.allowed, offline.reason]).toEqual([question, online.allowed, online.reason])
      answers.push(online.reason ?? 'allowed')
    }
    expect(answers).toEqual(['not_entitled', 'allowed', 'context_missing', 'not_entitled'])
  })

  test('a trial is as long as the plan says, whatever else is overridden', async () => {
    const { id } = await customer({ seats: { named: 9 } }, { trial: true })
    expect(Date.parse((await done('GET', `/v1/licenses/${id}`)).trial_ends)).toBeGreaterThanOrEqual(kit.now + 14 * DAY)
  })
})
