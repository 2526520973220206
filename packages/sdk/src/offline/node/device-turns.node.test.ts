import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { issueLicenseFile, LICENSE_USE, type LicenseClaims } from '@writ/license'
import { hash, parse, show } from '@writ/terms'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { issueKeyStatement, type Signer, SigningKey } from '@writ/trust'
import { afterEach, expect, test, vi } from 'vitest'
import type { Device } from './device.ts'
import { MOST_SEATS } from './kept-seats.ts'
import { type DeviceOptions, openDevice } from './open-device.ts'
import { type DeviceRecord, SealedRecord } from './sealed-record.ts'

const NOW = Date.parse('2026-11-23T09:00:00Z')
const at = NOW / 1000
const iss = 'writ:test'
const { terms } = parse(`
terms: 1
product: ferry
title: Ferry
features: { view: { title: View } }
roles: { crew: ['*'] }
plans: { day: { title: Day, grace: { offline: 72 hours }, includes: { view: {} } } }
`)
if (terms === undefined) throw new Error('the terms of the test have a fault')
const [root, key] = await Promise.all([SigningKey.generate(), SigningKey.generate()])
const roots = [{ issuer: iss, key: root.publicJwk }]
const base: Omit<LicenseClaims, 'jti' | 'iat' | 'binding' | 'license'> = {
  ...{ iss, product: 'ferry', plan: 'day', edition: 1, terms_hash: await hash(terms), terms: show(terms) },
  ...{ holder: { organization: 'acme' }, starts: NOW - 86_400_000, identities: 'asserted' },
}
const statement = await issueKeyStatement(root, {
  ...{ iss, iat: at, nbf: at, exp: at + 1e6, products: 'all', jwk: key.publicJwk, use: LICENSE_USE },
})
const fileOf = (device: Device, license: string) =>
  issueLicenseFile({ ...base, license, jti: license, iat: at, binding: { device_key: device.key } }, { key, statement, roots })

const scratch = scratchFolder()
let folders = 0
const { fetch } = globalThis
afterEach(() => {
  vi.useRealTimers()
  globalThis.fetch = fetch
  vi.restoreAllMocks()
})

/** A device on activation `act_A` of licence A, whose authority answers a contact when it is let, and an activation with `act_B` at once. */
async function scene(options: Partial<DeviceOptions> = {}) {
  const folder = join(scratch, `d${++folders}`)
  let looks = 0
  const clock = () => {
    looks++
    return NOW + 100_000
  }
  const start = () => openDevice({ folder, roots, clock, url: 'http://127.0.0.1:1', ...options })
  const device = await start()
  const [fileA, fileB] = [await fileOf(device, 'A'), await fileOf(device, 'B')]
  await device.install(fileA, 'act_A')
  const sent = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<object>()
  const asked: string[] = []
  globalThis.fetch = async (input) => {
    const { pathname } = new URL(String(input))
    asked.push(pathname)
    if (!pathname.endsWith('/contact')) return Response.json({ id: 'act_B', license: 'B', state: 'live', file: fileB })
    sent.resolve()
    return Response.json({ id: 'act_A', license: 'A', state: 'live', ...(await answer.promise) })
  }
  const onDisk = () => readFileSync(join(folder, 'license'), 'utf8')
  /** Asks for something. The first that a device does then, at once unless it waits, is to look at the clock. */
  const ask = async <T>(deed: () => Promise<T>) => {
    const before = looks
    const end = deed()
    await new Promise(setImmediate)
    return { isBegun: looks > before, end }
  }
  return { ask, device, start, fileA, fileB, onDisk, asked, sent: sent.promise, answer: answer.resolve }
}
const outcome = (run: Promise<unknown>) =>
  run.then(
    () => 'ok',
    (error) => error.code,
  )

test('a device that goes over to another activation while a contact is under way stays there, and is taken for no copy', async () => {
  for (const how of ['activate', 'install'] as const) {
    const { ask, device, fileA, fileB, onDisk, asked, sent, answer } = await scene()
    const goOver = () => (how === 'activate' ? device.activate({ licenseKey: 'writ_lic_b' }) : device.install(fileB, 'act_B'))
    const contact = device.contact()
    await sent
    const over = await ask<unknown>(goOver)
    expect([how, over.isBegun, asked]).toEqual([how, false, ['/v1/activations/act_A/contact']])
    answer({ state: 'cloned', file: fileA })
    await Promise.all([contact, over.end])
    expect(asked.slice(1)).toEqual(how === 'activate' ? ['/v1/activations'] : [])
    expect([how, device.activation?.id, onDisk() === fileB, device.isCloned]).toEqual([how, 'act_B', true, false])
    const again = await ask<unknown>(goOver)
    expect(again.isBegun).toBe(true)
    await again.end
    device.close()
  }
})

test('a check-in gives back what the device was activated for before, and wipes nothing that comes after', async () => {
  const { ask, device, fileB, sent, answer, asked } = await scene()
  const activation = device.activate({ licenseKey: 'writ_lic_b' })
  const checkIn = device.checkIn()
  await sent
  const after = await ask(() => outcome(device.install(fileB, 'act_C')))
  expect(after.isBegun).toBe(false)
  answer({ state: 'released' })
  expect([(await activation).id, (await checkIn).state, await after.end]).toEqual(['act_B', 'released', 'DEVICE_CLOSED'])
  expect(asked).toEqual(['/v1/activations', '/v1/activations/act_B/contact'])
})

