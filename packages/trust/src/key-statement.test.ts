import { beforeAll, expect, test } from 'vitest'
import type { TrustError } from './error.ts'
import { signJws } from './jws.ts'
import {
  checkStatementCovers,
  issueKeyStatement,
  KEY_STATEMENT,
  type KeyStatement,
  type TrustedRoot,
  verifyKeyStatement,
} from './key-statement.ts'
import { SigningKey } from './signing-key.ts'

const ISSUER = 'https://license.atlas.example'
let root: SigningKey
let key: SigningKey
let roots: TrustedRoot[]
let said: Omit<KeyStatement, 'kid'>

beforeAll(async () => {
  root = await SigningKey.generate()
  key = await SigningKey.generate()
  roots = [{ issuer: ISSUER, key: root.publicJwk }]
  said = { iss: ISSUER, iat: 1000, jwk: key.publicJwk, use: 'license', products: ['atlas'], nbf: 1000, exp: 2000 }
})

test('a statement says after verifying what was said', async () => {
  const statement = await verifyKeyStatement(await issueKeyStatement(root, said), { roots, use: 'license' })
  expect(statement).toEqual({ ...said, kid: key.kid })
})

test('another root with the same name is unknown', async () => {
  const impostor = await SigningKey.generate()
  const statement = await issueKeyStatement(impostor, said)
  await expect(verifyKeyStatement(statement, { roots })).rejects.toMatchObject({ code: 'ROOT_UNKNOWN', details: { keyId: impostor.kid } })
})

test('a root speaks for its own authority only', async () => {
  const statement = await issueKeyStatement(root, { ...said, iss: 'https://license.other.example' })
  await expect(verifyKeyStatement(statement, { roots })).rejects.toMatchObject({ code: 'STATEMENT_ISSUER_MISMATCH' })
})

test('a root that is pinned for two names of its authority speaks in both, in whatever order they stand', async () => {
  const moved = { issuer: 'https://license.atlas-new.example', key: root.publicJwk }
  for (const both of [
    [moved, ...roots],
    [...roots, moved],
  ])
    for (const { issuer } of both) {
      const statement = await issueKeyStatement(root, { ...said, iss: issuer })
      expect((await verifyKeyStatement(statement, { roots: both })).iss).toBe(issuer)
    }
})

test('a key for another use is refused', async () => {
  const statement = await issueKeyStatement(root, { ...said, use: 'status' })
  await expect(verifyKeyStatement(statement, { roots, use: 'license' })).rejects.toMatchObject({ code: 'STATEMENT_USE_REFUSED' })
  expect((await verifyKeyStatement(statement, { roots, use: 'status' })).use).toBe('status')
})

test('a root cannot state itself', async () => {
  await expect(issueKeyStatement(root, { ...said, jwk: root.publicJwk })).rejects.toMatchObject({ code: 'STATEMENT_KEY_MISMATCH' })
  const forced = await signJws({ ...said, jwk: root.publicJwk, kid: root.kid }, root, KEY_STATEMENT)
  await expect(verifyKeyStatement(forced, { roots })).rejects.toMatchObject({ code: 'STATEMENT_KEY_MISMATCH' })
})

test('the key id is the thumbprint of the key stated', async () => {
  const other = await SigningKey.generate()
  const forced = await signJws({ ...said, kid: other.kid }, root, KEY_STATEMENT)
  await expect(verifyKeyStatement(forced, { roots })).rejects.toMatchObject({ code: 'STATEMENT_KEY_MISMATCH' })
})

const invalid: { name: string; change: Record<string, unknown>; path: string }[] = [
  { name: 'no use', change: { use: undefined }, path: '.use' },
  { name: 'two uses', change: { use: ['license', 'status'] }, path: '.use' },
  { name: 'no product', change: { products: [] }, path: '.products' },
  { name: 'a product that is a pattern', change: { products: ['*'] }, path: '.products' },
  { name: 'an end before its start', change: { nbf: 2000, exp: 2000 }, path: '.exp' },
  { name: 'an end in milliseconds', change: { exp: 1_700_000_000_000 }, path: '.exp' },
  { name: 'an unknown member', change: { admin: true }, path: '.*' },
  { name: 'a private key', change: { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), d: 'A'.repeat(43) } }, path: '.jwk.*' },
]
for (const { name, change, path } of invalid)
  test(`refuses a signed statement with ${name}`, async () => {
    const forced = await signJws({ ...said, kid: key.kid, ...change }, root, KEY_STATEMENT)
    await expect(verifyKeyStatement(forced, { roots })).rejects.toMatchObject({ code: 'STATEMENT_INVALID', details: { path } })
  })

const times: { name: string; at: number; revoked_at?: number; want?: string }[] = [
  { name: 'refuses the second before it starts', at: 999, want: 'STATEMENT_NOT_IN_FORCE' },
  { name: 'covers its first second', at: 1000 },
  { name: 'covers its last second', at: 1999 },
  { name: 'refuses its end', at: 2000, want: 'STATEMENT_NOT_IN_FORCE' },
  { name: 'covers the second before the revocation', at: 1499, revoked_at: 1500 },
  { name: 'refuses the second of the revocation', at: 1500, revoked_at: 1500, want: 'STATEMENT_REVOKED' },
]
for (const { name, at, revoked_at, want } of times)
  test(name, () => {
    const statement = { ...said, kid: key.kid, ...(revoked_at !== undefined && { revoked_at }) }
    expect(code(() => checkStatementCovers(statement, { at, product: 'atlas' }))).toBe(want)
  })

test('covers its products and no other', () => {
  const statement = { ...said, kid: key.kid }
  expect(code(() => checkStatementCovers(statement, { at: 1000, product: 'atla' }))).toBe('STATEMENT_PRODUCT_REFUSED')
  expect(code(() => checkStatementCovers({ ...statement, products: 'all' }, { at: 1000, product: 'anything' }))).toBeUndefined()
})

function code(run: () => void): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    return (error as TrustError).code
  }
}
