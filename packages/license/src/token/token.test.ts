import { encodeBase64url, issueKeyStatement, type KeyStatement, readKeySet, SIGNING_USES, SigningKey, signJws } from '@writ/trust'
import fc from 'fast-check'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { MAX_TOKEN_LENGTH, type TokenClaims } from './claims.ts'
import { type DpopOptions, verifyDpop } from './dpop.ts'
import { issueEntitlementToken, TOKEN_USE, verifyEntitlementToken } from './token.ts'

const NOW = 1_790_000_000
const claims: TokenClaims = {
  iss: 'aut_1',
  sub: 'ann',
  aud: 'atlas',
  client_id: 'key_1',
  iat: NOW,
  exp: NOW + 300,
  jti: 'j-1',
  product: 'atlas',
  revision: 7,
  entitlements: ['atlas:report.export'],
  authorization_details: [
    {
      type: 'writ_entitlement',
      actions: ['atlas:admin'],
      decision: { allowed: false, reason: 'not_entitled', remedies: [{ type: 'upgrade' }] },
    },
  ],
}
let root: SigningKey
let key: SigningKey
let keySet: ReadonlyMap<string, KeyStatement>

async function keysOf(signer: SigningKey, more: object = {}): Promise<ReadonlyMap<string, KeyStatement>> {
  const said = {
    iss: 'aut_1',
    iat: NOW,
    jwk: signer.publicJwk,
    use: TOKEN_USE,
    products: 'all' as const,
    nbf: NOW - 1000,
    exp: NOW + 100_000,
  }
  const statements = [await issueKeyStatement(root, { ...said, ...more })]
  const json = new TextEncoder().encode(JSON.stringify({ issuer: 'aut_1', root: root.publicJwk, statements }))
  return readKeySet(json, { roots: [{ issuer: 'aut_1', key: root.publicJwk }] })
}

beforeAll(async () => {
  root = await SigningKey.generate()
  key = await SigningKey.generate()
  keySet = await keysOf(key)
})

const verify = (token: string, more: object = {}) => verifyEntitlementToken(token, { keySet, audience: 'atlas', now: NOW + 10, ...more })
const codeOf = (done: Promise<unknown>): Promise<string> =>
  done.then(
    () => 'holds',
    ({ code }: { code: string }) => code,
  )

