import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileHours, diff, type Hours, isOpen, parseValue, type Terms } from '../index.ts'

const MINUTE = 60_000
/** Two weeks around a clock change in Berlin, and around a closed day. */
const FROM = Date.parse('2026-10-19T00:00:00Z')

const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const line = fc
  .tuple(fc.subarray(['mon', 'tue', 'fri', 'sat', 'sun'], { minLength: 1 }), fc.nat(47), fc.nat(47))
  .filter(([, from, until]) => from !== until)
  .map(([days, from, until]) => `${days.join(',')} ${clock(from * 30)}-${clock(until * 30)}`)
const hours = fc.record({
  zone: fc.constantFrom('Europe/Berlin', 'Europe/Berlin', 'Europe/Berlin', 'UTC'),
  open: fc.uniqueArray(line, { maxLength: 3 }),
  closed_on: fc.subarray(['2026-10-24', '2026-10-25', '2026-10-26']),
})

function termsOf(written: object): Terms {
  const { terms } = parseValue({ terms: 1, product: 'p', plans: { day: { conditions: { hours: written } } } })
  if (terms === undefined) throw new Error('the hours do not parse')
  return terms
}
const hoursOf = (terms: Terms) => terms.plans.get('day')?.conditions.hours as Hours

test('where a moment is closed that was open the diff says that hours narrow, and where one opens that they widen or move', () => {
  const seen = { closed: 0, opened: 0 }
  fc.assert(
    fc.property(hours, hours, ({ zone, ...was }, now) => {
      // Mostly the same zone: another one is always said to narrow.
      const [before, after] = [termsOf({ zone, ...was }), termsOf(now)]
      const found = diff(before, after).filter(({ type }) => type === 'hours')
      const [old, fresh] = [compileHours(hoursOf(before)), compileHours(hoursOf(after))]
      let [closes, opens] = [false, false]
      for (let at = FROM; at < FROM + 14 * 1440 * MINUTE; at += 15 * MINUTE) {
        const [wasOpen, isNow] = [isOpen(old, at), isOpen(fresh, at)]
        closes ||= wasOpen && !isNow
        opens ||= !wasOpen && isNow
      }
      if (closes) seen.closed++
      if (opens) seen.opened++
      if (closes) expect(found.map(({ direction }) => direction)).toContain('narrows')
      if (opens) expect(found.length).toBeGreaterThan(0)
    }),
    { numRuns: 300 },
  )
  expect(seen.closed).toBeGreaterThan(50)
  expect(seen.opened).toBeGreaterThan(50)
}, 60_000)
