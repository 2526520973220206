import { pino } from 'pino'
import type { Authority } from '../authority.ts'
import { openApiOf } from './documentation.ts'
import { buildServer } from './server.ts'

/**
 * The OpenAPI document of this version, from the schemas of its routes: no store, no listening. Registering a route reads nothing of
 * the authority but its configuration.
 */
export async function openApiDocument(): Promise<object> {
  const bare = { config: {}, log: pino({ enabled: false }) } as unknown as Authority
  const server = await buildServer(bare)
  await server.ready()
  return openApiOf(server)
}
