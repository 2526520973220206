import { formatInstant } from '@writ/engine'
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { byOf, DryRunQuery } from '../app/http/mutation.ts'
import type { Server } from '../app/http/server.ts'
import { backUpRoot, bringRootBack, takeRootOut } from './root.ts'
import { Kid, SigningKey, shownSigningKey, Time } from './schemas.ts'

const Passphrase = Type.String({ minLength: 1, maxLength: 1024 })
const Backup = Type.Object(
  { backup: Type.String({ minLength: 1, maxLength: 16_384, description: 'As it was taken, in its armour.' }), passphrase: Passphrase },
  { additionalProperties: false },
)
const NO_RETRY = 'Takes no `Idempotency-Key`: nothing of the passphrase is kept, not even to recognise a retry.'

const config = { permission: 'manage:keys' } as const
const tags = ['keys']

export function rootRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/root/backup',
    {
      config,
      schema: {
        operationId: 'backUpRoot',
        summary: 'Take a backup of the root key, encrypted under a passphrase',
        description: NO_RETRY,
        tags,
        body: Type.Object({ passphrase: Passphrase }, { additionalProperties: false }),
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

  server.post(
    '/v1/root/take-out',
    {
      config,
      schema: {
        operationId: 'takeRootOut',
        summary: 'Take the root key out of the store, once its backup has been seen to open',
        description: `From then on license signing keys are vouched for with the backup, away from here. ${NO_RETRY}`,
        tags,
        querystring: DryRunQuery,
        body: Backup,
        response: { 200: SigningKey, ...problems },
      },
    },
    async (request) => {
      const { backup, passphrase } = request.body
      return shownSigningKey(await takeRootOut(authority, once(request), credentialOf(request), backup, passphrase))
    },
  )

  server.post(
    '/v1/root/bring-back',
    {
      config,
      schema: {
        operationId: 'bringRootBack',
        summary: 'Put the root key back into the store, from its backup',
        description: NO_RETRY,
        tags,
        querystring: DryRunQuery,
        body: Backup,
        response: { 200: SigningKey, ...problems },
      },
    },
    async (request) => {
      const { backup, passphrase } = request.body
      return shownSigningKey(await bringRootBack(authority, once(request), credentialOf(request), backup, passphrase))
    },
  )
}

function once(request: FastifyRequest) {
  const { retry: _, ...by } = byOf(request)
  return by
}
