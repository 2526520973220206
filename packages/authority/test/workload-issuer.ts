import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** A platform that says who its workloads are: OpenID Connect discovery, keys, and ID tokens as of a Kubernetes service account. */
export async function startWorkloadIssuer(alg: 'RS256' | 'ES256' = 'RS256') {
  const pair = await generateKeyPair(alg)
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg, use: 'sig' }
  /** In the place of what it says, to break it. */
  const broken: { keys?: string; isAway?: boolean } = {}
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const said: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer: url(), jwks_uri: `${url()}/openid/v1/jwks` },
      '/openid/v1/jwks': { keys: [jwk] },
    }
    const body = broken.keys ?? JSON.stringify(said[request.url ?? ''])
    response.writeHead(broken.isAway === true || body === undefined ? 503 : 200, { 'content-type': 'application/json' }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const url = () => at
  const token = (claims: JWTPayload, key = pair.privateKey, header: object = {}) =>
    new SignJWT({ iss: url(), ...claims }).setProtectedHeader({ alg, kid: 'k1', ...header }).sign(key)
  return { url: url(), jwk, broken, asked, token, stop: () => server.close() }
}
