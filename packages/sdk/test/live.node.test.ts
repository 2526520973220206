import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { verifyFreshnessStamp } from '@writ/license'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { type Served, serve } from '@writ/testing/served'
import { readKeySet, type TrustedRoot } from '@writ/trust'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Writ } from '../src/index.ts'
import { type LiveOptions, type LiveWrit, openLive } from '../src/live/index.ts'

const TERMS = `terms: 1
product: ferry
title: Ferry
features: { view: {}, export: { meter: reports }, gate: {} }
meters: { reports: { unit: report, aggregate: sum } }
context: { lane: { type: string, from: enforcer } }
roles: { crew: ['*'], guest: [view] }
plans:
  day:
    title: Day
    seats: { named: 5 }
    grace: { offline: 24 hours }
    includes: { view: {}, export: { limit: 100 per month }, gate: { when: 'context.lane != "shut"' } }
`
const PRODUCT = {
  product: 'ferry',
  features: { view: { type: 'switch' }, export: { type: 'switch' }, gate: { type: 'switch' } },
  context: { lane: 'string' },
} as const
const folder = scratchFolder()
let served: Served
let opened: LiveWrit<typeof PRODUCT>[] = []

beforeAll(async () => {
  served = await serve(folder)
  const { done } = served
  await done('POST', '/v1/products/ferry/editions', { terms: TERMS })
  await done('POST', '/v1/organizations', { id: 'acme', title: 'acme' })
  await done('POST', '/v1/identities', { id: 'ann', in: { acme: ['crew'] } })
  await done('POST', '/v1/identities', { id: 'eve', in: { acme: ['crew'] } })
  await done('POST', '/v1/licenses', { id: 'A-1', product: 'ferry', plan: 'day', organization: 'acme' })
}, 60_000)
afterEach(async () => {
  await Promise.all(opened.map((live) => live.close()))
  opened = []
})
afterAll(() => served.stop())

async function live(more: Partial<LiveOptions<typeof PRODUCT>> = {}): Promise<LiveWrit<typeof PRODUCT>> {
  const { key } = more.key === undefined ? await served.appKey() : { key: more.key }
  const made = await openLive({ url: served.url, product: PRODUCT, ...more, key })
  opened.push(made)
  return made
}
const view = (identity: string) => ({ identity, feature: 'view' }) as const

test('how old the copy is can be proven to anybody, by a stamp of the authority', async () => {
  const bytes = new Uint8Array(await (await fetch(`${served.url}/.well-known/writ-keys`)).arrayBuffer())
  const { issuer, root } = JSON.parse(new TextDecoder().decode(bytes)) as { issuer: string; root: TrustedRoot['key'] }
  const roots = [{ issuer, key: root }]
  const writ = await live({ roots, onlyProven: true })
  const { stamp = '', provenAt, isStale, fault } = writ.freshness
  expect({ isStale, fault }).toEqual({ isStale: false, fault: undefined })
  const proven = await verifyFreshnessStamp(stamp, {
    roots,
    keySet: await readKeySet(bytes, { roots }),
    now: Math.floor(Date.now() / 1000),
  })
  expect([proven.iss, proven.iat * 1000]).toEqual([issuer, provenAt])
  expect(proven.revision).toBeLessThanOrEqual(writ.freshness.revision as number)
  await expect(live({ onlyProven: true })).rejects.toMatchObject({ code: 'OPTION_INVALID', details: { option: 'roots' } })
})

test('decides in this process as the authority does, and hears of a revocation', async () => {
  const writ = await live()
  // The seat is taken at the authority; from then on nobody needs to ask it.
  expect((await writ.check(view('ann'))).allowed).toBe(true)
  await expect.poll(async () => ((await writ.check(view('ann'))).allowed ? writ.counts.here : 0)).toBeGreaterThan(0)
  const before = writ.counts.asked
  const here = await writ.check(view('ann'))
  const { key } = await served.appKey()
  const { revision: _, ...asked } = await new Writ({ url: served.url, key, product: PRODUCT }).check(view('ann'))
  expect(here).toMatchObject(asked)
  expect((await writ.check(view('nobody'))).reason).toBe('identity_unknown')
  expect(writ.counts.asked).toBe(before)

  await served.done('POST', '/v1/licenses/A-1/suspend')
  await expect.poll(async () => (await writ.check(view('ann'))).reason).toBe('license_suspended')
  await served.done('POST', '/v1/licenses/A-1/resume')
  await expect.poll(async () => (await writ.check(view('ann'))).allowed).toBe(true)
  expect(writ.counts.asked).toBe(before)
  expect(writ.freshness).toMatchObject({ isFollowing: true, isStale: false })
  await served.done('POST', '/v1/identities/eve/revoke')
  await expect.poll(async () => (await writ.check(view('eve'))).reason).toBe('identity_revoked')
})

