import { readFileSync } from 'node:fs'
import { TRUST_ERROR_CODES } from '@writ/trust'
import { expect, test } from 'vitest'
import { CLAIM_NAMES } from './claims.ts'
import { LICENSE_ERROR_CODES } from './error.ts'
import { KEY_TEXT_PATTERN } from './key-text.ts'

const page = readFileSync(new URL('../../../docs/reference/license-file.md', import.meta.url), 'utf8')
const section = (title: string) => page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? ''

test('each error code has a row and each row a code, in the order of the source', () => {
  const rows = [...section('Error codes').matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map(([, code]) => code)
  expect(rows).toEqual([...LICENSE_ERROR_CODES, ...TRUST_ERROR_CODES])
})

test('each member of the payload has a row and each row a member', () => {
  const rows = [...section('Payload').matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, names = '']) => names.match(/\w+/g) ?? [])
  expect(rows.sort()).toEqual([...CLAIM_NAMES].sort())
})

test('the pattern for secret scanners is the one in the source', () => {
  expect(page).toContain(`\n    ${KEY_TEXT_PATTERN}\n`)
})
