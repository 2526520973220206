/** Writes docs/reference/cli.md. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { referencePage } from './reference.ts'

writeFileSync(join(import.meta.dirname, '../../../docs/reference/cli.md'), referencePage())
