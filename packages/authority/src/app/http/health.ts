import Type from 'typebox'
import { StoreReplaced } from '../../changes/store.ts'
import type { Authority } from '../authority.ts'
import { problems } from './errors.ts'
import type { Server } from './server.ts'

const Health = Type.Object({
  status: Type.String(),
  revision: Type.Optional(Type.Integer()),
  behind: Type.Optional(Type.Integer()),
  incarnation: Type.Optional(
    Type.String({ description: 'Another one after each restore: what was kept of the one before is to be read again.' }),
  ),
})

/** Further behind than this, a node's answers are older than what it promises. */
const MAX_BEHIND = 1_000

export function health(server: Server, { feed, stopping }: Authority): void {
  const open = { public: true } as const
  server.get(
    '/healthz',
    {
      config: open,
      logLevel: 'warn',
      schema: { operationId: 'health', tags: ['operation'], summary: 'The process runs', response: { 200: Health } },
    },
    async () => ({ status: 'ok' }),
  )
  server.get(
    '/readyz',
    {
      config: open,
      logLevel: 'warn',
      schema: {
        operationId: 'ready',
        tags: ['operation'],
        summary: 'The store answers, this node has followed its changes, and it was not told to stop',
        response: { 200: Health, 503: Health, ...problems },
      },
    },
    async (request, reply) => {
      if (stopping.aborted) return reply.code(503).send({ status: 'stopping' })
      try {
        const behind = await feed.lag()
        const ready = behind <= MAX_BEHIND
        return reply
          .code(ready ? 200 : 503)
          .send({ status: ready ? 'ready' : 'behind', revision: feed.revision, behind, incarnation: feed.incarnation })
      } catch (error) {
        if (error instanceof StoreReplaced) return reply.code(503).send({ status: 'store replaced' })
        request.log.error({ err: error }, 'the store does not answer')
        return reply.code(503).send({ status: 'store unavailable', revision: feed.revision })
      }
    },
  )
}
