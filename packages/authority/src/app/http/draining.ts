import type { Server } from './server.ts'

/** A container is given half a minute to stop, and what is in memory is still to be written after this. */
const GRACE_MILLISECONDS = 10_000

/**
 * Once it stops, each answer closes its connection, so that callers go elsewhere before nobody listens here. Lets a close come to its
 * end. Idle connections are closed when it begins; one that was busy then would be kept alive for another request after its answer, and
 * hold the close back for more than a minute. One whose request never comes whole would hold it back for ever, since a closing server no
 * longer looks for those that take too long: anybody can open such a one.
 */
export function draining(server: Server, stopping: AbortSignal, graceMilliseconds = GRACE_MILLISECONDS): void {
  let last: NodeJS.Timeout | undefined
  server.addHook('preClose', (done) => {
    last = setTimeout(() => server.server.closeAllConnections(), graceMilliseconds)
    done()
  })
  server.addHook('onClose', (_server, done) => {
    clearTimeout(last)
    done()
  })
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping.aborted) reply.header('connection', 'close')
    done(null, payload)
  })
}
