import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { unfit } from '../app/body-field.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { Text } from '../app/http/text.ts'
import { find, type Hit, SEARCH_SCOPES } from './service.ts'

const KINDS = ['identity', 'organization', 'license', 'license_key', 'api_key', 'product', 'feature', 'resource']
const HitSchema = Type.Object({
  kind: Type.Unsafe<Hit['kind']>({ type: 'string', enum: KINDS }),
  id: Type.String({ description: 'Of a feature: qualified, `atlas:report.export`.' }),
  title: Type.Optional(Type.String({ description: 'Its name or title; of a licence its plan, of a resource its kind.' })),
  status: Type.Optional(Type.String({ description: 'Of an identity its status, of a licence its state, of a key `live` or `revoked`.' })),
  product: Type.Optional(Type.String()),
  organization: Type.Optional(Type.String()),
  holder: Type.Optional(Type.String()),
  license: Type.Optional(Type.String({ description: 'That a license key is for.' })),
})

/** A key that is looked for by its text would stand in a URL, and with it in the logs of every proxy. */
const SECRET = /writ_(?:key|lic)_/i

export function findRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/search',
    {
      config: { permission: SEARCH_SCOPES, cost: 10 },
      schema: {
        operationId: 'find',
        summary: 'Find a person, an organization, a licence, a key, a product, a feature or a resource by a part of what it is called',
        description:
          'Looks through what the credential has the scopes for, within what it sees. Of each kind the one whose id it is comes first. A key is found by its id or name, never by its text.',
        tags: ['search'],
        querystring: Type.Object(
          {
            q: { ...Text(100), description: 'Part of an id, name, title or mail address, in capitals or not.' },
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 5, description: 'Of each kind.' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(HitSchema) }), ...problems },
      },
    },
    async (request) => {
      const { q, limit = 5 } = request.query
      if (SECRET.test(q)) throw unfit('/q', 'must not be a key: look for its id or name', 'query')
      return { items: await find(authority, credentialOf(request), q.trim(), limit) }
    },
  )
}
