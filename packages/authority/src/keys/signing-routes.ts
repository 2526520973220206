import { KEY_SET_PATH } from '@writ/trust'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { instantIn } from '../app/http/instants.ts'
import { listOf } from '../app/http/list.ts'
import { byOf, DryRunQuery } from '../app/http/mutation.ts'
import { OptionalBody } from '../app/http/optional-body.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { KeySet, Kid, SigningKey, shownSigningKey, Use } from './schemas.ts'
import { keySet, revokeSigningKey, rotateSigningKey } from './signing-keys.ts'
import { listSigningKeys } from './signing-store.ts'
import { acceptStatement, prepareSigningKey } from './statements.ts'

const list = listOf({ kid: 'text', created_at: 'number' }, { use: Type.Optional(SigningKey.properties.use) }, 'kid')

/** Absent: license files, which are what most people have keys for. */
const ForUse = OptionalBody(Type.Object({ use: Type.Optional(Use) }, { additionalProperties: false }))
const config = { permission: 'manage:keys' } as const
const tags = ['keys']

export function signingKeyRoutes(server: Server, authority: Authority): void {
  server.get(
    KEY_SET_PATH,
    {
      config: { public: true },
      schema: {
        operationId: 'readKeySet',
        summary: 'The root and what it says of the keys that sign in its name',
        tags,
        response: { 200: KeySet, ...problems },
      },
    },
    // A revocation should not wait long in a cache.
    async (_, reply) => {
      const { root, statements, issuer } = await keySet(authority)
      return reply.header('cache-control', 'public, max-age=60').send({ issuer, root, statements: [...statements] })
    },
  )

  server.get(
    '/v1/signing-keys',
    {
      config,
      schema: {
        operationId: 'listSigningKeys',
        summary: 'List the root and the keys that it vouches for',
        tags,
        querystring: list.query,
        response: { 200: Page(SigningKey), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = list.read(request)
      return page(await listSigningKeys(authority.db, filter, listing), shownSigningKey)
    },
  )

  server.post(
    '/v1/signing-keys',
    {
      config,
      schema: {
        operationId: 'rotateSigningKey',
        summary: 'Make the next signing key of a use now',
        description:
          'Not needed in everyday life: one is made before the last one ends. Files signed before stay good. Without `use`: license files.',
        tags,
        body: ForUse,
        response: { 201: SigningKey, ...problems },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(shownSigningKey(await rotateSigningKey(authority, byOf(request), credentialOf(request), request.body?.use ?? 'license'))),
  )

  server.post(
    '/v1/signing-keys/:kid/revoke',
    {
      config,
      schema: {
        operationId: 'revokeSigningKey',
        summary: 'Say that a signing key is compromised',
        description: 'Files issued from `at` on are refused by whoever has the new key set. The next file is signed by a new key.',
        tags,
        params: Type.Object({ kid: Kid }),
        body: OptionalBody(
          Type.Object(
            { at: Type.Optional(Type.String({ format: 'date-time', description: 'Absent: now.' })) },
            { additionalProperties: false },
          ),
        ),
        response: { 200: SigningKey, ...problems },
      },
    },
    async (request) => {
      const at = instantIn(request.body?.at, '/at')
      return shownSigningKey(await revokeSigningKey(authority, byOf(request), credentialOf(request), request.params.kid, at))
    },
  )

  server.post(
    '/v1/signing-keys/prepare',
    {
      config,
      schema: {
        operationId: 'prepareSigningKey',
        summary: 'Make a signing key for a root that is kept outside the store',
        description:
          'It signs nothing until the root has vouched for it: `PUT /v1/signing-keys/{kid}/statement`. Without `use`: license files.',
        tags,
        body: ForUse,
        response: { 201: SigningKey, ...problems },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .send(shownSigningKey(await prepareSigningKey(authority, byOf(request), credentialOf(request), request.body?.use ?? 'license'))),
  )

  server.put(
    '/v1/signing-keys/:kid/statement',
    {
      config,
      schema: {
        operationId: 'acceptStatement',
        summary: 'Hand in what the root, outside the store, says of a signing key',
        description:
          'A key statement of its use that covers its whole term and all products: that it is good, or, with `revoked_at`, since when it is not.',
        tags,
        params: Type.Object({ kid: Kid }),
        querystring: DryRunQuery,
        body: Type.Object({ statement: Type.String({ maxLength: 8192 }) }, { additionalProperties: false }),
        response: { 200: SigningKey, ...problems },
      },
    },
    async (request) =>
      shownSigningKey(await acceptStatement(authority, byOf(request), credentialOf(request), request.params.kid, request.body.statement)),
  )
}
