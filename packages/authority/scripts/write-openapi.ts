/** Writes the OpenAPI document where people, and the generator of the client, find it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApiDocument } from '../src/index.ts'

const document = await openApiDocument()
writeFileSync(join(import.meta.dirname, '../../../docs/reference/openapi.json'), `${JSON.stringify(document, null, 2)}\n`)
