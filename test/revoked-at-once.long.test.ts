import { type LiveWrit, openLive } from '@writ/sdk/live'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { type Served, serve } from '@writ/testing/served'
import { afterAll, beforeAll, expect, test } from 'vitest'

const IDENTITIES = 10_000
const SUBSCRIBERS = 200
const AT_ONCE = 32
const TERMS = `terms: 1
product: ferry
title: Ferry
features: { view: {} }
roles: { crew: ['*'] }
plans: { day: { title: Day, includes: { view: {} } } }
`
const SLOW = 900_000
let served: Served
const lives: LiveWrit[] = []

beforeAll(async () => {
  served = await serve(scratchFolder())
  const { done } = served
  await done('POST', '/v1/products/ferry/editions', { terms: TERMS })
  await done('POST', '/v1/organizations', { id: 'acme', title: 'acme' })
  await done('POST', '/v1/licenses', { product: 'ferry', plan: 'day', organization: 'acme' })
  await done('POST', '/v1/imports', { id: 'crew', kind: 'identities', format: 'jsonl' })
  const rows = Array.from({ length: IDENTITIES }, (_, index) => `${JSON.stringify({ id: `p${index}`, in: { acme: ['crew'] } })}\n`)
  const headers = { authorization: `Bearer ${served.key}`, 'content-type': 'application/x-ndjson' }
  const imported = await fetch(`${served.url}/v1/imports/crew/rows`, { method: 'POST', headers, body: rows.join('') })
  expect(await imported.json()).toMatchObject({ state: 'done', refused: 0 })
  const { key } = await served.appKey()
  for (let each = 0; each < SUBSCRIBERS; each++) lives.push(await openLive({ url: served.url, key, startMilliseconds: 60_000 }))
}, SLOW)
afterAll(async () => {
  await Promise.all(lives.map((live) => live.close()))
  await served.stop()
}, SLOW)

/** So many at a time, as a directory that is emptied would. */
async function forEach(work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < IDENTITIES) await work(next++)
    }),
  )
}

test(
  'ten thousand identities revoked at once, with two hundred applications connected: each of them refuses every one, and none fell behind for good',
  async () => {
    expect((await (lives[0] as LiveWrit).check({ identity: 'p0', feature: 'ferry:view' })).allowed).toBe(true)
    await forEach((index) => served.done('POST', `/v1/identities/p${index}/revoke`))
    const sample = Array.from({ length: 50 }, (_, each) => `p${each * 199}`)
    for (const live of lives) {
      const left = async () => {
        const reasons = await Promise.all(sample.map(async (identity) => (await live.check({ identity, feature: 'ferry:view' })).reason))
        return reasons.filter((reason) => reason !== 'identity_revoked').length
      }
      await expect.poll(left, { timeout: 60_000 }).toBe(0)
      expect(live.freshness.isFollowing).toBe(true)
    }
    expect(lives.reduce((asked, live) => asked + live.counts.asked, 0)).toBe(0)
  },
  SLOW,
)
