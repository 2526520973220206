import { expect, test } from 'vitest'
import { inTurn, json, no, nobody, problem, silence, writTo, yes } from '../test/fake-authority.ts'
import { Refused, WritError } from './index.ts'

const ask = { identity: 'ann', organization: 'acme', feature: 'cross' } as const

test('a question goes out whole, with its product, and its answer comes back', async () => {
  const { writ, asked } = writTo(() => yes({ value: 3 }))
  const at = new Date('2026-11-23T08:59:00Z')
  const decision = await writ.check({ ...ask, context: { ip: '10.0.0.1', lane: 'left' }, proofs: [{ level: 'otp', at }] })
  expect(decision).toEqual({ allowed: true, remedies: [], obligations: [], notices: [], license: 'L1', revision: 5, value: 3 })
  expect(asked).toEqual([
    {
      path: '/v1/check',
      authorization: 'Bearer writ_key_test',
      body: {
        ...ask,
        feature: 'ferry:cross',
        context: { ip: '10.0.0.1', lane: 'left' },
        proofs: [{ level: 'otp', at: '2026-11-23T08:59:00.000Z' }],
      },
    },
  ])
})

test('a no is an answer, and `require` throws it with its reason and remedies', async () => {
  const { writ } = writTo(() => no('not_entitled', { remedies: [{ type: 'upgrade', plans: ['large'] }] }))
  expect(await writ.check(ask)).toMatchObject({ allowed: false, reason: 'not_entitled' })
  const refused = await writ.require(ask).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Refused)
  expect(refused).toMatchObject({ code: 'REFUSED', reason: 'not_entitled', remedies: [{ type: 'upgrade', plans: ['large'] }] })
  expect(writ.challenge((refused as Refused).decision).status).toBe(402)
})

test('a key may be asked for, each time anew', async () => {
  let turn = 0
  const { writ, asked } = writTo(() => yes(), { key: async () => `writ_key_${++turn}` })
  await writ.check(ask)
  await writ.check(ask)
  expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer writ_key_1', 'Bearer writ_key_2'])
})

test('an obligation that the application did not declare turns a yes into a no', async () => {
  const reply = () => yes({ obligations: [{ type: 'record' }, { type: 'mask', fields: ['iban'] }] })
  expect(await writTo(reply).writ.check(ask)).toMatchObject({ allowed: false, reason: 'condition_failed', unmet: [{ type: 'record' }, {}] })
  const some = await writTo(reply, { obligations: ['record'] }).writ.check(ask)
  expect(some).toMatchObject({ allowed: false, unmet: [{ type: 'mask', fields: ['iban'] }] })
  expect(await writTo(reply, { obligations: ['record', 'mask'] }).writ.check(ask)).toMatchObject({ allowed: true })
})

