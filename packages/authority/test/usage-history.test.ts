import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { DAY, kitTerms, useKit } from './kit.ts'
import { MONDAY, onBothStores } from './support.ts'

const HOUR = 3_600_000

interface Steps {
  readonly steps: readonly { readonly from: string; readonly until: string; readonly units: number; readonly times: number }[]
}

onBothStores('what a licence used over time', (open) => {
  const kit = useKit(open)
  const { done } = kit
  const history = (query: string, license = 'L1') => done('GET', `/v1/usage/history?license=${license}&meter=exports&${query}`)
  const refusal = async (query: string) => {
    const { body } = await kit.call('GET', `/v1/usage/history?${query}`)
    return [body.code, ...(body.errors ?? []).map(({ pointer, detail }: Record<string, string>) => `${pointer} ${detail}`)]
  }
  const used = ({ steps }: Steps) => steps.filter(({ times }) => times > 0).map(({ from, units, times }) => [from, units, times])
  let spent = 0
  const spend = (amount: number, product = 'kit') =>
    done('POST', '/v1/check', { identity: 'ann', feature: `${product}:export`, consume: { amount, id: `c-${spent++}` } })

  beforeAll(async () => {
    await kit.people('acme', 'ann')
    await done('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'small', organization: 'acme', starts: '2026-01-01T00:00:00Z' })
    const abroad = kitTerms
      .replace('product: kit', 'product: abroad')
      .replace('limit: 100 per month', 'limit: 1000 per calendar month in Asia/Kolkata')
    await done('POST', '/v1/products/abroad/editions', { terms: abroad })
    await done('POST', '/v1/licenses', { id: 'L2', product: 'abroad', plan: 'small', organization: 'acme', starts: '2026-01-01T00:00:00Z' })
    for (const [at, amount] of [
      [MONDAY - 40 * DAY, 7],
      [MONDAY - DAY, 3],
      [MONDAY - 30 * 60_000, 5],
      [MONDAY - 29 * 60_000, 6],
    ] as const) {
      kit.now = at
      expect((await spend(amount)).allowed).toBe(true)
    }
    kit.now = Date.parse('2026-10-31T19:00:00Z') // November in Kolkata
    await spend(9, 'abroad')
  })
  beforeEach(() => {
    kit.now = MONDAY
  })

  test('is cut into days unless asked otherwise, those without usage too', async () => {
    const answer = await history('')
    expect(answer).toMatchObject({ license: 'L1', meter: 'exports', unit: 'report', zone: 'UTC', units: 14 })
    expect(answer.steps).toHaveLength(31)
    expect(answer.steps[0]).toEqual({ from: '2026-10-24T00:00:00Z', until: '2026-10-25T00:00:00Z', units: 0, times: 0 })
    expect(used(answer)).toEqual([
      ['2026-11-22T00:00:00Z', 3, 1],
      ['2026-11-23T00:00:00Z', 11, 2],
    ])
  })

  test('by hours and by months, and the sums are the same', async () => {
    expect(used(await history('step=hour'))).toEqual([
      ['2026-11-22T09:00:00Z', 3, 1],
      ['2026-11-23T08:00:00Z', 11, 2],
    ])
    const months = await history('step=month&from=2026-10-01T00:00:00Z')
    expect([months.units, used(months)]).toEqual([
      21,
      [
        ['2026-10-01T00:00:00Z', 7, 1],
        ['2026-11-01T00:00:00Z', 14, 3],
      ],
    ])
  })

  test('of months counted by a calendar somewhere, the months are those', async () => {
    const months = await history('step=month&from=2026-11-10T00:00:00Z', 'L2')
    expect([months.zone, used(months)]).toEqual(['Asia/Kolkata', [['2026-10-31T18:30:00Z', 9, 1]]])
    expect(used(await history('step=month&zone=UTC', 'L2'))).toEqual([['2026-10-01T00:00:00Z', 9, 1]])
    expect((await history('step=month&zone=UTC&from=2026-11-10T00:00:00Z', 'L2')).units).toBe(0)
  })

  test('what is settled of a reservation counts when it was reserved, and what is held back does not', async () => {
    const window = `step=hour&from=${new Date(MONDAY).toISOString()}&to=${new Date(MONDAY + HOUR).toISOString()}`
    await done('POST', '/v1/reservations', { identity: 'ann', feature: 'kit:export', id: 'r', amount: 10 })
    expect((await history(window)).units).toBe(0)
    kit.now = MONDAY + 10 * 60_000
    await done('POST', '/v1/reservations/r/settle', { amount: 4, keep: true })
    await done('POST', '/v1/reservations/r/settle', { amount: 6 })
    expect(used(await history(window))).toEqual([['2026-11-23T09:00:00Z', 6, 1]])
  })

  test('it adds up to what the open window says', async () => {
    kit.now = MONDAY + HOUR
    const { meters } = await done('GET', '/v1/usage?license=L1')
    const { units } = await history(`from=${meters[0].from}&to=${meters[0].until}`)
    expect(units).toBe(meters[0].used)
  })

  test('what cannot be answered says what could', async () => {
    const of = 'license=L1&meter=exports'
    expect(await refusal(`${of}&step=hour&from=2026-01-01T00:00:00Z`)).toEqual([
      'REQUEST_INVALID',
      '/from must be at most 800 steps before to; take longer steps, or a shorter period',
    ])
    expect(await refusal(`${of}&from=2026-11-24T00:00:00Z`)).toEqual(['REQUEST_INVALID', '/from must be before to'])
    expect(await refusal(`${of}&zone=Mars/Base`)).toEqual(['REQUEST_INVALID', '/zone must be a name of the IANA time zone database'])
    expect(await refusal('license=L1&meter=imports')).toEqual(['REQUEST_INVALID', '/meter must be a meter of the licence’s terms'])
    expect(await refusal('license=L9&meter=exports')).toEqual(['LICENSE_UNKNOWN'])
    expect((await refusal(`${of}&step=week`))[0]).toBe('REQUEST_INVALID')
  })

  test('a licence out of sight is one that is not there', async () => {
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex' })
    const { key } = await done('POST', '/v1/api-keys', { name: 'narrow', scopes: ['manage:*'], organizations: ['globex'] })
    const answer = await kit.authority.as(key)('GET', '/v1/usage/history?license=L1&meter=exports')
    expect([answer.status, answer.body.code]).toEqual([404, 'LICENSE_UNKNOWN'])
  })

  test('it is read from its index, and not from the ledger of everybody', async () => {
    const { db } = kit.authority.authority
    await sql`
      INSERT INTO usage_events (source, id, license_id, meter, amount, at, question, answer)
      SELECT 'seed', n::text, 'L-' || n % 50, 'exports', 1, ${MONDAY}::int8 - n * 60000, '', '{}' FROM generate_series(1, 20000) n`.execute(
      db,
    )
    await sql`VACUUM ANALYZE usage_events`.execute(db)
    const plan = await sql<Record<string, string>>`
      EXPLAIN SELECT sum(amount) FROM usage_events WHERE license_id = 'L-7' AND meter = 'exports' AND at >= ${MONDAY - DAY}::int8 AND at < ${MONDAY}::int8`.execute(
      db,
    )
    expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('usage_events_history')
  })
})
