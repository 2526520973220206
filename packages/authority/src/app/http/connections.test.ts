import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { connections, mostConnections } from './connections.ts'
import type { Server } from './server.ts'

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close()
})

async function listening(limits: { stallSeconds?: number; maxConnections?: number }) {
  const lines: string[] = []
  const server = fastify({ loggerInstance: logger((line) => void lines.push(line)) as never })
  opened.push(server)
  const state = connections(server as unknown as Server, limits)
  const large = 'x'.repeat(32 << 20)
  server.get('/large', async () => large)
  server.get('/', async () => 'here')
  let atOnce = 0
  server.get('/alone', async () => {
    atOnce++
    await new Promise((resolve) => setTimeout(resolve, 5))
    return String(atOnce--)
  })
  server.get('/long', async () => {
    await new Promise((resolve) => setTimeout(resolve, 500))
    return 'at last'
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  const open = async (): Promise<Socket> => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.on('error', () => {})
    await once(socket, 'connect')
    return socket
  }
  return { state, url, open, lines }
}

function logger(write: (line: string) => void): object {
  const say = (_fields: object, words?: string) => write(words ?? '')
  const log: Record<string, unknown> = {
    level: 'info',
    fatal: say,
    error: say,
    warn: say,
    info: () => {},
    debug: () => {},
    trace: () => {},
  }
  log.child = () => log
  return log
}

test('whoever does not read its answer is cut, and its answer is no longer kept', async () => {
  const { state, open, url } = await listening({ stallSeconds: 0.3 })
  const socket = await open()
  socket.pause()
  socket.write('GET /large HTTP/1.1\r\nHost: a\r\n\r\n')
  while (state.open > 0) await new Promise((resolve) => setTimeout(resolve, 20))
  socket.destroy()
  expect(state.stalled).toBe(1)
  expect(await (await fetch(url)).text()).toBe('here')
})

test('whoever waits for an answer that takes long gets it', async () => {
  const { state, url } = await listening({ stallSeconds: 0.1 })
  expect(await (await fetch(`${url}/long`)).text()).toBe('at last')
  expect(state.stalled).toBe(0)
})

test('requests on one connection that do not wait for each other are worked on one after another, and all answered', async () => {
  const { open } = await listening({})
  const socket = await open()
  const ask = (more = '') => `GET /alone HTTP/1.1\r\nHost: a\r\n${more}\r\n`
  socket.write(ask().repeat(9) + ask('Connection: close\r\n'))
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  expect([...answer.matchAll(/\r\n\r\n(\d+)/g)].map(([, body]) => body)).toEqual(Array(10).fill('1'))
})

test('beyond as many as there may be a connection is closed at once, and the log says what to raise', async () => {
  const { state, open, lines } = await listening({ maxConnections: 3 })
  const sockets = [await open(), await open(), await open()]
  while (state.open < 3) await new Promise((resolve) => setTimeout(resolve, 5))
  const turnedAway = await open()
  await once(turnedAway, 'close')
  expect([state.open, state.dropped]).toEqual([3, 1])
  expect(lines).toEqual([expect.stringMatching(/LimitNOFILE/)])
  for (const socket of sockets) socket.destroy()
  while (state.open > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  const again = await open()
  again.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  expect(String((await once(again, 'data'))[0])).toContain('200 OK')
})

const limits = (soft: string) =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${soft}                20000                files\n`
const cases: [string, number][] = [
  [limits('20000'), 19_744],
  [limits('unlimited'), 999_744],
  [limits('100'), 64],
  ['', 768],
]
for (const [text, want] of cases) test(`room for ${want} connections`, () => expect(mostConnections(text)).toBe(want))