test('without leases what is counted is left to the authority, alone and in a batch', async () => {
  const writ = await live({ leases: 'none' })
  const consumed = await writ.check({ identity: 'ann', feature: 'export', consume: { amount: 1, id: 'live-1' } })
  expect(consumed.allowed).toBe(true)
  const before = writ.counts.asked
  const answers = await writ.batch([view('nobody'), { identity: 'ann', feature: 'export' }, view('ann')])
  expect(answers.map(({ allowed }) => allowed)).toEqual([false, true, true])
  // How much of the quota is left only the authority knows.
  expect(writ.counts.asked).toBe(before + 1)
})

test('what the key may not state narrows here as it does there', async () => {
  const { key } = await served.done('POST', '/v1/api-keys', { name: 'no context', scopes: ['decide', 'assert:identity'] })
  const writ = await live({ key })
  const remote = new Writ({ url: served.url, key, product: PRODUCT })
  const gate = (lane?: string) => ({ identity: 'ann', feature: 'gate', ...(lane !== undefined && { context: { lane } }) }) as const
  await remote.check(gate('open'))
  await expect.poll(async () => (await writ.check(gate('open'))).revision === writ.freshness.revision && writ.counts.here > 0).toBe(true)
  const answers: unknown[] = []
  for (const lane of [undefined, 'open', 'shut']) {
    const [here, there] = [await writ.check(gate(lane)), await remote.check(gate(lane))]
    expect({ lane, allowed: here.allowed, reason: here.reason }).toEqual({ lane, allowed: there.allowed, reason: there.reason })
    answers.push(here.allowed)
  }
  expect(writ.counts.here).toBeGreaterThan(0)
})

test('a key that is revoked decides nothing more', async () => {
  const { id, key } = await served.appKey()
  const writ = await live({ key })
  await writ.check(view('ann'))
  await served.done('DELETE', `/v1/api-keys/${id}`)
  await expect
    .poll(() =>
      writ.check(view('ann')).then(
        () => 'answered',
        ({ code }) => code,
      ),
    )
    .toBe('CREDENTIAL_REFUSED')
  await expect(openLive({ url: served.url, key, product: PRODUCT })).rejects.toMatchObject({ code: 'CREDENTIAL_REFUSED' })
})

test('cut off it decides on; what it knows becomes stale, and is fresh again without a new snapshot', async () => {
  const wire = await cable(new URL(served.url))
  let ahead = 0
  const writ = await live({ url: wire.url, clock: () => Date.now() + ahead, staleAfterMilliseconds: 5_000, silenceMilliseconds: 60_000 })
  await writ.check(view('ann'))
  await expect.poll(async () => (await writ.check(view('ann'))).revision === writ.freshness.revision && writ.counts.here > 0).toBe(true)
  wire.cut()
  await expect.poll(() => writ.freshness.isFollowing).toBe(false)
  await served.done('PATCH', '/v1/identities/ann', { name: 'Ann' })
  await served.done('PUT', '/v1/identities/ann/memberships/acme', { roles: ['crew', 'guest'] })
  const known = writ.freshness.revision as number
  expect((await writ.check(view('ann'))).allowed).toBe(true)
  ahead = 6_000
  expect(writ.freshness.isStale).toBe(true)
  const stale = await writ.check(view('ann'))
  expect([stale.allowed, stale.notices.map(({ type }) => type), stale.revision]).toEqual([true, ['stale'], known])
  wire.mend()
  await expect.poll(() => writ.freshness.revision, { timeout: 10_000 }).toBeGreaterThan(known)
  expect(writ.freshness.isStale).toBe(false)
  expect((await writ.check(view('ann'))).notices).toEqual([])
  await wire.close()
}, 30_000)

/** A way to the authority that can be cut. */
async function cable(to: URL) {
  const sockets = new Set<Socket>()
  let isCut = false
  const server: Server = createServer((socket) => {
    if (isCut) return void socket.destroy()
    const onward = connect(Number(to.port), to.hostname)
    for (const each of [socket, onward]) {
      sockets.add(each)
      each.on('error', () => {})
      each.on('close', () => {
        sockets.delete(each)
        socket.destroy()
        onward.destroy()
      })
    }
    socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = (): void => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: () => {
      isCut = false
    },
    close: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
