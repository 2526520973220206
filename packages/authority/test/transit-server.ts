import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a test makes of the next requests. */
export interface TransitServer {
  readonly url: string
  readonly token: string
  /** Every request, as it came. */
  readonly seen: { readonly path: string; readonly namespace: string | undefined; readonly body: string }[]
  /** Makes the next version of the key: what is wrapped from now on is wrapped by it. */
  rotate(): void
  /** Answers so many requests with a status, or cuts the connection at 0. */
  fail(status: number, times: number): void
  close(): Promise<void>
}

/**
 * A transit secrets engine to the published HTTP API (encrypt and decrypt with `associated_data` and `key_version`), for tests that are to
 * be fast and to fail on demand. `transit.long.test.ts` runs the same against a real OpenBao.
 */
export async function startTransit(namespace?: string): Promise<TransitServer> {
  const keys = [randomBytes(32)]
  const token = `hvs.${randomBytes(12).toString('hex')}`
  const seen: TransitServer['seen'] = []
  const failures: number[] = []

  const answer = (path: string, body: Record<string, string>): [number, object] => {
    const aad = Buffer.from(body.associated_data ?? '', 'base64')
    if (path === '/v1/transit/encrypt/writ') {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keys.at(-1) as Buffer, iv).setAAD(aad)
      const text = Buffer.concat([iv, cipher.update(Buffer.from(body.plaintext ?? '', 'base64')), cipher.final(), cipher.getAuthTag()])
      return [200, { data: { ciphertext: `vault:v${keys.length}:${text.toString('base64')}`, key_version: keys.length } }]
    }
    if (path === '/v1/transit/decrypt/writ') {
      const [, version = '', text = ''] = /^vault:v(\d+):(.+)$/.exec(body.ciphertext ?? '') ?? []
      const key = keys[Number(version) - 1]
      const bytes = Buffer.from(text, 'base64')
      try {
        if (key === undefined || bytes.length < 28) throw new Error('invalid')
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 }).setAAD(aad)
        decipher.setAuthTag(bytes.subarray(-16))
        const plaintext = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('base64')
        return [200, { data: { plaintext } }]
      } catch {
        return [400, { errors: ['cipher: message authentication failed'] }]
      }
    }
    return [404, { errors: [] }]
  }

  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const { url: path = '', headers } = request
    seen.push({ path, namespace: headers['x-vault-namespace'] as string | undefined, body })
    const failure = failures.shift()
    if (failure === 0) return void request.socket.destroy()
    const allowed = headers['x-vault-token'] === token && headers['x-vault-namespace'] === namespace
    const [status, said] =
      failure !== undefined
        ? [failure, { errors: ['Vault is sealed'] }]
        : allowed
          ? answer(path, JSON.parse(body) as Record<string, string>)
          : [403, { errors: ['permission denied'] }]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/transit/keys/writ`,
    token,
    seen,
    rotate: () => void keys.push(randomBytes(32)),
    fail: (status, times) => void failures.push(...Array<number>(times).fill(status)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