const notAnOutage: { name: string; reply: () => Response; code: string; details: unknown }[] = [
  { name: 'a key that is not known', reply: () => problem(401, 'CREDENTIAL_INVALID'), code: 'CREDENTIAL_REFUSED', details: undefined },
  {
    name: 'a key that may not ask',
    reply: () => problem(403, 'SCOPE_MISSING', { scope: 'decide' }),
    code: 'SCOPE_MISSING',
    details: { scope: 'decide' },
  },
  {
    name: 'a question of no known form',
    reply: () => problem(400, 'REQUEST_INVALID', { errors: [{ in: 'body', pointer: '/context', detail: 'x' }] }),
    code: 'QUESTION_REFUSED',
    details: { status: 400, code: 'REQUEST_INVALID', pointers: ['/context'] },
  },
  {
    name: 'too many questions',
    reply: () => problem(429, 'RATE_LIMITED'),
    code: 'ASKED_TOO_FAST',
    details: { retryAfterSeconds: undefined },
  },
  { name: 'a page of somebody else', reply: () => new Response('<html>Sign in</html>'), code: 'ANSWER_MALFORMED', details: undefined },
  { name: 'a yes that is no decision', reply: () => json({ allowed: 'yes' }), code: 'ANSWER_MALFORMED', details: undefined },
  { name: 'an empty answer', reply: () => new Response(null, { status: 204 }), code: 'ANSWER_MALFORMED', details: undefined },
]
for (const { name, reply, code, details } of notAnOutage)
  test(`${name} is no outage: it is thrown, also where the terms would leave the feature open`, async () => {
    const { writ, asked } = writTo(inTurn(() => yes({ expires: '2026-11-23T10:00:00Z' }), reply))
    await writ.check({ ...ask, feature: 'view' })
    const error = await writ.check({ ...ask, feature: 'view' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(WritError)
    expect(error).toMatchObject({ code, details })
    expect(asked).toHaveLength(2)
    expect(String((error as Error).message)).not.toMatch(/writ_key|ann/)
  })

test('a certificate that does not hold is no outage', async () => {
  const cause = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  const { writ } = writTo(() => Promise.reject(new TypeError('fetch failed', { cause })))
  await expect(writ.check(ask)).rejects.toMatchObject({ code: 'AUTHORITY_UNPROVEN', details: { why: 'DEPTH_ZERO_SELF_SIGNED_CERT' } })
})

test('what passes at once is tried again, under the same consumption', async () => {
  const { writ, asked } = writTo(
    inTurn(
      nobody,
      () => problem(503, 'DRAINING'),
      () => yes(),
    ),
  )
  expect(await writ.check({ ...ask, consume: 2 })).toMatchObject({ allowed: true })
  expect(asked).toHaveLength(3)
  expect(asked[0]?.body.consume).toEqual({ amount: 2, id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  expect(new Set(asked.map(({ body }) => JSON.stringify(body.consume))).size).toBe(1)
})

test('so many times and no more; a fault of the authority is not tried again', async () => {
  const down = writTo(nobody, { retries: 1 })
  expect(await down.writ.check(ask)).toMatchObject({ allowed: false, reason: 'facts_stale', outage: 'UNREACHABLE' })
  expect(down.asked).toHaveLength(2)
  const failing = writTo(() => problem(500, 'INTERNAL'))
  expect(await failing.writ.check(ask)).toMatchObject({ reason: 'facts_stale', outage: 'AUTHORITY_FAILED' })
  expect(failing.asked).toHaveLength(1)
})

test('a limit that lets it through in time is waited for; a longer one is told, and is no outage', async () => {
  const limited = (seconds: number) => {
    const refused = problem(429, 'RATE_LIMITED')
    refused.headers.set('retry-after', String(seconds))
    return refused
  }
  const soon = writTo(
    inTurn(
      () => limited(0),
      () => yes(),
    ),
  )
  expect(await soon.writ.check({ ...ask, consume: 1 })).toMatchObject({ allowed: true })
  expect(new Set(soon.asked.map(({ body }) => JSON.stringify(body.consume))).size).toBe(1)
  const late = writTo(() => limited(60))
  await expect(late.writ.check(ask)).rejects.toMatchObject({ code: 'ASKED_TOO_FAST', details: { retryAfterSeconds: 60 } })
  expect(late.asked).toHaveLength(1)
  const busy = writTo(() => limited(0))
  await expect(busy.writ.check(ask)).rejects.toMatchObject({ code: 'ASKED_TOO_FAST' })
  expect(busy.asked).toHaveLength(3)
})

test('silence ends at the time set, is asked once, and says what helps', async () => {
  const { writ, asked } = writTo(silence, { timeoutMilliseconds: 30 })
  expect(await writ.check(ask)).toEqual({
    allowed: false,
    reason: 'facts_stale',
    remedies: [{ type: 'reconnect' }],
    obligations: [],
    notices: [],
    outage: 'TIMED_OUT',
  })
  expect(asked).toHaveLength(1)
})

test('a consumption that nobody answered for says under which id it may have been counted', async () => {
  const { writ } = writTo(silence, { timeoutMilliseconds: 30 })
  expect(await writ.check({ ...ask, consume: { amount: 3, id: 'job-7' } })).toMatchObject({
    reason: 'quota_unavailable',
    remedies: [{ type: 'reconnect' }],
    consume: { amount: 3, id: 'job-7' },
  })
})

test('who gives up gets their own reason, at once and in the middle of a wait', async () => {
  const reason = new Error('the page was left')
  const { writ, asked } = writTo(silence)
  await expect(writ.check(ask, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  expect(asked).toHaveLength(0)
  const control = new AbortController()
  const answer = writ.check(ask, { signal: control.signal })
  control.abort(reason)
  await expect(answer).rejects.toBe(reason)
})

test('the time set also holds for a fetch that listens to no signal, and for a key that does not come', async () => {
  const never = () => new Promise<never>(() => {})
  const deaf = writTo(never, { timeoutMilliseconds: 30 })
  expect(await deaf.writ.check(ask)).toMatchObject({ outage: 'TIMED_OUT' })
  const keyless = writTo(() => yes(), { key: never, timeoutMilliseconds: 30 })
  expect(await keyless.writ.check(ask)).toMatchObject({ outage: 'TIMED_OUT' })
  expect(keyless.asked).toHaveLength(0)
})

test('after outages in a row nobody is asked for a while, then one question tries', async () => {
  let down = true
  const { writ, asked, time } = writTo(() => (down ? nobody() : yes()), { retries: 0, circuit: { failures: 2, coolMilliseconds: 1_000 } })
  await writ.check(ask)
  await writ.check(ask)
  expect(await writ.check(ask)).toMatchObject({ reason: 'facts_stale', outage: 'CIRCUIT_OPEN' })
  expect(asked).toHaveLength(2)
  down = false
  time.now += 1_000
  expect(await writ.check(ask)).toMatchObject({ allowed: true })
  expect(asked).toHaveLength(3)
})

test('a refusal is an answer: however many there are, the next question is asked', async () => {
  const { writ, asked } = writTo(() => no('no_license'), { circuit: { failures: 1 } })
  for (let i = 0; i < 5; i++) await writ.check(ask)
  expect(asked).toHaveLength(5)
})

const wrong: { option: string; more: object }[] = [
  { option: 'url', more: { url: 'localhost' } },
  { option: 'timeoutMilliseconds', more: { timeoutMilliseconds: 0 } },
  { option: 'retries', more: { retries: -1 } },
  { option: 'reuse', more: { reuse: { milliseconds: 60_001 } } },
]
for (const { option, more } of wrong)
  test(`an option out of its range is named: ${option}`, () => {
    expect(() => writTo(silence, more)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', details: { option } }))
  })

test('a question that cannot be asked is named before anybody is asked', async () => {
  const { writ, asked } = writTo(() => yes())
  await expect(writ.check({ ...ask, consume: 0 })).rejects.toMatchObject({ code: 'QUESTION_INVALID', details: { member: 'consume' } })
  const at = new Date(Number.NaN)
  await expect(writ.check({ ...ask, proofs: [{ level: 'otp', at }] })).rejects.toMatchObject({ details: { member: 'proofs' } })
  expect(asked).toEqual([])
})
