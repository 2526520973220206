import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KEY_STATEMENT, type PublicJwk } from '@writ/trust'
import { compactVerify, importJWK } from 'jose'
import { afterAll, expect, test } from 'vitest'
import good from '../vectors/good.json' with { type: 'json' }
import { LICENSE_JWS } from './license-jws.ts'

/**
 * Our files under verifiers that share no line with us. Each is found by asking it, and a machine that has none fails here:
 * a check that nobody made is not a check.
 */
const folder = mkdtempSync(join(tmpdir(), 'writ-independent-'))
afterAll(() => rmSync(folder, { recursive: true }))

const roots = good.roots as { issuer: string; key: PublicJwk }[]
const file = (good.cases[1]?.text ?? '').split('\n').slice(1, -2).join('')
const header = JSON.parse(Buffer.from(file.split('.')[0] ?? '', 'base64url').toString())
const stated = JSON.parse(Buffer.from(header.key_statement.split('.')[1], 'base64url').toString())
const root = roots.find(({ issuer }) => issuer === stated.iss)?.key as PublicJwk
const signed: { name: string; jws: string; key: PublicJwk; typ: string }[] = [
  { name: 'the key statement under the root', jws: header.key_statement, key: root, typ: KEY_STATEMENT.typ },
  { name: 'the file under the stated key', jws: file, key: stated.jwk, typ: LICENSE_JWS.typ },
]

type Verifier = (jws: string, key: PublicJwk) => boolean

function openssl(jws: string, key: PublicJwk): boolean {
  const at = jws.lastIndexOf('.')
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(key.x, 'base64url')])
  const pem = `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`
  const files = { key: pem, message: jws.slice(0, at), signature: Buffer.from(jws.slice(at + 1), 'base64url') }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const options = ['pkeyutl', '-verify', '-pubin', '-inkey', 'key', '-rawin', '-in', 'message', '-sigfile', 'signature']
  return spawnSync('openssl', options, { cwd: folder, encoding: 'utf8' }).stdout.includes('Verified Successfully')
}

const PYTHON = `
import json, sys
ask = json.load(sys.stdin)
library = sys.argv[1]
try:
    if library == 'joserfc':
        from joserfc import jws
        from joserfc.jwk import OKPKey
        registry = jws.JWSRegistry(algorithms=['EdDSA'], strict_check_header=False)
        registry.max_payload_length = registry.max_header_length = 1 << 20
        jws.deserialize_compact(ask['jws'], OKPKey.import_key(ask['key']), registry=registry)
    elif library == 'jwcrypto':
        from jwcrypto import jwk, jws
        token = jws.JWS()
        token.deserialize(ask['jws'])
        token.verify(jwk.JWK(**ask['key']), alg='EdDSA')
    else:
        import base64
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        raw = lambda text: base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))
        message, signature = ask['jws'].rsplit('.', 1)
        Ed25519PublicKey.from_public_bytes(raw(ask['key']['x'])).verify(raw(signature), message.encode())
    print('verified')
except Exception as error:
    print('refused', type(error).__name__)
`

const python =
  (library: string): Verifier =>
  (jws, key) =>
    execFileSync('python3', ['-W', 'ignore', '-c', PYTHON, library], { input: JSON.stringify({ jws, key }), encoding: 'utf8' }).trim() ===
    'verified'

function works(command: string, ...options: string[]): boolean {
  return spawnSync(command, options, { stdio: 'ignore' }).status === 0
}

const found: { name: string; verify: Verifier }[] = []
if (works('openssl', 'genpkey', '-algorithm', 'ed25519')) found.push({ name: 'openssl', verify: openssl })
for (const library of ['joserfc', 'jwcrypto', 'cryptography'])
  if (works('python3', '-c', `import ${library}`)) found.push({ name: `Python's ${library}`, verify: python(library) })

for (const verifier of found)
  for (const { name, jws, key } of signed)
    test(`${verifier.name} verifies ${name}, and refuses it changed`, () => {
      expect(verifier.verify(jws, key)).toBe(true)
      const at = jws.indexOf('.') + 20
      const changed = jws.slice(0, at) + (jws[at] === 'A' ? 'B' : 'A') + jws.slice(at + 1)
      expect(verifier.verify(changed, key)).toBe(false)
    })

test('some implementation outside this repository and its packages was asked', () => {
  const skipped = process.env.WRIT_SKIP_INDEPENDENT_JOSE ?? ''
  const asked = found.length > 0 || skipped.trim().length > 20
  const advice =
    'No independent verifier: install openssl 3, or python3 with joserfc, jwcrypto or cryptography; or say in WRIT_SKIP_INDEPENDENT_JOSE why this machine cannot have one.'
  expect(asked, advice).toBe(true)
})

for (const { name, jws, key, typ } of signed)
  test(`jose verifies ${name}`, async () => {
    const { protectedHeader } = await compactVerify(jws, await importJWK({ ...key }, 'EdDSA'), { algorithms: ['EdDSA'] })
    expect(protectedHeader.typ).toBe(typ)
  })
