import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CONSEQUENCE_TYPES } from '../src/index.ts'

test('the reference of consequences has every type of the source, and no other', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/reference/consequences.md'), 'utf8')
  const rows = [...(page.split('## Types')[1] ?? '').matchAll(/^\| `([a-z]+)` \| (.+) \|$/gm)].map(([, type, about]) => [type, about])
  expect(rows).toEqual(Object.entries(CONSEQUENCE_TYPES))
})
