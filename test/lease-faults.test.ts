import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { makeLog, type Running, start } from '@writ/authority'
import { arrivalAfter, readyAt } from '@writ/engine'
import { WritError } from '@writ/sdk'
import { LeasePool, type LeasePoolOptions, RatePool } from '@writ/sdk/live'
import { scratchFolder } from '@writ/testing/scratch-folder'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

const MONDAY = Date.parse('2026-11-23T09:00:00Z')
const HOUR = 3_600_000
const LIMIT = 40
const ENFORCERS = 4
const TERMS = `terms: 1
product: ferry
title: Ferry
features: { export: { meter: reports }, load: {} }
meters: { reports: { unit: report, aggregate: sum } }
roles: { crew: ['*'] }
plans: { day: { title: Day, includes: { export: { limit: ${LIMIT} per hour }, load: { rate: 20 per minute } } } }
`

type Send = LeasePoolOptions['send']
type Sent = Awaited<ReturnType<Send>>

/** A request on its way: delivered, lost, or delivered again whenever the network likes. */
interface Message {
  readonly path: string
  readonly body: object
  answer: ((sent: Sent | WritError) => void) | undefined
}

type Step =
  | { readonly do: 'use'; readonly who: number; readonly amount: number }
  | { readonly do: 'ask'; readonly amount: number }
  | { readonly do: 'deliver'; readonly which: number; readonly twice: boolean; readonly isHeard: boolean }
  | { readonly do: 'lose'; readonly which: number }
  | { readonly do: 'replay'; readonly which: number }
  | { readonly do: 'wait'; readonly seconds: number; readonly asleep: number | null }
  | { readonly do: 'crash' | 'close'; readonly who: number }

const who = fc.nat(ENFORCERS - 1)
const which = fc.nat(99)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('use' as const), who, amount: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ask' as const), amount: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      which,
      twice: fc.boolean(),
      isHeard: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('lose' as const, 'replay' as const, 'replay' as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.constantFrom(1, 20, 35, 61, 300),
      asleep: fc.option(who, { freq: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('crash' as const, 'close' as const), who }) },
)
/** The clocks of an enforcer: how far the wall clock is off, and how fast the other one runs, which stands still while its machine sleeps. */
class Skewed {
  readonly #skew: number
  readonly #speed: number
  #slept = 0

  constructor({ skew, speed }: { skew: number; speed: number }) {
    this.#skew = skew
    this.#speed = speed
  }

  wall = () => now + this.#skew
  readonly monotonic = () => (now - this.#slept) * this.#speed

  /** `now` goes on meanwhile. */
  sleep(milliseconds: number): void {
    this.#slept += milliseconds
  }

  /** Both stand still. */
  blind(): this {
    this.wall = this.monotonic
    return this
  }
}
const clocks = fc.array(fc.record({ skew: fc.constantFrom(0, 0, -4000, 4000, HOUR), speed: fc.constantFrom(1, 0.995, 1.005) }), {
  minLength: ENFORCERS,
  maxLength: ENFORCERS,
})
type Clocks = readonly { skew: number; speed: number }[]
/** The hour ends this soon: leases are cut off by it, and a new window begins in the middle of it all. */
const toNextHour = fc.constantFrom(45_000, 400_000, HOUR)

let now = MONDAY
let running: Running
let key: string
const folder = scratchFolder()

async function call(
  path: string,
  body: object | undefined,
  method = 'POST',
): Promise<{ status: number; body: ReturnType<typeof JSON.parse> }> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const response = await fetch(running.url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return { status: response.status, body: await response.json() }
}
async function done(path: string, body: object | undefined, method?: string) {
  const answer = await call(path, body, method)
  expect([path, answer.status, answer.body]).toEqual([path, expect.toBeOneOf([200, 201]), answer.body])
  return answer.body
}

beforeAll(async () => {
  const config = {
    listen: { host: '127.0.0.1', port: 0 },
    database: { kind: 'folder' as const, path: join(folder, 'data') },
    configHome: join(folder, 'config'),
  }
  const bootstrapKeyFile = join(folder, 'admin.key')
  running = await start({ config, clock: () => now, log: makeLog('silent'), bootstrapKeyFile })
  key = readFileSync(bootstrapKeyFile, 'utf8').trim()
  await done('/v1/products/ferry/editions', { terms: TERMS })
})
afterAll(() => running.close())

/** Delivers to the authority. @returns what it said */
async function reach({ path, body }: Message): Promise<Sent | WritError> {
  const { status, body: answer } = await call(path, body)
  if (status >= 500) throw new Error(`the authority failed: ${JSON.stringify(answer)}`)
  if (status === 200) return { body: answer }
  return new WritError('QUESTION_REFUSED', { status, code: answer.code, pointers: [] })
}

async function settle(): Promise<void> {
  for (let i = 0; i < 4; i++) await setImmediate()
}

/** Everything that happens to one licence. */
class Scene {
  readonly #clocks: readonly Skewed[]
  readonly #name: string
  readonly #loses: (path: string, body: object) => boolean
  readonly #pending: Message[] = []
  /** Messages that were sent once, and may come again. */
  readonly #old: Message[] = []
  readonly #pools: LeasePool[] = []
  /** Enforcers that are gone without having said all: what they had at hand nobody knows. */
  readonly #dead = new Set<string>()
  /** How often each was started. */
  readonly #lives = new Map<number, number>()
  /** What was really used, by the hour in which it was. */
  readonly used = new Map<number, number>()
  #made = 0

