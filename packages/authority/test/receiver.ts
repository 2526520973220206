import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of it it says in its assertion
  readonly event: any
}

/** Somebody's server on loopback that webhooks are delivered to. It goes with the test file. */
export async function openReceiver() {
  const received: Received[] = []
  const receiver = {
    url: '',
    received,
    /** What it answers, once it has the whole request. */
    answer: (response: ServerResponse, _received: Received): void => void response.writeHead(204).end(),
    types: () => received.map(({ event }) => event.type),
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString()
      const one = { path: request.url ?? '', headers: request.headers, body, event: JSON.parse(body) }
      received.push(one)
      receiver.answer(response, one)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return receiver
}
