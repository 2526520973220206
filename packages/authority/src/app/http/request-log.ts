import type { Server } from './server.ts'

/** One line a request: the route's pattern instead of its URL, no header, no body. */
export function requestLog(server: Server): void {
  server.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 10) / 10,
        credential: request.credential?.id,
      },
      'request',
    )
    done()
  })
}
