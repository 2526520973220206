import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generatedTypes } from '../scripts/types.ts'

test('the generated types are those of the published OpenAPI document: run `npm run generate`', async () => {
  const there = readFileSync(join(import.meta.dirname, '../src/api.gen.ts'), 'utf8')
  expect(there === (await generatedTypes())).toBe(true)
})
