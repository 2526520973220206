import { createHash } from 'node:crypto'
import swagger from '@fastify/swagger'
import { type Need, needsOf, OWN } from '../../access/permissions.ts'
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
      const { permission: asked, anyCredential } = route.config ?? {}
      const permission = typeof asked === 'string' ? asked : asked?.join(' ')
      const needs =
        permission === undefined
          ? { 'x-permission': 'any credential' }
          : {
              'x-permission': permission,
              'x-feature': needsOf(route.config ?? {}, String(route.method))
                .map(inFull)
                .join(' '),
            }
      return {
        url,
        schema: { ...schema, ...((permission ?? anyCredential) !== undefined && { security: [{ key: [] }], ...needs }) } as typeof schema,
      }
    },
  })
  const options = { config: { public: true }, schema: { hide: true } } as const
  server.get('/openapi.json', options, async (_request, reply) => reply.send(openApiOf(server)))
  server.get('/docs', options, async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'`)
      .send(docsPage(openApiOf(server))),
  )
}

function inFull({ permission }: Need): string {
  return `${OWN}:${permission}`
}

const PROBLEM = 'application/problem+json'

interface Document {
  readonly paths?: Record<string, Record<string, { readonly responses?: Record<string, Answer> }>>
  readonly components?: { readonly schemas?: object }
}
interface Answer {
  readonly content?: Record<string, { schema: object }>
}

/** The document of all routes. A problem has one form, so it stands there once: written out in every route it would be most of the bytes. */
export function openApiOf(server: Server): object {
  const document = structuredClone(server.swagger()) as Document
  let problem: object | undefined
  for (const operations of Object.values(document.paths ?? {})) {
    for (const { responses = {} } of Object.values(operations)) {
      for (const { content } of Object.values(responses)) {
        const media = content?.[PROBLEM]
        if (media === undefined) continue
        problem ??= media.schema
        media.schema = { $ref: '#/components/schemas/Problem' }
      }
    }
  }
  const schemas = { ...document.components?.schemas, ...(problem && { Problem: problem }) }
  return { ...document, components: { ...document.components, schemas } }
}
