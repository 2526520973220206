import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { WRIT_ERROR_CODES } from '../src/index.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/how-to/sdk.md'), 'utf8')

test('every error code has a line on the page, and every line a code', () => {
  const table = page.slice(page.indexOf('## Errors'))
  expect([...table.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code)).toEqual(WRIT_ERROR_CODES)
})
