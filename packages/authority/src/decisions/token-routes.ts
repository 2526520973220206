import { MAX_TOKEN_SECONDS } from '@writ/license'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { question, Who } from './schemas.ts'
import { issueToken, type TokenRequest } from './tokens.ts'

const { actor, organization, context, proofs, properties } = question
const Name = Type.String({ minLength: 1, maxLength: 256 })

const Body = Type.Object(
  {
    identity: Who,
    actor,
    organization,
    context,
    proofs,
    properties,
    product: Name,
    features: Type.Optional(Type.Array(Name, { maxItems: 512, uniqueItems: true, description: 'Bare names. Absent: all of the product.' })),
    resources: Type.Optional(
      Type.Array(Name, { maxItems: 64, uniqueItems: true, description: 'Ids. Features about a resource are told of these alone.' }),
    ),
    audience: Type.Optional(Type.String({ minLength: 1, maxLength: 256, description: 'Who is to go by it. Absent: the product.' })),
    seconds: Type.Optional(Type.Integer({ minimum: 30, maximum: MAX_TOKEN_SECONDS, description: 'How long it holds. Absent: 300.' })),
    dpop_jkt: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9_-]{43}$',
        description: 'RFC 7638 thumbprint of a key: the token is then of use only with a DPoP proof by it, RFC 9449.',
      }),
    ),
  },
  { additionalProperties: false },
)

const Issued = Type.Object({
  token: Type.String({ description: 'A JWT of the type `writ-entitlement+jwt`, signed by a key of the use `entitlement_token`.' }),
  token_type: Type.Enum(['Bearer', 'DPoP']),
  expires_in: Type.Integer({ description: 'Seconds.' }),
})

export function tokenRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/tokens',
    {
      config: { permission: 'decide', feature: 'decisions.check', cost: 20 },
      schema: {
        tags: ['decisions'],
        operationId: 'issueToken',
        summary: 'Sign what somebody may use now, for some minutes',
        description:
          'Decides every feature of a product for one identity, as a check would, and signs the answers. Takes a seat where use needs one; nothing that is counted is taken by it. Whoever has the key set verifies it without asking.',
        body: Body,
        response: { 201: Issued, ...problems },
      },
    },
    async (request, reply) => {
      const caller = { credential: credentialOf(request), requestId: request.id }
      const { token, claims } = await issueToken(authority, caller, request.body as TokenRequest)
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ token, token_type: claims.cnf === undefined ? 'Bearer' : 'DPoP', expires_in: claims.exp - claims.iat })
    },
  )
}
