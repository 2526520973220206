import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** What came of a request: the status of a whole answer, the end before a byte of one, or a part of one. */
export type Outcome = { readonly status: number; readonly head: string; readonly body: string } | 'unanswered' | 'half'

const HEAD_END = Buffer.from('\r\n\r\n')

/** One connection that is kept open, seen as bytes: a client of the platform would hide an answer that breaks off behind a retry. */
export class KeptConnection {
  readonly socket: Socket
  #isClosed = false
  readonly closed: Promise<void>
  #received = Buffer.alloc(0) as Buffer
  #told: (() => void) | undefined

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk])
      this.#told?.()
    })
    this.closed = new Promise((resolve) =>
      socket.once('close', () => {
        this.#isClosed = true
        this.#told?.()
        resolve()
      }),
    )
  }

  /** @throws when nobody listens there */
  static async open(url: string): Promise<KeptConnection> {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    return new KeptConnection(socket)
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** One at a time. */
  async ask(method: string, path: string, headers: Readonly<Record<string, string>> = {}, body?: unknown): Promise<Outcome> {
    const text = body === undefined ? '' : JSON.stringify(body)
    const length = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
    const lines = Object.entries({ host: 'writ.test', ...length, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
    this.socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`)
    for (;;) {
      const answer = this.#take()
      if (answer !== undefined) return answer
      if (this.#isClosed) return this.#received.length === 0 ? 'unanswered' : 'half'
      await new Promise<void>((resolve) => {
        this.#told = resolve
      })
    }
  }

  #take(): Outcome | undefined {
    const end = this.#received.indexOf(HEAD_END)
    if (end === -1) return undefined
    const head = this.#received.toString('latin1', 0, end)
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0)
    const whole = end + HEAD_END.length + length
    if (this.#received.length < whole) return undefined
    const body = this.#received.toString('utf8', end + HEAD_END.length, whole)
    this.#received = this.#received.subarray(whole)
    return { status: Number(head.slice(9, 12)), head, body }
  }
}
