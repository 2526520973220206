import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { NODE, type Served, serve } from '@writ/testing/served'
import type { TrustedRoot } from '@writ/trust'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openLicense } from '../src/offline/index.ts'
import { type Device, DeviceError, openDevice } from '../src/offline/node/index.ts'
import { type DeviceRecord, SealedRecord } from '../src/offline/node/sealed-record.ts'

const SLOW = 60_000
const DAY = 86_400_000
const LIMIT = 1000
const terms = `
terms: 1
product: ferry
title: Ferry
features:
  view: { title: View }
  ticket: { title: Ticket, meter: tickets }
  trip: { title: Trip, meter: trips }
meters:
  tickets: { unit: ticket, aggregate: sum }
  trips: { unit: trip, aggregate: sum }
roles: { crew: ['*'] }
plans:
  day:
    title: Day
    grace: { offline: 72 hours }
    includes: { view: {}, ticket: { limit: ${LIMIT} per month }, trip: { limit: 9 per hour } }
  team:
    title: Team
    grace: { offline: 72 hours }
    seats: { floating: 4, lease: 10 minutes }
    includes: { view: {} }
`
const folder = scratchFolder()
const rootFile = join(folder, 'root.json')
let served: Served
let platform: Awaited<ReturnType<typeof generateKeyPair>>
let root: TrustedRoot
let licenses = 0
let license = ''
let licenseKey = ''
const opened: Device[] = []

