import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { Served } from '@writ/testing/served'

const base64url = (data: object): string => Buffer.from(JSON.stringify(data)).toString('base64url')

/** Activates a device under a licence and lets it be heard of once. @param isCopied a second one has its key, and counts as it does */
export async function activate(
  { done }: Served,
  { license, name, isCopied = false }: { license: string; name: string; isCopied?: boolean },
): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { kty, crv, x } = publicKey.export({ format: 'jwk' })
  // RFC 7638.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')
  const said = (typ: string, payload: object): string => {
    const text = `${base64url({ alg: 'EdDSA', typ, kid })}.${base64url(payload)}`
    return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
  }
  const { issuer: aud } = await done('GET', '/.well-known/writ-keys')
  const iat = Math.floor(Date.now() / 1000)
  const of = () => ({ aud, iat, jti: crypto.randomUUID() })
  const request = said('writ-activation-request+jws', { ...of(), exp: iat + 300, name, jwk: { kty, crv, x } })
  const { id } = await done('POST', '/v1/activations', { license, request })
  for (const _ of isCopied ? ['itself', 'its copy'] : ['itself']) {
    const contact = said('writ-device-contact+jws', { ...of(), activation: id, counter: 1 })
    await done('POST', `/v1/activations/${id}/contact`, { contact })
  }
}
