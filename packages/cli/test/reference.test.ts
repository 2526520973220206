import { join } from 'node:path'
import { expect, test } from 'vitest'
import { referencePage } from '../scripts/reference.ts'
import { fileText, ROOT } from './support.ts'

test('the reference of the command line is that of the commands: run `npm run generate`', () => {
  expect(fileText(join(ROOT, 'docs/reference/cli.md'))).toBe(referencePage())
})
