import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryScene, type Scene, worldOf } from '../test/arbitrary-scene.ts'
import { DAY, edition, HOUR, identity, instant, license, noUsage, worldOf as plainWorld, termsOf } from '../test/sample.ts'
import { type Answer, answer, MAX_LOOKS } from './decide.ts'
import { type Decision, decide, type Instant, type Request, type World } from './index.ts'

/** What may not change before `expires`, `decision.md` section 9. */
function core({ allowed, reason, license, entry, notices, remedies }: Decision) {
  const lasting = remedies.map((remedy) => {
    if (remedy.type === 'wait') return { type: remedy.type, until: remedy.until }
    return remedy.type === 'step_up' ? { type: remedy.type, acr_values: remedy.acr_values } : remedy
  })
  // Two that differ in what is left aside count as one, or the answer would change when they come to differ.
  const kinds = [...new Set(lasting.map((remedy) => JSON.stringify(remedy)))]
  return JSON.stringify({ allowed, reason, license, entry, notices, kinds })
}

/** Every instant that a fact names, in milliseconds or less around it, and a scatter of others. */
function instantsBetween(
  { facts, request }: { facts: Scene['facts']; request: Request },
  from: Instant,
  until: Instant,
  seed: number,
): Instant[] {
  const named: Instant[] = [from + 1, until - 1]
  const text = JSON.stringify([facts.filter(({ fact }) => fact !== 'edition'), request])
  for (const [digits] of text.matchAll(/\b1[78]\d{11}\b/g)) for (const near of [-1, 0, 1]) named.push(Number(digits) + near)
  let state = seed + 1
  for (let i = 0; i < 120; i++) {
    state = (state * 48_271) % 2_147_483_647
    const part = state / 2_147_483_647
    // Half of them near, half over the whole span.
    named.push(Math.floor(from + (until - from) * (i % 2 === 0 ? part : part ** 6)))
  }
  return named.filter((at) => at > from && at < until)
}

const scenes = fc.oneof(arbitraryScene({ kind: true }), arbitraryScene({ kind: true, tight: true }))
const YEARS = 3 * 366 * DAY

test('nothing changes before expires and something does at it; where it is absent nothing changes for years', () => {
  const seen = { expired: 0, never: 0, early: 0 }
  fc.assert(
    fc.property(scenes, fc.nat(1_000_000), (scene, seed) => {
      const world = worldOf(scene)
      const { usage, now } = scene
      for (const request of scene.requests) {
        const at = (when: Instant): string => core(answer(world, usage, request, when).decision)
        const first = decide(world, usage, request, now)
        const { expires } = first
        for (const when of instantsBetween({ ...scene, request }, now, expires ?? now + YEARS, seed))
          expect(at(when), new Date(when).toISOString()).toBe(core(first))
        if (expires === undefined) seen.never++
        else if (at(expires) !== core(first)) seen.expired++
        else {
          // Early is right only where it looked as often as it may.
          seen.early++
          expect(plainExpiry(answer(world, usage, request, now), world, usage, request).looks).toBe(MAX_LOOKS)
        }
      }
    }),
    { numRuns: 150, endOnFailure: true },
  )
  expect(seen.expired).toBeGreaterThan(50)
  expect(seen.never).toBeGreaterThan(50)
  expect(seen.early).toBeLessThan(seen.expired)
}, 120_000)

/** The plain version of `expires`: from boundary to boundary, always looking whether the answer is another there. */
function plainExpiry(
  first: Answer,
  world: World,
  usage: Scene['usage'],
  request: Request,
): { expires: Instant | undefined; looks: number } {
  let { soonest } = first.horizon
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    if (!Number.isFinite(soonest)) return { expires: undefined, looks }
    const later = answer(world, usage, request, soonest)
    if (core(later.decision) !== core(first.decision)) return { expires: soonest, looks }
    soonest = later.horizon.soonest
  }
  return { expires: Number.isFinite(soonest) ? soonest : undefined, looks: MAX_LOOKS }
}

test('the short cut to expires says what stepping says, and it is taken', () => {
  const taken = { short: 0, long: 0 }
  fc.assert(
    fc.property(scenes, (scene) => {
      const world = worldOf(scene)
      for (const request of scene.requests) {
        const first = answer(world, scene.usage, request, scene.now)
        taken[first.horizon.certain && first.decision.allowed ? 'short' : 'long']++
        expect(decide(world, scene.usage, request, scene.now).expires).toBe(plainExpiry(first, world, scene.usage, request).expires)
      }
    }),
    { numRuns: 300, endOnFailure: true },
  )
  expect(taken.short).toBeGreaterThan(10)
  expect(taken.long).toBeGreaterThan(10)
}, 60_000)

test('equal inputs have equal answers, also in a world of its own', () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const [one, other] = [worldOf(scene), worldOf(scene)]
      for (const request of scene.requests) {
        const first = decide(one, scene.usage, request, scene.now)
        expect(decide(one, scene.usage, request, scene.now)).toEqual(first)
        expect(decide(other, scene.usage, structuredClone(request), scene.now)).toEqual(first)
      }
    }),
    { numRuns: 100 },
  )
}, 60_000)