describe('an entitlement token', () => {
  test('says what was signed', async () => {
    expect(await verify(await issueEntitlementToken(claims, key))).toEqual(claims)
  })

  test('holds from its issue to its end, which is out, and for its audience', async () => {
    const token = await issueEntitlementToken(claims, key)
    expect(await codeOf(verify(token, { now: NOW + 299 }))).toBe('holds')
    expect(await codeOf(verify(token, { now: NOW + 300 }))).toBe('TOKEN_EXPIRED')
    expect(await codeOf(verify(token, { now: NOW - 60 }))).toBe('holds')
    expect(await codeOf(verify(token, { now: NOW - 61 }))).toBe('TOKEN_FROM_THE_FUTURE')
    expect(await codeOf(verify(token, { audience: 'other' }))).toBe('TOKEN_AUDIENCE_REFUSED')
  })

  test('is signed by a key of its own use that a pinned root vouches for now', async () => {
    const token = await issueEntitlementToken(claims, key)
    expect(await codeOf(verify(token, { keySet: await keysOf(await SigningKey.generate()) }))).toBe('TOKEN_KEY_UNKNOWN')
    for (const use of SIGNING_USES.filter((each) => each !== TOKEN_USE)) {
      expect([use, await codeOf(verify(token, { keySet: await keysOf(key, { use }) }))]).toEqual([use, 'TOKEN_KEY_REFUSED'])
    }
    // Revoked after it was signed, and before now: its thief dates back.
    expect(await codeOf(verify(token, { keySet: await keysOf(key, { revoked_at: NOW + 5 }) }))).toBe('TOKEN_KEY_REFUSED')
    expect(await codeOf(verify(token, { keySet: await keysOf(key, { revoked_at: NOW + 50 }) }))).toBe('holds')
    expect(await codeOf(verify(token, { keySet: await keysOf(key, { exp: NOW }) }))).toBe('TOKEN_KEY_REFUSED')
    expect(await codeOf(verify(token, { keySet: await keysOf(key, { products: ['other'] }) }))).toBe('TOKEN_KEY_REFUSED')
    const foreign = new Map([...keySet].map(([kid, said]) => [kid, { ...said, iss: 'aut_2' }]))
    expect(await codeOf(verify(token, { keySet: foreign }))).toBe('TOKEN_ISSUER_MISMATCH')
  })

  test('is of its own type, and no header chooses how it is checked', async () => {
    const header = (said: object) => encodeBase64url(new TextEncoder().encode(JSON.stringify(said)))
    const [head, body, signature] = (await issueEntitlementToken(claims, key)).split('.') as [string, string, string]
    const good = { alg: 'EdDSA', typ: 'writ-entitlement+jwt', kid: key.kid }
    const hostile: readonly [string, string][] = [
      [`${header({ ...good, alg: 'none' })}.${body}.`, 'TOKEN_MALFORMED'],
      [`${header({ ...good, alg: 'HS256' })}.${body}.${signature}`, 'TOKEN_MALFORMED'],
      [`${header({ ...good, crit: ['x'] })}.${body}.${signature}`, 'TOKEN_MALFORMED'],
      [`${header({ ...good, jwk: root.publicJwk })}.${body}.${signature}`, 'TOKEN_MALFORMED'],
      [`${header({ ...good, typ: 'at+jwt' })}.${body}.${signature}`, 'TOKEN_TYPE_REFUSED'],
      [`${header({ ...good, typ: 'writ-license+jws' })}.${body}.${signature}`, 'TOKEN_TYPE_REFUSED'],
      [`${head}.${body}`, 'TOKEN_MALFORMED'],
      [`${head}.${body}.${signature}.x`, 'TOKEN_MALFORMED'],
      [`${head}.${body.slice(4)}.${signature}`, 'TOKEN_SIGNATURE_INVALID'],
      [
        `${head}.${encodeBase64url(new TextEncoder().encode(JSON.stringify({ ...claims, sub: 'eve' })))}.${signature}`,
        'TOKEN_SIGNATURE_INVALID',
      ],
      ['', 'TOKEN_MALFORMED'],
      ['x'.repeat(MAX_TOKEN_LENGTH + 1), 'TOKEN_TOO_LARGE'],
    ]
    for (const [token, code] of hostile) expect([token.slice(0, 60), await codeOf(verify(token))]).toEqual([token.slice(0, 60), code])
  })

  test('of an unknown member, a missing one, or too long a life is none, though it is signed', async () => {
    const sign = (said: object) => signJws(said, key, { typ: 'writ-entitlement+jwt', extra: [], maxLength: MAX_TOKEN_LENGTH })
    const faults: readonly [object, string][] = [
      [{ ...claims, admin: true }, '.*'],
      [{ ...claims, sub: undefined }, '.sub'],
      [{ ...claims, exp: NOW + 901 }, '.exp'],
      [{ ...claims, exp: NOW }, '.exp'],
      [{ ...claims, entitlements: 'all' }, '.entitlements'],
      [{ ...claims, cnf: { jkt: 'short' } }, '.cnf.jkt'],
      [{ ...claims, authorization_details: [{ type: 'other', actions: ['a'] }] }, '.authorization_details[0].type'],
    ]
    for (const [said, path] of faults) {
      await expect(sign(said).then((token) => verify(token))).rejects.toMatchObject({ code: 'TOKEN_PAYLOAD_INVALID', details: { path } })
      await expect(issueEntitlementToken(said as TokenClaims, key)).rejects.toMatchObject({ code: 'TOKEN_PAYLOAD_INVALID' })
    }
  })

  test('that was changed anywhere does not hold, and nothing else is thrown', async () => {
    const token = await issueEntitlementToken(claims, key)
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.integer({ min: 33, max: 126 }), async (at, code) => {
        const changed = token.slice(0, at) + String.fromCharCode(code) + token.slice(at + 1)
        // The last character of a signature has bits that say nothing; strict decoding refuses them too.
        expect(await codeOf(verify(changed))).toMatch(changed === token ? /^holds$/ : /^TOKEN_/)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a DPoP proof', () => {
  const url = 'https://api.example/reports?page=2'
  const token = 'abc.def.ghi'

  async function prover(algorithm = 'ES256') {
    const pair = await generateKeyPair(algorithm, { extractable: true })
    const jwk = await exportJWK(pair.publicKey)
    const ath = encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))))
    const said = { htm: 'GET', htu: 'https://api.example/reports', iat: NOW, jti: 'p-1', ath }
    const prove = (more: object = {}, header: object = {}) =>
      new SignJWT({ ...said, ...more }).setProtectedHeader({ alg: algorithm, typ: 'dpop+jwt', jwk, ...header }).sign(pair.privateKey)
    return { prove, jkt: await calculateJwkThumbprint(jwk), pair }
  }
  const check = (proof: string | undefined, jkt: string, more: Partial<DpopOptions> = {}) =>
    verifyDpop({ proof, method: 'GET', url, token, jkt, now: NOW + 1, remember: () => true, ...more }).then(
      () => 'holds',
      ({ code, details }: { code: string; details?: { member: string } }) => (details === undefined ? code : `${code} ${details.member}`),
    )

  test.each(['ES256', 'EdDSA', 'PS256'])('by %s holds for the request that it was made for', async (algorithm) => {
    const { prove, jkt } = await prover(algorithm)
    expect(await check(await prove(), jkt)).toBe('holds')
  })

  test('for anything else does not', async () => {
    const { prove, jkt, pair } = await prover()
    const other = await prover()
    expect(await check(undefined, jkt)).toBe('DPOP_MISSING')
    expect(await check('nonsense', jkt)).toBe('DPOP_INVALID ')
    expect(await check(await other.prove(), jkt)).toBe('DPOP_INVALID jwk')
    expect(await check(await prove({ htm: 'POST' }), jkt)).toBe('DPOP_INVALID htm')
    expect(await check(await prove({ htu: 'https://api.example/other' }), jkt)).toBe('DPOP_INVALID htu')
    expect(await check(await prove({ htu: 'https://evil.example/reports' }), jkt)).toBe('DPOP_INVALID htu')
    expect(await check(await prove({ htu: 'no url' }), jkt, { url: 'no url' })).toBe('DPOP_INVALID htu')
    expect(await check(await prove({ ath: undefined }), jkt)).toBe('DPOP_INVALID ath')
    expect(await check(await prove({ ath: 'x' }), jkt)).toBe('DPOP_INVALID ath')
    expect(await check(await prove({ iat: NOW - 60 }), jkt)).toBe('DPOP_INVALID iat')
    expect(await check(await prove({ iat: NOW + 30 }), jkt)).toBe('DPOP_INVALID iat')
    expect(await check(await prove({ jti: '' }), jkt)).toBe('DPOP_INVALID jti')
    expect(await check(await prove({}, { typ: 'JWT' }), jkt)).toMatch(/^DPOP_INVALID/)
    const secret = await exportJWK(pair.privateKey)
    expect(await check(await prove({}, { jwk: secret }), jkt)).toMatch(/^DPOP_INVALID/)
    expect(await check(await prove(), jkt, { remember: () => false })).toBe('DPOP_REPLAYED')
  })
})
