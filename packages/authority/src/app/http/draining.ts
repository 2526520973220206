import type { Server } from './server.ts'

/**
 * Lets a close come to its end. Idle connections are closed when it begins; one that was busy then would be kept alive for another
 * request after its answer, and hold the close back for more than a minute.
 */
export function draining(server: Server): void {
  let closing = false
  server.addHook('preClose', async () => {
    closing = true
  })
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close')
    done(null, payload)
  })
}
