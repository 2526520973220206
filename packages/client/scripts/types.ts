import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import openapi, { astToString } from 'openapi-typescript'

const HEAD = '// Written by `npm run generate` from docs/reference/openapi.json. Do not edit.\n'

/** The types of the HTTP API, as `src/api.gen.ts` must hold them. */
export async function generatedTypes(): Promise<string> {
  const document = pathToFileURL(join(import.meta.dirname, '../../../docs/reference/openapi.json'))
  return HEAD + astToString(await openapi(document, { silent: true, alphabetize: false }))
}
