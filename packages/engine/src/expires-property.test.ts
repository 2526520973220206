import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryScene, type Scene, worldOf } from '../test/arbitrary-scene.ts'
import { DAY } from '../test/sample.ts'
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