const berlin = (open: string[]) => ({ conditions: { hours: { zone: 'Europe/Berlin', open } } })
function hourly(plan: object, at: string, request: Partial<Request> = {}, licenseMore: object = {}): string | undefined {
  const terms = termsOf({
    assurance: { word: { acr: 'urn:1', any_of: ['pwd'] } },
    plans: { day: { title: 'Day', includes: { cross: {} }, ...plan } },
  })
  const world = plainWorld(edition(terms), identity('ann'), license('L', licenseMore))
  const { expires } = decide(world, noUsage, { identity: 'ann', feature: 'cross', ...request }, instant(at))
  return expires === undefined ? undefined : new Date(expires).toISOString()
}

const cases: { name: string; plan: object; at: string; want: string | undefined }[] = [
  {
    name: 'a window closes an hour of daylight saving earlier',
    plan: berlin(['mon-fri 08:00-18:00']),
    at: '2026-03-30T10:00:00Z',
    want: '2026-03-30T16:00:00.000Z',
  },
  {
    name: 'a window opens after a week end with a clock change',
    plan: berlin(['mon-fri 08:00-18:00']),
    at: '2026-03-27T17:00:00Z',
    want: '2026-03-30T06:00:00.000Z',
  },
  {
    name: 'a window in the gap opens at its end',
    plan: berlin(['sun 02:30-04:00']),
    at: '2026-03-29T00:00:00Z',
    want: '2026-03-29T01:00:00.000Z',
  },
  {
    name: 'a window to the gap closes at its end',
    plan: berlin(['sun 01:00-02:30']),
    at: '2026-03-29T00:30:00Z',
    want: '2026-03-29T01:00:00.000Z',
  },
  {
    name: 'the first pass of a doubled hour ends',
    plan: berlin(['sun 02:00-02:30']),
    at: '2026-10-25T00:10:00Z',
    want: '2026-10-25T00:30:00.000Z',
  },
  {
    name: 'the second pass of a doubled hour begins',
    plan: berlin(['sun 02:00-02:30']),
    at: '2026-10-25T00:40:00Z',
    want: '2026-10-25T01:00:00.000Z',
  },
  { name: 'always open never expires', plan: berlin(['mon-sun 00:00-24:00']), at: '2026-03-29T00:30:00Z', want: undefined },
]
for (const { name, plan, at, want } of cases)
  test(`${name}: ${want ?? 'never'}`, () => {
    expect(hourly(plan, at)).toBe(want)
  })

test('a proof that another follows without a break does not end at its own end', () => {
  const at = instant('2026-05-13T12:00:00Z')
  const plan = { includes: { cross: { assurance: 'word within 10 minutes' } } }
  const proofs = [
    { level: 'word', at: at - 60_000 },
    { level: 'word', at: at + 540_000 },
  ]
  expect(hourly(plan, '2026-05-13T12:00:00Z', { proofs })).toBe('2026-05-13T12:19:00.000Z')
  expect(hourly(plan, '2026-05-13T12:00:00Z', { proofs: [...proofs].reverse() })).toBe('2026-05-13T12:19:00.000Z')
})

test('under advise a second timetable that closes changes nothing while the first is shut', () => {
  const plan = {
    enforcement: 'advise',
    ...berlin(['mon-fri 08:00-18:00']),
    includes: { cross: { conditions: { hours: { zone: 'Europe/Berlin', open: ['wed 17:00-21:00'] } } } },
  }
  expect(hourly(plan, '2026-05-13T17:30:00Z')).toBe('2026-05-20T15:00:00.000Z')
})

test('two step-ups whose ages come to differ are still the same answer', () => {
  const terms = termsOf({
    assurance: { word: { acr: 'urn:1', any_of: ['pwd'] } },
    signals: { new_device: { require: 'word' } },
    plans: {
      day: { title: 'Day', includes: { cross: [{ assurance: 'word within 10 minutes' }, { assurance: 'word within 20 minutes' }] } },
    },
  })
  const raised = { fact: 'signal', id: 's', name: 'new_device', identity: 'ann', at: 0 } as const
  const world = plainWorld(edition(terms), identity('ann'), license('L', { ends: HOUR }), raised)
  const ask = (at: Instant): Decision => decide(world, noUsage, { identity: 'ann', feature: 'cross' }, at)
  expect(ask(60_000).remedies.length).toBe(1)
  expect(ask(660_000).remedies.length).toBe(2)
  expect(ask(60_000).expires).toBe(HOUR)
})

test('with nothing but an end, an answer holds to the end', () => {
  const ends = instant('2026-05-13T12:00:00Z') + HOUR
  expect(hourly({}, '2026-05-13T12:00:00Z', {}, { ends })).toBe('2026-05-13T13:00:00.000Z')
})
