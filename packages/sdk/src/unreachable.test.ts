import { expect, test } from 'vitest'
import { inTurn, json, no, nobody, problem, type Reply, writTo, yes } from '../test/fake-authority.ts'
import { type Decision, refusal } from './decision.ts'

const view = { identity: 'ann', organization: 'acme', feature: 'view' } as const
const TEN = '2026-11-23T10:00:00Z'
const untilTen: Reply = () => yes({ expires: TEN })
const HOUR = 3_600_000

test('a feature that the terms leave open keeps its last known yes, and says since when', async () => {
  const { writ, time } = writTo(inTurn(untilTen, nobody))
  await writ.check(view)
  time.now += HOUR - 1
  expect(await writ.check(view)).toMatchObject({
    allowed: true,
    license: 'L1',
    notices: [{ type: 'stale', since: '2026-11-23T09:00:00.000Z' }],
    outage: 'UNREACHABLE',
  })
})

const closed: { name: string; replies: Reply[]; question?: object; more?: object; later?: number; reason?: string }[] = [
  { name: 'nothing is known', replies: [] },
  { name: 'the last known answer was a no', replies: [untilTen, () => no('not_entitled')] },
  { name: 'its time is over', replies: [untilTen], later: HOUR },
  { name: 'the terms do not leave it open', replies: [untilTen], question: { feature: 'cross' } },
  { name: 'the application leaves nothing open', replies: [untilTen], more: { unreachable: 'closed' } },
  { name: 'somebody else asks', replies: [untilTen], question: { identity: 'bob' } },
  { name: 'it is asked from elsewhere', replies: [untilTen], question: { context: { ip: '10.0.0.1' } } },
  { name: 'a quota would be consumed', replies: [untilTen], question: { consume: 1 }, reason: 'quota_unavailable' },
  { name: 'the clock was turned back', replies: [untilTen], later: -HOUR },
]
for (const { name, replies, question = {}, more = {}, later = 0, reason = 'facts_stale' } of closed)
  test(`it is closed when ${name}`, async () => {
    const { writ, time } = writTo(inTurn(...replies, nobody), more)
    for (const _ of replies) await writ.check({ ...view, ...(name.startsWith('the terms') && { feature: 'cross' }) })
    time.now += later
    expect(await writ.check({ ...view, ...question })).toMatchObject({ allowed: false, reason, remedies: [{ type: 'reconnect' }] })
  })

test('a clock that was turned back after time had passed does not bring a yes back', async () => {
  const { writ, time } = writTo(inTurn(untilTen, nobody))
  await writ.check(view)
  time.now += HOUR
  expect(await writ.check(view)).toMatchObject({ reason: 'facts_stale' })
  time.now -= HOUR / 2
  expect(await writ.check(view)).toMatchObject({ allowed: false, reason: 'clock_turned_back' })
})

const closing: { name: string; reply: Reply }[] = [
  { name: 'that the identity is revoked', reply: () => no('identity_revoked') },
  { name: 'that the identity is suspended', reply: () => no('identity_suspended') },
  { name: 'that a signal closes the identity', reply: () => no('risk_denied') },
  { name: 'that the licence is revoked', reply: () => no('license_revoked', { license: 'L1' }) },
  {
    name: 'a no without a reason, as a key gets that is told none',
    reply: () => json({ allowed: false, remedies: [], obligations: [], notices: [], revision: 5 }),
  },
  { name: 'that the licence is suspended', reply: () => no('license_suspended', { license: 'L1' }) },
]
for (const { name, reply } of closing)
  test(`what was heard of one feature ends the last known yes of another: ${name}`, async () => {
    const { writ } = writTo(inTurn(untilTen, reply, nobody))
    await writ.check(view)
    await writ.check({ ...view, feature: 'cross' })
    expect(await writ.check(view)).toMatchObject({ allowed: false, reason: 'facts_stale' })
  })

test('a key that is revoked takes what it had heard with it', async () => {
  const { writ } = writTo(inTurn(untilTen, () => problem(401, 'CREDENTIAL_INVALID'), nobody))
  await writ.check(view)
  await expect(writ.check(view)).rejects.toMatchObject({ code: 'CREDENTIAL_REFUSED' })
  expect(await writ.check(view)).toMatchObject({ allowed: false, reason: 'facts_stale' })
})

test('a yes that came from an older revision than another answer is not kept', async () => {
  const { writ } = writTo(inTurn(() => yes({ revision: 9 }), untilTen, nobody))
  await writ.check({ ...view, feature: 'cross' })
  await writ.check(view)
  expect(await writ.check(view)).toMatchObject({ allowed: false, reason: 'facts_stale' })
})

/** The authority leaves `expires` out of what consumed; `explain` consumes nothing and has it. */
test('a yes that took a seat is kept for as long as asking without taking says', async () => {
  let down = false
  const { writ, asked, time } = writTo(({ path }) => (down ? nobody() : path === '/v1/explain' ? yes({ expires: TEN, trace: [] }) : yes()))
  await writ.check(view)
  await expect.poll(() => asked.map(({ path }) => path)).toEqual(['/v1/check', '/v1/explain'])
  down = true
  await expect.poll(() => writ.check(view)).toMatchObject({ allowed: true, notices: [{ type: 'stale' }] })
  expect(await writ.check(view)).not.toHaveProperty('trace')
  time.now = Date.parse(TEN)
  expect(await writ.check(view)).toMatchObject({ allowed: false })
})

test('a yes that time alone never ends is kept', async () => {
  let down = false
  const { writ, asked, time } = writTo(() => (down ? nobody() : yes()))
  await writ.check(view)
  await expect.poll(() => asked).toHaveLength(2)
  down = true
  await expect.poll(() => writ.check(view)).toMatchObject({ allowed: true })
  time.now += 1_000 * HOUR
  expect(await writ.check(view)).toMatchObject({ allowed: true })
})

test('in a batch each question goes by what is known of it', async () => {
  const { writ } = writTo(inTurn(untilTen, nobody))
  await writ.check(view)
  const answers = await writ.batch([{ ...view, feature: 'cross' }, view])
  expect(answers.map(({ allowed, outage }) => [allowed, outage])).toEqual([
    [false, 'UNREACHABLE'],
    [true, 'UNREACHABLE'],
  ])
})

test('a license file answers when the authority does not, and its no is final', async () => {
  const file: { says: Decision } = { says: { allowed: true, remedies: [], obligations: [], notices: [], license: 'L1' } }
  const offline = { check: async () => file.says }
  const { writ } = writTo(inTurn(untilTen, nobody), { offline })
  await writ.check(view)
  expect(await writ.check({ ...view, feature: 'cross' })).toMatchObject({ allowed: true, outage: 'UNREACHABLE' })
  file.says = refusal('license_expired', [{ type: 'renew' }])
  expect(await writ.check(view)).toMatchObject({ allowed: false, reason: 'license_expired', remedies: [{ type: 'renew' }] })
})

for (const { name, reply } of closing)
  test(`a license file from before does not undo what was heard: ${name}`, async () => {
    const offline = { check: async (): Promise<Decision> => ({ allowed: true, remedies: [], obligations: [], notices: [], license: 'L1' }) }
    const { writ } = writTo(inTurn(reply, nobody, untilTen, nobody), { offline, retries: 0 })
    const { reason } = await writ.check(view)
    expect(await writ.check({ ...view, feature: 'cross' })).toMatchObject({ allowed: false, reason: reason ?? 'facts_stale' })
    await writ.check(view)
    expect(await writ.check({ ...view, feature: 'cross' })).toMatchObject({ allowed: true })
  })
