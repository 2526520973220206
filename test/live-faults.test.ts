import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type LiveWrit, openLive } from '@writ/sdk/live'
import { freshDatabase } from '@writ/testing/fresh-database'
import { type Postgres, startPostgres } from '@writ/testing/postgres'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { type Served, serve } from '@writ/testing/served'
import { afterAll, beforeAll, expect, test } from 'vitest'

const PEOPLE = Array.from({ length: 12 }, (_, n) => `p${n}`)
const ENFORCERS = 4
const LIMIT = 400
const TERMS = `terms: 1
product: ferry
title: Ferry
features: { view: {}, steer: {}, export: { meter: reports } }
meters: { reports: { unit: report, aggregate: sum } }
roles: { guest: [view], crew: ['*'] }
plans: { day: { title: Day, includes: { view: {}, steer: {}, export: { limit: ${LIMIT} per year } } } }
`

/** A wire that a test holds: what is sent over it can be cut, held back, or come late and in crumbs. */
class Wire {
  readonly #ends = new Set<Socket>()
  readonly #server = createServer((near) => this.#join(near))
  #to = 0
  /** Bytes wait, and no side hears that they do. */
  isHeld = false
  isCut = false
  delay = (): number => 0

  async open(to: string): Promise<string> {
    this.#to = Number(new URL(to).port)
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  cut(): void {
    this.isCut = true
    for (const end of this.#ends) end.destroy()
  }

  async close(): Promise<void> {
    this.cut()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(near: Socket): void {
    if (this.isCut) return void near.destroy()
    const far = connect(this.#to, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#ends.add(from)
      from.on('error', () => {})
      from.on('close', () => {
        this.#ends.delete(from)
        to.destroy()
      })
      void this.#carry(from, to)
    }
  }

  /** In order, as TCP does: what comes out of order are the answers on different connections. */
  async #carry(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const bytes of from as AsyncIterable<Buffer>)
        for (let at = 0; at < bytes.length; ) {
          const wait = this.delay()
          const size = wait === 0 ? bytes.length : 1 + Math.floor(random() * 200)
          if (wait > 0) await sleep(wait)
          while (this.isHeld) await sleep(20)
          to.write(bytes.subarray(at, at + size))
          at += size
        }
      to.end()
    } catch {
      to.destroy()
    }
  }
}

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Of a number that a failure prints, so that the same faults come again (mulberry32). */
const SEED = Math.floor(Math.random() * 2 ** 31)
let state = SEED
function random(): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}
const anyOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

const folder = scratchFolder()
let postgres: Postgres
let database: string
let served: Served
let key: string
const wires: Wire[] = []
const enforcers: LiveWrit[] = []

