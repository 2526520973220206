import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { unfit } from '../app/body-field.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { byOf } from '../app/http/mutation.ts'
import type { Server } from '../app/http/server.ts'
import { takeBackup } from './service.ts'

const LockBody = Type.Object(
  {
    passphrase: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
    recipients: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 4096 }), { minItems: 1, maxItems: 20 })),
  },
  { additionalProperties: false },
)

const Encrypted = {
  description: 'An age file. `Repr-Digest` (RFC 9530) is the SHA-256 of its bytes; `Writ-Backup` names it, `Writ-Revision` what it holds.',
  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
} as const

export function backupRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/backups',
    {
      config: { permission: 'manage:backup' },
      schema: {
        operationId: 'takeBackup',
        summary: 'Take a backup of the whole store, encrypted, while it serves',
        description:
          'Say either a passphrase or age recipients. The master key is not in it. Takes no `Idempotency-Key`: nothing of the passphrase is kept, not even to recognise a retry.',
        tags: ['operation'],
        body: LockBody,
        response: { 200: Encrypted, ...problems },
      },
    },
    async (request, reply) => {
      const { passphrase, recipients } = request.body
      if ((passphrase === undefined) === (recipients === undefined)) throw unfit('', 'must have either passphrase or recipients')
      // Long silence is how a backup begins; its answer is watched again.
      const { socket } = request.raw
      const silence = socket.timeout ?? 0
      socket.setTimeout(0)
      const lock = passphrase !== undefined ? { passphrase } : { recipients: recipients ?? [] }
      const { actor, requestId } = byOf(request)
      const taken = await takeBackup(authority, { actor, requestId }, credentialOf(request), lock, goneSignal(reply))
      socket.setTimeout(silence)
      return reply
        .headers({
          'content-type': 'application/octet-stream',
          'content-length': taken.bytes,
          'content-disposition': `attachment; filename="${taken.authority}-${taken.revision}.writ.age"`,
          'repr-digest': `sha-256=:${taken.sha256.toString('base64')}:`,
          'writ-backup': taken.id,
          'writ-revision': taken.revision,
          'writ-rows': taken.rows,
        })
        .send(taken.content as never)
    },
  )
}

/** Aborts when the caller hangs up before the answer has begun. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return gone.signal
}
