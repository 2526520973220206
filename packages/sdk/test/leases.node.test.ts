import { join } from 'node:path'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { type Served, serve } from '@writ/testing/served'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type LiveOptions, type LiveWrit, openLive } from '../src/live/index.ts'
import { openUsage } from '../src/usage/node/index.ts'

const TERMS = `terms: 1
product: ferry
title: Ferry
features: { export: { meter: reports }, mail: { meter: mails }, ship: { meter: crates }, view: {}, load: {}, call: { meter: calls } }
meters:
  reports: { unit: report, aggregate: sum }
  mails: { unit: mail, aggregate: sum }
  crates: { unit: crate, aggregate: sum }
  calls: { unit: call, aggregate: sum }
roles: { crew: ['*'], guest: [view] }
plans:
  day:
    title: Day
    includes:
      view: {}
      export: { limit: 200 per month }
      mail: { limit: 10 per month, then: bill }
      ship: { limit: 50 per month }
      load: { rate: 600 per hour }
      call: { limit: 1000 per month, rate: 300 per hour }
  pool: { extends: day, title: Pool, seats: { floating: 2, lease: 10 minutes } }
`
const PRODUCT = {
  product: 'ferry',
  features: {
    export: { type: 'switch' },
    mail: { type: 'switch' },
    ship: { type: 'switch' },
    view: { type: 'switch' },
    load: { type: 'switch' },
    call: { type: 'switch' },
  },
} as const
const folder = scratchFolder()
let served: Served
let opened: LiveWrit<typeof PRODUCT>[] = []
let made = 0

beforeAll(async () => {
  served = await serve(folder)
  await served.done('POST', '/v1/products/ferry/editions', { terms: TERMS })
}, 60_000)
afterEach(async () => {
  await Promise.all(opened.map((live) => live.close()))
  opened = []
})
afterAll(() => served.stop())

/** A customer of its own: somebody who may, somebody who may not, and a licence. */
async function customer(plan = 'day'): Promise<{ crew: string; guest: string; license: string }> {
  const id = `acme-${made++}`
  const [crew, guest] = [`${id}-ann`, `${id}-gil`]
  await served.done('POST', '/v1/organizations', { id, title: id })
  await served.done('POST', '/v1/identities', { id: crew, in: { [id]: ['crew'] } })
  await served.done('POST', '/v1/identities', { id: guest, in: { [id]: ['guest'] } })
  await served.done('POST', '/v1/licenses', { id, product: 'ferry', plan, organization: id })
  return { crew, guest, license: id }
}

async function live(more: Partial<LiveOptions<typeof PRODUCT>> = {}): Promise<LiveWrit<typeof PRODUCT>> {
  const { key } = await served.appKey()
  const writ = await openLive({ url: served.url, product: PRODUCT, ...more, key })
  opened.push(writ)
  return writ
}
const usage = async (license: string): Promise<{ used: number; leased: number }> => {
  const { meters } = await served.done('GET', `/v1/usage?license=${license}`)
  const { used, leased } = meters.find(({ meter }: { meter: string }) => meter === 'reports')
  return { used, leased }
}
const ask = (identity: string, consume: number | { amount: number; id: string } = 1) => ({ identity, feature: 'export', consume }) as const

test('a hard quota is spent here, to the last unit, by several processes and without a question for each', async () => {
  const { crew, license } = await customer()
  const writs = [await live(), await live(), await live()]
  let allowed = 0
  let refused = 0
  await Promise.all(
    writs.map(async (writ) => {
      for (let i = 0; i < 100; i++) {
        const { allowed: isAllowed, reason } = await writ.check(ask(crew))
        if (isAllowed) allowed++
        else {
          refused++
          expect(reason).toBe('quota_exhausted')
        }
      }
    }),
  )
  const here = writs.reduce((sum, { counts }) => sum + counts.here, 0)
  const { used, leased } = await usage(license)
  // What one process has at hand another one may have asked for in vain; nothing is lost, and nothing is had twice.
  expect(used + leased).toBeLessThanOrEqual(200)
  expect(allowed).toBeLessThanOrEqual(200)
  expect(allowed).toBeGreaterThan(150)
  expect(allowed + refused).toBe(300)
  expect(here).toBeGreaterThan(100)
  await Promise.all(writs.map((writ) => writ.close()))
  expect(await usage(license)).toEqual({ used: allowed, leased: 0 })
})

test('what is asked twice by the same id is counted once, and the same id for another question is refused', async () => {
  const { crew, guest, license } = await customer()
  const writ = await live()
  const first = await writ.check(ask(crew, { amount: 3, id: 'job-1' }))
  const before = writ.counts.asked
  expect(first.allowed).toBe(true)
  expect(first).not.toHaveProperty('expires')
  expect(await writ.check(ask(crew, { amount: 3, id: 'job-1' }))).toEqual(first)
  await expect(writ.check(ask(crew, { amount: 4, id: 'job-1' }))).rejects.toMatchObject({
    code: 'QUESTION_REFUSED',
    details: { code: 'CONSUME_ID_REUSED' },
  })
  expect(await writ.check(ask(guest))).toMatchObject({ allowed: false, reason: 'not_permitted' })
  expect(writ.counts.asked).toBe(before)
  // Revocation wins: an old yes is no way around it.
  await served.done('POST', `/v1/licenses/${license}/suspend`)
  await expect.poll(async () => (await writ.check(ask(crew, { amount: 3, id: 'job-1' }))).reason).toBe('license_suspended')
  await writ.close()
  expect((await usage(license)).used).toBe(3)
})

