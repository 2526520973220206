/** Writes `src/api.gen.ts` from docs/reference/openapi.json. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedTypes } from './types.ts'

writeFileSync(join(import.meta.dirname, '../src/api.gen.ts'), await generatedTypes())
