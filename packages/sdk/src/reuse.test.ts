import { expect, test } from 'vitest'
import { inTurn, no, type Reply, writTo, yes } from '../test/fake-authority.ts'

const ask = { identity: 'ann', feature: 'cross' } as const
const soon: Reply = () => yes({ expires: '2026-11-23T09:00:02Z' })
const later: Reply = () => yes({ expires: '2026-11-23T10:00:00Z' })

test('nobody who did not ask for it is given an answer twice', async () => {
  const { writ, asked } = writTo(later)
  await writ.check(ask)
  await writ.check(ask)
  expect(asked).toHaveLength(2)
})

test('the same question gets the same yes, until the time set', async () => {
  const { writ, asked, time } = writTo(later, { reuse: { milliseconds: 5_000 } })
  const first = await writ.check({ ...ask, organization: 'acme' })
  time.now += 4_999
  expect(await writ.check({ organization: 'acme', ...ask })).toEqual(first)
  expect(asked).toHaveLength(1)
  time.now += 1
  await writ.check({ ...ask, organization: 'acme' })
  expect(asked).toHaveLength(2)
})

const asksAgain: { name: string; reply: Reply; question?: object; later?: number; between?: object }[] = [
  { name: 'it expires', reply: soon, later: 2_000 },
  { name: 'it consumed, which an answer without an end may have', reply: () => yes() },
  { name: 'it would consume', reply: later, question: { consume: { amount: 1, id: 'a' } } },
  { name: 'it was a no', reply: () => no('no_license', { expires: '2026-11-23T10:00:00Z' }) },
  { name: 'the clock was turned back', reply: later, later: -100_000 },
  { name: 'a newer revision was heard of', reply: inTurn(later, () => yes({ revision: 6 })), between: { feature: 'view' } },
]
for (const { name, reply, question = {}, later: passed = 0, between } of asksAgain)
  test(`an answer is not given again when ${name}`, async () => {
    const { writ, asked, time } = writTo(reply, { reuse: { milliseconds: 5_000 }, unreachable: 'closed' })
    await writ.check({ ...ask, ...question })
    if (between !== undefined) await writ.check({ ...ask, ...between })
    time.now += passed
    const before = asked.length
    await writ.check({ ...ask, ...question })
    expect(asked).toHaveLength(before + 1)
  })

test('an obligation holds for an answer that is given again too', async () => {
  const reply = () => yes({ expires: '2026-11-23T10:00:00Z', obligations: [{ type: 'record' }] })
  const { writ } = writTo(reply, { reuse: { milliseconds: 5_000 } })
  await writ.check(ask)
  expect(await writ.check(ask)).toMatchObject({ allowed: false, unmet: [{ type: 'record' }] })
})