test('a batch spends what is at hand, and asks for the rest', async () => {
  const { crew, guest, license } = await customer()
  const writ = await live()
  expect((await writ.check(ask(crew))).allowed).toBe(true)
  const answers = await writ.batch([ask(crew), ask(guest), ask(crew, 150), ask(crew)])
  expect(answers.map(({ allowed }) => allowed)).toEqual([true, false, true, true])
  expect(writ.counts.asked).toBe(1)
  await writ.close()
  expect(await usage(license)).toEqual({ used: 153, leased: 0 })
})

test('what needs more at once than is at hand gives that back first, so that nothing is refused that is left', async () => {
  const { crew, license } = await customer()
  const writ = await live()
  expect((await writ.check(ask(crew))).allowed).toBe(true)
  expect((await writ.check(ask(crew, 199))).allowed).toBe(true)
  expect((await writ.check(ask(crew))).reason).toBe('quota_exhausted')
  expect(await usage(license)).toEqual({ used: 200, leased: 0 })
})

/** Units of a rate of so many per hour that fill up within a test of less than some minutes. */
const FILLED = 50

test('a rate is let through here, by several processes and without a question for each, and together no faster than one limiter would', async () => {
  const { crew, license } = await customer()
  const writs = [await live(), await live(), await live()]
  let allowed = 0
  await Promise.all(
    writs.map(async (writ) => {
      for (let i = 0; i < 250; i++) {
        const { allowed: isAllowed, reason } = await writ.check({ identity: crew, feature: 'load' })
        if (isAllowed) allowed++
        else expect(reason).toBe('rate_limited')
      }
    }),
  )
  expect(allowed).toBeLessThanOrEqual(600 + FILLED)
  expect(allowed).toBeGreaterThan(500)
  expect(writs.reduce((sum, { counts }) => sum + counts.here, 0)).toBeGreaterThan(200)
  expect((await served.done('GET', `/v1/rate-leases?license=${license}`)).items.length).toBeGreaterThan(0)
  await Promise.all(writs.map((writ) => writ.close()))
  expect((await served.done('GET', `/v1/rate-leases?license=${license}`)).items).toEqual([])
  // What was left in the parts is had again, and no more than that.
  const rest = 600 - allowed
  const { key } = await served.appKey()
  const ask = (wanted: number) => served.done('POST', '/v1/check', { identity: crew, feature: 'ferry:load', wanted }, key)
  expect(await ask(Math.max(0, rest) + FILLED)).toMatchObject({ allowed: false, reason: 'rate_limited' })
  if (rest > 10) expect(await ask(rest - 10)).toMatchObject({ allowed: true })
})

test('a quota and a rate of one feature are spent here, both or none', async () => {
  const { crew, license } = await customer()
  const writ = await live()
  const call = (amount: number) => writ.check({ identity: crew, feature: 'call', consume: amount })
  expect((await call(1)).allowed).toBe(true)
  const before = writ.counts.asked
  let allowed = 1
  for (let i = 0; i < 10; i++) if ((await call(1)).allowed) allowed++
  expect([allowed, writ.counts.asked]).toEqual([11, before])
  // More at once than a part of the rate holds: what is at hand is given back first.
  expect((await call(250)).allowed).toBe(true)
  expect((await call(250)).reason).toBe('rate_limited')
  await writ.close()
  expect((await served.done('GET', `/v1/usage?license=${license}`)).meters).toContainEqual(
    expect.objectContaining({ meter: 'calls', used: 261, leased: 0 }),
  )
})

test('with nowhere to record usage, what bills beyond its limit is counted by the authority', async () => {
  const { crew } = await customer()
  const writ = await live()
  const answers = []
  for (let i = 0; i < 11; i++) answers.push(await writ.check({ identity: crew, feature: 'mail', consume: 1 }))
  expect(answers.every(({ allowed }) => allowed)).toBe(true)
  expect(answers.at(-1)?.notices).toEqual([{ type: 'overage', feature: 'mail' }])
  expect(writ.counts.asked).toBe(11)
})

