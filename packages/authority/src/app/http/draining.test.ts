import { connect, type Socket } from 'node:net'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { draining } from './draining.ts'
import type { Server } from './server.ts'

async function listening(graceMilliseconds: number) {
  const server = fastify()
  const stopping = new AbortController()
  draining(server as unknown as Server, stopping.signal, graceMilliseconds)
  const started = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<void>()
  server.get('/slow', async () => {
    started.resolve()
    await finish.promise
    return 'done'
  })
  server.post('/', async () => 'done')
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  const open = (text: string): Promise<Socket> =>
    new Promise((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      socket.on('error', () => {})
      socket.write(text, () => resolve(socket))
    })
  const close = () => {
    stopping.abort()
    return server.close()
  }
  return { close, url, open, started: started.promise, finish: finish.resolve }
}

test('a request that never comes whole does not hold the close back', async () => {
  const { close, url, open } = await listening(50)
  const halves = [
    await open('GET /he'),
    await open('POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{'),
  ]
  // Answered after both were opened, so the server knows of them.
  expect(await (await fetch(url, { method: 'POST' })).text()).toBe('done')
  const ended = halves.map((half) => new Promise((resolve) => half.on('close', resolve)))
  await close()
  await Promise.all(ended)
})

test('a request under way is answered', async () => {
  const { close, url, started, finish } = await listening(60_000)
  const answer = fetch(`${url}/slow`)
  await started
  const closed = close()
  finish()
  expect(await (await answer).text()).toBe('done')
  await closed
})
