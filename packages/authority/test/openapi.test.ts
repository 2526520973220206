import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openApiDocument } from '../src/index.ts'

const published = JSON.parse(readFileSync(join(import.meta.dirname, '../../../docs/reference/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, { operationId?: string }>>
}

test('the published OpenAPI document is that of the routes: run `npm run generate`', async () => {
  const made = JSON.parse(JSON.stringify(await openApiDocument()))
  expect(Object.keys(published.paths)).toEqual(Object.keys(made.paths))
  expect(published).toEqual(made)
})

test('each operation has a name of its own', () => {
  const names = Object.values(published.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
  expect(names.length).toBeGreaterThan(20)
  expect(names).not.toContain(undefined)
  expect(new Set(names).size).toBe(names.length)
})
