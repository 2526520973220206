import { setTimeout } from 'node:timers/promises'
import { decide, requestFromWire, type Usage, World } from '@writ/engine'
import { type LiveWrit, openLive } from '@writ/sdk/live'
import { openUsage } from '@writ/sdk/usage'
import { perCall } from './measure.ts'
import { serveRounds } from './side-process.ts'

interface Asked {
  readonly url: string
  readonly key: string
  readonly identity: string
  readonly feature: string
}

interface Calls {
  readonly calls: number
  /** Consumes one each, and records it in a spool of this folder. */
  readonly spool?: string
}

/** Some subscribers in one process; or one that is asked, and beside it the bare decision by the same facts. */
export type Input =
  | (Asked & { readonly as: 'subscribers'; readonly count: number })
  | (Asked & Calls & { readonly as: 'asked' })
  | (Asked & Calls & { readonly as: 'bare' })

await serveRounds(async (input: Input) =>
  input.as === 'subscribers' ? subscribers(input) : input.as === 'asked' ? asked(input) : bare(input),
)

/** Of one machine, the same in every process, milliseconds. */
function monotonic(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/** Each has a World of its own. A round waits until every one of them answers otherwise than before, and says when each did. */
async function subscribers({ url, key, identity, feature, count }: Extract<Input, { as: 'subscribers' }>) {
  const question = { identity, feature }
  const lives: LiveWrit[] = []
  const told: (() => void)[] = []
  for (let each = 0; each < count; each++) {
    lives.push(await openLive({ url, key, staleAfterMilliseconds: 600_000, onChange: () => told[each]?.() }))
  }
  let allowed = true
  const turned = (each: number): Promise<number> =>
    new Promise((resolve) => {
      told[each] = async () => {
        if ((await (lives[each] as LiveWrit).check(question)).allowed === allowed) return
        told[each] = () => {}
        resolve(monotonic())
      }
    })
  return {
    report: null,
    round: async () => {
      const at = await Promise.all(lives.map((_, each) => turned(each)))
      allowed = !allowed
      return at as never
    },
    close: () => Promise.all(lives.map((live) => live.close())),
  }
}

async function asked({ url, key, identity, feature, calls, spool }: Extract<Input, { as: 'asked' }>) {
  const usage = spool === undefined ? undefined : await openUsage({ url, key, folder: spool, uploadMilliseconds: 60_000 })
  const live = await openLive({ url, key, ...(usage && { usage }) })
  const question = { identity, feature, ...(usage && { consume: 1 }) }
  const isAsked = async () => {
    const { asked: before } = live.counts
    if (!(await live.check(question)).allowed) throw new Error('it was refused')
    return live.counts.asked > before
  }
  // A part of a rate, and what others counted, come with the first questions.
  for (let tries = 0; await isAsked(); tries++) {
    if (tries === 500) throw new Error('the authority is asked each time')
    await setTimeout(10)
  }
  return {
    report: null,
    round: async () => {
      const { asked: before } = live.counts
      const from = performance.now()
      const took = await perCall(calls, () => live.check(question))
      if (live.counts.asked > before) throw new Error('the authority was asked')
      if (usage === undefined) return took
      // One that waits until it is kept, and so for all that were noted before it.
      await usage.record({ license: 'ferry-1', meter: 'mails' })
      return ((performance.now() - from) * 1_000) / calls
    },
    close: async () => {
      await live.close()
      await usage?.close()
    },
  }
}

const NOTHING: Usage = { used: () => 0, arrival: () => Number.NEGATIVE_INFINITY, floating: () => [] }

async function bare({ url, key, identity, feature, calls, spool }: Extract<Input, { as: 'bare' }>) {
  const response = await fetch(`${url}/v1/snapshot`, { headers: { authorization: `Bearer ${key}` } })
  const world = new World()
  for (const line of (await response.text()).split('\n')) {
    const value: unknown = line === '' ? undefined : JSON.parse(line)
    if (Array.isArray(value)) world.apply({ revision: 0, facts: value })
  }
  const request = requestFromWire({ identity, feature, ...(spool !== undefined && { consume: { amount: 1, id: 'one' } }) })
  const now = Date.now()
  return {
    report: null,
    round: () =>
      perCall(calls, () => {
        if (!decide(world, NOTHING, request, now).allowed) throw new Error('it was refused')
      }),
  }
}
