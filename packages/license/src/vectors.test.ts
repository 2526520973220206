import { expect, test } from 'vitest'
import good from '../vectors/good.json' with { type: 'json' }
import hostile from '../vectors/hostile.json' with { type: 'json' }
import type { VectorFile } from '../vectors/vector.ts'
import { LicenseError } from './error.ts'
import { inspectLicenseFile } from './inspect.ts'
import { verifyLicenseFile } from './verify.ts'

const files = [good, hostile] as unknown as VectorFile[]
let ran = 0

for (const { roots, now, cases } of files)
  for (const vector of cases)
    test(`${'code' in vector.want ? 'refuses' : 'accepts'} ${vector.name}`, async () => {
      ran++
      const options = { roots, now: vector.now ?? now, ...(vector.skew !== undefined && { skewSeconds: vector.skew }) }
      const result = await verifyLicenseFile(vector.text, options).catch((error: unknown) => error)
      if ('claims' in vector.want) return expect(result).toMatchObject({ claims: vector.want.claims })
      expect(result).toBeInstanceOf(LicenseError)
      const { code, details } = result as LicenseError
      expect({ code, ...(details !== undefined && 'why' in details && { why: details.why }) }).toEqual(vector.want)
    })

for (const { cases } of files)
  for (const vector of cases)
    test(`inspecting shows or refuses, and never vouches: ${vector.name}`, () => {
      try {
        const shown = inspectLicenseFile(vector.text)
        expect(shown.verified).toBe(false)
        if ('claims' in vector.want) expect(shown.unverifiedClaims).toMatchObject({ ...vector.want.claims })
      } catch (error) {
        expect(error).toBeInstanceOf(LicenseError)
        expect(vector.want).toHaveProperty('code')
      }
    })

test('all vectors ran, and no two share a name', () => {
  const names = files.flatMap(({ cases }) => cases.map((vector) => vector.name))
  expect(new Set(names).size).toBe(names.length)
  expect([good.cases.length, hostile.cases.length]).toEqual([14, 124])
  expect(ran).toBe(138)
})
