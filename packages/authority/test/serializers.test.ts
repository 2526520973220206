import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { Authority } from '../src/app/authority.ts'
import { serializerOf } from '../src/app/http/serializers.ts'
import { buildServer } from '../src/app/http/server.ts'

test('every answer that a route may give can be written: no schema is first found at fault by a caller', async () => {
  const schemas = new Set<object>()
  const bare = { config: {}, log: pino({ enabled: false }) } as unknown as Authority
  const server = await buildServer(bare, ({ schema }) => {
    schemas.add(schema as object)
    return serializerOf(schema as object)
  })
  await server.ready()
  expect(schemas.size).toBeGreaterThan(100)
})

test('a member that no schema names is not written, and a schema is made ready once', () => {
  const schema = { type: 'object', properties: { id: { type: 'string' } } }
  const write = serializerOf(schema)
  expect(write({ id: 'a', secret: 'b' })).toBe('{"id":"a"}')
  expect(serializerOf(schema)).toBe(write)
})
