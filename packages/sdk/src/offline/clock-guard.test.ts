import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ClockGuard, CLOCK_SKEW_MILLISECONDS as SKEW } from './clock-guard.ts'

const START = 1_800_000_000_000
const DAY = 86_400_000

test('a clock that was turned back behind what was signed is refused, until it is right again', () => {
  const guard = new ClockGuard()
  guard.anchor(START)
  expect([guard.look(START - SKEW), guard.look(START - SKEW - 1), guard.look(START - DAY), guard.look(START)]).toEqual([
    'holds',
    'turned_back',
    'turned_back',
    'holds',
  ])
})

test('a clock that jumped a year ahead and came back is warned of, and the next signature clears it', () => {
  const guard = new ClockGuard()
  guard.anchor(START)
  expect([guard.look(START + 365 * DAY), guard.look(START + DAY), guard.look(START + 2 * DAY)]).toEqual(['holds', 'behind', 'behind'])
  expect([guard.anchor(START + 2 * DAY), guard.look(START + 2 * DAY)]).toEqual([true, 'holds'])
  // What was signed before is no news, and clears nothing.
  guard.look(START + 365 * DAY)
  expect([guard.anchor(START + DAY), guard.look(START + 3 * DAY)]).toEqual([false, 'behind'])
})

/** What happens to a device: time passes, its clock is set wrong or right, it hears from the authority, it is restarted. */
type Happening = { readonly kind: 'passes' | 'set' | 'right' | 'hears' | 'restarts'; readonly by: number }
const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom('passes', 'set', 'right', 'hears', 'restarts'),
  by: fc.oneof(fc.integer({ min: -2 * 365 * DAY, max: 2 * 365 * DAY }), fc.constantFrom(-DAY, 365 * DAY, -1, 0, 1)),
})

test('in any history: what is proven never falls, a clock before it is refused, and a right clock never is', () => {
  const findings = new Set<string>()
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (history) => {
      let guard = new ClockGuard()
      let truth = START
      let off = 0
      let signed = 0
      let isNews = false
      for (const { kind, by } of history) {
        if (kind === 'passes') truth += Math.abs(by) % (30 * DAY)
        else if (kind === 'set') off = by
        else if (kind === 'right') off = 0
        else if (kind === 'restarts') guard = new ClockGuard(guard.state)
        else {
          isNews = truth > signed
          expect(guard.anchor(truth)).toBe(isNews)
          signed = truth
        }
        const finding = guard.look(truth + off)
        findings.add(finding)
        expect(guard.state.proven).toBe(signed)
        expect(finding === 'turned_back').toBe(truth + off < signed - SKEW)
        if (off === 0) expect(finding).not.toBe('turned_back')
        if (kind === 'hears' && isNews && off >= 0) expect(finding).toBe('holds')
      }
    }),
    { numRuns: 500 },
  )
  expect([...findings].sort()).toEqual(['behind', 'holds', 'turned_back'])
})
