import { armor, decodeBase64url, encodeBase64url, unarmor } from '@writ/trust'
import { CompactEncrypt, importJWK } from 'jose'
import { beforeAll, expect, test } from 'vitest'
import good from '../vectors/good.json' with { type: 'json' }
import { MAX_FILE_LENGTH } from './claims.ts'
import { type DecryptionJwk, decryptLicenseFile, type EncryptionJwk, encryptLicenseFile, makeDecryptionKey } from './encrypted-file.ts'
import { verifyLicenseFile } from './verify.ts'

const LABEL = 'WRIT ENCRYPTED LICENSE'
const file = good.cases[0]?.text ?? ''
let mine: { publicJwk: EncryptionJwk; privateJwk: DecryptionJwk }
let encrypted: string
let parts: string[]

beforeAll(async () => {
  mine = await makeDecryptionKey()
  encrypted = await encryptLicenseFile(file, mine.publicJwk)
  parts = unarmor(LABEL, encrypted, 100_000).split('.')
})
const why = (text: string, key: DecryptionJwk = mine.privateJwk) =>
  decryptLicenseFile(text, key).then(
    () => 'opened',
    ({ code, details }) => `${code} ${details?.why ?? ''}`.trim(),
  )
const header = () => JSON.parse(new TextDecoder().decode(decodeBase64url(parts[0] ?? '') as Uint8Array<ArrayBuffer>))
const withHeader = (change: object, more: Record<number, string> = {}) => {
  const head = encodeBase64url(new TextEncoder().encode(JSON.stringify({ ...header(), ...change })))
  return armor(LABEL, [head, ...parts.slice(1)].map((part, at) => more[at] ?? part).join('.'))
}

test('the holder alone reads it, and what is inside is the signed file to the letter', async () => {
  expect(await decryptLicenseFile(encrypted, mine.privateJwk)).toBe(file)
  expect(await why(encrypted, (await makeDecryptionKey()).privateJwk)).toBe('LICENSE_UNDECRYPTED OTHER_KEY')
  const { kid: _, ...told } = header()
  expect(told).toEqual({ alg: 'ECDH-ES', enc: 'A256GCM', typ: 'writ-encrypted-license+jwe', epk: expect.any(Object) })
  expect(await encryptLicenseFile(file, mine.publicJwk)).not.toBe(encrypted)
})

test('without a key a verifier says that it is encrypted', async () => {
  await expect(verifyLicenseFile(encrypted, { roots: [], now: 0 })).rejects.toMatchObject({
    code: 'LICENSE_UNDECRYPTED',
    details: { why: 'KEY_MISSING' },
  })
})

test('no header chooses how it is read', async () => {
  const jwk = mine.publicJwk
  for (const change of [
    { alg: 'none' },
    { alg: 'dir' },
    { alg: 'RSA-OAEP' },
    { alg: 'PBES2-HS512+A256KW', p2c: 2 ** 31, p2s: 'AAAA' },
    { enc: 'A128CBC-HS256' },
    { zip: 'DEF' },
    { crit: ['exp'], exp: 1 },
    { jku: 'https://thief.example' },
    { apu: 'AAAA' },
    { typ: 'JWE' },
    { epk: { ...jwk, crv: 'P-384' } },
    { epk: { ...jwk, d: 'A'.repeat(43) } },
    { epk: undefined },
  ])
    expect([change, await why(withHeader(change))]).toEqual([change, 'LICENSE_UNDECRYPTED HEADER_REFUSED'])
  // A point that is not on the curve.
  expect(await why(withHeader({ epk: { ...jwk, y: 'A'.repeat(43) } }))).toBe('LICENSE_UNDECRYPTED ALTERED')
  expect(await why(withHeader({ epk: jwk }))).toBe('LICENSE_UNDECRYPTED ALTERED')
})

test('what is cut, changed or grown is refused', async () => {
  expect(await why(encrypted.slice(0, -200))).toBe('LICENSE_UNDECRYPTED MALFORMED')
  expect(await why(armor(LABEL, parts.slice(0, 4).join('.')))).toBe('LICENSE_UNDECRYPTED MALFORMED')
  expect(await why(armor(LABEL, [...parts, 'A'].join('.')))).toBe('LICENSE_UNDECRYPTED MALFORMED')
  expect(await why(withHeader({}, { 1: 'AAAA' }))).toBe('LICENSE_UNDECRYPTED MALFORMED')
  expect(await why(withHeader({}, { 3: (parts[3] ?? '').slice(0, -8) }))).toBe('LICENSE_UNDECRYPTED ALTERED')
  expect(await why(withHeader({}, { 4: 'A'.repeat(22) }))).toBe('LICENSE_UNDECRYPTED ALTERED')
  expect(await why(armor(LABEL, 'A'.repeat(200_000)))).toBe('LICENSE_UNDECRYPTED MALFORMED')
  expect(await why(file)).toBe('LICENSE_UNDECRYPTED MALFORMED')
})

test('what is inside is a license file, or nothing', async () => {
  const of = async (text: string) => {
    const key = await importJWK({ ...mine.publicJwk }, 'ECDH-ES')
    const { alg, enc, typ, kid } = header()
    return armor(LABEL, await new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader({ alg, enc, typ, kid }).encrypt(key))
  }
  expect(await why(await of(encrypted.slice(0, 900)))).toBe('LICENSE_UNDECRYPTED NO_LICENSE_FILE')
  expect(await why(await of(file + ' '.repeat(MAX_FILE_LENGTH)))).toMatch(/^LICENSE_UNDECRYPTED (NO_LICENSE_FILE|MALFORMED)$/)
  const largest = `${file}${' '.repeat(MAX_FILE_LENGTH - file.length)}`
  expect(await why(await encryptLicenseFile(largest, mine.publicJwk))).toBe('opened')
})

test('a key is one of ours, or none', async () => {
  const { publicJwk, privateJwk } = mine
  const device = { kty: 'OKP', crv: 'Ed25519', x: publicJwk.x }
  for (const key of [device, privateJwk, { ...publicJwk, use: 'sig' }, { ...publicJwk, y: 'A'.repeat(43) }, {}, null])
    await expect(encryptLicenseFile(file, key as never)).rejects.toMatchObject({ code: 'ENCRYPTION_KEY_MALFORMED' })
  expect(await why(encrypted, publicJwk as never)).toBe('ENCRYPTION_KEY_MALFORMED')
})
