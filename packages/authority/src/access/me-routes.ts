import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { me } from './service.ts'

const Me = Type.Object({
  authority: Id,
  key: Type.Object({
    id: Id,
    name: Type.String(),
    scopes: Type.Array(Type.String()),
    products: Type.Optional(Type.Array(Type.String(), { description: 'Products that it sees. Absent: all.' })),
    organizations: Type.Optional(Type.Array(Type.String(), { description: 'Organizations that it sees. Absent: all.' })),
    reasons: Type.Boolean(),
    expires_at: Type.Optional(Type.String({ format: 'date-time' })),
  }),
  identity: Type.Optional(
    Type.Object(
      { id: Id, name: Type.Optional(Type.String()), kind: Type.String(), status: Type.String(), roles: Type.Array(Type.String()) },
      {
        description: 'Whom the key acts for, with the roles that it has in running this authority. Absent: nobody; its scopes alone count.',
      },
    ),
  ),
  features: Type.Array(Type.String(), {
    description: 'What it may do here now, as features of the product `writ`: `licenses.read`. A page shows what these allow.',
  }),
})

export function meRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/me',
    {
      config: { anyCredential: true },
      schema: {
        operationId: 'readMe',
        summary: 'Say who asks, and what they may do here',
        tags: ['access'],
        response: { 200: Me, ...problems },
      },
    },
    async (request) => {
      const { key, identity, features } = await me(authority, credentialOf(request))
      const { products, organizations, expires_at } = key
      return {
        authority: authority.id,
        key: {
          id: key.id,
          name: key.name,
          scopes: [...key.scopes],
          ...(products !== null && { products: [...products] }),
          ...(organizations !== null && { organizations: [...organizations] }),
          reasons: key.reasons,
          ...(expires_at !== null && { expires_at: formatInstant(expires_at) }),
        },
        ...(identity !== undefined && {
          identity: { ...identity, ...(identity.name !== undefined && { name: identity.name }), roles: [...identity.roles] },
        }),
        features,
      }
    },
  )
}
