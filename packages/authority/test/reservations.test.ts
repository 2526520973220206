import { beforeAll, expect, test } from 'vitest'
import { deleteOldReservations } from '../src/usage/reservation-store.ts'
import { dropOldReservations } from '../src/usage/retention.ts'
import { DAY, useKit } from './kit.ts'
import { type Call, MONDAY, onBothStores } from './support.ts'

const SECOND = 1000

onBothStores('reservations', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let made = 0
  /** A licence of an organization and somebody of its own, so that no test finds what another left. */
  const customer = async (plan = 'small'): Promise<{ ask: object; license: string; organization: string; identity: string }> => {
    const organization = `customer-${made++}`
    const [identity, license] = [`${organization}-ann`, `${organization}-license`]
    await done('POST', '/v1/organizations', { id: organization, title: organization })
    await kit.people(organization, identity)
    await done('POST', '/v1/licenses', { id: license, product: 'kit', plan, organization })
    return { ask: { identity, feature: 'kit:export' }, license, organization, identity }
  }
  const reserve = (ask: object, id: string, amount: number, more: object = {}) =>
    done('POST', '/v1/reservations', { ...ask, id, amount, ...more })
  const settle = (id: string, amount: number, more: object = {}) => done('POST', `/v1/reservations/${id}/settle`, { amount, ...more })
  const refused = async (method: string, path: string, body?: unknown): Promise<string> => {
    const answer = await kit.call(method, path, body)
    return `${answer.status} ${answer.body?.code}`
  }
  const usage = async (license: string): Promise<[used: number, reserved: number]> => {
    const { meters } = await done('GET', `/v1/usage?license=${license}`)
    return [meters[0].used, meters[0].reserved]
  }

  test('units are held back, counted when they are settled, and the rest is free again', async () => {
    const { ask, license } = await customer()
    const reserved = await reserve(ask, 'r-1', 80, { seconds: 60 })
    expect(reserved).toMatchObject({
      allowed: true,
      license,
      reservation: {
        id: 'r-1',
        amount: 80,
        settled: 0,
        state: 'open',
        reserved_at: '2026-11-23T09:00:00Z',
        until: '2026-11-23T09:01:00Z',
      },
    })
    expect(reserved).not.toHaveProperty('expires')
    expect(await usage(license)).toEqual([0, 80])
    expect(await reserve(ask, 'r-2', 21)).toMatchObject({ allowed: false, reason: 'quota_exhausted' })
    expect(await kit.ask(`${license.replace('-license', '-ann')}`, 'export', { consume: { id: 'c-1', amount: 21 } })).toBe(
      'quota_exhausted',
    )
    expect(await settle('r-1', 30, { keep: true })).toMatchObject({ settled: 30, state: 'open' })
    expect(await usage(license)).toEqual([30, 50])
    expect(await settle('r-1', 45)).toMatchObject({ settled: 45, state: 'settled' })
    expect(await usage(license)).toEqual([45, 0])
    expect(await reserve(ask, 'r-3', 55)).toMatchObject({ allowed: true })
    expect(await reserve(ask, 'r-4', 1)).toMatchObject({ reason: 'quota_exhausted' })
  })

  test('each step said twice is said once; said differently it is refused', async () => {
    const { ask, license } = await customer()
    const first = await reserve(ask, 's-1', 40)
    expect(await reserve(ask, 's-1', 40)).toEqual(first)
    expect(await usage(license)).toEqual([0, 40])
    expect(await refused('POST', '/v1/reservations', { ...ask, id: 's-1', amount: 41 })).toBe('422 RESERVATION_ID_REUSED')
    expect(await refused('POST', '/v1/reservations', { ...ask, id: 's-1', amount: 40, seconds: 5 })).toBe('422 RESERVATION_ID_REUSED')
    await settle('s-1', 10, { keep: true })
    await settle('s-1', 10, { keep: true })
    expect(await usage(license)).toEqual([10, 30])
    expect(await refused('POST', '/v1/reservations/s-1/settle', { amount: 41 })).toBe('422 RESERVATION_EXCEEDED')
    expect(await refused('POST', '/v1/reservations/s-1/settle', { amount: 9 })).toBe('422 RESERVATION_SETTLED')
    const settled = await settle('s-1', 25)
    expect(await settle('s-1', 25)).toEqual(settled)
    expect(await refused('POST', '/v1/reservations/s-1/settle', { amount: 26 })).toBe('409 RESERVATION_CLOSED')
    expect(await done('POST', '/v1/reservations/s-1/release')).toEqual(settled)
    expect(await usage(license)).toEqual([25, 0])
  })

  test('what is used and held back under other terms counts when the licence comes back to these', async () => {
    const { ask, license, identity } = await customer()
    const take = (id: string, amount: number) => kit.ask(identity, 'export', { consume: { id, amount } })
    expect(await take(`${license}-1`, 60)).toBe('allowed')
    const daily = { includes: { export: { limit: '90 per day' } } }
    await done('PATCH', `/v1/licenses/${license}`, { overrides: daily })
    expect(await take(`${license}-2`, 20)).toBe('allowed')
    expect(await reserve(ask, `${license}-r`, 10, { seconds: 600 })).toMatchObject({ allowed: true })
    await done('PATCH', `/v1/licenses/${license}`, { overrides: null })
    expect(await take(`${license}-3`, 11)).toBe('quota_exhausted')
    expect(await take(`${license}-4`, 10)).toBe('allowed')
    expect(await take(`${license}-5`, 1)).toBe('quota_exhausted')
  })

  test('a reservation and a consumption of the same id are two', async () => {
    const { ask, license } = await customer()
    await reserve(ask, 'same', 10)
    await done('POST', '/v1/check', { ...ask, consume: { id: 'same', amount: 3 } })
    await settle('same', 10)
    expect(await usage(license)).toEqual([13, 0])
  })

  test('what is released is free at once, and releasing again changes nothing', async () => {
    const { ask, license } = await customer()
    await reserve(ask, 'l-1', 100)
    expect(await done('POST', '/v1/reservations/l-1/release', {})).toMatchObject({ state: 'released', settled: 0 })
    expect(await done('POST', '/v1/reservations/l-1/release')).toMatchObject({ state: 'released' })
    expect(await usage(license)).toEqual([0, 0])
    expect(await refused('POST', '/v1/reservations/l-1/settle', { amount: 1 })).toBe('409 RESERVATION_CLOSED')
    expect(await reserve(ask, 'l-2', 100)).toMatchObject({ allowed: true })
  })

  test('time alone ends a reservation: what was settled stays, the rest is free, and nothing more can be settled', async () => {
    const { ask, license } = await customer()
    await reserve(ask, 't-1', 100, { seconds: 60 })
    await settle('t-1', 20, { keep: true })
    kit.now = MONDAY + 60 * SECOND - 1
    await settle('t-1', 30, { keep: true })
    kit.now = MONDAY + 60 * SECOND
    expect(await done('GET', '/v1/reservations/t-1')).toMatchObject({ state: 'expired', settled: 30 })
    expect(await refused('POST', '/v1/reservations/t-1/settle', { amount: 31 })).toBe('409 RESERVATION_EXPIRED')
    expect(await settle('t-1', 30)).toMatchObject({ state: 'expired', settled: 30 })
    // Not before the clocks of all nodes agree that it is over.
    expect(await usage(license)).toEqual([30, 70])
    expect(await reserve(ask, 't-2', 70)).toMatchObject({ reason: 'quota_exhausted', expires: '2026-11-23T09:01:05Z' })
    kit.now += 5 * SECOND
    expect(await usage(license)).toEqual([30, 0])
    expect(await reserve(ask, 't-2', 70)).toMatchObject({ allowed: true })
  })

  test('it counts in the window in which it was reserved, and holds nothing back of the next', async () => {
    const { ask, license } = await customer()
    kit.now = Date.parse('2026-12-22T23:59:50Z')
    await reserve(ask, 'w-1', 100, { seconds: 60 })
    expect(await usage(license)).toEqual([0, 100])
    kit.now = Date.parse('2026-12-23T00:00:05Z')
    expect(await usage(license)).toEqual([0, 0])
    expect(await reserve(ask, 'w-2', 100)).toMatchObject({ allowed: true })
    await settle('w-1', 40)
    expect(await usage(license)).toEqual([0, 100])
    kit.now = Date.parse('2026-12-22T23:59:55Z')
    expect(await usage(license)).toEqual([40, 0])
  })

  test('where part is enough, what is left is reserved', async () => {
    const { ask, license } = await customer()
    expect(await reserve(ask, 'p-1', 130, { partial: true })).toMatchObject({ admitted: 100, reservation: { amount: 100 } })
    expect(await refused('POST', '/v1/reservations/p-1/settle', { amount: 101 })).toBe('422 RESERVATION_EXCEEDED')
    expect(await usage(license)).toEqual([0, 100])
  })

  test('it is forgotten 30 days after its end, and what was settled is counted once also then', async () => {
    const { ask, license } = await customer('pool')
    const { db } = kit.authority.authority
    const known = async () =>
      (await db.selectFrom('reservations').select('id').where('license_id', '=', license).orderBy('id').execute()).map(({ id }) => id)
    await reserve(ask, 'z-1', 40, { seconds: 60 })
    await settle('z-1', 25)
    await reserve(ask, 'z-2', 40, { seconds: 60 })
    await done('POST', '/v1/reservations/z-2/release')
    await reserve(ask, 'z-3', 40, { seconds: 61 })
    // What a device has of the quota is held back in the same way, and it may say much later what it spent.
    const [row] = await db.selectFrom('reservations').selectAll().where('id', '=', 'z-2').execute()
    await db
      .insertInto('reservations')
      .values({ ...row, source: 'activation a-1', id: 'z-0', answer: JSON.stringify(row?.answer) } as never)
      .execute()
    const before = await usage(license)
    kit.now = MONDAY + 60 * SECOND + 30 * DAY
    await dropOldReservations(kit.authority.authority)
    expect(await known()).toEqual(['z-0', 'z-1', 'z-2', 'z-3'])
    expect(await settle('z-1', 25)).toMatchObject({ state: 'settled' })
    kit.now += 1
    expect(await deleteOldReservations(db, kit.now - 30 * DAY, 1)).toBe(1)
    await dropOldReservations(kit.authority.authority)
    expect(await known()).toEqual(['z-0', 'z-3'])
    expect(await refused('POST', '/v1/reservations/z-1/settle', { amount: 25 })).toBe('404 RESERVATION_UNKNOWN')
    expect(await refused('POST', '/v1/reservations', { ...ask, id: 'z-1', amount: 40, seconds: 60 })).toBe('422 RESERVATION_ID_REUSED')
    expect(await reserve(ask, 'z-2', 40, { seconds: 60 })).toMatchObject({ allowed: true, reservation: { state: 'open' } })
    kit.now = MONDAY
    expect(await usage(license)).toEqual(before)
  })

  test('a seat is taken as by a check, and a refusal takes and holds nothing', async () => {
    const { ask, license } = await customer()
    expect(await reserve({ ...ask, feature: 'kit:query' }, 'x-1', 5)).toMatchObject({ allowed: false, reason: 'resource_unknown' })
    expect(await refused('GET', '/v1/reservations/x-1')).toBe('404 RESERVATION_UNKNOWN')
    expect((await done('GET', `/v1/seats?license=${license}`)).items).toEqual([])
    await reserve(ask, 'x-2', 5)
    expect((await done('GET', `/v1/seats?license=${license}`)).items).toHaveLength(1)
  })

  test('work that was promised is counted though the licence is gone; nothing new is promised', async () => {
    const { ask, license } = await customer()
    await reserve(ask, 'g-1', 60)
    await done('POST', `/v1/licenses/${license}/revoke`)
    expect(await reserve(ask, 'g-1', 60)).toMatchObject({ allowed: false, reason: 'license_revoked' })
    expect(await reserve(ask, 'g-2', 1)).toMatchObject({ allowed: false, reason: 'license_revoked' })
    expect(await settle('g-1', 50)).toMatchObject({ state: 'settled', settled: 50 })
    expect(await usage(license)).toEqual([50, 0])
  })

  test('it is that of the key, not of its secret: after a rotation the new secret settles, and the old one while both open', async () => {
    const { ask, license } = await customer()
    const { id, key } = await done('POST', '/v1/api-keys', { name: 'app', scopes: ['decide', 'consume', 'assert:identity'] })
    const old = kit.authority.as(key)
    for (const name of ['o-1', 'o-2', 'o-3'])
      expect((await old('POST', '/v1/reservations', { ...ask, id: name, amount: 10, seconds: 600 })).body.allowed).toBe(true)
    const rotated = await done('POST', `/v1/api-keys/${id}/rotate`, { overlap_seconds: 120 })
    const next = kit.authority.as(rotated.key)
    expect(rotated.key).not.toBe(key)
    expect((await next('GET', '/v1/reservations/o-1')).body).toMatchObject({ id: 'o-1', state: 'open' })
    expect((await next('POST', '/v1/reservations/o-1/settle', { amount: 4, keep: true })).body).toMatchObject({ settled: 4 })
    expect((await old('POST', '/v1/reservations/o-1/settle', { amount: 7 })).body).toMatchObject({ settled: 7, state: 'settled' })
    // What was reserved before is not reserved again by whoever repeats it with the new secret.
    expect((await next('POST', '/v1/reservations', { ...ask, id: 'o-2', amount: 10, seconds: 600 })).body.reservation.amount).toBe(10)
    expect(await usage(license)).toEqual([7, 20])
    kit.now = MONDAY + 121 * SECOND
    expect((await old('POST', '/v1/reservations/o-2/release')).status).toBe(401)
    expect((await next('POST', '/v1/reservations/o-2/release')).body).toMatchObject({ state: 'released' })
    expect((await next('POST', '/v1/reservations/o-3/settle', { amount: 10 })).body).toMatchObject({ state: 'settled' })
    expect(await usage(license)).toEqual([17, 0])
  })

  test('a change of plan keeps what is held back', async () => {
    const { ask, license } = await customer()
    await reserve(ask, 'k-1', 60)
    await done('POST', `/v1/licenses/${license}/change-plan`, { plan: 'pool' })
    expect(await usage(license)).toEqual([0, 60])
    expect(await reserve(ask, 'k-2', 441)).toMatchObject({ reason: 'quota_exhausted' })
    expect(await reserve(ask, 'k-3', 440)).toMatchObject({ allowed: true })
    await settle('k-1', 60)
    expect(await usage(license)).toEqual([60, 440])
  })

  test('a feature without a limit, or without a meter, is reserved as well', async () => {
    const { ask, license } = await customer('open')
    expect(await reserve(ask, 'u-1', 1_000_000)).toMatchObject({ allowed: true, reservation: { amount: 1_000_000 } })
    expect(await settle('u-1', 7)).toMatchObject({ settled: 7 })
    expect(await reserve({ ...ask, feature: 'kit:view' }, 'u-2', 3)).toMatchObject({ allowed: true })
    expect(await done('GET', `/v1/reservations?license=${license}`)).toMatchObject({ items: [{ id: 'u-2', amount: 3 }] })
  })

  let other: Call
  beforeAll(async () => {
    const { key } = await done('POST', '/v1/api-keys', { name: 'other', scopes: ['decide', 'consume', 'assert:identity'] })
    other = kit.authority.as(key)
  })

  test("nobody reads, settles or releases another credential's, and each has its own ids", async () => {
    const { ask, license } = await customer()
    await reserve(ask, 'o-1', 10)
    for (const [method, path, body] of [
      ['GET', '/v1/reservations/o-1', undefined],
      ['POST', '/v1/reservations/o-1/settle', { amount: 1 }],
      ['POST', '/v1/reservations/o-1/release', {}],
    ] as const) {
      const { status, body: problem } = await other(method, path, body)
      expect([path, status, problem.code]).toEqual([path, 404, 'RESERVATION_UNKNOWN'])
    }
    expect((await other('POST', '/v1/reservations', { ...ask, id: 'o-1', amount: 20 })).body).toMatchObject({ allowed: true })
    expect(await usage(license)).toEqual([0, 30])
    const { items } = await done('GET', `/v1/reservations?license=${license}`)
    expect(items).toMatchObject([
      { id: 'o-1', meter: 'exports' },
      { id: 'o-1', license },
    ])
    expect((await other('GET', `/v1/reservations?license=${license}`)).status).toBe(403)
  })

  test('it takes decide as well as consume', async () => {
    const { ask } = await customer()
    const { key } = await done('POST', '/v1/api-keys', { name: 'half', scopes: ['consume', 'assert:identity'] })
    const answer = await kit.authority.as(key)('POST', '/v1/reservations', { ...ask, id: 'h-1', amount: 1 })
    expect([answer.status, answer.body.code, answer.body.scope]).toEqual([403, 'SCOPE_MISSING', 'decide'])
  })
})