beforeAll(async () => {
  platform = await generateKeyPair('ES256')
  const keys = [{ ...(await exportJWK(platform.publicKey)), kid: 'k1', alg: 'ES256' }]
  writeFileSync(join(folder, 'issuers.json'), JSON.stringify({ issuers: [{ issuer: 'cluster', audience: 'writ', jwks: { keys } }] }))
  served = await serve(folder, undefined, undefined, { WRIT_WORKLOAD_ISSUERS_FILE: join(folder, 'issuers.json') })
  const { done } = served
  await done('POST', '/v1/products/ferry/editions', { terms })
  await done('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
  await done('POST', '/v1/identities', { id: 'ann', in: { acme: ['crew'] } })
  const { issuer, root: key } = await done('GET', '/.well-known/writ-keys')
  root = { issuer, key }
  writeFileSync(rootFile, JSON.stringify(root))
}, SLOW)
afterAll(() => served?.stop(), SLOW)
beforeEach(async () => {
  license = `L${++licenses}`
  await served.done('POST', '/v1/licenses', { id: license, product: 'ferry', plan: 'day', organization: 'acme' })
  licenseKey = (await served.done('POST', `/v1/licenses/${license}/keys`)).key
  return async () => {
    for (const device of opened.splice(0)) device.close()
    await served.done('POST', `/v1/licenses/${license}/revoke`)
  }
})

const place = (name: string) => join(folder, `${license}-${name}`)
async function device(name: string, more: object = {}): Promise<Device> {
  const made = await openDevice({ folder: place(name), roots: [root], url: served.url, seal: 'of the ferry', ...more })
  opened.push(made)
  return made
}
const closed = (made: Device) => {
  opened.splice(opened.indexOf(made), 1)
  made.close()
}
const ticket = (amount = 1) => ({ identity: 'ann', feature: 'ferry:ticket', consume: amount })
async function writOf(made: Device) {
  const writ = await made.open()
  writ.vouch({ id: 'ann', roles: ['crew'] })
  return writ
}
const code = (run: Promise<unknown>) =>
  run.then(
    () => 'ok',
    (error: unknown) => (error instanceof DeviceError ? error.code : String(error)),
  )

/** Runs a process that has the device of a folder; `seal` as `openDevice` has it by default. */
function child(what: string, at: string) {
  const running = spawn(NODE, [join(import.meta.dirname, 'device-child.ts'), what, at, rootFile, served.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { running, lines: createInterface({ input: running.stdout }), over: once(running, 'close') }
}
async function told(what: string, at: string): Promise<unknown> {
  const { lines, over } = child(what, at)
  const all: string[] = []
  for await (const line of lines) all.push(line)
  await over
  return JSON.parse(all.at(-1) ?? 'null')
}

test(
  'a device is activated, decides with no network, spends its share and remembers what it spent',
  async () => {
    const laptop = await device('laptop')
    expect(await code(laptop.open())).toBe('DEVICE_NOT_ACTIVATED')
    const made = await laptop.activate({ licenseKey, name: 'laptop', share: { quotas: { tickets: 100 } } })
    expect(made).toMatchObject({ license, state: 'live', name: 'laptop', device_key: laptop.key })
    const writ = await writOf(laptop)
    expect(await writ.check({ identity: 'ann', feature: 'ferry:view' })).toMatchObject({ allowed: true, license })
    expect(await writ.check(ticket(60))).toMatchObject({ allowed: true })
    expect(await writ.check(ticket(41))).toMatchObject({ allowed: false, reason: 'quota_unavailable' })
    closed(laptop)

    const again = await device('laptop')
    expect([again.key, again.activation?.id]).toEqual([laptop.key, made.id])
    const later = await writOf(again)
    expect(await later.check(ticket(41))).toMatchObject({ reason: 'quota_unavailable' })
    expect(await later.check(ticket(40))).toMatchObject({ allowed: true })
    expect(await later.check(ticket(1))).toMatchObject({ reason: 'quota_unavailable', remedies: [{ type: 'reconnect' }] })
    // What it spent is told when it has a network again, and nobody has more than there is.
    expect(await again.contact()).toMatchObject({ state: 'live', file: expect.any(String) })
    const ask = (amount: number) =>
      served.done('POST', '/v1/check', { ...ticket(), organization: 'acme', consume: { amount, id: crypto.randomUUID() } })
    expect(await ask(LIMIT - 99)).toMatchObject({ reason: 'quota_exhausted' })
    expect(await ask(LIMIT - 100)).toMatchObject({ allowed: true })
  },
  SLOW,
)

test(
  'a device that goes over to another licence and comes back knows what it spent of the first, and its contacts are those of no copy',
  async () => {
    const other = `${license}-other`
    await served.done('POST', '/v1/licenses', { id: other, product: 'ferry', plan: 'day', organization: 'acme' })
    const otherKey = (await served.done('POST', `/v1/licenses/${other}/keys`)).key
    const share = { quotas: { tickets: 10 } }
    let laptop = await device('laptop')
    const spend = async (amount: number) => {
      const { allowed, reason } = await (await writOf(laptop)).check(ticket(amount))
      return allowed ? 'yes' : reason
    }
    await laptop.activate({ licenseKey, share })
    expect([await spend(7), (await laptop.contact()).state, (await laptop.contact()).state]).toEqual(['yes', 'live', 'live'])
    closed(laptop)
    // As a version before wrote it: of one licence alone.
    const sealed = new SealedRecord(place('laptop'), 'of the ferry')
    const { spent, ...record } = sealed.read() as DeviceRecord
    sealed.write({ ...record, spent: spent.map(({ license: _, ...each }) => each) })
    laptop = await device('laptop')
    await laptop.activate({ licenseKey: otherKey, share })
    // Of each licence there is a share, and what is spent of one is told of that one alone.
    expect([await spend(8), await spend(3), (await laptop.contact()).state]).toEqual(['yes', 'quota_unavailable', 'live'])
    closed(laptop)
    // A version before began to count anew with each activation.
    sealed.write({ ...(sealed.read() as DeviceRecord), counter: 1, pending: { jti: crypto.randomUUID(), counter: 2 } })
    laptop = await device('laptop')
    await laptop.activate({ licenseKey, share })
    expect([await spend(4), await spend(3), (await laptop.contact()).state]).toEqual(['quota_unavailable', 'yes', 'live'])
    const usedOf = async (id: string) => (await served.done('GET', `/v1/usage?license=${id}`)).meters[0].used
    expect([await usedOf(license), await usedOf(other)]).toEqual([10, 8])
    await served.done('POST', `/v1/licenses/${other}/revoke`)
  },
  SLOW,
)

test('a device that was given its file by hand, and then its id, knows what it spent before', async () => {
  const island = await device('island', { url: undefined })
  const request = await island.activationRequest({ name: 'island', share: { quotas: { tickets: 5 } } })
  const { id, file } = await served.done('POST', '/v1/activations', { request, license })
  await island.install(file)
  expect(await (await writOf(island)).check(ticket(5))).toMatchObject({ allowed: true })
  await island.install(file, id)
  expect(await (await writOf(island)).check(ticket(1))).toMatchObject({ reason: 'quota_unavailable' })
})

test('without a share there is no hard quota with no network', async () => {
  const laptop = await device('laptop')
  await laptop.activate({ licenseKey })
  expect(await (await writOf(laptop)).check(ticket())).toMatchObject({ reason: 'quota_unavailable', remedies: [{ type: 'reconnect' }] })
})

test(
  'the record is for its owner alone; altered, of another application, or of another device it is no record of this one',
  async () => {
    const laptop = await device('laptop')
    await laptop.activate({ licenseKey })
    closed(laptop)
    const file = join(place('laptop'), 'device')
    expect([statSync(file).mode & 0o777, statSync(place('laptop')).mode & 0o777]).toEqual([0o600, 0o700])
    const whole = readFileSync(file, 'utf8')
    expect(whole).not.toContain(laptop.key)
    const letters = [...whole.matchAll(/^[A-Za-z0-9_-]{64}$/gm)].map(({ index }) => index)
    for (const at of letters) {
      writeFileSync(file, `${whole.slice(0, at)}${whole[at] === 'A' ? 'B' : 'A'}${whole.slice(at + 1)}`)
      expect([at, await code(device('laptop'))]).toEqual([at, 'DEVICE_RECORD_UNREADABLE'])
    }
    writeFileSync(file, whole)
    expect(await code(device('laptop', { seal: 'of another' }))).toBe('DEVICE_RECORD_UNREADABLE')

    // Another device's record beside this one's file, or none: the file is not for it.
    closed(await device('other'))
    renameSync(join(place('other'), 'device'), file)
    const swapped = await device('laptop')
    expect(await (await writOf(swapped)).check(ticket())).toMatchObject({ reason: 'device_mismatch', remedies: [{ type: 'reactivate' }] })
    closed(swapped)
    rmSync(file)
    expect(await (await writOf(await device('laptop'))).check(ticket())).toMatchObject({ reason: 'device_mismatch' })
  },
  SLOW,
)

test(
  'one process has a device at a time, and one that died keeps nobody out',
  async () => {
    const laptop = await device('laptop', { seal: '' })
    await laptop.activate({ licenseKey, share: { quotas: { tickets: 900 } } })
    expect(await code(device('laptop', { seal: '' }))).toBe('DEVICE_IN_USE')
    closed(laptop)
    const { running, lines, over } = child('spend', place('laptop'))
    let allowed = 0
    for await (const line of lines) {
      if (JSON.parse(line).allowed) allowed++
      if (allowed === 100) expect(await code(device('laptop', { seal: '' }))).toBe('DEVICE_IN_USE')
      if (allowed === 200) running.kill('SIGKILL')
    }
    await over
    expect(allowed).toBeGreaterThanOrEqual(200)
    // Killed in the middle: what was spent is spent, and at most a 64th of the share is lost.
    const next = await device('laptop', { seal: '' })
    const writ = await writOf(next)
    let left = 0
    while ((await writ.check(ticket())).allowed) left++
    expect(allowed + left).toBeLessThanOrEqual(900)
    expect(allowed + left).toBeGreaterThanOrEqual(900 - Math.ceil(900 / 64) - 1)
  },
  SLOW,
)

test('what cannot be written down is not spent', async () => {
  const laptop = await device('laptop')
  await laptop.activate({ licenseKey, share: { quotas: { tickets: 10 } } })
  const writ = await writOf(laptop)
  renameSync(place('laptop'), place('away'))
  expect(await writ.check(ticket())).toMatchObject({ allowed: false, reason: 'quota_unavailable' })
  expect(await writ.check({ identity: 'ann', feature: 'ferry:view' })).toMatchObject({ allowed: true })
  renameSync(place('away'), place('laptop'))
  expect(await writ.check(ticket(10))).toMatchObject({ allowed: true })
})

test(
  'two processes with one device key are found out at the second contact',
  async () => {
    const laptop = await device('laptop', { seal: '' })
    await laptop.activate({ licenseKey, share: { quotas: { tickets: 10 } } })
    closed(laptop)
    cpSync(place('laptop'), place('copy'), { recursive: true })
    expect(await told('contact', place('laptop'))).toEqual({ state: 'live', file: true, key: laptop.key })
    expect(await told('contact', place('copy'))).toEqual({ state: 'cloned', file: false, key: laptop.key })
    expect(await told('contact', place('laptop'))).toEqual({ state: 'cloned', file: false, key: laptop.key })
    const honest = await device('laptop', { seal: '' })
    expect(honest.isCloned).toBe(true)
    // What it has still holds until its grace is over; then it is activated anew, as another device.
    expect(await (await writOf(honest)).check(ticket())).toMatchObject({ allowed: true })
    const again = await honest.activate({ licenseKey }).catch((error: unknown) => error)
    expect(again).toMatchObject({ code: 'ACTIVATION_REFUSED', details: { code: 'DEVICE_CLONED' } })
    opened.splice(opened.indexOf(honest), 1)
    honest.forget()
    expect(readdirSync(place('laptop'))).toEqual([])
    const anew = await device('laptop')
    expect(anew.key).not.toBe(laptop.key)
    expect(await anew.activate({ licenseKey })).toMatchObject({ state: 'live' })
  },
  SLOW,
)

test(
  'an old record that was put back is found out at the next contact, and not before',
  async () => {
    const laptop = await device('laptop')
    await laptop.activate({ licenseKey, share: { quotas: { tickets: 10 } } })
    closed(laptop)
    cpSync(place('laptop'), place('old'), { recursive: true })
    const before = await device('laptop')
    expect(await (await writOf(before)).check(ticket(10))).toMatchObject({ allowed: true })
    await before.contact()
    closed(before)
    rmSync(place('laptop'), { recursive: true })
    cpSync(place('old'), place('laptop'), { recursive: true })
    const rolledBack = await device('laptop')
    expect(await (await writOf(rolledBack)).check(ticket(10))).toMatchObject({ allowed: true })
    expect(await rolledBack.contact()).toMatchObject({ state: 'cloned' })
  },
  SLOW,
)

test('a contact whose answer was lost is said again, and is the same', async () => {
  const laptop = await device('laptop')
  await laptop.activate({ licenseKey })
  const { fetch } = globalThis
  try {
    globalThis.fetch = async (...request) => {
      await fetch(...request)
      throw new TypeError('the cable was pulled')
    }
    expect(await code(laptop.contact())).toBe('AUTHORITY_UNREACHABLE')
  } finally {
    globalThis.fetch = fetch
  }
  closed(laptop)
  expect(await (await device('laptop')).contact()).toMatchObject({ state: 'live' })
})

test(
  'who sits on a device is known after it was killed or closed, also when it had another licence meanwhile, until the lease is over or the seat is freed',
  async () => {
    const MINUTE = 60_000
    const time = { off: 0 }
    const more = { clock: () => Date.now() + time.off }
    const team = `${license}-team`
    await served.done('POST', '/v1/licenses', { id: team, product: 'ferry', plan: 'team', organization: 'acme' })
    const { key } = await served.done('POST', `/v1/licenses/${team}/keys`)
    const opens = async (made: Device) => {
      const writ = await made.open()
      for (const id of ['ann', 'ben', 'cat']) writ.vouch({ id, roles: ['crew'] })
      return {
        writ,
        ask: async (identity: string) => {
          const { allowed, reason } = await writ.check({ identity, feature: 'ferry:view' })
          return allowed ? 'yes' : reason
        },
      }
    }
    const kiosk = await device('kiosk', more)
    await kiosk.activate({ licenseKey: key, share: { seats: 2 } })
    const { ask } = await opens(kiosk)
    expect([await ask('ann'), await ask('ben'), await ask('cat')]).toEqual(['yes', 'yes', 'seats_exhausted'])
    // Killed: its folder as it is at this moment.
    cpSync(place('kiosk'), place('killed'), { recursive: true })
    closed(kiosk)
    rmSync(join(place('killed'), 'lock'), { recursive: true, force: true })
    for (const name of ['killed', 'kiosk']) {
      const again = await device(name, more)
      const { ask } = await opens(again)
      expect([await ask('cat'), await ask('ben'), await ask('ann')]).toEqual(['seats_exhausted', 'yes', 'yes'])
      if (name === 'killed') closed(again)
    }
    // Under another licence they have no seat; and it is theirs when the device comes back.
    const [again] = opened as [Device]
    await again.activate({ licenseKey })
    expect(await (await opens(again)).ask('cat')).toBe('yes')
    await again.activate({ licenseKey: key })
    expect(await (await opens(again)).ask('cat')).toBe('seats_exhausted')
    closed(again)
    time.off = 11 * MINUTE
    const later = await opens(await device('kiosk', more))
    expect([await later.ask('cat'), await later.ask('ben'), await later.ask('ann')]).toEqual(['yes', 'yes', 'seats_exhausted'])
    expect(later.writ.explain()?.sentences.join()).toContain('network: 2, of which 0 are free')
    expect(await later.writ.releaseSeats(['ben'])).toEqual(['ben'])
    expect(await later.ask('ann')).toBe('yes')
    closed(opened[0] as Device)
    // After a restart that nobody's session outlived.
    const empty = await opens(await device('kiosk', more))
    expect(await empty.ask('ben')).toBe('seats_exhausted')
    expect((await empty.writ.releaseSeats('all')).sort()).toEqual(['ann', 'cat'])
    expect([await empty.ask('ben'), await empty.ask('cat')]).toEqual(['yes', 'yes'])
    await served.done('POST', `/v1/licenses/${team}/revoke`)
  },
  SLOW,
)

/** What contacts say while something runs. @param broken the contacts whose answer is lost, counted from 1 */
async function contactsOf<T>(run: () => Promise<T>, ...broken: number[]) {
  const { fetch } = globalThis
  const said: { counter: number; jti: string; spent: { from: number; used: number }[] }[] = []
  try {
    globalThis.fetch = async (url, init) => {
      const { contact } = JSON.parse(String(init?.body))
      said.push({ spent: [], ...JSON.parse(Buffer.from(contact.split('.')[1], 'base64url').toString()) })
      const answer = await fetch(url, init)
      if (broken.includes(said.length)) throw new TypeError('the cable was pulled')
      return answer
    }
    return { result: await run(), said }
  } finally {
    globalThis.fetch = fetch
  }
}

test(
  'all that was spent is told, in as many contacts as it takes, also when it is cut off and closed in the middle',
  async () => {
    const HOURS = 70
    const HOUR = 3_600_000
    const time = { off: 0 }
    const start = Date.now()
    const clock = () => start + time.off
    const laptop = await device('laptop', { clock })
    await laptop.activate({ licenseKey, share: { quotas: { trips: 2 } } })
    const writ = await writOf(laptop)
    for (let hour = 1; hour <= HOURS; hour++) {
      time.off = hour * HOUR
      expect(await writ.check({ identity: 'ann', feature: 'ferry:trip', consume: 1 + (hour % 2) })).toMatchObject({ allowed: true })
    }
    const units = HOURS + HOURS / 2
    time.off = 0
    const first = await contactsOf(() => code(laptop.contact()), 2)
    expect([first.result, first.said.map(({ spent }) => spent.length)]).toEqual(['AUTHORITY_UNREACHABLE', [64, 6]])
    const froms = first.said.flatMap(({ spent }) => spent.map(({ from }) => from))
    expect(froms).toEqual([...froms].sort((a, b) => a - b))
    closed(laptop)
    const again = await device('laptop', { clock })
    // What was told goes on being told for a while, with the 64 that end last; the number that was not answered is signed again.
    const second = await contactsOf(() => again.contact())
    expect(second.result).toMatchObject({ state: 'live' })
    expect(second.said.map(({ counter, spent }) => [counter, spent.length])).toEqual([[2, 64]])
    expect(second.said[0]?.jti).toBe(first.said[1]?.jti)
    const told = new Map([...first.said, ...second.said].flatMap(({ spent }) => spent.map(({ from, used }) => [from, used])))
    expect([...told.values()].reduce((sum, used) => sum + used, 0)).toBe(units)
    time.off = HOUR
    expect(await (await writOf(again)).check({ identity: 'ann', feature: 'ferry:trip', consume: 1 })).toMatchObject({ allowed: false })
    expect(await again.checkIn()).toMatchObject({ state: 'released' })
    opened.splice(opened.indexOf(again), 1)
    // It held 2 in each of the hours of 3 days: 72, or one or two more where an hour began meanwhile.
    const { items } = await served.done('GET', `/v1/audit?subject=license:${license}`)
    const [unspent] = items.flatMap(({ detail }: { detail: { unspent?: number } }) => detail.unspent ?? [])
    expect([144, 146, 148]).toContain(unspent + units)
  },
  SLOW,
)

test('a disk that is full when the answer comes, and two contacts at once, make no copy of a device', async () => {
  const laptop = await device('laptop')
  await laptop.activate({ licenseKey })
  const { fetch } = globalThis
  try {
    globalThis.fetch = async (...request) => {
      const answer = await fetch(...request)
      renameSync(place('laptop'), place('away'))
      return answer
    }
    expect(await code(laptop.contact())).toBe('DEVICE_RECORD_UNWRITABLE')
  } finally {
    globalThis.fetch = fetch
    renameSync(place('away'), place('laptop'))
  }
  expect(await laptop.contact()).toMatchObject({ state: 'live' })
  const first = laptop.contact()
  // It has begun by then: those that come are another.
  await new Promise(setImmediate)
  const both = await Promise.all([first, laptop.contact(), laptop.contact()])
  expect(both.map(({ state }) => state)).toEqual(['live', 'live', 'live'])
  expect(await laptop.contact()).toMatchObject({ state: 'live' })
})

test('what answers in the place of an authority, and is none, is told as no answer, and not read without end', async () => {
  const { fetch } = globalThis
  const laptop = await device('laptop')
  let read = 0
  const endless = () =>
    new ReadableStream({
      pull: (controller) => {
        read += 65_536
        if (read < 64 << 20) controller.enqueue(new Uint8Array(65_536).fill(0x20))
        else controller.close()
      },
    })
  try {
    for (const body of ['<html>', '[]', '{}', '{"id":1}', '{"id":"a","license":"L","state":"live","file":7}']) {
      globalThis.fetch = async () => new Response(body)
      expect([body, await code(laptop.activate({ licenseKey }))]).toEqual([body, 'AUTHORITY_UNREACHABLE'])
    }
    globalThis.fetch = async () => new Response('{"id":"a","license":"L","state":"live"}')
    expect(await code(laptop.activate({ licenseKey }))).toBe('ANSWER_MALFORMED')
    globalThis.fetch = async () => new Response(endless())
    expect(await code(laptop.activate({ licenseKey }))).toBe('AUTHORITY_UNREACHABLE')
    expect(read).toBeLessThan(4 << 20)
  } finally {
    globalThis.fetch = fetch
  }
})

test('what is under way when a device is closed or forgotten writes nothing into its folder any more', async () => {
  const laptop = await device('laptop')
  await laptop.activate({ licenseKey })
  const before = laptop.contact()
  closed(laptop)
  const record = readFileSync(join(place('laptop'), 'device'), 'utf8')
  expect([await code(before), await code(laptop.contact())]).toEqual(['DEVICE_CLOSED', 'DEVICE_CLOSED'])
  expect(readFileSync(join(place('laptop'), 'device'), 'utf8')).toBe(record)
  const again = await device('laptop')
  expect(await again.contact()).toMatchObject({ state: 'live' })
  const under = again.contact()
  opened.splice(opened.indexOf(again), 1)
  again.forget()
  expect(await code(under)).toBe('DEVICE_CLOSED')
  expect(readdirSync(place('laptop'))).toEqual([])
  // Nor does it forget for whoever has the folder now.
  const next = await device('laptop')
  expect(() => again.forget()).toThrow(expect.objectContaining({ code: 'DEVICE_CLOSED' }))
  expect(await next.activate({ licenseKey })).toMatchObject({ state: 'live' })
})

test(
  'whoever turns the clock back behind what was signed is refused; a clock that jumped a year and came back locks nobody out',
  async () => {
    const time = { off: 0 }
    const clock = () => Date.now() + time.off
    const laptop = await device('laptop', { clock })
    await laptop.activate({ licenseKey })
    const writ = await writOf(laptop)
    const view = async (asked: Awaited<ReturnType<typeof writOf>> = writ) => {
      const { allowed, reason } = await asked.check({ identity: 'ann', feature: 'ferry:view' })
      return allowed ? 'yes' : reason
    }
    const seen: unknown[] = [await view()]
    for (const off of [-DAY, 365 * DAY, 0, -DAY, 0]) {
      time.off = off
      seen.push(await view())
    }
    expect(seen).toEqual(['yes', 'clock_turned_back', 'facts_stale', 'yes', 'clock_turned_back', 'yes'])
    // The same after a restart, from what was sealed.
    time.off = -DAY
    closed(laptop)
    const again = await device('laptop', { clock })
    const later = await writOf(again)
    expect(await view(later)).toBe('clock_turned_back')
    time.off = 0
    expect(await view(later)).toBe('yes')
    // A device whose clock is a day off is activated all the same: it takes the time of the authority.
    time.off = -DAY
    const desktop = await device('desktop', { clock })
    expect(await desktop.activate({ licenseKey })).toMatchObject({ state: 'live' })
    expect(await view(await writOf(desktop))).toBe('clock_turned_back')
  },
  SLOW,
)

test(
  'a fingerprint beside the key: so many components must be found again',
  async () => {
    const components = { machine: 'm-1', board: 'b-1', disk: 'd-1' }
    const server = await device('server', { components })
    expect(await code(server.activate({ licenseKey, fingerprint: 'two' }))).toBe('DEVICE_OPTION_INVALID')
    await server.activate({ licenseKey, fingerprint: 'two', license })
    const verdict = async (made: Device) => (await (await writOf(made)).check({ identity: 'ann', feature: 'ferry:view' })).reason ?? 'yes'
    expect(await verdict(server)).toBe('yes')
    closed(server)
    const repaired = await device('server', { components: { ...components, disk: 'd-2' } })
    expect(await verdict(repaired)).toBe('yes')
    closed(repaired)
    const moved = await device('server', { components: { machine: 'm-1', board: 'b-2', disk: 'd-2' } })
    expect(await verdict(moved)).toBe('device_mismatch')
  },
  SLOW,
)

test('a workload shows the token that its platform gives it at that moment, and goes on by its file where that is refused', async () => {
  let subject = 'api'
  const workload = async () => {
    const claims = { iss: 'cluster', aud: 'writ', sub: subject }
    return `${await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).setExpirationTime('10m').sign(platform.privateKey)}\n`
  }
  const pod = await device('pod', { workload })
  expect(await pod.activate({ licenseKey, name: 'pod' })).toMatchObject({ state: 'live', workload: { issuer: 'cluster', subject: 'api' } })
  expect(await pod.contact()).toMatchObject({ state: 'live', file: expect.any(String) })
  const writ = await writOf(pod)
  subject = 'another'
  const refused = { code: 'ACTIVATION_REFUSED', details: { code: 'WORKLOAD_TOKEN_REFUSED', problem: { fault: 'other_workload' } } }
  expect(await pod.contact().catch((error: unknown) => error)).toMatchObject(refused)
  expect(await writ.check({ identity: 'ann', feature: 'ferry:view' })).toMatchObject({ allowed: true })
  subject = 'api'
  expect(await pod.contact()).toMatchObject({ state: 'live' })
  expect(await pod.checkIn()).toMatchObject({ state: 'released' })
  opened.splice(opened.indexOf(pod), 1)
})

test('with a request carried out and a file carried back, and no network at all', async () => {
  const island = await device('island', { url: undefined })
  const request = await island.activationRequest({ name: 'island', share: { quotas: { tickets: 5 } } })
  expect(request).toMatch(/^-----BEGIN WRIT ACTIVATION REQUEST-----\n/)
  expect(request.length).toBeLessThan(1_200)
  const { id, file } = await served.done('POST', '/v1/activations', { request, license })
  await island.install(file, id)
  const writ = await writOf(island)
  expect(await writ.check(ticket(5))).toMatchObject({ allowed: true })
  const other = await device('other', { url: undefined })
  expect(await other.install(file).catch((error: unknown) => error)).toMatchObject({
    code: 'LICENSE_FILE_REFUSED',
    details: { code: 'DEVICE_MISMATCH' },
  })
  expect(await code(other.install(`${file}x`))).toBe('LICENSE_FILE_REFUSED')
  expect(await code(other.open())).toBe('DEVICE_NOT_ACTIVATED')
})

test('a device that checks in gives its place and the rest of its share back, and forgets what it was', async () => {
  await served.done('PUT', `/v1/licenses/${license}/activation-rules`, { most: 1, self_releases: 0, most_days: 14, identities: 'asserted' })
  const laptop = await device('laptop')
  expect(await laptop.activate({ licenseKey, days: 14, share: { quotas: { tickets: LIMIT } } })).toMatchObject({
    ends_at: expect.any(String),
  })
  expect(await (await writOf(laptop)).check(ticket(10))).toMatchObject({ allowed: true })
  const desktop = await device('desktop')
  expect(await desktop.activate({ licenseKey }).catch((error: unknown) => error)).toMatchObject({
    details: { code: 'ACTIVATIONS_EXHAUSTED' },
  })
  expect(await laptop.checkIn()).toMatchObject({ state: 'released' })
  opened.splice(opened.indexOf(laptop), 1)
  expect(readdirSync(place('laptop'))).toEqual([])
  expect(await desktop.activate({ licenseKey, share: { quotas: { tickets: LIMIT - 10 } } })).toMatchObject({ state: 'live' })
})

test('whoever said that it leaves uses its file no more, though nobody heard it', async () => {
  const laptop = await device('laptop')
  await laptop.activate({ licenseKey })
  closed(laptop)
  const cut = await device('laptop', { url: 'http://127.0.0.1:9' })
  expect(await code(cut.checkIn())).toBe('AUTHORITY_UNREACHABLE')
  expect(await code(cut.open())).toBe('DEVICE_LEAVING')
  closed(cut)
  const back = await device('laptop')
  expect(await code(back.open())).toBe('DEVICE_LEAVING')
  expect(await back.checkIn()).toMatchObject({ state: 'released' })
  opened.splice(opened.indexOf(back), 1)
})

test('a device that nobody can hear does not leave, and goes on', async () => {
  const island = await device('island', { url: undefined })
  const { id, file } = await served.done('POST', '/v1/activations', { request: await island.activationRequest(), license })
  await island.install(file)
  expect(await code(island.checkIn())).toBe('DEVICE_NOT_ACTIVATED')
  await island.install(file, id)
  expect(await code(island.checkIn())).toBe('DEVICE_OPTION_INVALID')
  expect(await (await writOf(island)).check(view)).toMatchObject({ allowed: true })
})

const view = { identity: 'ann', feature: 'ferry:view' }
async function activated(name: string) {
  const made = await device(name)
  await made.activate({ licenseKey })
  const writ = await made.open()
  writ.vouch({ id: 'ann', roles: ['crew'] })
  return { made, writ }
}
/** Lists are made anew at most once a second. */
const listed = async (writ: { refreshStatus(): Promise<string> }, then: (list: string) => Promise<unknown>): Promise<string> => {
  let list = ''
  await expect
    .poll(
      async () => {
        list = await writ.refreshStatus()
        return then(list)
      },
      { timeout: 10_000, interval: 300 },
    )
    .toBe(true)
  return list
}

test(
  'a status list tells a device that its licence was suspended, also one that was carried to it, and an older one does not undo it',
  async () => {
    const { writ } = await activated('listed')
    expect(writ.statusDue).toBe(0)
    const before = await writ.refreshStatus()
    expect((await writ.check(view)).allowed).toBe(true)
    expect(writ.statusDue).toBeGreaterThan(Date.now())
    await served.done('POST', `/v1/licenses/${license}/suspend`)
    const reason = async () => (await writ.check(view)).reason
    const after = await listed(writ, async () => (await reason()) === 'license_suspended')
    await expect(writ.heed(before)).rejects.toMatchObject({ code: 'STATUS_OLDER' })
    expect(await reason()).toBe('license_suspended')
    const { writ: other } = await activated('listed-2')
    expect((await other.check(view)).reason).toBe('license_suspended')
    expect(after).not.toBe(before)
    await served.done('POST', `/v1/licenses/${license}/resume`)
    await listed(writ, async () => (await writ.check(view)).allowed)
  },
  SLOW,
)

test(
  'a released device is refused by the next list, while the licence goes on',
  async () => {
    const { made, writ } = await activated('lost')
    const { writ: other } = await activated('kept')
    await served.done('POST', `/v1/activations/${made.activation?.id}/release`)
    await listed(writ, async () => (await writ.check(view)).reason === 'license_revoked')
    await other.refreshStatus()
    expect((await other.check(view)).allowed).toBe(true)
  },
  SLOW,
)

test(
  'what a list said outlives the process, and taking the list away closes everything instead of opening it',
  async () => {
    const { made, writ } = await activated('again')
    const old = await writ.refreshStatus()
    await served.done('POST', `/v1/licenses/${license}/suspend`)
    await listed(writ, async () => (await writ.check(view)).reason === 'license_suspended')
    const reasonNow = async () => {
      const again = await (await device('again')).open()
      again.vouch({ id: 'ann', roles: ['crew'] })
      return (await again.check(view)).reason
    }
    closed(made)
    expect(await reasonNow()).toBe('license_suspended')
    closed(opened.at(-1) as Device)
    const [file = ''] = readdirSync(place('again'))
      .filter((name) => name.startsWith('status'))
      .map((name) => join(place('again'), name))
    const newest = readFileSync(file, 'utf8')
    rmSync(file)
    expect(await reasonNow()).toBe('check_in_overdue')
    closed(opened.at(-1) as Device)
    writeFileSync(file, old)
    expect(await reasonNow()).toBe('check_in_overdue')
    closed(opened.at(-1) as Device)
    writeFileSync(file, newest)
    expect(await reasonNow()).toBe('license_suspended')
    closed(opened.at(-1) as Device)
    // As a version before left it, which kept one list and not its name.
    const sealed = new SealedRecord(place('again'), 'of the ferry')
    const { lists = [], ...record } = sealed.read() as DeviceRecord
    sealed.write({ ...record, listed: lists[0]?.issued as number })
    renameSync(file, join(place('again'), 'status'))
    // It cannot be written down, and counts all the same.
    mkdirSync(`${file}.new`)
    expect(await reasonNow()).toBe('license_suspended')
    closed(opened.at(-1) as Device)
    rmSync(`${file}.new`, { recursive: true })
    expect(await reasonNow()).toBe('license_suspended')
    expect(readdirSync(place('again'))).toContain(basename(file))
  },
  SLOW,
)

test(
  'what a list said of a licence is known also after the device had another one meanwhile, and an old file brings nothing back',
  async () => {
    const other = `${license}-other`
    await served.done('POST', '/v1/licenses', { id: other, product: 'ferry', plan: 'day', organization: 'acme' })
    const { key } = await served.done('POST', `/v1/licenses/${other}/keys`)
    const { made, writ } = await activated('twice')
    const { licenseFile: old = '', activation } = made
    await served.done('POST', `/v1/licenses/${license}/suspend`)
    await listed(writ, async () => (await writ.check(view)).reason === 'license_suspended')
    const reasonNow = async () => (await (await writOf(made)).check(view)).reason
    await made.activate({ licenseKey: key })
    expect(await reasonNow()).toBe(undefined)
    for (const id of [activation?.id, undefined]) {
      await made.install(old, id)
      expect(await reasonNow()).toBe('license_suspended')
    }
    await served.done('POST', `/v1/licenses/${other}/revoke`)
  },
  SLOW,
)

test(
  'nobody revoked is let in by a file with a roster, once a list has said so',
  async () => {
    await served.done('POST', '/v1/identities', { id: `rob-${license}`, in: { acme: ['crew'] } })
    const { file } = await served.done('POST', `/v1/licenses/${license}/files`, { roster: ['ann', `rob-${license}`] })
    const writ = await openLicense({ licenseFile: file, roots: [root] })
    const rob = { identity: `rob-${license}`, feature: 'ferry:view' }
    expect((await writ.check(rob)).allowed).toBe(true)
    await served.done('POST', `/v1/identities/rob-${license}/revoke`)
    await listed(writ, async () => (await writ.check(rob)).reason === 'identity_revoked')
    expect((await writ.check({ ...rob, identity: 'ann' })).allowed).toBe(true)
    const away = async () => Promise.reject(new TypeError('no network'))
    await expect(writ.refreshStatus({ fetch: away })).rejects.toMatchObject({ code: 'NO_STATUS_LIST' })
  },
  SLOW,
)
