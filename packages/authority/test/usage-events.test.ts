import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { DAY, kitTerms, useKit } from './kit.ts'
import { type Answer, MONDAY, onBothStores } from './support.ts'

const HOUR = 3_600_000
const ONE = 'application/cloudevents+json'
const BATCH = 'application/cloudevents-batch+json'

onBothStores('usage that is reported by events', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let made = 0
  const event = (data: object = {}, more: object = {}) => ({
    specversion: '1.0',
    type: 'writ.usage',
    source: 'urn:test:app',
    id: `e-${made++}`,
    time: new Date(kit.now).toISOString(),
    data: { license: 'L1', meter: 'exports', ...data },
    ...more,
  })
  const batch = (events: unknown, query = '', call = kit.call): Promise<Answer> =>
    call('POST', `/v1/usage/events${query}`, events, { 'content-type': BATCH })
  const said = ({ body }: Answer): string[] =>
    body.events.map(({ status, code }: { status: string; code?: string }) => (code === undefined ? status : `${status} ${code}`))
  const used = async (license = 'L1') => (await done('GET', `/v1/usage?license=${license}`)).meters[0]?.used
  const history = async (from: string, license = 'L1') =>
    (await done('GET', `/v1/usage/history?license=${license}&meter=exports&from=${from}`)).units
  const license = async (id: string, more: object = {}) =>
    done('POST', '/v1/licenses', { id, product: 'kit', plan: 'small', organization: 'acme', starts: '2026-01-01T00:00:00Z', ...more })

  beforeAll(async () => {
    await kit.people('acme', 'ann')
    await license('L1')
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex' })
    await license('G1', { organization: 'globex' })
  })
  beforeEach(() => {
    kit.now = MONDAY
  })

  test('counts once, however often it is sent, in the counters that checks spend from', async () => {
    await license('once')
    const events = [event({ license: 'once', amount: 3 }), event({ license: 'once' })]
    expect(await batch(events)).toMatchObject({ status: 200, body: { accepted: 2, duplicate: 0, refused: 0, overages: [] } })
    expect(said(await batch(events))).toEqual(['duplicate', 'duplicate'])
    expect(said(await batch([events[1], events[1], event({ license: 'once' })]))).toEqual(['duplicate', 'duplicate', 'accepted'])
    expect([await used('once'), await history('2026-11-20T00:00:00Z', 'once')]).toEqual([5, 5])
  })

  test('comes after what was asked for, and before', async () => {
    await done('POST', '/v1/organizations', { id: 'beta', title: 'Beta' })
    await kit.people('beta', 'bo')
    await license('mixed', { organization: 'beta' })
    const spend = (amount: number) => kit.ask('bo', 'export', { consume: { amount, id: `c-${made++}` } })
    await batch([event({ license: 'mixed', amount: 90 })])
    expect(await spend(11)).toBe('quota_exhausted')
    expect(await spend(4)).toBe('allowed')
    await batch([event({ license: 'mixed', amount: 5 })])
    expect(await spend(2)).toBe('quota_exhausted')
    expect(await spend(1)).toBe('allowed')
    expect([await used('mixed'), await history('2026-11-20T00:00:00Z', 'mixed')]).toEqual([100, 100])
  })

  test('is counted beyond a limit too, since it has happened, and that is said', async () => {
    await license('over')
    const { body } = await batch([event({ license: 'over', amount: 250 })])
    expect(body).toMatchObject({ accepted: 1, overages: [{ license: 'over', meter: 'exports', used: 250, limit: 100 }] })
    expect(await used('over')).toBe(250)
  })

  test('under a consume.id is charged once, by a check or by what is reported, whichever came first', async () => {
    await done('POST', '/v1/organizations', { id: 'either', title: 'Either' })
    await kit.people('either', 'gil')
    await license('either', { organization: 'either' })
    const of = (id: string, data: object = {}) =>
      event({ license: 'either', amount: 2, ...data }, { id, writconsume: true, time: new Date(kit.now + 7).toISOString() })
    const check = (id: string, amount = 2) =>
      kit.call('POST', '/v1/check', { identity: 'gil', feature: 'kit:export', consume: { amount, id } })
    expect((await check('asked-first')).body.allowed).toBe(true)
    expect(said(await batch([of('asked-first'), of('told-first')]))).toEqual(['duplicate', 'accepted'])
    expect(said(await batch([of('told-first'), of('asked-first', { amount: 3 })]))).toEqual(['duplicate', 'refused EVENT_ID_REUSED'])
    expect(await check('told-first')).toMatchObject({ status: 200, body: { allowed: true, license: 'either' } })
    expect(await check('told-first')).toMatchObject({ status: 200, body: { allowed: true } })
    expect(await check('told-first', 3)).toMatchObject({ status: 422, body: { code: 'CONSUME_ID_REUSED' } })
    expect(await used('either')).toBe(4)
    // Without the mark an id is its source's, as of every event; and what another key consumed is another's.
    const other = kit.authority.as((await done('POST', '/v1/api-keys', { name: 'other', scopes: ['decide', 'consume'] })).key)
    expect(said(await batch([event({ license: 'either' }, { id: 'asked-first' })]))).toEqual(['accepted'])
    expect(said(await batch([of('asked-first')], '', other))).toEqual(['accepted'])
    expect(await used('either')).toBe(7)
  })

  test('is told of many licences by one read, of those that are there and in reach', async () => {
    await license('read-1')
    await batch([event({ license: 'read-1', amount: 6 }), event({ license: 'G1' })])
    const key = await done('POST', '/v1/api-keys', { name: 'acme', scopes: ['consume'], organizations: ['acme'] })
    const { body } = await kit.authority.as(key.key)('POST', '/v1/usage/counts', { licenses: ['read-1', 'nobodys', 'G1', 'read-1'] })
    expect(body.counts).toEqual([{ license: 'read-1', meter: 'exports', used: 6, from: expect.any(String), until: expect.any(String) }])
  })

  test('is refused one by one: the others stand', async () => {
    await license('partly')
    const at = (time: number) => new Date(time).toISOString()
    const of = (data: object, more?: object) => event({ license: 'partly', ...data }, more)
    const twice = of({ amount: 2 })
    const answer = await batch([
      of({}),
      of({ license: 'nobodys' }),
      of({ meter: 'nothing' }),
      of({ amount: 0 }),
      of({ amount: 1.5 }),
      of({ more: 1 }),
      of({}, { type: 'com.example.other' }),
      of({}, { specversion: '0.3' }),
      of({}, { source: 'has a blank' }),
      of({}, { id: '\ud800' }),
      of({}, { id: 'a\u0000b' }),
      of({}, { time: 'yesterday' }),
      of({}, { time: at(MONDAY + HOUR) }),
      of({}, { time: at(MONDAY + 30_000) }),
      of({}, { time: '2025-12-31T23:59:59Z' }),
      twice,
      { ...twice, data: { ...twice.data, amount: 3 } },
      null,
      [[[[]]]],
      of({}, { subject: 'ann', traceparent: '00-0', time: undefined }),
    ])
    expect(said(answer)).toEqual([
      'accepted',
      'refused LICENSE_UNKNOWN',
      'refused METER_UNKNOWN',
      ...Array(9).fill('refused REQUEST_INVALID'),
      'refused USAGE_AHEAD',
      'accepted',
      'refused USAGE_BEFORE_LICENSE',
      'accepted',
      'refused EVENT_ID_REUSED',
      'refused REQUEST_INVALID',
      'refused REQUEST_INVALID',
      'accepted',
    ])
    expect(answer.body.events[3].errors).toEqual([{ pointer: '/data/amount', detail: expect.any(String) }])
    expect(await used('partly')).toBe(5)
    expect(said(await batch([{ ...twice, time: at(MONDAY - 1) }]))).toEqual(['refused EVENT_ID_REUSED'])
    expect(await used('partly')).toBe(5)
  })

  test('falls in the window of its own time while that is open for corrections', async () => {
    await license('late')
    const december = Date.parse('2026-12-01T00:00:00Z')
    const november = event({ license: 'late', amount: 7 }, { time: '2026-11-30T23:59:59.999Z' })
    const older = event({ license: 'late', amount: 5 }, { time: '2026-11-29T12:00:00Z' })
    kit.now = december + 3 * DAY - 1
    expect(said(await batch([november]))).toEqual(['accepted'])
    kit.now++
    // Sent again by whoever did not hear that it was counted in time.
    expect(said(await batch([november, older]))).toEqual(['duplicate', 'refused USAGE_TOO_LATE'])
    expect(said(await batch([{ ...november, data: { ...november.data, amount: 8 } }]))).toEqual(['refused USAGE_TOO_LATE'])
    expect(await used('late')).toBe(0)
    expect(await history('2026-11-30T00:00:00Z', 'late')).toBe(7)
    expect(said(await batch([older], '?late=book'))).toEqual(['accepted'])
    kit.now += 2 * DAY
    expect(said(await batch([older], '?late=book'))).toEqual(['duplicate'])
    expect(said(await batch([{ ...older, time: '2026-11-29T12:00:01Z' }], '?late=book'))).toEqual(['refused EVENT_ID_REUSED'])
    expect(await used('late')).toBe(5)
  })

  test('of an organization counts for the licence that a decision would take, and sent again stays with it', async () => {
    await done('POST', '/v1/organizations', { id: 'gamma', title: 'Gamma' })
    await license('ended', { organization: 'gamma', ends: '2026-03-01T00:00:00Z' })
    await license('later', { organization: 'gamma', ends: '2028-03-01T00:00:00Z' })
    const { license: _, ...data } = event().data
    const first = event({}, { data: { organization: 'gamma', product: 'kit', ...data } })
    expect((await batch([first])).body.events).toEqual([{ status: 'accepted', license: 'later' }])
    await license('sooner', { organization: 'gamma', ends: '2027-03-01T00:00:00Z' })
    expect((await batch([first, { ...first, id: 'another' }])).body.events).toEqual([
      { status: 'duplicate', license: 'later' },
      { status: 'accepted', license: 'sooner' },
    ])
  })

  test('of what is out of reach is refused as if it were not there, and takes nobody’s id', async () => {
    const { key } = await done('POST', '/v1/api-keys', { name: 'acme', scopes: ['consume'], organizations: ['acme'] })
    const call = kit.authority.as(key)
    const theirs = event({ license: 'G1' })
    const named = event({}, { data: { organization: 'globex', product: 'kit', meter: 'exports' } })
    const answer = await batch([theirs, named, event({ license: 'not-there' }), event()], '', call)
    expect(said(answer)).toEqual([...Array(3).fill('refused LICENSE_UNKNOWN'), 'accepted'])
    expect(new Set(answer.body.events.slice(0, 3).map((each: object) => JSON.stringify(each))).size).toBe(1)
    const taken = event()
    await batch([taken], '', call)
    expect(said(await batch([{ ...taken, data: { ...taken.data, license: 'G1' } }, theirs]))).toEqual(['accepted', 'accepted'])
    const { key: decides } = await done('POST', '/v1/api-keys', { name: 'decides', scopes: ['decide'] })
    expect(await batch([event()], '', kit.authority.as(decides))).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING' } })
  })

  test('comes in every mode of the binding', async () => {
    await license('modes')
    const structured = event({ license: 'modes' })
    const send = (body: unknown, headers: Record<string, string>) => kit.call('POST', '/v1/usage/events', body, headers)
    expect(await send(structured, { 'content-type': `${ONE}; charset=utf-8` })).toMatchObject({ status: 200, body: { accepted: 1 } })
    const attributes = { 'ce-specversion': '1.0', 'ce-type': 'writ.usage', 'ce-source': 'urn:test:app', 'ce-id': 'Euro%20%E2%82%AC' }
    const binary = await send({ license: 'modes', meter: 'exports', amount: 2 }, { ...attributes, 'ce-time': '2026-11-23T08:00:00Z' })
    expect(binary).toMatchObject({ status: 200, body: { accepted: 1 } })
    expect(
      await send(event({ license: 'modes' }, { id: 'Euro €', data: { license: 'modes', meter: 'exports', amount: 2 } }), {}),
    ).toMatchObject({
      status: 422,
      body: { code: 'EVENT_ID_REUSED' },
    })
    expect(await send([structured, event({ license: 'modes' })], {})).toMatchObject({ body: { accepted: 1, duplicate: 1 } })
    expect(await used('modes')).toBe(4)
    const refused = async (body: unknown, headers: Record<string, string>) => {
      const answer = await send(body, headers)
      return [answer.status, answer.body.code]
    }
    expect(await refused(event({ license: 'nobodys' }), { 'content-type': ONE })).toEqual([404, 'LICENSE_UNKNOWN'])
    expect(await refused([structured], { 'content-type': ONE })).toEqual([400, 'REQUEST_INVALID'])
    expect(await refused(structured, { 'content-type': BATCH })).toEqual([400, 'REQUEST_INVALID'])
    expect(await refused({ license: 'modes' }, { ...attributes, 'ce-id': '%zz' })).toEqual([400, 'REQUEST_INVALID'])
    expect(await refused('{"specversion":"1.0","__proto__":{"a":1}}', { 'content-type': ONE })).toEqual([400, 'BODY_MALFORMED'])
    expect(await refused('[', { 'content-type': BATCH })).toEqual([400, 'BODY_MALFORMED'])
    expect(await refused('x', { 'content-type': 'text/csv' })).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED'])
    expect(await refused(Array(1001).fill(structured), { 'content-type': BATCH })).toEqual([400, 'REQUEST_INVALID'])
    expect(await refused(Array(1000).fill('x'.repeat(2000)), { 'content-type': BATCH })).toEqual([413, 'BODY_TOO_LARGE'])
    expect(said(await batch([]))).toEqual([])
  })

  test('of a meter that the plan does not limit is in the history, and counts from then on', async () => {
    const unlimited = kitTerms.replace('product: kit', 'product: free').replaceAll(/export: \{ limit: \d+ per month \}/g, 'export: {}')
    await done('POST', '/v1/products/free/editions', { terms: unlimited })
    await license('free', { product: 'free' })
    await batch([event({ license: 'free', amount: 40 }), event({ license: 'free', amount: 2 })])
    expect(await history('2026-11-20T00:00:00Z', 'free')).toBe(42)
  })

  test('from many at once, in any order and again and again, is counted once each', async () => {
    await license('crowd')
    await license('crowd-2')
    let round = 0
    const events = fc.array(fc.record({ license: fc.constantFrom('crowd', 'crowd-2'), id: fc.integer({ min: 0, max: 30 }) }), {
      minLength: 1,
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(events, { minLength: 2, maxLength: 6 }), async (batches) => {
        round++
        const seen = new Set<string>()
        const sent = batches.map((each) =>
          each.map(({ license, id }) => {
            seen.add(`${license} ${id}`)
            // The content hangs on the id alone, so that whoever comes first says the same.
            const time = new Date(MONDAY - ((id * 7 + round) % 300) * HOUR).toISOString()
            return event({ license, amount: 1 + id }, { source: `urn:round:${round}`, id: `${id}`, time })
          }),
        )
        const before = await rows()
        const answers = await Promise.all([...sent, ...sent].map((each) => batch(each)))
        const sum = (what: string) => answers.reduce((total, { body }) => total + body[what], 0)
        expect([sum('accepted'), sum('refused'), (await rows()) - before]).toEqual([seen.size, 0, seen.size])
        await agree('crowd')
        await agree('crowd-2')
      }),
      { numRuns: 6, seed: 53 },
    )
  })

  async function rows(): Promise<number> {
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int8 AS n FROM usage_events WHERE license_id LIKE 'crowd%'`.execute(
      kit.authority.authority.db,
    )
    return rows[0]?.n ?? 0
  }

  /** Every counter holds what the events of its window say. */
  async function agree(id: string): Promise<void> {
    const { rows } = await sql<{ used: number; events: number }>`
      SELECT used, (SELECT coalesce(sum(amount), 0)::int8 FROM usage_events e
        WHERE e.license_id = c.license_id AND e.meter = c.meter AND e.at >= c.window_from AND e.at < c.window_until) AS events
      FROM usage_counters c WHERE license_id = ${id}`.execute(kit.authority.authority.db)
    expect(rows.map(({ used }) => used)).toEqual(rows.map(({ events }) => events))
  }
})
