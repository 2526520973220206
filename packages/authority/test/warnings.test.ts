import { beforeAll, expect, test } from 'vitest'
import { Warnings } from '../src/notify/warnings.ts'
import { DAY, kitTerms, useKit } from './kit.ts'
import { MONDAY, onBothStores } from './support.ts'

const at = (days: number): string => new Date(MONDAY + days * DAY).toISOString()

onBothStores('warnings', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let hook: string
  /** As several nodes do, at once and again. */
  const look = async (): Promise<void> => {
    const nodes = [new Warnings(), new Warnings()]
    for (let round = 0; round < 2; round++) await Promise.all(nodes.map((node) => node.look(kit.authority.authority)))
  }
  const told = async (): Promise<unknown[]> => {
    const { db } = kit.authority.authority
    const rows = await db.selectFrom('events').select(['type', 'data']).where('key', 'is not', null).orderBy('n').execute()
    const { items } = await done('GET', `/v1/webhooks/${hook}/deliveries?sort=event`)
    expect(items.map(({ type }: { type: string }) => type)).toEqual(rows.map(({ type }) => type))
    return rows.map(({ type, data }) => [
      type,
      data.license,
      data.of ?? data.threshold ?? data.used,
      ...(data.days === undefined ? [] : [data.days]),
    ])
  }

  beforeAll(async () => {
    hook = (await done('POST', '/v1/webhooks', { url: 'https://hooks.invalid/', types: ['license.en*', 'quota.*', 'seats.*'] })).id
    await done('POST', '/v1/products/kit/editions', {
      terms: kitTerms.replace('aggregate: sum }', 'aggregate: sum, alert_at: [50%, 80%] }'),
    })
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex' })
    await kit.people('globex', 'ann', 'ben', 'cy')
  })

  test('of an end come once for each mark, however many nodes look, and anew once it is renewed', async () => {
    await done('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'open', organization: 'acme', starts: at(-100), ends: at(20) })
    const { ends } = await done('GET', '/v1/licenses/L1')
    await look()
    expect(await told()).toEqual([['license.ending_soon', 'L1', 'license', 30]])
    kit.now = Date.parse(ends) - 6 * DAY
    await look()
    kit.now = Date.parse(ends)
    await look()
    const first = [
      ['license.ending_soon', 'L1', 'license', 30],
      ['license.ending_soon', 'L1', 'license', 7],
      ['license.ended', 'L1', 'license'],
    ]
    expect(await told()).toEqual(first)
    await done('POST', '/v1/licenses/L1/renew', { ends: new Date(kit.now + 25 * DAY).toISOString() })
    await look()
    expect(await told()).toEqual([...first, ['license.ending_soon', 'L1', 'license', 30]])
    await done('POST', '/v1/licenses/L1/revoke')
    kit.now += 40 * DAY
    await look()
    expect(await told()).toHaveLength(4)
  })

  test('of a quota come at the marks of the terms, the highest that is reached, and of seats when nine tenths are taken', async () => {
    await done('POST', '/v1/licenses', { id: 'L2', product: 'kit', plan: 'small', organization: 'globex', starts: at(-1) })
    for (const id of ['ann', 'ben']) await done('PUT', `/v1/seats/L2/${id}`)
    const use = (amount: number, id: string) => kit.ask('ann', 'export', { consume: { id, amount } })
    const before = (await told()).length
    const since = async () => (await told()).slice(before)
    expect(await use(49, 'c1')).toBe('allowed')
    await look()
    expect(await since()).toEqual([])
    await use(1, 'c2')
    await look()
    await use(40, 'c3')
    await done('PUT', '/v1/seats/L2/cy')
    await look()
    expect((await since()).sort()).toEqual([
      ['quota.threshold', 'L2', 0.5],
      ['quota.threshold', 'L2', 0.8],
      ['seats.nearly_full', 'L2', 3],
    ])
  })
})
