import { issueKeyStatement, type KeyStatement, SigningKey, type TrustedRoot } from '@writ/trust'
import { beforeAll, expect, test } from 'vitest'
import { type FreshnessStamp, issueFreshnessStamp, verifyFreshnessStamp } from './freshness.ts'

const NOW = 1_795_000_000
const stamp: FreshnessStamp = { iss: 'writ:test', iat: NOW, revision: 42, incarnation: '0f8fad5b-d9cb-469f-a165-70867728950e' }
let root: SigningKey
let key: SigningKey
let roots: TrustedRoot[]
let stated: (change?: Partial<KeyStatement>) => Promise<string>

beforeAll(async () => {
  root = await SigningKey.generate()
  key = await SigningKey.generate()
  roots = [{ issuer: stamp.iss, key: root.publicJwk }]
  const said = {
    iss: stamp.iss,
    iat: NOW - 10,
    jwk: key.publicJwk,
    use: 'freshness',
    products: 'all',
    nbf: NOW - 10,
    exp: NOW + 10,
  } as const
  stated = (change = {}) => issueKeyStatement(root, { ...said, ...change })
})
const issued = async (change: Partial<FreshnessStamp> = {}, by?: string) =>
  issueFreshnessStamp({ ...stamp, ...change }, { key, statement: by ?? (await stated()) })
const why = (text: string, more: object = {}) =>
  verifyFreshnessStamp(text, { roots, ...more }).then(
    () => 'holds',
    ({ code, details }) => `${code} ${details.why}`,
  )

test('a stamp says how far the authority was, and when', async () => {
  expect(await verifyFreshnessStamp(`${await issued()}\n`, { roots, now: NOW })).toEqual(stamp)
})

test('what no pinned root vouches for proves nothing', async () => {
  const text = await issued()
  const stranger = [{ issuer: stamp.iss, key: (await SigningKey.generate()).publicJwk }]
  const keySet = new Map([[key.kid, { iss: stamp.iss, revoked_at: NOW + 5 } as KeyStatement]])
  expect(await why(text, { roots: stranger })).toBe('STAMP_REFUSED ROOT_UNKNOWN')
  expect(await why(text, { keySet })).toBe('STAMP_REFUSED STATEMENT_REVOKED')
  expect(await why(text, { now: NOW - 61 })).toBe('STAMP_REFUSED FROM_THE_FUTURE')
  expect(await why(text.slice(0, -50))).toBe('STAMP_REFUSED JWS_MALFORMED')
  expect(await why('A'.repeat(20_000))).toBe('STAMP_REFUSED JWS_TOO_LARGE')
  const at = text.lastIndexOf('.') - 9
  expect(await why(`${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`)).toBe('STAMP_REFUSED SIGNATURE_INVALID')
  expect(await why(await issued({}, await stated({ use: 'license' })))).toBe('STAMP_REFUSED STATEMENT_USE_REFUSED')
  expect(await why(await issued({}, await stated({ products: ['atlas'] })))).toBe('STAMP_REFUSED STATEMENT_PRODUCT_REFUSED')
  expect(await why(await issued({ iat: NOW + 10 }))).toBe('STAMP_REFUSED STATEMENT_NOT_IN_FORCE')
  expect(await why(await issued({ iss: 'writ:other' }))).toBe('STAMP_REFUSED ISSUER_MISMATCH')
  await expect(issued({ revision: -1 })).rejects.toMatchObject({ details: { why: 'CONTENT_INVALID' } })
})
