import { formatInstant } from '@writ/engine'
import { KEY_SET_PATH } from '@writ/trust'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { instantIn } from '../app/http/instants.ts'
import { byOf } from '../app/http/mutation.ts'
import { OptionalBody } from '../app/http/optional-body.ts'
import { DEFAULT_LIMIT, decodeCursor, Page, PageQuery, page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { KeySet, Kid, SigningKey, shownSigningKey, Time } from './schemas.ts'
import { backUpRoot, keySet, pageOfSigningKeys, revokeLicenseSigningKey, rotateLicenseKey } from './signing-keys.ts'

const config = { permission: 'manage:keys' } as const
const tags = ['keys']

export function signingKeyRoutes(server: Server, authority: Authority): void {
  server.get(
    KEY_SET_PATH,
    {
      config: { public: true },
      schema: {
        operationId: 'readKeySet',
        summary: 'The root and what it says of license signing keys',
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
        summary: 'List the root and the license signing keys',
        tags,
        querystring: PageQuery,
        response: { 200: Page(SigningKey), ...problems },
      },
    },
    async (request) => {
      const { limit = DEFAULT_LIMIT, after } = request.query
      const { items, last } = await pageOfSigningKeys(authority, decodeCursor(after, 'string'), limit)
      return page(items.map(shownSigningKey), last)
    },
  )

  server.post(
    '/v1/signing-keys',
    {
      config,
      schema: {
        operationId: 'rotateSigningKey',
        summary: 'Make the next license signing key now',
        description: 'Not needed in everyday life: one is made before the last one ends. Files signed before stay good.',
        tags,
        response: { 201: SigningKey, ...problems },
      },
    },
    async (request, reply) =>
      reply.code(201).send(shownSigningKey(await rotateLicenseKey(authority, byOf(request), credentialOf(request)))),
  )

  server.post(
    '/v1/signing-keys/:kid/revoke',
    {
      config,
      schema: {
        operationId: 'revokeSigningKey',
        summary: 'Say that a license signing key is compromised',
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
      return shownSigningKey(await revokeLicenseSigningKey(authority, byOf(request), credentialOf(request), request.params.kid, at))
    },
  )

  server.post(
    '/v1/root/backup',
    {
      config,
      schema: {
        operationId: 'backUpRoot',
        summary: 'Take a backup of the root key, encrypted under a passphrase',
        description: 'Takes no `Idempotency-Key`: nothing of the passphrase is kept, not even to recognise a retry.',
        tags,
        body: Type.Object({ passphrase: Type.String({ minLength: 1, maxLength: 1024 }) }, { additionalProperties: false }),
        response: { 201: Type.Object({ kid: Kid, backup: Type.String(), backed_up_at: Time }), ...problems },
      },
    },
    async (request, reply) => {
      const { actor, requestId } = byOf(request)
      const { backed_up_at, ...made } = await backUpRoot(authority, { actor, requestId }, credentialOf(request), request.body.passphrase)
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...made, backed_up_at: formatInstant(backed_up_at) })
    },
  )
}
