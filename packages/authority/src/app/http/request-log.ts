import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Logger, pino } from 'pino'
import { writeLine } from '../log.ts'
import type { Server } from './server.ts'

const { info: INFO } = pino.levels.values as { info: number }

/** One line a request: the route's pattern instead of its URL, no header, no body. */
export function requestLog(server: Server, log: Logger): void {
  server.addHook('onResponse', (request, reply, done) => {
    const { url, logLevel } = request.routeOptions
    // What is asked every few seconds for ever has a level of its own.
    if (log.levelVal <= INFO && logLevel !== 'warn') writeLine(log, requestLine(request, reply, url))
    done()
  })
}

/** As the logger would write it, composed here: it is the one line that every request pays for. */
function requestLine({ id, method, credential }: FastifyRequest, { statusCode, elapsedTime }: FastifyReply, route?: string): string {
  const routed = route === undefined ? '' : `,"route":${JSON.stringify(route)}`
  const by = credential === undefined ? '' : `,"credential":${JSON.stringify(credential.id)}`
  const milliseconds = Math.round(elapsedTime * 10) / 10
  return `{"level":${INFO}${pino.stdTimeFunctions.epochTime()},"requestId":${JSON.stringify(id)},"method":"${method}"${routed},"status":${statusCode},"milliseconds":${milliseconds}${by},"msg":"request"}\n`
}
