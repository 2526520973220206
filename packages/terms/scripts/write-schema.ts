/** Writes the JSON Schema of terms where editors and people find it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { termsSchema } from '../src/index.ts'

writeFileSync(join(import.meta.dirname, '../../../docs/reference/terms.schema.json'), `${JSON.stringify(termsSchema, null, 2)}\n`)
