import { setTimeout as pause } from 'node:timers/promises'
import { answer, oneTime } from '@writ/client'
import type { WireDecision } from '@writ/engine'
import { type Decision, Writ } from '@writ/sdk'
import { type LiveWrit, openLive } from '@writ/sdk/live'
import { IN_GERMANY } from './decision-steps.ts'
import { type Relay, relayTo } from './relay.ts'
import type { Tour } from './tour.ts'

const ROUNDS = 2_000
const PATIENCE_MILLISECONDS = 10_000

/** An application that decides by a copy of the facts, over a wire that is cut and mended. */
export async function liveSteps(tour: Tour): Promise<void> {
  const relay = await relayTo(tour.server.url)
  const live = await openLive({ url: relay.url, key: tour.key })
  try {
    await steps(tour, live, relay)
  } finally {
    await live.close()
    relay.close()
  }
}

async function steps({ narrator, vendor, licenses, key }: Tour, live: LiveWrit, relay: Relay): Promise<void> {
  const viewing = { identity: 'ann', organization: 'acme', feature: 'atlas:dashboard.view', context: IN_GERMANY }
  const params = { path: { id: licenses.acme } }
  const suspend = () => answer(vendor.POST('/v1/licenses/{id}/suspend', { params, headers: oneTime() }))
  const resume = () => answer(vendor.POST('/v1/licenses/{id}/resume', { params, headers: oneTime() }))
  const until = (is: (decision: Decision) => boolean) => heard(async () => is(await live.check(viewing)))

  await narrator.step('A copy of the facts in the application: nobody is asked', async () => {
    narrator.answer('ann views a dashboard', wire(await live.check(viewing)), { allowed: true })
    const from = performance.now()
    for (let round = 0; round < ROUNDS; round++) await live.check(viewing)
    const microseconds = ((performance.now() - from) / ROUNDS) * 1_000
    narrator.say(`${ROUNDS} more checks, ${microseconds.toFixed(0)} µs each`)
    narrator.holds('all of them were decided in this process, and none was asked', live.counts.asked === 0)
  })

  await narrator.step('A suspension reaches the application as it is committed', async () => {
    await suspend()
    const from = performance.now()
    const isHeard = await until(({ reason }) => reason === 'license_suspended')
    narrator.holds(`refused: license_suspended, ${(performance.now() - from).toFixed(0)} ms after the vendor had its answer`, isHeard)
    await resume()
    narrator.holds('resumed, and allowed again', await until(({ allowed }) => allowed))
  })

  await narrator.step('The authority is gone: the application goes on', async () => {
    relay.cut()
    narrator.holds('the wire is cut, and the application knows', await heard(async () => !live.freshness.isFollowing))
    narrator.answer('ann views a dashboard', wire(await live.check(viewing)), { allowed: true })
    const asking = new Writ({ url: relay.url, key, retries: 0 })
    const alone = await asking.check({ ...viewing, feature: 'atlas:report.export' })
    narrator.holds(
      `an application that only asks is told ${alone.reason}, and that it is an outage: ${alone.outage}`,
      !alone.allowed && alone.reason === 'facts_stale' && alone.outage !== undefined,
    )
    await suspend()
    narrator.holds('a suspension cannot reach it now: what it knows is as old as it says', (await live.check(viewing)).allowed)
    narrator.say(
      `it knows revision ${live.freshness.revision}, and that nobody confirmed it for ${live.freshness.ageMilliseconds?.toFixed(0)} ms`,
    )
  })

  await narrator.step('It is back: nothing was missed', async () => {
    relay.mend()
    const from = performance.now()
    const isHeard = await until(({ reason }) => reason === 'license_suspended')
    narrator.holds(`refused: license_suspended, ${(performance.now() - from).toFixed(0)} ms after the wire was mended`, isHeard)
    await resume()
    narrator.holds('resumed, and allowed again', await until(({ allowed }) => allowed))
  })
}

/** The SDK's answer has the members of the authority's. */
function wire(decision: Decision): WireDecision {
  return decision as unknown as WireDecision
}

/** @returns false: it did not come about in ten seconds */
export async function heard(what: () => Promise<boolean>): Promise<boolean> {
  for (const deadline = performance.now() + PATIENCE_MILLISECONDS; performance.now() < deadline; await pause(5))
    if (await what()) return true
  return false
}
