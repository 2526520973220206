import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

/** PEM. It is its own root, so that a client trusts it by `ca`. */
export interface Pair {
  readonly cert: string
  readonly key: string
}

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY_MILLISECONDS = 86_400_000

/** A certificate as a small private CA makes them. @param names DNS names and IP addresses */
export async function makeCertificate(names: readonly string[], until = new Date(Date.now() + 90 * DAY_MILLISECONDS)): Promise<Pair> {
  const keys = await crypto.subtle.generateKey(EC, true, ['sign', 'verify'])
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${names[0]}`,
    notBefore: new Date(Date.now() - DAY_MILLISECONDS),
    notAfter: until,
    signingAlgorithm: EC,
    keys,
    extensions: [new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: /^[\d.:]+$/.test(value) ? 'ip' : 'dns', value })))],
  })
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`
  return { cert: `${cert.toString('pem')}\n`, key }
}
