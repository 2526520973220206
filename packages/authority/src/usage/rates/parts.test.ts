import { arrivalAfter, burstMilliseconds, joined, partOf, readyAt } from '@writ/engine'
import type { Rate } from '@writ/terms'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type RateBucket, restOf, restPart, settled, used } from './bucket.ts'
import { type RateAnswer, type RateReport, reported } from './parts.ts'

const RATES: readonly Rate[] = [
  { count: 20, periodSeconds: 1, burst: 20 },
  { count: 30, periodSeconds: 60, burst: 90 },
  { count: 600, periodSeconds: 3600, burst: 60 },
]
const ENFORCERS = 2
const SECONDS = 20

type Step =
  | { readonly do: 'use'; readonly who: number; readonly amount: number }
  | { readonly do: 'ask'; readonly amount: number }
  | { readonly do: 'report'; readonly who: number; readonly keep: number; readonly wanted: number }
  | { readonly do: 'deliver' | 'replay' | 'lose'; readonly which: number; readonly isHeard: boolean }
  | { readonly do: 'wait'; readonly milliseconds: number }
  | { readonly do: 'crash'; readonly who: number }

const who = fc.nat(ENFORCERS - 1)
const which = fc.nat(50)
const isHeard = fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) })
const amount = fc.constantFrom(1, 3, 8, 20, 40)
const part = fc.constantFrom(0, 5, 20, 600, 600)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('use' as const), who, amount }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('ask' as const), amount }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('report' as const), who, keep: part, wanted: part }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('deliver' as const), which, isHeard }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('replay' as const, 'lose' as const), which, isHeard }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), milliseconds: fc.constantFrom(1, 50, 400, 4000, 11_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), who }) },
)

interface Message {
  readonly report: RateReport
  readonly sentAt: number
  readonly enforcer: Enforcer
}

/** An enforcer as it is to be: it forbids itself first, and believes last. */
interface Enforcer {
  readonly id: string
  seq: number
  count: number
  arrival: number
  endsAt: number
}

/** What a broken rule makes of it. */
interface Rules {
  readonly reported: typeof reported
  readonly settled: typeof settled
}
const RULES: Rules = { reported, settled }

/** Everything goes through a limiter of the whole rate as well, which is never to refuse. */
class Scene {
  readonly #rate: Rate
  readonly #rules: Rules
  #bucket: RateBucket = { arrival: Number.NEGATIVE_INFINITY, leases: [] }
  #whole = Number.NEGATIVE_INFINITY
  #now = 1_000_000
  #made = 0
  readonly #enforcers: Enforcer[] = []
  readonly #pending: Message[] = []
  readonly #old: Message[] = []
  here = 0

  constructor(rate: Rate, rules: Rules) {
    this.#rate = rate
    this.#rules = rules
    for (let i = 0; i < ENFORCERS; i++) this.#start(i)
  }

