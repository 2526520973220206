import { createHash } from 'node:crypto'
import { type UsageReceipt, usageDigest, verifyUsageReceipt } from '@writ/license'
import { readKeySet } from '@writ/trust'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { DAY, useKit } from './kit.ts'
import { MONDAY, onBothStores } from './support.ts'

onBothStores('receipts of usage', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let made = 0
  const event = (license: string, amount: number, time: number, id = `r-${made++}`) => ({
    specversion: '1.0',
    type: 'writ.usage',
    source: 'urn:test:a-b',
    id,
    time: new Date(time).toISOString(),
    data: { license, meter: 'exports', amount },
  })
  const license = (id: string) =>
    done('POST', '/v1/licenses', { id, product: 'kit', plan: 'small', organization: 'acme', starts: '2026-01-01T00:00:00Z' })
  const verified = async (text: string): Promise<UsageReceipt> => {
    const document = await done('GET', '/.well-known/writ-keys')
    const roots = [{ issuer: document.issuer, key: document.root }]
    const keySet = await readKeySet(Buffer.from(JSON.stringify(document)), { roots })
    return (await verifyUsageReceipt(text, { roots, keySet, now: kit.now / 1000 })).receipt
  }
  const receiptOf = async (id: string, query = '') =>
    (await verified((await done('GET', `/v1/licenses/${id}/usage/receipt?meter=exports${query}`)).receipt)).counted[0]
  const linesOf = async (id: string, query = '') => (await kit.call('GET', `/v1/licenses/${id}/usage/events?meter=exports${query}`)).text
  const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`

  beforeAll(async () => {
    await kit.people('acme', 'ann')
    await license('R1')
  })
  beforeEach(() => {
    kit.now = MONDAY
  })

  test('say what is counted in a period, and their digest is that of the lines anybody may download', async () => {
    const events = [event('R1', 3, MONDAY - DAY), event('R1', 4, MONDAY - 2 * DAY), event('R1', 5, MONDAY - DAY, 'Grüße 🎉')]
    await done('POST', '/v1/usage/events', events)
    await kit.ask('ann', 'export', { consume: { amount: 2, id: 'asked' } })
    kit.now += 1_000
    const counted = await receiptOf('R1')
    expect(counted).toMatchObject({ license: 'R1', product: 'kit', meter: 'exports', amount: 14, count: 4 })
    expect(counted?.period).toEqual({ from: Date.parse('2026-11-01T00:00:00Z'), until: kit.now, final: false })
    const lines = await linesOf('R1')
    expect([sha256(lines), lines.split('\n')[0]]).toEqual([counted?.digest, `[${MONDAY - 2 * DAY},"urn:test:a-b","${events[1]?.id}",4]`])
    // The customer's own events, and the period that holds no others.
    const own = events.map(({ source, id, time, data }) => ({ at: Date.parse(time), source, id, amount: data.amount }))
    const before = await receiptOf('R1', `&to=${new Date(MONDAY - 1).toISOString()}`)
    expect(before).toMatchObject({ amount: 12, count: 3, digest: await usageDigest(own) })
  })

  test('are given for a report too, whether it was counted now or before', async () => {
    await license('R2')
    const events = [event('R2', 1, MONDAY - DAY), event('R2', 2, MONDAY), event('nobodys', 9, MONDAY), event('R1', 1, MONDAY)]
    const first = await done('POST', '/v1/usage/events?receipt=true', events)
    const again = await done('POST', '/v1/usage/events?receipt=true', [...events, ...events])
    const digest = await usageDigest(
      events.slice(0, 2).map(({ source, id, time, data }) => ({ at: Date.parse(time), source, id, amount: data.amount })),
    )
    for (const { receipt } of [first, again]) {
      const { counted } = await verified(receipt)
      expect(counted).toEqual([
        { license: 'R2', product: 'kit', meter: 'exports', amount: 3, count: 2, digest },
        expect.objectContaining({ license: 'R1', amount: 1, count: 1 }),
      ])
    }
    expect(await done('POST', '/v1/usage/events?receipt=true', [event('nobodys', 9, MONDAY)])).not.toHaveProperty('receipt')
    expect(await done('POST', '/v1/usage/events', events)).not.toHaveProperty('receipt')
  })

  test('cover what was used offline and came late, with its own time beside', async () => {
    await license('R3')
    kit.now = Date.parse('2026-12-20T00:00:00Z')
    const late = event('R3', 6, MONDAY)
    const { receipt } = await done('POST', '/v1/usage/events?receipt=true&late=book', [late])
    const line = { at: kit.now, source: late.source, id: late.id, amount: 6, occurredAt: MONDAY }
    expect((await verified(receipt)).counted[0]?.digest).toBe(await usageDigest([line]))
    const november = '&from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z'
    expect(await receiptOf('R3', november)).toMatchObject({ amount: 0, count: 0, digest: sha256(''), period: { final: true } })
    kit.now += 1_000
    expect(await receiptOf('R3')).toMatchObject({ amount: 6, count: 1, period: { final: false } })
    expect(await linesOf('R3')).toBe(`[${line.at},"${line.source}","${line.id}",6,${MONDAY}]\n`)
  })

  test('are final once the period is closed for corrections, and not before', async () => {
    await license('R4')
    const november = '&from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z'
    kit.now = Date.parse('2026-12-04T00:00:00Z') - 1
    expect((await receiptOf('R4', november))?.period?.final).toBe(false)
    kit.now++
    expect((await receiptOf('R4', november))?.period?.final).toBe(true)
  })

  test('of a long period are read page by page, and of many events at one instant', async () => {
    await license('R5')
    for (let batch = 0; batch < 6; batch++) {
      await done(
        'POST',
        '/v1/usage/events',
        Array.from({ length: 1_000 }, (_, n) => event('R5', 1, MONDAY - DAY - (n % 2))),
      )
    }
    const counted = await receiptOf('R5')
    expect([counted?.count, counted?.amount, counted?.digest]).toEqual([6_000, 6_000, sha256(await linesOf('R5'))])
  })

  test('are refused for what is not there, and to whoever may not see', async () => {
    const refused = async (path: string, call = kit.call) => {
      const { status, body } = await call('GET', path)
      return [status, body.code, body.errors?.[0]?.pointer]
    }
    for (const what of ['receipt', 'events']) {
      expect(await refused(`/v1/licenses/none/usage/${what}?meter=exports`)).toEqual([404, 'LICENSE_UNKNOWN', undefined])
      expect(await refused(`/v1/licenses/R1/usage/${what}?meter=none`)).toEqual([400, 'REQUEST_INVALID', '/meter'])
      expect(await refused(`/v1/licenses/R1/usage/${what}?meter=exports&from=2027-01-01T00:00:00Z`)).toEqual([
        400,
        'REQUEST_INVALID',
        '/from',
      ])
      const { key } = await done('POST', '/v1/api-keys', { name: 'consumer', scopes: ['consume'] })
      expect(await refused(`/v1/licenses/R1/usage/${what}?meter=exports`, kit.authority.as(key))).toEqual([403, 'SCOPE_MISSING', undefined])
    }
  })

  test('are signed by a key of their own, which is rotated like the others', async () => {
    const keys = async () => (await done('GET', '/v1/signing-keys?use=usage_receipt')).items.length
    const before = await keys()
    await done('POST', '/v1/signing-keys', { use: 'usage_receipt' })
    expect([before > 0, await keys()]).toEqual([true, before + 1])
    expect((await receiptOf('R1'))?.license).toBe('R1')
  })
})
