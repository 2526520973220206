import { expect, test } from 'vitest'
import { encodeBase64url } from './base64url.ts'
import { keyId, verifyingKey } from './key.ts'
import { SigningKey } from './signing-key.ts'

// RFC 8037 appendix A.1 and A.3
const RFC8037 = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
}

test('the key id is the thumbprint of RFC 8037', async () => {
  const key = await SigningKey.fromPrivateJwk(RFC8037)
  expect(key.kid).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  expect(await keyId(key.publicJwk)).toBe(key.kid)
})

test('the signature is the one of RFC 8037 appendix A.4', async () => {
  const key = await SigningKey.fromPrivateJwk(RFC8037)
  const signature = await key.sign(new TextEncoder().encode('eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc'))
  expect(encodeBase64url(signature)).toBe('hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg')
})

test('a new key comes back from its JWK the same', async () => {
  const key = await SigningKey.generate()
  const again = await SigningKey.fromPrivateJwk(await key.exposePrivateJwk())
  expect(again.kid).toBe(key.kid)
  expect(await again.sign(new Uint8Array([1]))).toEqual(await key.sign(new Uint8Array([1])))
})

test('two new keys differ', async () => {
  expect((await SigningKey.generate()).kid).not.toBe((await SigningKey.generate()).kid)
})

test('serialising a key shows no secret', async () => {
  const key = await SigningKey.fromPrivateJwk(RFC8037)
  expect(JSON.parse(JSON.stringify(key))).toEqual({ kid: key.kid })
  expect(String(key)).not.toContain(RFC8037.d)
})

const malformed: { name: string; jwk: unknown }[] = [
  { name: 'nothing', jwk: undefined },
  { name: 'a list', jwk: [] },
  { name: 'a public key', jwk: { ...RFC8037, d: undefined } },
  { name: 'another curve', jwk: { ...RFC8037, crv: 'X25519' } },
  { name: 'an unknown member', jwk: { ...RFC8037, use: 'sig' } },
  { name: 'a short half', jwk: { ...RFC8037, d: RFC8037.d.slice(1) } },
  { name: 'a half with a bit too many', jwk: { ...RFC8037, x: `${RFC8037.x.slice(0, 42)}p` } },
  { name: 'halves of two keys', jwk: { ...RFC8037, x: 'PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw' } },
]
for (const { name, jwk } of malformed)
  test(`refuses ${name} as a private key`, async () => {
    await expect(SigningKey.fromPrivateJwk(jwk)).rejects.toMatchObject({ code: 'KEY_MALFORMED' })
  })

test('imports of more keys than are kept answer the same', async () => {
  const first = await SigningKey.generate()
  const before = await verifyingKey(first.publicJwk)
  for (let made = 0; made < 300; made++) await verifyingKey((await SigningKey.generate()).publicJwk)
  const after = await verifyingKey(first.publicJwk)
  expect(after).not.toBe(before)
  expect(after.kid).toBe(before.kid)
  const signature = await first.sign(new Uint8Array([7]))
  expect(await crypto.subtle.verify('Ed25519', after.key, signature, new Uint8Array([7]))).toBe(true)
})
