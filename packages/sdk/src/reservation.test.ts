import { expect, test } from 'vitest'
import { inTurn, json, no, nobody, problem, writTo, yes } from '../test/fake-authority.ts'
import { WritError } from './index.ts'

const ask = { identity: 'ann', feature: 'cross', consume: { amount: 30, id: 'job-1' } } as const
const reserved = yes.bind(undefined, { reservation: { id: 'job-1', amount: 30, until: '2026-11-23T09:15:00Z' } })
const settled = () => json({ id: 'job-1', amount: 30, settled: 0, state: 'settled' })

test('units are reserved, settled, and settled once', async () => {
  const { writ, asked } = writTo(inTurn(reserved, settled))
  const reservation = await writ.reserve(ask, { seconds: 60 })
  expect([reservation.allowed, reservation.amount, reservation.until]).toEqual([true, 30, '2026-11-23T09:15:00Z'])
  expect(reservation.decision).not.toHaveProperty('reservation')
  await reservation.settle(12)
  await reservation[Symbol.asyncDispose]()
  expect(asked.map(({ path, body }) => [path, body])).toEqual([
    ['/v1/reservations', { identity: 'ann', feature: 'ferry:cross', id: 'job-1', amount: 30, seconds: 60 }],
    ['/v1/reservations/job-1/settle', { amount: 12 }],
  ])
})

test('a block that ends gives back what is not settled, also when it ends by an error', async () => {
  const { writ, asked } = writTo(inTurn(reserved, settled))
  const work = async (): Promise<void> => {
    await using reservation = await writ.reserve(ask)
    await reservation.settle(5, { keep: true })
    throw new Error('the work failed')
  }
  await expect(work()).rejects.toThrow('the work failed')
  expect(asked.map(({ path }) => path)).toEqual(['/v1/reservations', '/v1/reservations/job-1/settle', '/v1/reservations/job-1/release'])
})

test('a refusal holds nothing back, and there is nothing to settle or to give back', async () => {
  const { writ, asked } = writTo(() => no('quota_exhausted'))
  await using reservation = await writ.reserve(ask)
  expect([reservation.allowed, reservation.amount, reservation.decision.reason]).toEqual([false, 0, 'quota_exhausted'])
  await expect(reservation.settle(1)).rejects.toMatchObject({ code: 'NOT_RESERVED' })
  expect(asked).toHaveLength(1)
})

test('where nobody answers nothing is promised; a settlement is tried again and then says that it is not known', async () => {
  const away = await writTo(nobody).writ.reserve(ask)
  expect(away.decision).toMatchObject({ allowed: false, reason: 'quota_unavailable', outage: 'UNREACHABLE', consume: ask.consume })
  const { writ, asked } = writTo(inTurn(reserved, nobody))
  const reservation = await writ.reserve(ask)
  await expect(reservation.settle(12)).rejects.toMatchObject({ code: 'NOT_SETTLED', details: { outage: 'UNREACHABLE' } })
  expect(new Set(asked.slice(1).map(({ body }) => JSON.stringify(body)))).toEqual(new Set(['{"amount":12}']))
  expect(asked.length).toBeGreaterThan(2)
  // The units are free at the end anyhow.
  await reservation[Symbol.asyncDispose]()
})

test('what the authority does not take is told', async () => {
  const { writ } = writTo(inTurn(reserved, () => problem(409, 'RESERVATION_EXPIRED')))
  const reservation = await writ.reserve(ask)
  await expect(reservation.settle(12)).rejects.toMatchObject({ code: 'QUESTION_REFUSED', details: { code: 'RESERVATION_EXPIRED' } })
})

test('what this application may not use it gives back at once', async () => {
  const { writ, asked } = writTo(
    inTurn(
      () => yes({ obligations: [{ type: 'record' }], reservation: { id: 'job-1', amount: 30, until: '2026-11-23T09:15:00Z' } }),
      settled,
    ),
  )
  const reservation = await writ.reserve(ask)
  expect([reservation.allowed, reservation.decision.reason]).toEqual([false, 'condition_failed'])
  expect(asked.map(({ path }) => path)).toEqual(['/v1/reservations', '/v1/reservations/job-1/release'])
})

test('without an amount, or with an answer that reserves nothing, it is a fault', async () => {
  const { writ } = writTo(() => yes())
  await expect(writ.reserve({ identity: 'ann', feature: 'cross' })).rejects.toMatchObject({
    code: 'QUESTION_INVALID',
    details: { member: 'consume' },
  })
  await expect(writ.reserve(ask)).rejects.toBeInstanceOf(WritError)
})