test('contacts that are asked for while one waits are that one, unless the device goes over to another activation between them', async () => {
  const { device, fileB, asked, sent, answer } = await scene()
  const first = device.contact()
  await sent
  const before = Array.from({ length: 50 }, () => device.contact())
  const over = device.install(fileB, 'act_B')
  const after = [device.contact()]
  const { fetch } = globalThis
  globalThis.fetch = (...request) => {
    // The one before has begun, and the one after waits.
    if (asked.length === 1) after.push(device.contact())
    return fetch(...request)
  }
  answer({})
  await Promise.all([first, ...before, over, ...after])
  const contacts = ['/v1/activations/act_A/contact', '/v1/activations/act_A/contact', '/v1/activations/act_B/contact']
  expect([asked, after.length]).toEqual([contacts, 2])
  await device.contact()
  expect(asked).toHaveLength(4)
  device.close()
})

test('another file of a device releases nobody; another activation releases who has no lease', async () => {
  const { device, fileA, fileB } = await scene()
  const who = () => device.seats.held('A', NOW).map(({ identity }) => identity)
  device.seats.take('A', ['ann'], undefined, NOW)
  await device.install(fileB)
  await device.install(fileA)
  expect(who()).toEqual(['ann'])
  await device.install(fileA, 'act_A')
  expect(who()).toEqual(['ann'])
  await device.install(fileB, 'act_B')
  expect(who()).toEqual([])
  device.close()
})

test('in a full book there is room for the licence that the device has now, at the cost of others, and not the other way round', async () => {
  const { device, start, fileB } = await scene()
  const people = Array.from({ length: MOST_SEATS }, (_, n) => `p${n}`)
  const seated = (of: Device) => ['A', 'B'].map((license) => of.seats.held(license, NOW).length)
  device.seats.take('B', people, undefined, NOW)
  expect([device.seats.take('A', ['ann'], undefined, NOW), seated(device)]).toEqual([true, [1, 0]])
  await device.install(fileB, 'act_B')
  device.seats.take('B', people, undefined, NOW)
  expect([device.seats.take('A', ['ann'], undefined, NOW), seated(device)]).toEqual([false, [0, MOST_SEATS]])
  device.close()
  const after = await start()
  expect([after.seats.take('A', ['ann'], undefined, NOW), seated(after)]).toEqual([false, [0, MOST_SEATS]])
  after.close()
})

test('whoever has no lease goes with the activation and not after it, whatever befalls the device then', async () => {
  const { device, start, fileB } = await scene()
  device.seats.take('A', ['ann'], undefined, NOW)
  const write = SealedRecord.prototype.write
  let isFull = false
  const disk = vi.spyOn(SealedRecord.prototype, 'write').mockImplementation(function (this: SealedRecord, record: DeviceRecord) {
    if (isFull) throw new Error('ENOSPC')
    write.call(this, record)
    isFull = record.activation?.id === 'act_B'
  })
  await device.install(fileB, 'act_B')
  expect(() => device.close()).toThrow('ENOSPC')
  disk.mockRestore()
  const after = await start()
  expect([after.activation?.id, after.seats.held('A', NOW)]).toEqual(['act_B', []])
  after.close()
})

test('a device that leaves, and was not heard, goes over to no other activation before its place is given back', async () => {
  const { device, fileA, fileB, onDisk, asked, sent, answer } = await scene()
  const { fetch } = globalThis
  globalThis.fetch = async () => {
    throw new Error('down')
  }
  expect(await outcome(device.checkIn())).toBe('AUTHORITY_UNREACHABLE')
  globalThis.fetch = fetch
  expect([await outcome(device.install(fileB, 'act_B')), device.activation?.id, onDisk() === fileA]).toEqual([
    'DEVICE_LEAVING',
    'act_A',
    true,
  ])
  expect(await outcome(device.install(fileA, 'act_A'))).toBe('ok')
  const checkIn = device.checkIn()
  await sent
  answer({ state: 'released' })
  expect([(await checkIn).state, asked]).toEqual(['released', ['/v1/activations/act_A/contact']])
})

test('what the application does not answer within 30 seconds ends what waits for it, and nothing after that', async () => {
  const signing = await SigningKey.generate()
  let silent: 'workload' | 'signer' | undefined
  let reached = () => {}
  const or = async <T>(who: 'workload' | 'signer', value: () => T | Promise<T>): Promise<T> => {
    if (silent !== who) return value()
    reached()
    return new Promise(() => {})
  }
  const signer: Signer = {
    kid: signing.kid,
    publicJwk: signing.publicJwk,
    sign: (message) => or('signer', () => signing.sign(message)),
  }
  const { device, fileA, answer, asked } = await scene({ signer, workload: () => or('workload', () => 'a.b.c') })
  answer({})
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const deeds = [() => device.activate({ licenseKey: 'writ_lic_b' }), () => device.contact(), () => device.activationRequest()]
  for (const who of ['workload', 'signer'] as const)
    for (const deed of deeds) {
      silent = who
      const isReached = new Promise<void>((resolve) => {
        reached = resolve
      })
      let end: string | undefined
      const ending = outcome(deed()).then((code) => {
        end = code
      })
      await Promise.race([isReached, ending])
      const after = outcome(device.install(fileA, 'act_A'))
      await vi.advanceTimersByTimeAsync(29_999)
      expect(end).toBeUndefined()
      await vi.advanceTimersByTimeAsync(1)
      await ending
      expect([end, await after, asked]).toEqual(['AUTHORITY_UNREACHABLE', 'ok', []])
    }
  silent = undefined
  await device.contact()
  expect([asked, vi.getTimerCount()]).toEqual([['/v1/activations/act_A/contact'], 0])
  device.close()
})
