import { connect, type Socket } from 'node:net'

const HEADER_END = Buffer.from('\r\n\r\n')

/**
 * Asks over kept-open connections, one question at a time on each, for so long.
 * Written on bare sockets because the client must never be what is measured: a full HTTP client is slower than the server.
 * @param requests whole HTTP/1.1 requests, sent in turn
 * @param latencies takes what each answer took, in milliseconds
 * @returns how many were answered
 * @throws when a server says anything but 200 or 201
 */
export async function load(
  port: number,
  requests: readonly Buffer[],
  connections: number,
  milliseconds: number,
  latencies?: number[],
): Promise<number> {
  let answers = 0
  let next = 0
  const until = performance.now() + milliseconds
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(port, '127.0.0.1').setNoDelay()
      await askInTurn(
        socket,
        () => (performance.now() < until ? requests[next++ % requests.length] : undefined),
        (took) => {
          answers++
          latencies?.push(took)
        },
      )
      socket.destroy()
    }),
  )
  return answers
}

function askInTurn(socket: Socket, nextRequest: () => Buffer | undefined, onAnswer: (milliseconds: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let rest: Buffer<ArrayBufferLike> = Buffer.alloc(0)
    let sent = 0
    const ask = (): void => {
      const request = nextRequest()
      sent = performance.now()
      if (request === undefined) resolve()
      else socket.write(request)
    }
    socket.on('error', reject).on('close', () => reject(new Error('the server closed a connection')))
    socket.on('data', (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      const head = rest.indexOf(HEADER_END)
      if (head === -1) return
      const headers = rest.toString('latin1', 0, head)
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(headers)?.[1])
      if (rest.length < head + HEADER_END.length + length) return
      if (!/^HTTP\/1\.1 20[01]/.test(headers)) reject(new Error(`the server said ${rest.toString()}`))
      rest = rest.subarray(head + HEADER_END.length + length)
      onAnswer(performance.now() - sent)
      ask()
    })
    ask()
  })
}

export function postRequest(path: string, body: unknown, headers: Readonly<Record<string, string>>): Buffer {
  const json = JSON.stringify(body)
  const all = { host: '127.0.0.1', 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(json)), ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${json}`)
}
