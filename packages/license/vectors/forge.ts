import { createHash, createHmac, createPrivateKey } from 'node:crypto'
import { SigningKey } from '@writ/trust'

/** Keys for tests and vectors: anybody can make them from these names, so nobody may trust them. */
export async function testKey(name: string): Promise<SigningKey> {
  const seed = createHash('sha256').update(`writ test key: ${name}`).digest()
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const { kty, crv, x, d } = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' })
  return SigningKey.fromPrivateJwk({ kty, crv, x, d })
}

type Part = string | Uint8Array | object

/** A compact JWS of any parts, right or wrong; text and bytes stand as given, objects as JSON. */
export async function forge(header: Part, payload: Part, key: SigningKey): Promise<string> {
  const signed = `${base64url(header)}.${base64url(payload)}`
  return `${signed}.${base64url(await key.sign(Buffer.from(signed)))}`
}

export function forgeMac(header: Part, payload: Part, secret: Uint8Array | string): string {
  const signed = `${base64url(header)}.${base64url(payload)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

export function base64url(part: Part): string {
  if (typeof part === 'string' || part instanceof Uint8Array) return Buffer.from(part as string).toString('base64url')
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

/** The same signature with the order of the group added to S: a second valid one, if the verifier does not look. RFC 8032 section 5.1.7. */
export function malleate(jws: string): string {
  const end = jws.lastIndexOf('.') + 1
  const signature = Buffer.from(jws.slice(end), 'base64url')
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order
  const high = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()
  return jws.slice(0, end) + Buffer.concat([signature.subarray(0, 32), high]).toString('base64url')
}