  /** @param loses what is answered and never gets there: nothing, unless a test is to notice */
  constructor(name: string, clocks: Clocks, loses: (path: string, body: object) => boolean) {
    this.#name = name
    this.#loses = loses
    this.#clocks = clocks.map((each) => new Skewed(each))
    for (let i = 0; i < ENFORCERS; i++) this.#start(i)
  }

  #life(i: number): string {
    return `${this.#name}-${i}-${this.#lives.get(i)}`
  }

  #start(i: number): void {
    this.#lives.set(i, (this.#lives.get(i) ?? 0) + 1)
    this.#open(i)
  }

  #open(i: number): void {
    const life = this.#life(i)
    const send: Send = (path, body) =>
      new Promise((resolve, reject) => {
        const answer = (sent: Sent | WritError) => (sent instanceof WritError ? reject(sent) : resolve(sent))
        if (!this.#loses(path, body)) this.#pending.push({ path, body, answer })
        else resolve({ body: {} })
      })
    this.#pools[i] = new LeasePool({
      license: this.#name,
      feature: 'export',
      send,
      ...(this.#clocks[i] as Skewed),
      newId: () => `${life}-${this.#made++}`,
    })
  }

  #uses(amount: number): void {
    const hour = Math.floor(now / HOUR)
    this.used.set(hour, (this.used.get(hour) ?? 0) + amount)
    expect(this.used.get(hour), 'used in this hour').toBeLessThanOrEqual(LIMIT)
  }

  async take(each: Step): Promise<void> {
    if (each.do === 'use') {
      const pool = this.#pools[each.who] as LeasePool
      const from = Math.floor((this.#clocks[each.who] as Skewed).wall() / HOUR) * HOUR
      const window = { from, until: from + HOUR }
      const left = pool.left(window.from, window.until, LIMIT)
      if (left === undefined || left.amount < each.amount) pool.want(each.amount)
      else if (pool.take(each.amount, [window])) this.#uses(each.amount)
    } else if (each.do === 'ask') {
      const consume = { id: `${this.#name}-${this.#made++}`, amount: each.amount }
      if ((await done('/v1/check', { identity: `${this.#name}-ann`, feature: 'ferry:export', consume })).allowed) this.#uses(each.amount)
    } else if (each.do === 'deliver') {
      const [message] = this.#pending.splice(each.which % Math.max(1, this.#pending.length), 1)
      if (message === undefined) return
      const sent = await reach(message)
      if (each.twice) await reach(message)
      this.#old.push(message)
      message.answer?.(each.isHeard ? sent : { outage: 'TIMED_OUT' })
    } else if (each.do === 'lose') {
      const [message] = this.#pending.splice(each.which % Math.max(1, this.#pending.length), 1)
      if (message === undefined) return
      this.#old.push(message)
      message.answer?.({ outage: 'TIMED_OUT' })
    } else if (each.do === 'replay') {
      const message = this.#old[each.which % Math.max(1, this.#old.length)]
      if (message !== undefined) await reach(message)
    } else if (each.do === 'wait') {
      now += each.seconds * 1000
      this.#clocks[each.asleep ?? -1]?.sleep(each.seconds * 1000)
      for (const [i, pool] of this.#pools.entries()) {
        if (i !== each.asleep) pool.tick()
        if (pool.isIdle) this.#open(i)
      }
    } else if (each.do === 'crash') {
      this.#dead.add(this.#life(each.who))
      this.#start(each.who)
    } else {
      // Whoever is cut off while closing is as good as dead, and this network is not to be relied on.
      this.#dead.add(this.#life(each.who))
      void (this.#pools[each.who] as LeasePool).close()
      this.#start(each.who)
    }
    await settle()
  }

  /** The network is whole again, and everybody who lives gives back what they have. */
  async end(): Promise<void> {
    const closing = Promise.all(this.#pools.map((pool) => pool.close()))
    let isOver = false
    void closing.then(() => {
      isOver = true
    })
    while (!isOver) {
      for (const message of this.#pending.splice(0)) {
        this.#old.push(message)
        message.answer?.(await reach(message))
      }
      await settle()
    }
    await this.#comeLate()
    now = (Math.floor(now / HOUR) + 1) * HOUR
    await this.#comeLate()
  }

  /** All that was ever sent comes once more, an asking after what was said of it: nobody who lives has anything by it. */
  async #comeLate(): Promise<void> {
    for (const message of this.#old.toReversed()) await reach(message)
    const hour = Math.floor(now / HOUR)
    const [meter] = (await done(`/v1/usage?license=${this.#name}`, undefined, 'GET')).meters
    const { items } = await done(`/v1/leases?license=${this.#name}`, undefined, 'GET')
    const lost = items as { id: string; granted: number; spent: number; leased_at: string }[]
    for (const { id } of lost)
      expect(
        [...this.#dead].some((life) => id.startsWith(`${life}-`)),
        `${id} is of a dead enforcer`,
      ).toBe(true)
    const stranded = lost
      .filter(({ leased_at }) => Math.floor(Date.parse(leased_at) / HOUR) === hour)
      .reduce((sum, { granted, spent }) => sum + granted - spent, 0)
    const used = this.used.get(hour) ?? 0
    expect(meter.used + meter.leased).toBeGreaterThanOrEqual(used)
    expect(meter.used + meter.leased).toBeLessThanOrEqual(used + stranded)
    // All the rest can be had, and not one more.
    const rest = LIMIT - meter.used - meter.leased
    const ask = (amount: number) =>
      done('/v1/check', {
        identity: `${this.#name}-ann`,
        feature: 'ferry:export',
        consume: { id: `${this.#name}-end-${now}-${amount}`, amount },
      })
    expect(await ask(rest + 1)).toMatchObject({ allowed: false, reason: 'quota_exhausted' })
    if (rest > 0) expect(await ask(rest)).toMatchObject({ allowed: true })
  }
}

let scenes = 0
/** A licence of its own. @param before the hour ends in so many milliseconds */
async function scene(skewed: Clocks, before: number, loses: (path: string, body: object) => boolean): Promise<Scene> {
  const name = `acme-${scenes++}`
  now = (Math.floor(now / HOUR) + 3) * HOUR - before
  await done('/v1/organizations', { id: name, title: name })
  await done('/v1/identities', { id: `${name}-ann`, in: { [name]: ['crew'] } })
  await done('/v1/licenses', { id: name, product: 'ferry', plan: 'day', organization: name, starts: '2026-11-01T00:00:00Z' })
  return new Scene(name, skewed, loses)
}

test('whatever is lost, late, doubled or dead, no limit is exceeded, and only slices of the dead are left unused', async () => {
  let used = 0
  await fc.assert(
    fc.asyncProperty(clocks, toNextHour, fc.array(step, { minLength: 60, maxLength: 110, size: 'max' }), async (skewed, before, steps) => {
      const played = await scene(skewed, before, () => false)
      for (const each of steps) await played.take(each)
      await played.end()
      for (const units of played.used.values()) used += units
    }),
    { numRuns: 10, endOnFailure: true },
  )
  expect(used, 'something was used at all').toBeGreaterThan(100)
}, 120_000)

test('an asking that comes when its enforcer was told no, and has gone, is granted nothing', async () => {
  const punctual = Array.from({ length: ENFORCERS }, () => ({ skew: 0, speed: 1 }))
  const play = async (loses: (path: string, body: object) => boolean) => {
    const played = await scene(punctual, HOUR, loses)
    await played.take({ do: 'use', who: 0, amount: 1 })
    await played.take({ do: 'lose', which: 0 })
    await played.take({ do: 'ask', amount: LIMIT })
    await played.take({ do: 'wait', seconds: 1, asleep: null })
    await played.take({ do: 'deliver', which: 0, twice: false, isHeard: true })
    await played.end()
  }
  await play(() => false)
  const isTakenBack = (path: string, body: object) => path === '/v1/leases' && 'units' in body && body.units === 0
  await expect(play(isTakenBack), 'that would be noticed').rejects.toThrow('is of a dead enforcer')
})

const RATE = { count: 20, periodSeconds: 60, burst: 20 } as const
type Answer = ReturnType<typeof JSON.parse>

/** Everything that goes through one rate, by whomever, goes through a limiter of the whole as well, which is never to refuse. */
class RateScene {
  readonly #clocks: readonly Skewed[]
  readonly #name: string
  readonly #bend: (answer: Answer) => Answer
  readonly #pending: Message[] = []
  readonly #old: Message[] = []
  readonly #pools: RatePool[] = []
  /** Until when the authority thinks that each enforcer has its part. */
  readonly #until = new Map<string, number>()
  readonly #ids: string[] = []
  #made = 0
  #whole = Number.NEGATIVE_INFINITY
  here = 0

  /** @param bend what the network makes of an answer: nothing, unless a test is to notice */
  constructor(name: string, clocks: readonly Skewed[], bend: (answer: Answer) => Answer) {
    this.#name = name
    this.#clocks = clocks
    this.#bend = bend
    for (let i = 0; i < ENFORCERS; i++) this.#start(i)
  }

  #start(i: number): void {
    const send: Send = (path, body) =>
      new Promise((resolve, reject) => {
        const answer = (sent: Sent | WritError) => (sent instanceof WritError ? reject(sent) : resolve(sent))
        this.#pending.push({ path, body, answer })
      })
    this.#pools[i] = new RatePool({
      ...{ license: this.#name, feature: 'load', rate: RATE, seconds: 5, send },
      ...(this.#clocks[i] as Skewed),
      newId: () => {
        this.#ids[i] = `${this.#name}-${this.#made++}`
        return this.#ids[i]
      },
    })
  }

  #through(amount: number): void {
    expect(readyAt(RATE, this.#whole, amount), 'one limiter would have let it through').toBeLessThanOrEqual(now)
    this.#whole = arrivalAfter(RATE, this.#whole, amount, now)
  }

  async #reach(message: Message): Promise<Sent | WritError> {
    const sent = await reach(message)
    if ('body' in sent) {
      const { id, until } = (sent.body as Answer).lease
      this.#until.set(id, Date.parse(until))
    }
    return sent
  }

  async #ask(amount: number): Promise<void> {
    if ((await done('/v1/check', { identity: `${this.#name}-ann`, feature: 'ferry:load', wanted: amount })).allowed) this.#through(amount)
  }

  async take(each: Step): Promise<void> {
    if (each.do === 'use') {
      const pool = this.#pools[each.who] as RatePool
      if (!pool.take(each.amount)) pool.want(each.amount)
      else {
        expect(now, 'nobody else has it yet').toBeLessThan(this.#until.get(this.#ids[each.who] as string) as number)
        this.#through(each.amount)
        this.here++
      }
    } else if (each.do === 'ask') await this.#ask(each.amount)
    else if (each.do === 'deliver' || each.do === 'lose') {
      const [message] = this.#pending.splice(each.which % Math.max(1, this.#pending.length), 1)
      if (message === undefined) return
      this.#old.push(message)
      const sent = each.do === 'lose' ? undefined : await this.#reach(message)
      if (each.do === 'deliver' && each.twice) await this.#reach(message)
      const isHeard = sent !== undefined && each.do === 'deliver' && each.isHeard
      message.answer?.(isHeard ? ('body' in sent ? { body: this.#bend(sent.body) } : sent) : { outage: 'TIMED_OUT' })
    } else if (each.do === 'replay') {
      const message = this.#old[each.which % Math.max(1, this.#old.length)]
      if (message !== undefined) await this.#reach(message)
    } else if (each.do === 'wait') {
      // A part of what a quota waits, since a rate forgets.
      now += each.seconds * 50
      this.#clocks[each.asleep ?? -1]?.sleep(each.seconds * 50)
      for (const [i, pool] of this.#pools.entries()) if (i !== each.asleep) pool.tick()
    } else {
      if (each.do === 'close') void (this.#pools[each.who] as RatePool).close()
      this.#start(each.who)
    }
    await settle()
  }

  /** Once every lease is over the rate is whole again, and no more than that. */
  async end(): Promise<void> {
    now += 200_000
    await this.#ask(RATE.burst)
    expect(readyAt(RATE, this.#whole, 1), 'the whole burst went through').toBeGreaterThan(now)
  }
}

/** Where an answer, or what an enforcer makes of it, is bent, a test is to notice. */
interface Bent {
  readonly lease?: (lease: Answer) => Answer
  readonly clock?: (clock: Skewed) => Skewed
}

async function holdsForRates(
  { lease: bend = (lease) => lease, clock = (each) => each }: Bent,
  numRuns: number,
  seed?: number,
): Promise<number> {
  let here = 0
  let made = 0
  const series = `rated-${crypto.randomUUID()}`
  await fc.assert(
    fc.asyncProperty(clocks, fc.array(step, { minLength: 80, maxLength: 130, size: 'max' }), async (skewed, steps) => {
      const name = `${series}-${made++}`
      await done('/v1/organizations', { id: name, title: name })
      await done('/v1/identities', { id: `${name}-ann`, in: { [name]: ['crew'] } })
      await done('/v1/licenses', { id: name, product: 'ferry', plan: 'day', organization: name, starts: '2026-11-01T00:00:00Z' })
      const scene = new RateScene(
        name,
        skewed.map((each) => clock(new Skewed(each))),
        ({ lease }) => ({ lease: bend(lease) }),
      )
      for (const each of steps) await scene.take(each)
      await scene.end()
      here += scene.here
    }),
    { numRuns, endOnFailure: true, ...(seed !== undefined && { seed }) },
  )
  return here
}

test('whatever is lost, late, doubled or dead, enforcers let through no more than one limiter would', async () => {
  expect(await holdsForRates({}, 8), 'something went through here at all').toBeGreaterThan(0)
}, 120_000)

const BENT: Readonly<Record<string, Bent>> = {
  'what is added comes full': { lease: (lease) => ({ ...lease, backlog_milliseconds: 0 }) },
  'more is added than was given': { lease: (lease) => ({ ...lease, added: lease.added * 2 }) },
  'a lease that lasts longer than its authority thinks': { lease: (lease) => ({ ...lease, milliseconds: lease.milliseconds * 4 }) },
  'an enforcer that does not know that it slept': { clock: (clock) => clock.blind() },
}
for (const [name, bent] of Object.entries(BENT))
  test(`that would be noticed: ${name}`, async () => {
    const fault = await holdsForRates(bent, 12, 3).catch((error: Error) => error)
    expect(String((fault as Error).cause)).toMatch(/one limiter|nobody else/)
  }, 120_000)
