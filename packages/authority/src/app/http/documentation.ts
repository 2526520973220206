import { createHash } from 'node:crypto'
import swagger from '@fastify/swagger'
import type { Authority } from '../authority.ts'
import { docsPage, STYLE } from './docs-page.ts'
import type { Server } from './server.ts'

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** `/openapi.json`, made from the schemas of the routes, and `/docs`, the same for people. Registered before any route. */
export async function documentation(server: Server, { config }: Authority): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Writ authority',
        description: 'Who may use what, on what terms, proven how strongly.',
        version: '1',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      ...(config.publicUrl !== undefined && { servers: [{ url: config.publicUrl }] }),
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key, `writ_key_…`' } } },
    },
    transform: ({ schema, url, route }) => {
      const permission = route.config?.permission
      return {
        url,
        schema: { ...schema, ...(permission !== undefined && { security: [{ key: [] }], 'x-permission': permission }) } as typeof schema,
      }
    },
  })
  const options = { config: { public: true }, schema: { hide: true } } as const
  server.get('/openapi.json', options, async (_request, reply) => reply.send(server.swagger()))
  server.get('/docs', options, async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'`)
      .send(docsPage(server.swagger())),
  )
}