beforeAll(async () => {
  postgres = await startPostgres()
  database = await freshDatabase(postgres.url)
  served = await serve(folder, 0, database)
  const { done } = served
  await done('POST', '/v1/products/ferry/editions', { terms: TERMS })
  await done('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
  for (const id of PEOPLE) await done('POST', '/v1/identities', { id, in: { acme: ['crew'] } })
  await done('POST', '/v1/licenses', { id: 'A-1', product: 'ferry', plan: 'day', organization: 'acme' })
  key = (await served.appKey()).key
  for (let n = 0; n < ENFORCERS; n++) {
    const wire = new Wire()
    wires.push(wire)
    const url = await wire.open(served.url)
    enforcers.push(await openLive({ url, key, silenceMilliseconds: 1_500, timeoutMilliseconds: 1_000, leases: { seconds: 5 } }))
  }
})
afterAll(async () => {
  for (const wire of wires) wire.isHeld = false
  await Promise.all(enforcers.map((enforcer) => enforcer.close()))
  await Promise.all(wires.map((wire) => wire.close()))
  await served.stop()
  await postgres.stop()
})

/** As a client does: again under the same key, until it is answered. */
async function insist(method: string, path: string, body?: unknown): Promise<void> {
  const headers = { authorization: `Bearer ${served.key}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
  for (;;) {
    const init = { method, headers, body: JSON.stringify(body ?? {}), signal: AbortSignal.timeout(5_000) }
    const answer = await fetch(served.url + path, init).catch(() => undefined)
    if (answer?.ok) return
    const { code } = ((await answer?.json().catch(() => undefined)) ?? {}) as { code?: string }
    expect(code).toBeOneOf([undefined, 'STORE_UNAVAILABLE', 'IDEMPOTENCY_KEY_IN_USE'])
    await sleep(50)
  }
}

/** What changes while the wires fail: roles come and go, people are suspended and resumed. */
const changeSomething = async (): Promise<void> => {
  const person = anyOf(PEOPLE)
  if (random() < 0.4) return insist('POST', `/v1/identities/${person}/${anyOf(['suspend', 'resume'])}`)
  await insist('PUT', `/v1/identities/${person}/memberships/acme`, { roles: [anyOf(['guest', 'crew'])] })
}

/** One fault of a wire, for a while. */
async function failSomewhere(): Promise<void> {
  const wire = anyOf(wires)
  const fault = anyOf(['cut', 'held', 'late'])
  if (fault === 'cut') wire.cut()
  if (fault === 'held') wire.isHeld = true
  if (fault === 'late') wire.delay = () => Math.ceil(random() * 15)
  await sleep(200 + random() * 800)
  wire.isCut = false
  wire.isHeld = false
  if (random() < 0.5) wire.delay = () => 0
}

test('whatever the wires, the store and the authority go through, copies at one revision answer alike, and in the end as the authority does', {
  timeout: 120_000,
}, async () => {
  const answers = new Map<string, string>()
  const counts = { answered: 0, exported: 0, alike: 0 }
  let isOver = false

  const ask = async (enforcer: LiveWrit): Promise<void> => {
    while (!isOver) {
      const identity = anyOf(PEOPLE)
      const feature = anyOf(['view', 'steer'])
      const before = enforcer.counts.here
      const { allowed, reason, revision, outage } = await enforcer.check({ identity, feature: `ferry:${feature}` })
      if (outage === undefined && enforcer.counts.here === before + 1) {
        const question = `${revision} ${identity} ${feature}`
        const answer = `${allowed} ${reason}`
        if (answers.has(question)) counts.alike++
        expect(answers.get(question) ?? answer, `${question}, seed ${SEED}`).toBe(answer)
        answers.set(question, answer)
        counts.answered++
      }
      if (random() < 0.3) {
        const { allowed: counted } = await enforcer.check({ identity, feature: 'ferry:export', consume: 1 })
        if (counted) counts.exported++
      }
      await sleep(5)
    }
  }
  const asking = enforcers.map(ask)
  const failing = [0, 1].map(async () => {
    while (!isOver) await failSomewhere()
  })
  const changing = (async () => {
    while (!isOver) await changeSomething()
  })()

  await sleep(1_500)
  await postgres.crash()
  await sleep(300)
  await postgres.revive()
  await sleep(1_500)
  const { port } = new URL(served.url)
  served.child.kill('SIGKILL')
  await once(served.child, 'close')
  served = await serve(folder, Number(port), database)
  await sleep(1_500)
  isOver = true
  await Promise.all([...asking, ...failing, changing])

  for (const wire of wires) Object.assign(wire, { isCut: false, isHeld: false, delay: () => 0 })
  const questions = PEOPLE.flatMap((identity) => ['view', 'steer'].map((feature) => ({ identity, feature: `ferry:${feature}` })))
  const truth = await Promise.all(questions.map((question) => served.done('POST', '/v1/check', question, key)))
  const { revision } = truth[0]
  for (const enforcer of enforcers) {
    await expect.poll(() => enforcer.freshness.revision ?? 0, { timeout: 20_000 }).toBeGreaterThanOrEqual(revision)
    const here = await Promise.all(questions.map((question) => enforcer.check(question)))
    const told = here.map(({ allowed, reason }) => [allowed, reason])
    expect(told, `seed ${SEED}`).toEqual(truth.map(({ allowed, reason }) => [allowed, reason]))
    await expect.poll(() => enforcer.freshness, { timeout: 20_000 }).toMatchObject({ isFollowing: true, isStale: false })
  }
  expect(counts.alike).toBeGreaterThan(0)
  expect(counts.answered).toBeGreaterThan(100)

  await Promise.all(enforcers.map((enforcer) => enforcer.close()))
  const [meter] = (await served.done('GET', '/v1/usage?license=A-1')).meters
  // What was allowed was counted before; an answer that the wire lost was counted too.
  expect(meter.used + meter.leased, `seed ${SEED}`).toBeGreaterThanOrEqual(counts.exported)
  expect(counts.exported).toBeGreaterThan(0)
  expect(meter.used).toBeLessThanOrEqual(LIMIT)
})
