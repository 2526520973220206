import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

export function makeSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64')
}

/**
 * The headers that tell a receiver who sent a body, and which it is.
 * @param secrets every one that counts now; while they are exchanged two, so that either proves it
 * @param seconds epoch seconds of this attempt: a receiver refuses what was sent long ago
 * @see https://www.standardwebhooks.com, "Signature scheme": HMAC-SHA256 over `id.timestamp.body`
 */
export function signedHeaders(secrets: readonly string[], id: string, seconds: number, body: string): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') }
}
