import { beforeAll, expect, test } from 'vitest'
import { DAY, useKit } from './kit.ts'
import { MONDAY, onBothStores } from './support.ts'

const at = (days: number): string => new Date(MONDAY + days * DAY).toISOString()

onBothStores('what a vendor looks at first', (open) => {
  const kit = useKit(open)
  const { done } = kit
  const issue = (id: string, plan: string, more: object = {}) =>
    done('POST', '/v1/licenses', { id, product: 'kit', plan, organization: 'acme', ...more })
  const ids = (body: { items: { id: string }[] }): string[] => body.items.map(({ id }) => id)

  beforeAll(async () => {
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex' })
    await kit.people('acme', 'ann', 'bea', 'cy')
    await kit.people('globex', 'gus')
    await issue('A-trial', 'small', { trial: true })
    await issue('B-soon', 'small', { starts: at(-30), ends: at(10) })
    await issue('C-late', 'open', { ends: at(200) })
    await issue('D-open', 'open')
    await issue('E-later', 'pool', { starts: at(5), ends: at(20) })
    await issue('F-other', 'small', { organization: 'globex', ends: at(30) })
    await issue('G-gone', 'small', { ends: at(12) })
    await issue('H-due', 'small', { ends: at(15) })
    await done('POST', '/v1/licenses/G-gone/revoke')
    await done('POST', '/v1/licenses/H-due/past-due', {})
  })

  test('how many licences stand how is what each of them says', async () => {
    const { at: when, total, states, trials, plans } = await done('GET', '/v1/license-summary')
    const { items } = await done('GET', '/v1/licenses')
    const counted: Record<string, number> = {}
    for (const { state } of items) counted[state] = (counted[state] ?? 0) + 1
    expect([when, total, trials]).toEqual(['2026-11-23T09:00:00Z', 8, 1])
    expect(states).toMatchObject(counted)
    expect(states).toMatchObject({ in_force: 5, in_grace: 1, license_scheduled: 1, license_revoked: 1, license_expired: 0 })
    expect(plans).toEqual([
      { product: 'kit', plan: 'open', edition: 1, licenses: 2 },
      { product: 'kit', plan: 'pool', edition: 1, licenses: 1 },
      { product: 'kit', plan: 'small', edition: 1, licenses: 5 },
    ])
    expect(await done('GET', '/v1/license-summary?organization=globex')).toMatchObject({ total: 1, states: { in_force: 1 } })
  })

  test('time alone moves the counts', async () => {
    kit.now = MONDAY + 11 * DAY
    const { states } = await done('GET', '/v1/license-summary?organization=acme')
    expect(states).toMatchObject({ in_force: 4, in_grace: 1, license_scheduled: 0, license_past_due: 1, license_revoked: 1 })
  })

  test('licences that end in a period come in the order of their ends, without those that have no end to come', async () => {
    const { items, next } = await done('GET', '/v1/license-endings')
    expect([items.map(({ id }: { id: string }) => id), next]).toEqual([['B-soon', 'A-trial', 'H-due', 'E-later', 'F-other'], undefined])
    expect(items[0]).toMatchObject({ state: 'in_force', ends: expect.any(String) })
    expect(ids(await done('GET', `/v1/license-endings?from=${at(0)}&until=${at(300)}&plan=open`))).toEqual(['C-late'])
    expect(ids(await done('GET', `/v1/license-endings?from=${items[1].trial_ends}&until=${items[2].ends}`))).toEqual(['A-trial'])
  })

  test('its pages hold each of them once', async () => {
    const seen: string[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const body: { items: { id: string }[]; next?: string } = await done('GET', `/v1/license-endings?limit=2${next && `&after=${next}`}`)
      seen.push(...ids(body))
      next = body.next
    }
    expect(seen).toEqual(['B-soon', 'A-trial', 'H-due', 'E-later', 'F-other'])
    const foreign = (await done('GET', '/v1/licenses?limit=2')).next
    expect((await kit.call('GET', `/v1/license-endings?after=${foreign}`)).body.code).toBe('CURSOR_INVALID')
  })

  test('a calendar counts them by day, in the days of a zone', async () => {
    const { items } = await done('GET', '/v1/license-endings')
    const days = items.map((each: { ends?: string; trial_ends?: string }) => (each.trial_ends ?? each.ends ?? '').slice(0, 10))
    const { items: calendar } = await done('GET', '/v1/license-endings/days')
    expect(calendar.map(({ day }: { day: string }) => day)).toEqual([...new Set(days)].sort())
    expect(calendar.reduce((sum: number, { licenses }: { licenses: number }) => sum + licenses, 0)).toBe(5)
    const far = (await done('GET', '/v1/license-endings/days?zone=Pacific/Kiritimati')).items
    expect(far[0].day).not.toBe(calendar[0].day)
    for (const query of ['zone=Nowhere', `until=${at(-1)}`, `until=${at(500)}`, 'from=yesterday'])
      expect([query, (await kit.call('GET', `/v1/license-endings/days?${query}`)).body.code]).toEqual([query, 'REQUEST_INVALID'])
  })

  test('limits come fullest first, seats among them, and none of a licence that is over', async () => {
    const spend = (identity: string, amount: number, id: string) =>
      kit.ask(identity, 'export', { organization: identity === 'gus' ? 'globex' : 'acme', consume: { amount, id } })
    for (const license of ['C-late', 'D-open']) await done('POST', `/v1/licenses/${license}/suspend`)
    expect(await spend('ann', 90, 'a')).toMatch(/^allowed/)
    expect(await spend('gus', 50, 'g')).toBe('allowed')
    const { items, complete } = await done('GET', '/v1/usage/limits')
    expect(complete).toBe(true)
    const brief = items.map(({ license, kind, meter, used, limit, fill }: Record<string, unknown>) => ({
      license,
      kind,
      meter,
      used,
      limit,
      fill,
    }))
    expect(brief).toEqual([
      { license: 'B-soon', kind: 'meter', meter: 'exports', used: 90, limit: 100, fill: 0.9 },
      { license: 'F-other', kind: 'meter', meter: 'exports', used: 50, limit: 100, fill: 0.5 },
      { license: 'B-soon', kind: 'seats', meter: undefined, used: 1, limit: 3, fill: 1 / 3 },
      { license: 'F-other', kind: 'seats', meter: undefined, used: 1, limit: 3, fill: 1 / 3 },
    ])
    const few = await done('GET', '/v1/usage/limits?limit=1&at_least=0.4&organization=globex')
    expect(few.items).toMatchObject([
      { license: 'F-other', organization: 'globex', product: 'kit', plan: 'small', until: expect.any(String) },
    ])
    kit.now = MONDAY + 40 * DAY
    expect((await done('GET', '/v1/usage/limits')).items).toEqual([])
  })

  test('what is held back is gone from a limit for as long as decisions say so', async () => {
    const full = async () => {
      const { items } = await done('GET', '/v1/usage/limits?organization=hooli')
      const found = items.find(({ kind }: { kind: string }) => kind === 'meter')
      return found && [found.used, found.reserved, found.remaining, found.fill]
    }
    const hold = (amount: number, id: string) =>
      done('POST', '/v1/reservations', { identity: 'hal', feature: 'kit:export', amount, id, seconds: 60 })
    await done('POST', '/v1/organizations', { id: 'hooli', title: 'Hooli' })
    await kit.people('hooli', 'hal')
    await issue('I-held', 'small', { organization: 'hooli', ends: at(300) })
    expect(await hold(80, 'h')).toMatchObject({ allowed: true })
    expect(await full()).toEqual([0, 80, 20, 0.8])
    await done('POST', '/v1/reservations/h/settle', { amount: 30, keep: true })
    expect(await full()).toEqual([30, 50, 20, 0.8])
    expect((await hold(21, 'i')).reason).toBe('quota_exhausted')
    // It is over, but not on every clock: both say so, and then neither does.
    kit.now += 62_000
    expect([(await hold(21, 'i')).reason, await full()]).toEqual(['quota_exhausted', [30, 50, 20, 0.8]])
    const { meters } = await done('GET', '/v1/usage?license=I-held')
    expect([meters[0].used, meters[0].reserved]).toEqual([30, 50])
    kit.now += 3_000
    expect(await full()).toEqual([30, 0, 70, 0.3])
    expect((await hold(70, 'i')).allowed).toBe(true)
    expect(await full()).toEqual([30, 70, 0, 1])
  })

  test('a key of one organization is told of no other', async () => {
    const { key } = await done('POST', '/v1/api-keys', { name: 'narrow', scopes: ['manage:*'], organizations: ['globex'] })
    const call = kit.authority.as(key)
    expect((await call('GET', '/v1/license-summary')).body).toMatchObject({ total: 1, plans: [{ licenses: 1 }] })
    expect(ids((await call('GET', '/v1/license-endings')).body)).toEqual(['F-other'])
    expect((await call('GET', '/v1/license-endings/days')).body.items).toHaveLength(1)
    expect((await call('GET', '/v1/usage/limits')).body.items.map(({ license }: { license: string }) => license)).toEqual([
      'F-other',
      'F-other',
    ])
    expect((await call('GET', '/v1/license-summary?organization=acme')).body.total).toBe(0)
  })
})