  #start(i: number): void {
    this.#enforcers[i] = { id: `e-${this.#made++}`, seq: 0, count: 0, arrival: 0, endsAt: 0 }
  }

  #through(amount: number): void {
    expect(readyAt(this.#rate, this.#whole, amount), 'one limiter would have let it through').toBeLessThanOrEqual(this.#now)
    this.#whole = arrivalAfter(this.#rate, this.#whole, amount, this.#now)
  }

  take(each: Step): void {
    if (each.do === 'wait') this.#now += each.milliseconds
    else if (each.do === 'crash') this.#start(each.who)
    else if (each.do === 'use') this.#use(this.#enforcers[each.who] as Enforcer, each.amount)
    else if (each.do === 'ask') this.#ask(each.amount)
    else if (each.do === 'report') this.#report(this.#enforcers[each.who] as Enforcer, each.keep, each.wanted)
    else if (each.do === 'replay') {
      const message = this.#old[each.which % Math.max(1, this.#old.length)]
      if (message !== undefined) this.#reach(message)
    } else {
      const [message] = this.#pending.splice(each.which % Math.max(1, this.#pending.length), 1)
      if (message === undefined) return
      this.#old.push(message)
      if (each.do === 'lose') return
      const answer = this.#reach(message)
      if (each.isHeard && message.enforcer.seq === message.report.seq) this.#hear(message, answer)
    }
  }

  #use(enforcer: Enforcer, amount: number): void {
    if (this.#now >= enforcer.endsAt || enforcer.count === 0) return
    const part = partOf(this.#rate, enforcer.count)
    if (readyAt(part, enforcer.arrival, amount) > this.#now) return
    enforcer.arrival = arrivalAfter(part, enforcer.arrival, amount, this.#now)
    this.here++
    this.#through(amount)
  }

  #ask(amount: number): void {
    this.#bucket = this.#rules.settled(this.#rate, this.#bucket, this.#now)
    const { rate, arrival } = restPart(this.#rate, this.#bucket, this.#now) ?? { rate: this.#rate, arrival: this.#bucket.arrival }
    if (readyAt(rate, arrival, amount) > this.#now) return
    this.#bucket = used(this.#rate, this.#bucket, amount, this.#now)
    this.#through(amount)
  }

  #report(enforcer: Enforcer, most: number, wanted: number): void {
    const had = this.#now < enforcer.endsAt ? enforcer.count : 0
    const keep = Math.min(had, most)
    const backlogMilliseconds = Math.max(0, enforcer.arrival - this.#now)
    enforcer.count = keep
    const report = {
      source: 's',
      id: enforcer.id,
      seq: ++enforcer.seq,
      had,
      keep,
      backlogMilliseconds,
      wanted,
      amount: 1,
      seconds: SECONDS,
    }
    this.#pending.push({ report, sentAt: this.#now, enforcer })
  }

  #reach({ report }: Message): RateAnswer {
    this.#bucket = this.#rules.settled(this.#rate, this.#bucket, this.#now)
    const { bucket, answer } = this.#rules.reported(this.#rate, this.#bucket, report, this.#now)
    this.#bucket = bucket
    expect(restOf(this.#rate, bucket)).toBeGreaterThanOrEqual(1)
    return answer
  }

  #hear({ enforcer, sentAt }: Message, { kept, added, backlogMilliseconds, lease }: RateAnswer): void {
    const isOver = this.#now >= enforcer.endsAt
    const own = isOver ? 0 : Math.min(kept, enforcer.count)
    const backlog = joined(Math.max(0, enforcer.arrival - this.#now), own, backlogMilliseconds, added)
    enforcer.count = own + added
    enforcer.arrival = this.#now + backlog
    enforcer.endsAt = Math.max(sentAt + SECONDS * 1000, isOver ? 0 : enforcer.endsAt)
    expect(enforcer.endsAt, 'no enforcer uses it when the authority thinks that it is over').toBeLessThanOrEqual(lease.until)
  }

  /** Once everything is over the rate is whole again. */
  end(): void {
    this.#now += SECONDS * 1000 + 70_000 + burstMilliseconds(this.#rate)
    expect(settled(this.#rate, this.#bucket, this.#now).leases).toEqual([])
    this.#ask(this.#rate.burst)
    expect(readyAt(this.#rate, this.#whole, this.#rate.burst)).toBeGreaterThan(this.#now)
  }
}

function holds(rules: Rules, more: { numRuns: number; seed?: number }): number {
  let here = 0
  fc.assert(
    fc.property(fc.constantFrom(...RATES), fc.array(step, { minLength: 60, maxLength: 140, size: 'max' }), (rate, steps) => {
      const scene = new Scene(rate, rules)
      for (const each of steps) scene.take(each)
      scene.end()
      here += scene.here
    }),
    { ...more, endOnFailure: true },
  )
  return here
}

test('whoever is lost, late, doubled or dead, parts let through no more than the whole, and are whole again when all is over', () => {
  expect(holds(RULES, { numRuns: 300 }), 'something went through parts at all').toBeGreaterThan(300)
})

const BROKEN: Readonly<Record<string, Partial<Rules>>> = {
  'what is over comes back full': {
    settled: (rate, bucket, now) => ({ arrival: bucket.arrival, leases: settled(rate, bucket, now).leases }),
  },
  'what is over comes back before its end': {
    settled: (rate, { arrival, leases }, now) =>
      settled(rate, { arrival, leases: leases.map((lease) => ({ ...lease, until: lease.until - 20_000 })) }, now),
  },
  'what is added comes full': {
    reported: (rate, bucket, report, now) => {
      const { answer, ...rest } = reported(rate, bucket, report, now)
      return { ...rest, answer: { ...answer, backlogMilliseconds: 0 } }
    },
  },
  'what comes again counts again': {
    reported: (rate, bucket, report, now) => reported(rate, bucket, { ...report, seq: Number.MAX_SAFE_INTEGER - 1e6 + now / 1e3 }, now),
  },
  'what was never heard of comes back full': {
    reported: (rate, bucket, report, now) => reported(rate, bucket, { ...report, had: rate.count, backlogMilliseconds: 0 }, now),
  },
}
for (const [name, rule] of Object.entries(BROKEN))
  test(`that would be noticed: ${name}`, () => {
    expect(() => holds({ ...RULES, ...rule }, { numRuns: 4000, seed: 7 })).toThrow()
  })

const RATE = { count: 200, periodSeconds: 1, burst: 200 } as const
const EMPTY: RateBucket = { arrival: Number.NEGATIVE_INFINITY, leases: [] }
const wants = (id: string, wanted: number, more: Partial<RateReport> = {}): RateReport => ({
  ...{ source: 's', id, seq: 1, had: 0, keep: 0, backlogMilliseconds: 0, wanted, amount: 1, seconds: 60 },
  ...more,
})

test('one who shares has half, and all who share have what is equal once each kept no more than is fair', () => {
  const first = reported(RATE, EMPTY, wants('a', 200), 0)
  expect(first.answer).toMatchObject({ added: 100, fair: 200 })
  const second = reported(RATE, first.bucket, wants('b', 200), 0)
  expect(second.answer.added).toBe(34)
  const again = reported(RATE, second.bucket, wants('a', 200, { seq: 2, had: 100, keep: 100 }), 0)
  expect(again.answer).toMatchObject({ kept: 100, added: 0, fair: 66 })
  const less = reported(RATE, again.bucket, wants('a', 66, { seq: 3, had: 100, keep: 66 }), 0)
  expect(reported(RATE, less.bucket, wants('b', 200, { seq: 2, had: 34, keep: 34 }), 0).answer).toMatchObject({
    kept: 34,
    added: 34,
    fair: 200,
  })
})

test('a part that would let nothing through is not given, and the rest always lets something through', () => {
  const slow = { count: 600, periodSeconds: 60, burst: 5 } as const
  expect(reported(slow, EMPTY, wants('a', 50), 0).answer).toMatchObject({ added: 120 })
  expect(reported(slow, EMPTY, wants('a', 50, { amount: 4 }), 0).answer).toMatchObject({ added: 0 })
  expect(reported({ ...slow, burst: 1 }, EMPTY, wants('a', 600), 0).answer).toMatchObject({ added: 0 })
})
