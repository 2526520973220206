import { beforeAll, expect, test } from 'vitest'
import { type KeySetDocument, readKeySet } from './key-set.ts'
import { issueKeyStatement, type KeyStatement, type TrustedRoot } from './key-statement.ts'
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
  said = { iss: ISSUER, iat: 1000, jwk: key.publicJwk, use: 'license', products: 'all', nbf: 1000, exp: 2000 }
})

const bytes = (document: unknown) => new TextEncoder().encode(JSON.stringify(document))
const set = (statements: readonly string[]): KeySetDocument => ({ issuer: ISSUER, root: root.publicJwk, statements })

test('a published set says what the pinned root said', async () => {
  const found = await readKeySet(bytes(set([await issueKeyStatement(root, said)])), { roots })
  expect([...found.values()]).toEqual([{ ...said, kid: key.kid }])
})

test('the root in the document is never trusted', async () => {
  const impostor = await SigningKey.generate()
  const document = { issuer: ISSUER, root: impostor.publicJwk, statements: [await issueKeyStatement(impostor, said)] }
  expect((await readKeySet(bytes(document), { roots })).size).toBe(0)
})

test('the newest statement about a key wins, whatever the order', async () => {
  const old = await issueKeyStatement(root, said)
  const renewed = await issueKeyStatement(root, { ...said, iat: 1500, exp: 3000 })
  for (const statements of [
    [old, renewed],
    [renewed, old],
  ])
    expect((await readKeySet(bytes(set(statements)), { roots })).get(key.kid)?.exp).toBe(3000)
})

test('a revocation is not taken back by a newer statement', async () => {
  const revoked = await issueKeyStatement(root, { ...said, iat: 1200, revoked_at: 1100 })
  const newer = await issueKeyStatement(root, { ...said, iat: 1500, exp: 3000 })
  for (const statements of [
    [revoked, newer],
    [newer, revoked],
  ])
    expect((await readKeySet(bytes(set(statements)), { roots })).get(key.kid)).toMatchObject({ exp: 3000, revoked_at: 1100 })
})

test('an authority says nothing of the keys of another, in whose document soever', async () => {
  const neighbour = await SigningKey.generate()
  const name = 'https://license.other.example'
  const both = [...roots, { issuer: name, key: neighbour.publicJwk }]
  const own = await issueKeyStatement(root, said)
  const meddling = await issueKeyStatement(neighbour, { ...said, iss: name, iat: 1500, revoked_at: 0 })
  for (const statements of [
    [own, meddling],
    [meddling, own],
  ])
    expect((await readKeySet(bytes(set(statements)), { roots: both })).get(key.kid)).toEqual({ ...said, kid: key.kid })
})

test('a forged statement under a pinned root is an error, not a gap', async () => {
  const good = await issueKeyStatement(root, said)
  const last = good.at(-2) === 'A' ? 'B' : 'A'
  await expect(readKeySet(bytes(set([good.slice(0, -2) + last + good.slice(-1)])), { roots })).rejects.toMatchObject({
    code: 'SIGNATURE_INVALID',
  })
})

const invalid: { name: string; document: unknown; path: string }[] = [
  { name: 'a list', document: [], path: '' },
  { name: 'no statements', document: { issuer: ISSUER, root: { kty: 'OKP', crv: 'Ed25519', x: 'AA' } }, path: '.statements' },
  {
    name: 'an unknown member',
    document: { issuer: ISSUER, root: { kty: 'OKP', crv: 'Ed25519', x: 'AA' }, statements: [], keys: [] },
    path: '.*',
  },
]
for (const { name, document, path } of invalid)
  test(`refuses ${name}`, async () => {
    await expect(readKeySet(bytes(document), { roots })).rejects.toMatchObject({ code: 'KEY_SET_INVALID', details: { path } })
  })
