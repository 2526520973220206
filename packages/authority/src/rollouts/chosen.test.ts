import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isChosen, WHOLE } from './chosen.ts'

const share = fc.integer({ min: 0, max: WHOLE })

test('a larger share has all that a smaller one had', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), share, share, (rollout, license, a, b) => {
      const [smaller, larger] = a < b ? [a, b] : [b, a]
      expect(isChosen(rollout, license, smaller) && !isChosen(rollout, license, larger)).toBe(false)
    }),
  )
})

test('none at nothing, all at the whole, and about as many as asked for in between', () => {
  const licenses = Array.from({ length: 10_000 }, (_, i) => `lic_${i}`)
  const count = (of: number, rollout = 'rol_1') => licenses.filter((license) => isChosen(rollout, license, of)).length
  expect([count(0), count(WHOLE)]).toEqual([0, 10_000])
  // Four deviations of a binomial; and fixed, since the ids are.
  for (const of of [100, 500, 2_500, 9_000]) expect(Math.abs(count(of) - of)).toBeLessThan(4 * Math.sqrt(of * (1 - of / WHOLE)))
})

test('it is as it was, and another roll-out begins with others', () => {
  const first = (rollout: string) => Array.from({ length: 40 }, (_, i) => i).filter((i) => isChosen(rollout, `lic_${i}`, 2_500))
  expect(first('rol_1')).toMatchInlineSnapshot(`
    [
      0,
      1,
      5,
      15,
      16,
      17,
      22,
      23,
      24,
      29,
      30,
      31,
      39,
    ]
  `)
  expect(first('rol_2')).not.toEqual(first('rol_1'))
})
