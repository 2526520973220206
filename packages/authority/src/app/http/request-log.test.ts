import fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { requestIds } from './request-id.ts'
import { requestLog } from './request-log.ts'
import { requestLogger } from './request-logger.ts'
import type { Server } from './server.ts'

function logged(level = 'info') {
  const lines: string[] = []
  const log = pino({ level, base: null }, { write: (line) => void lines.push(line) })
  const server = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIds(),
    childLoggerFactory: requestLogger,
  })
  server.decorateRequest('credential', undefined)
  requestLog(server as unknown as Server, log)
  server.get('/people/:id', (request, reply) => {
    request.credential = { id: 'key_"1"', scopes: [] }
    reply.code(201).send('made')
  })
  server.get('/alive', { logLevel: 'warn' }, (_request, reply) => void reply.send('yes'))
  server.get('/says', (request, reply) => {
    request.log.warn({ n: 1 }, 'careful')
    reply.send('said')
  })
  return { server, lines, log }
}

test('a request is one line, as the logger itself would write it', async () => {
  const { server, lines, log } = logged()
  await server.inject({ url: '/people/7?secret=x', headers: { 'x-request-id': 'a"b\\c' } })
  const { time: _, ...line } = JSON.parse(lines[0] ?? '')
  const said = { requestId: 'a"b\\c', method: 'GET', route: '/people/:id', status: 201, credential: 'key_"1"' }
  expect(line).toEqual({ level: 30, milliseconds: expect.any(Number), msg: 'request', ...said })
  log.info({ ...said, milliseconds: line.milliseconds }, 'request')
  expect(Object.keys(JSON.parse(lines[1] ?? '')).sort()).toEqual(Object.keys(JSON.parse(lines[0] ?? '')).sort())
  expect(lines[0]?.endsWith('}\n')).toBe(true)
})

test('what no route is has no route, and nobody who asks', async () => {
  const { server, lines } = logged()
  await server.inject({ url: '/nowhere' })
  expect(Object.keys(JSON.parse(lines[0] ?? ''))).toEqual(['level', 'time', 'requestId', 'method', 'status', 'milliseconds', 'msg'])
})

test('a route with a higher level, and a logger with one, write none', async () => {
  const { server, lines } = logged()
  await server.inject({ url: '/alive' })
  expect(lines).toEqual([])
  const quiet = logged('error')
  await quiet.server.inject({ url: '/people/7' })
  expect(quiet.lines).toEqual([])
})

test('what a route says of itself names the request', async () => {
  const { server, lines } = logged()
  const { statusCode } = await server.inject({ url: '/says', headers: { 'x-request-id': 'r1' } })
  expect(statusCode).toBe(200)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 40, requestId: 'r1', n: 1, msg: 'careful' })
})