test('with a place to record usage, what bills is counted here at once, and by the authority once', async () => {
  const { crew, license } = await customer()
  const { key } = await served.appKey()
  let isCut = false
  const fetch = (request: Request): Promise<Response> => (isCut ? Promise.reject(new TypeError('fetch failed')) : globalThis.fetch(request))
  const recorder = () => openUsage({ url: served.url, key, fetch, folder: join(folder, `spool-${license}`), uploadMilliseconds: 60_000 })
  const usage = await recorder()
  const writ = await live({ usage, fetch, retries: 0 })
  const mail = (consume?: number | { amount: number; id: string }) =>
    writ.check({ identity: crew, feature: 'mail', ...(consume !== undefined && { consume }) })
  const counted = async () => {
    const { meters } = await served.done('GET', `/v1/usage?license=${license}`)
    return meters.find(({ meter }: { meter: string }) => meter === 'mails').used as number
  }
  const asksNobody = async (of = writ) => {
    const { asked } = of.counts
    await of.check({ identity: crew, feature: 'mail' })
    return of.counts.asked === asked
  }
  await expect.poll(() => asksNobody()).toBe(true)
  const { asked } = writ.counts
  for (let i = 0; i < 9; i++) expect(await mail(1)).toMatchObject({ allowed: true, notices: [] })
  const last = await mail({ amount: 1, id: `${license}-last` })
  expect(await mail({ amount: 1, id: `${license}-last` })).toEqual(last)
  expect(await mail(1)).toMatchObject({ allowed: true, notices: [{ type: 'overage', feature: 'mail' }] })
  expect(writ.counts.asked).toBe(asked)
  await usage.flush()
  expect(await counted()).toBe(11)
  // Cut off it goes on, and a process that comes after it brings what it left.
  isCut = true
  for (let i = 0; i < 4; i++) expect((await mail({ amount: 1, id: `${license}-${i}` })).allowed).toBe(true)
  await usage.close()
  await writ.close()
  isCut = false
  const after = await recorder()
  const next = await live({ usage: after })
  await after.flush()
  expect(await counted()).toBe(15)
  await expect.poll(() => asksNobody(next)).toBe(true)
  // Tried again by whoever comes after it, it is counted once all the same.
  await next.check({ identity: crew, feature: 'mail', consume: { amount: 1, id: `${license}-last` } })
  await after.flush()
  expect([await counted(), after.stats.accepted]).toEqual([15, 4])
  await after.close()
  // What cannot be recorded is asked of the authority.
  expect((await next.check({ identity: crew, feature: 'mail', consume: 1 })).notices).toEqual([{ type: 'overage', feature: 'mail' }])
  expect(await counted()).toBe(16)
})

test('cut off it goes on with what is at hand, and refuses when that is spent', async () => {
  const { crew, license } = await customer()
  let isCut = false
  const fetch = (request: Request): Promise<Response> => (isCut ? Promise.reject(new TypeError('fetch failed')) : globalThis.fetch(request))
  const writ = await live({ fetch, retries: 0, timeoutMilliseconds: 1_000 })
  expect((await writ.check(ask(crew))).allowed).toBe(true)
  isCut = true
  let more = 0
  let last = await writ.check(ask(crew))
  while (last.allowed) {
    more++
    last = await writ.check(ask(crew))
  }
  expect(more).toBeGreaterThan(2)
  expect(last).toMatchObject({ reason: 'quota_unavailable', remedies: [{ type: 'reconnect' }], consume: { amount: 1 } })
  isCut = false
  await expect.poll(async () => (await writ.check(ask(crew))).allowed, { timeout: 20_000 }).toBe(true)
  await writ.close()
  const { used, leased } = await usage(license)
  expect(leased).toBe(0)
  expect(used).toBeGreaterThanOrEqual(more + 2)
})

test('a floating seat is taken once and kept by heartbeats; others get it when it is given back, or freed by force', async () => {
  const { crew, guest, license } = await customer('pool')
  await served.done('POST', '/v1/identities', { id: `${license}-cat`, in: { [license]: ['crew'] } })
  const view = (identity: string) => ({ identity, feature: 'view' }) as const
  const seats = async () => (await served.done('GET', `/v1/seats?license=${license}`)).items as { identity: string; source?: string }[]
  const [one, two] = [await live(), await live()]
  expect((await one.check(view(crew))).allowed).toBe(true)
  expect((await two.check(view(guest))).allowed).toBe(true)
  expect((await two.check(view(`${license}-cat`))).reason).toBe('seats_exhausted')
  // Held once a heartbeat went through: then nobody needs to ask.
  await expect
    .poll(async () => {
      const before = one.counts.asked
      return (await one.check(view(crew))).allowed && one.counts.asked === before
    })
    .toBe(true)
  await expect.poll(async () => (await seats()).every(({ source }) => source !== undefined)).toBe(true)
  const here = await one.check(view(crew))
  expect(here).toMatchObject({ allowed: true, license, notices: [] })
  // By force, and told with the next heartbeat.
  await served.done('DELETE', `/v1/seats/${license}/${crew}`)
  expect((await two.check(view(`${license}-cat`))).allowed).toBe(true)
  await expect.poll(async () => (await one.check(view(crew))).reason, { timeout: 30_000, interval: 500 }).toBe('seats_exhausted')
  await two.close()
  expect(await seats()).toEqual([])
  expect((await one.check(view(crew))).allowed).toBe(true)
}, 60_000)
