import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryTerms } from '../../test/arbitrary-terms.ts'
import { canonical } from '../canonical.ts'
import { compile } from '../compile.ts'
import { overriddenPlan, readOverrides } from './overrides.ts'

test('the canonical form is read back to itself, and makes the same plan', () => {
  let taken = 0
  fc.assert(
    fc.property(arbitraryTerms(), fc.nat(), fc.nat(), fc.infiniteStream(fc.boolean()), (found, a, b, dice) => {
      const plans =
        (JSON.parse(canonical(found)) as { plans?: Record<string, { seats?: object; grace?: object; includes?: object }> }).plans ?? {}
      const names = Object.keys(plans)
      if (names.length === 0) return
      const { seats, grace, includes = {} } = plans[names[b % names.length] as string] ?? {}
      const some = Object.fromEntries(Object.entries(includes).filter(() => dice.next().value))
      const name = names[a % names.length] as string
      const read = readOverrides({ ...(seats && { seats }), ...(grace && { grace }), includes: some }, found, name)
      if (read.text === undefined) return
      taken++
      const again = readOverrides(JSON.parse(read.text), found, name)
      expect(again.text).toBe(read.text)
      expect(again.plan).toEqual(read.plan)
      expect(overriddenPlan(compile(found), name, read.text)?.plan).toEqual(read.plan)
    }),
    { numRuns: 150, endOnFailure: true },
  )
  expect(taken).toBeGreaterThan(20)
})
