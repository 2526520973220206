import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { instantIn } from '../app/http/instants.ts'
import type { Server } from '../app/http/server.ts'
import { Kid, Time, Use } from '../keys/schemas.ts'
import { keyImpact } from './key-impact.ts'

const Files = Type.Object({
  signed: Type.Integer({ description: 'License files that it ever signed.' }),
  stop: Type.Integer({ description: 'Of these, issued since: they stop verifying.' }),
  need_log: Type.Integer({ description: 'Issued before: they hold for whoever has the signed list of them, and for nobody else.' }),
  licenses: Type.Integer({ description: 'That these files are of, revoked ones aside.' }),
  devices: Type.Integer({ description: 'Activated for these licences, with a file that is good still: at most so many are concerned.' }),
  devices_until: Type.Optional({ ...Time, description: 'When the last of their files is over anyhow.' }),
})

export function keyImpactRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/signing-keys/:kid/impact',
    {
      config: { permission: 'manage:keys' },
      schema: {
        operationId: 'foretellKeyRevocation',
        summary: 'Say what would stop verifying if a signing key were revoked',
        description:
          'Changes nothing. It stops where the new key set is heard of, and offline where it is carried to. Revoking is never held for it, and making the next key takes nothing: what the one before signed holds, also when its term is over.',
        tags: ['keys'],
        params: Type.Object({ kid: Kid }),
        querystring: Type.Object(
          { at: Type.Optional({ ...Time, description: 'Since when. Absent: since now; of a revoked one, since then.' }) },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            kid: Kid,
            use: Use,
            from: Time,
            files: Type.Optional(Files),
            tokens_until: Type.Optional({
              ...Time,
              description: 'Of entitlement tokens: all that it signed stop, and the last of them would be over then anyhow.',
            }),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { kid } = request.params
      const told = await keyImpact(authority, credentialOf(request), kid, instantIn(request.query.at, '/at'))
      const { files, tokensUntil } = told
      return {
        kid,
        use: told.key.use as Exclude<typeof told.key.use, 'root'>,
        from: formatInstant(told.from),
        ...(files !== undefined && {
          files: {
            signed: files.signed,
            stop: files.stop,
            need_log: files.signed - files.stop,
            licenses: files.licenses,
            devices: files.devices,
            ...(files.devicesUntil !== null && { devices_until: formatInstant(files.devicesUntil) }),
          },
        }),
        ...(tokensUntil !== undefined && { tokens_until: formatInstant(tokensUntil) }),
      }
    },
  )
}
