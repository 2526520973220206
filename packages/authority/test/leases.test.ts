import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { deleteUnspent } from '../src/usage/leases/store.ts'
import { DAY, kitTerms, useKit } from './kit.ts'
import { type Call, MONDAY, onBothStores } from './support.ts'

const SECOND = 1000

onBothStores('leases of a quota', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let made = 0
  /** A licence of an organization of its own, so that no test finds what another left. */
  const customer = async (plan = 'small'): Promise<{ license: string; organization: string; identity: string }> => {
    const organization = `tenant-${made++}`
    const [identity, license] = [`${organization}-ann`, `${organization}-license`]
    await done('POST', '/v1/organizations', { id: organization, title: organization })
    await kit.people(organization, identity)
    await done('POST', '/v1/licenses', { id: license, product: 'kit', plan, organization })
    return { license, organization, identity }
  }
  const take = (id: string, license: string, units: number, more: object = {}) =>
    done('POST', '/v1/leases', { id, license, feature: 'export', units, ...more })
  const renew = (id: string, seq: number, spent: number, more: object = {}) =>
    done('POST', `/v1/leases/${id}/renew`, { seq, spent, ...more })
  const giveBack = (id: string, spent: number) => done('POST', `/v1/leases/${id}/return`, { spent })
  const refused = async (method: string, path: string, body?: unknown, call: Call = kit.call): Promise<string> => {
    const answer = await call(method, path, body)
    return `${answer.status} ${answer.body?.code}`
  }
  const usage = async (license: string): Promise<object> => {
    const { meters } = await done('GET', `/v1/usage?license=${license}`)
    const [{ used, reserved, leased }] = meters
    return { used, reserved, leased }
  }
  const consume = (identity: string, id: string, amount: number) => kit.ask(identity, 'export', { consume: { id, amount } })

  test('a slice is spent without asking, counts from the start, and what is returned is free at once', async () => {
    const { license, identity } = await customer()
    await take('l-0', license, 9)
    await giveBack('l-0', 0)
    const { lease } = await take('l-1', license, 40)
    expect(lease).toEqual({
      id: 'l-1',
      license,
      feature: 'export',
      meter: 'exports',
      seq: 0,
      granted: 40,
      spent: 0,
      state: 'open',
      leased_at: '2026-11-23T09:00:00Z',
      until: '2026-11-23T09:01:00Z',
      milliseconds: 60_000,
      windows: [{ from: '2026-11-23T00:00:00Z', until: '2026-12-23T00:00:00Z', limit: 100 }],
    })
    expect(await usage(license)).toEqual({ used: 0, reserved: 0, leased: 40 })
    expect(await consume(identity, `${license}-1`, 61)).toBe('quota_exhausted')
    expect(await consume(identity, `${license}-2`, 60)).toBe('allowed')
    expect(await giveBack('l-1', 25)).toMatchObject({ state: 'closed', granted: 25, spent: 25 })
    expect(await usage(license)).toEqual({ used: 85, reserved: 0, leased: 0 })
    expect(await consume(identity, `${license}-3`, 15)).toBe('allowed')
    expect(await consume(identity, `${license}-4`, 1)).toBe('quota_exhausted')
    // In the history it is what was spent, and nothing where nothing was.
    kit.now += SECOND
    const { steps } = await done('GET', `/v1/usage/history?license=${license}&meter=exports&step=hour`)
    expect(steps.filter(({ units }: { units: number }) => units > 0)).toMatchObject([{ units: 100, times: 3 }])
  })

  test('what a reservation holds back is nobody else’s, and the other way round', async () => {
    const { license, identity } = await customer()
    const ask = { identity, feature: 'kit:export' }
    await done('POST', '/v1/reservations', { ...ask, id: `${license}-r`, amount: 90 })
    expect((await take(`${license}-l`, license, 100)).lease.granted).toBe(5)
    expect(await done('POST', '/v1/reservations', { ...ask, id: `${license}-s`, amount: 6 })).toMatchObject({ reason: 'quota_exhausted' })
    expect(await done('POST', '/v1/reservations', { ...ask, id: `${license}-t`, amount: 5 })).toMatchObject({ allowed: true })
    expect(await take(`${license}-m`, license, 1)).toEqual({ reason: 'quota_exhausted' })
  })

  test('slices are the smaller the less is left and the more share it; the last units go one by one', async () => {
    const { license } = await customer()
    const granted: number[] = []
    for (let i = 0; i < 60; i++) granted.push((await take(`${license}-${i}`, license, 1000)).lease?.granted ?? 0)
    expect(granted.slice(0, 4)).toEqual([50, 12, 6, 4])
    expect(granted).toContain(1)
    expect(granted.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(100)
    // Down to the last unit, and nothing after it.
    const firstNone = granted.indexOf(0)
    expect(granted.slice(firstNone).every((each) => each === 0)).toBe(true)
    expect(granted.reduce((sum, each) => sum + each, 0)).toBe(firstNone === -1 ? expect.any(Number) : 100)
  })

  test('a report is taken once: again, late and out of order it changes nothing', async () => {
    const { license } = await customer()
    await take('s-1', license, 20)
    const second = await renew('s-1', 2, 12, { units: 10 })
    expect(second.lease).toMatchObject({ seq: 2, spent: 12, granted: 30 })
    expect(await renew('s-1', 2, 12, { units: 10 })).toEqual(second)
    expect(await renew('s-1', 1, 5, { units: 50, keep: 0 })).toEqual(second)
    expect(await usage(license)).toEqual({ used: 12, reserved: 0, leased: 18 })
    expect((await take('s-1', license, 20)).lease).toMatchObject({ seq: 2, granted: 30 })
    expect(await giveBack('s-1', 13)).toEqual(await giveBack('s-1', 13))
    expect(await refused('POST', '/v1/leases/s-1/renew', { seq: 3, spent: 13 })).toBe('409 LEASE_CLOSED')
    expect(await refused('POST', '/v1/leases/s-1/return', { spent: 14 })).toBe('409 LEASE_CLOSED')
    expect(await usage(license)).toEqual({ used: 13, reserved: 0, leased: 0 })
  })

  test('what is taken back is granted no more, by an asking that comes late or at the same time', async () => {
    const { license } = await customer()
    const takeBack = (id: string) => take(id, license, 0)
    await take('t-all', license, 50)
    expect(await takeBack('t-1')).toMatchObject({ lease: { state: 'closed', granted: 0, meter: '', windows: [], milliseconds: 0 } })
    expect(await take('t-1', license, 8)).toEqual(await takeBack('t-1'))
    expect(await giveBack('t-1', 0)).toMatchObject({ state: 'closed' })
    expect(await refused('POST', '/v1/leases/t-1/renew', { seq: 1, spent: 0, units: 5 })).toBe('409 LEASE_CLOSED')
    expect(await refused('POST', '/v1/leases', { id: 't-1', license, feature: 'view', units: 0 })).toBe('422 LEASE_ID_REUSED')
    // What was granted before is there to be given back.
    await take('t-2', license, 4)
    expect(await takeBack('t-2')).toMatchObject({ lease: { state: 'open', granted: 4 } })
    await giveBack('t-2', 0)
    for (let n = 0; n < 10; n++) {
      const id = `${license}-late-${n}`
      const [, { lease }] = await Promise.all([take(id, license, 1), takeBack(id)])
      if (lease.state === 'open') await giveBack(id, 0)
    }
    expect(await usage(license)).toEqual({ used: 0, reserved: 0, leased: 50 })
    expect((await done('GET', `/v1/leases?license=${license}`)).items).toHaveLength(1)
    // Also of what may not be used any more, or has no hard limit.
    await done('POST', `/v1/licenses/${license}/suspend`)
    expect(await takeBack('t-3')).toMatchObject({ lease: { state: 'closed' } })
    const { db } = kit.authority.authority
    const kept = async () => (await db.selectFrom('quota_leases').select('id').where('license_id', '=', license).execute()).length
    expect(await kept()).toBe(14)
    await deleteUnspent(db, kit.now, 100)
    expect(await kept()).toBe(14)
    expect(await deleteUnspent(db, kit.now + 1, 1)).toBe(1)
    await deleteUnspent(db, kit.now + 1, 1_000)
    expect(await kept()).toBe(1)
  })

  test('what is not kept is given back, and what was said cannot be unsaid', async () => {
    const { license } = await customer()
    await take('k-1', license, 40)
    expect((await renew('k-1', 1, 10, { keep: 5 })).lease).toMatchObject({ granted: 15, spent: 10 })
    expect(await usage(license)).toEqual({ used: 10, reserved: 0, leased: 5 })
    expect(await refused('POST', '/v1/leases/k-1/renew', { seq: 2, spent: 9 })).toBe('422 LEASE_SPENT')
    expect(await refused('POST', '/v1/leases/k-1/renew', { seq: 2, spent: 16 })).toBe('422 LEASE_EXCEEDED')
    expect(await refused('POST', '/v1/leases/k-1/return', { spent: 16 })).toBe('422 LEASE_EXCEEDED')
    expect(await refused('POST', '/v1/leases', { id: 'k-1', license, feature: 'view', units: 1 })).toBe('422 LEASE_ID_REUSED')
    expect((await renew('k-1', 2, 15, { units: 1 })).lease).toMatchObject({ granted: 16, spent: 15 })
  })

  test('one that nobody closed counts as used whole, until its enforcer comes back and says otherwise', async () => {
    const { license, identity } = await customer()
    await take('d-1', license, 50)
    await renew('d-1', 1, 10)
    kit.now += 60 * SECOND
    expect(await usage(license)).toEqual({ used: 50, reserved: 0, leased: 0 })
    expect(await consume(identity, `${license}-1`, 51)).toBe('quota_exhausted')
    kit.now += 2 * DAY
    const { items } = await done('GET', `/v1/leases?license=${license}`)
    expect(items).toMatchObject([{ id: 'd-1', state: 'unreported', granted: 50, spent: 10 }])
    expect(await giveBack('d-1', 11)).toMatchObject({ state: 'closed', spent: 11 })
    expect(await consume(identity, `${license}-2`, 89)).toBe('allowed')
    expect(await consume(identity, `${license}-3`, 1)).toBe('quota_exhausted')
  })

  test('it ends with its window, and is corrected for three days more', async () => {
    const { license } = await customer()
    kit.now = Date.parse('2026-12-22T23:59:50Z')
    expect((await take('w-1', license, 10)).lease).toMatchObject({ milliseconds: 10_000, until: '2026-12-23T00:00:00Z' })
    kit.now += 20 * SECOND
    // The next window is not counted in by it.
    expect((await renew('w-1', 1, 4, { units: 10 })).lease).toMatchObject({ granted: 10, until: '2026-12-23T00:00:00Z', milliseconds: 0 })
    expect(await usage(license)).toEqual({ used: 0, reserved: 0, leased: 0 })
    kit.now = Date.parse('2026-12-25T23:59:59Z')
    expect(await giveBack('w-1', 5)).toMatchObject({ state: 'closed', spent: 5 })
    const other = await customer()
    await take('w-2', other.license, 10)
    kit.now = Date.parse('2027-01-31T00:00:00Z')
    expect(await refused('POST', '/v1/leases/w-2/return', { spent: 1 })).toBe('409 LEASE_CLOSED')
  })

  test('a licence that is suspended or ended gives no slices, and what is at hand gets no more', async () => {
    const { license } = await customer()
    await take('e-1', license, 10)
    await done('POST', `/v1/licenses/${license}/suspend`)
    expect(await take('e-2', license, 10)).toEqual({ reason: 'license_suspended' })
    kit.now += 30 * SECOND
    expect((await renew('e-1', 1, 3, { units: 10 })).lease).toMatchObject({ granted: 10, spent: 3, milliseconds: 30_000 })
    await done('POST', `/v1/licenses/${license}/resume`)
    expect((await renew('e-1', 2, 3, { units: 10 })).lease).toMatchObject({ granted: 20, milliseconds: 60_000 })
    await done('POST', `/v1/licenses/${license}/revoke`, {})
    expect(await take('e-3', license, 10)).toEqual({ reason: 'license_revoked' })
    expect(await giveBack('e-1', 4)).toMatchObject({ state: 'closed' })
  })

  test('a plan with a smaller limit gives nothing more, and counts what is out', async () => {
    const { license, identity } = await customer('pool')
    await take('p-1', license, 150)
    await done('POST', `/v1/licenses/${license}/change-plan`, { plan: 'small' })
    expect(await take('p-2', license, 10)).toEqual({ reason: 'quota_exhausted' })
    expect((await renew('p-1', 1, 90, { keep: 20, units: 50 })).lease).toMatchObject({ granted: 110 })
    expect(await consume(identity, `${license}-1`, 1)).toBe('quota_exhausted')
    await giveBack('p-1', 99)
    expect(await consume(identity, `${license}-2`, 1)).toBe('allowed')
  })

  test('what has no hard quota has nothing to lease', async () => {
    const { license } = await customer('open')
    expect(await refused('POST', '/v1/leases', { id: 'h-1', license, feature: 'export', units: 1 })).toBe('409 QUOTA_NOT_HARD')
    expect(await refused('POST', '/v1/leases', { id: 'h-1', license, feature: 'view', units: 1 })).toBe('409 QUOTA_NOT_HARD')
    expect(await refused('POST', '/v1/leases', { id: 'h-1', license: 'nowhere', feature: 'export', units: 1 })).toBe('404 LICENSE_UNKNOWN')
    for (const body of [{ units: -1 }, { units: 1.5 }, { units: 2e9 }, { units: 1, seconds: 1 }, { units: 1, seconds: 4000 }])
      expect(await refused('POST', '/v1/leases', { id: 'h-1', license, feature: 'export', ...body })).toBe('400 REQUEST_INVALID')
  })

  test('a credential leases within its reach, and of what it does not see it cannot tell', async () => {
    const [mine, other] = [await customer(), await customer()]
    const appKey = async (more: object) => {
      const { key } = await done('POST', '/v1/api-keys', { name: 'app', scopes: ['decide', 'consume'], ...more })
      return kit.authority.as(key)
    }
    const app = await appKey({ organizations: [mine.organization] })
    const wanted = (license: string, id = 'a-1') => ({ id, license, feature: 'export', units: 5 })
    expect((await app('POST', '/v1/leases', wanted(mine.license))).body.lease.granted).toBe(5)
    const out = await app('POST', '/v1/leases', wanted(other.license, 'a-2'))
    const none = await app('POST', '/v1/leases', wanted('no-such', 'a-3'))
    expect([out.status, out.body.code, out.body.detail]).toEqual([404, 'LICENSE_UNKNOWN', none.body.detail])
    // Another key's lease is as one that is not there.
    await take('b-1', mine.license, 5)
    for (const [verb, body] of [
      ['renew', { seq: 1, spent: 0 }],
      ['return', { spent: 0 }],
    ] as const)
      expect(await refused('POST', `/v1/leases/b-1/${verb}`, body, app)).toBe('404 LEASE_UNKNOWN')
    expect(await refused('GET', '/v1/leases', undefined, app)).toBe('403 SCOPE_MISSING')
    const decides = await appKey({ scopes: ['decide'] })
    expect(await refused('POST', '/v1/leases', wanted(mine.license), decides)).toBe('403 SCOPE_MISSING')
    const quiet = await appKey({ reasons: false })
    await done('POST', `/v1/licenses/${mine.license}/suspend`)
    expect((await quiet('POST', '/v1/leases', wanted(mine.license, 'q-1'))).body).toEqual({})
    const elsewhere = await appKey({ organizations: [other.organization], scopes: ['manage:usage'] })
    expect((await elsewhere('GET', '/v1/leases')).body).toEqual({ items: [] })
    expect(await refused('GET', `/v1/leases?license=${mine.license}`, undefined, elsewhere)).toBe('404 LICENSE_UNKNOWN')
    const [{ source }] = (await done('GET', `/v1/leases?license=${mine.license}`)).items.filter(({ id }: { id: string }) => id === 'a-1')
    expect(await refused('POST', '/v1/leases/a-1/end', { source }, elsewhere)).toBe('404 LEASE_UNKNOWN')
  })

  test('an administrator ends one by force, and speaks for an enforcer that never came back', async () => {
    const { license, identity } = await customer()
    await take('f-1', license, 50)
    const [{ source }] = (await done('GET', `/v1/leases?license=${license}`)).items
    const end = (more: object = {}) => done('POST', '/v1/leases/f-1/end', { source, ...more })
    expect((await done('POST', '/v1/leases/f-1/end?dry_run=true', { source })).state).toBe('ended')
    expect((await done('GET', `/v1/leases?license=${license}`)).items[0].state).toBe('open')
    expect(await end()).toMatchObject({ state: 'ended', source })
    expect(await end()).toMatchObject({ state: 'ended' })
    expect((await renew('f-1', 1, 7, { units: 20 })).lease).toMatchObject({ state: 'ended', granted: 50, spent: 7 })
    expect(await refused('POST', '/v1/leases/f-1/end', { source, spent: 7 })).toBe('409 LEASE_RUNNING')
    kit.now += 65 * SECOND
    expect(await refused('POST', '/v1/leases/f-1/end', { source, spent: 6 })).toBe('422 LEASE_SPENT')
    expect(await end({ spent: 9 })).toMatchObject({ state: 'closed', spent: 9 })
    expect(await consume(identity, `${license}-1`, 91)).toBe('allowed')
    const { items } = await done('GET', '/v1/audit?action=lease.end')
    expect(items.map(({ detail }: { detail: object }) => detail)).toEqual(
      expect.arrayContaining([
        { source, id: 'f-1', spent: 9, given_back: 41 },
        { source, id: 'f-1', granted: 50, spent: 0 },
      ]),
    )
    expect(await refused('POST', '/v1/leases/none/end', { source })).toBe('404 LEASE_UNKNOWN')
  })

  test('many who lease, consume and report at once never have more than there is', async () => {
    const { license, identity } = await customer()
    const work = Array.from({ length: 12 }, async (_, n) => {
      const id = `${license}-race-${n}`
      const [leased, decision] = await Promise.all([take(id, license, 30), consume(identity, id, 3)])
      const own = decision === 'allowed' ? 3 : 0
      if (leased.lease === undefined) return own
      const { granted } = (await renew(id, 1, Math.floor(leased.lease.granted / 2), { units: 20 })).lease
      if (n % 3 === 0) return own + granted
      await giveBack(id, granted - 1 < 0 ? 0 : granted - Math.ceil(granted / 4))
      return own + granted - Math.ceil(granted / 4)
    })
    const had = (await Promise.all(work)).reduce((sum, each) => sum + each, 0)
    const { used, leased } = (await usage(license)) as { used: number; leased: number }
    expect(used + leased).toBe(had)
    expect(had).toBeLessThanOrEqual(100)
  })

  const rate = { count: 20, period_seconds: 1, burst: 40 }
  const report = (id: string, license: string, seq: number, more: object = {}) =>
    done('POST', '/v1/rate-leases', {
      id,
      license,
      feature: 'load',
      rate,
      seq,
      had: 0,
      keep: 0,
      backlog_milliseconds: 0,
      wanted: 20,
      ...more,
    })
  const load = (identity: string, n: number) => kit.ask(identity, 'load', { wanted: n })
  const racing = async () => {
    const terms = kitTerms
      .replace('features:', 'features:\n  load: { title: Load }')
      .replace('viewer: [view, export]', 'viewer: [view, export, load]')
      .replace('view: {}, export: {}', 'view: {}, export: {}, load: { rate: 20 per second, burst: 40 }')
    await done('POST', '/v1/products/kit/editions', { terms })
    return customer('open')
  }

  test('a part of a rate is used without asking, nobody else has it, and it is there again when it is over', async () => {
    const { license, identity } = await racing()
    const { lease } = await report('r-1', license, 1)
    expect(lease).toEqual({
      ...{ id: 'r-1', license, feature: 'load', rate, seq: 1, count: 10, kept: 0, added: 10, fair: 20, backlog_milliseconds: 0 },
      until: '2026-11-23T09:01:00Z',
      milliseconds: 60_000,
    })
    expect(await load(identity, 21)).toBe('rate_limited')
    expect(await load(identity, 20)).toBe('allowed')
    expect(await load(identity, 1)).toBe('rate_limited')
    kit.now += 100
    expect(await load(identity, 1)).toBe('allowed')
    // Parts that are over, of rates that nobody used since, hide none.
    await sql`INSERT INTO rate_buckets (license_id, bucket, arrival, leases)
      SELECT ${license}, 'gone ' || n || '/1 1', 0, '[{"source":"s","id":"i","seq":1,"count":1,"wanted":1,"until":1}]' FROM generate_series(1, 1000) n`.execute(
      kit.authority.authority.db,
    )
    const { items } = await done('GET', `/v1/rate-leases?license=${license}`)
    expect(items).toMatchObject([{ id: 'r-1', license, feature: 'load', rate, count: 10, wanted: 20, until: '2026-11-23T09:01:00Z' }])
    // Five seconds more than its enforcer has it, and then as used up as can be.
    kit.now = MONDAY + 64_999
    expect(await load(identity, 21)).toBe('rate_limited')
    kit.now = MONDAY + 65_000
    expect(await load(identity, 21)).toBe('rate_limited')
    expect(await load(identity, 20)).toBe('allowed')
    kit.now += 2000
    expect(await load(identity, 40)).toBe('allowed')
    expect((await done('GET', `/v1/rate-leases?license=${license}`)).items).toEqual([])
  })

  test('what is given back can be had at once, as far as it was not used; late and again it changes nothing', async () => {
    const { license, identity } = await racing()
    await report('r-2', license, 1)
    const less = await report('r-2', license, 3, { had: 10, keep: 5, backlog_milliseconds: 0, wanted: 5 })
    expect(less.lease).toMatchObject({ count: 5, kept: 5, added: 0 })
    expect((await report('r-2', license, 2, { had: 10, keep: 10, wanted: 20 })).lease).toMatchObject({
      seq: 3,
      count: 5,
      kept: 0,
      added: 0,
    })
    expect(await load(identity, 31)).toBe('rate_limited')
    expect((await report('r-2', license, 4, { had: 5, keep: 0, wanted: 0 })).lease).toMatchObject({ count: 0 })
    expect(await load(identity, 40)).toBe('allowed')
    expect((await report('r-2', license, 1)).lease).toMatchObject({ seq: 4, count: 0 })
  })

  test('only rates that the plan has are leased, and only of a licence that may be used', async () => {
    const { license } = await racing()
    const other = { id: 'r-3', license, feature: 'load', seq: 1, had: 0, keep: 0, backlog_milliseconds: 0, wanted: 9 }
    expect(await refused('POST', '/v1/rate-leases', { ...other, rate: { ...rate, count: 21 } })).toBe('409 RATE_UNKNOWN')
    expect(await refused('POST', '/v1/rate-leases', { ...other, rate, feature: 'view' })).toBe('409 RATE_UNKNOWN')
    expect(await refused('POST', '/v1/rate-leases', { ...other, rate, license: 'none' })).toBe('404 LICENSE_UNKNOWN')
    for (const bad of [{ seq: 0 }, { backlog_milliseconds: -1 }, { rate: { ...rate, period_seconds: 2 } }, { wanted: 0.5 }])
      expect(await refused('POST', '/v1/rate-leases', { ...other, rate, ...bad })).toBe('400 REQUEST_INVALID')
    await report('r-3', license, 1)
    await done('POST', `/v1/licenses/${license}/suspend`)
    expect(await report('r-3', license, 2, { had: 10, keep: 8 })).toMatchObject({
      reason: 'license_suspended',
      lease: { kept: 8, added: 0 },
    })
    // It keeps what it has to its end, and no longer: another rate may be sold by then.
    kit.now += 50 * SECOND
    expect(await report('r-3', license, 3, { had: 8, keep: 8 })).toMatchObject({
      lease: { kept: 8, added: 0, until: '2026-11-23T09:01:00Z', milliseconds: 10_000 },
    })
    expect(await refused('POST', '/v1/rate-leases', { ...other, id: 'r-4', rate })).toBe('409 RATE_UNKNOWN')
  })

  beforeAll(() => {
    expect(kit.now).toBe(MONDAY)
  })
})
