import { issueKeyStatement, type KeyStatement, SigningKey, type TrustedRoot } from '@writ/trust'
import { beforeAll, expect, test } from 'vitest'
import good from '../vectors/good.json' with { type: 'json' }
import hostile from '../vectors/hostile.json' with { type: 'json' }
import type { Vector, VectorFile } from '../vectors/vector.ts'
import { type LicenseClaims, MAX_FILE_LENGTH } from './claims.ts'
import { inspectLicenseFile } from './inspect.ts'
import { issueLicenseFile } from './issue.ts'
import { type VerifyOptions, verifyLicenseFile } from './verify.ts'

const { roots, now, cases } = good as unknown as VectorFile
const file = cases[0]?.text ?? ''
const { claims } = (cases[0] as Vector).want as { claims: LicenseClaims }
let root: SigningKey
let key: SigningKey
let pinned: TrustedRoot[]
let said: Omit<KeyStatement, 'kid'>
let statement: string

beforeAll(async () => {
  root = await SigningKey.generate()
  key = await SigningKey.generate()
  pinned = [{ issuer: claims.iss, key: root.publicJwk }]
  said = { iss: claims.iss, iat: now - 1e6, jwk: key.publicJwk, use: 'license', products: 'all', nbf: now - 1e6, exp: now + 1e6 }
  statement = await issueKeyStatement(root, said)
})

const options: { name: string; change: Partial<VerifyOptions>; option: string }[] = [
  { name: 'milliseconds for now', change: { now: now * 1000 }, option: 'now' },
  { name: 'no number for now', change: { now: Number.NaN }, option: 'now' },
  { name: 'more than five minutes of skew', change: { skewSeconds: 301 }, option: 'skewSeconds' },
  { name: 'a negative skew', change: { skewSeconds: -1 }, option: 'skewSeconds' },
  { name: 'no roots', change: { roots: undefined as never }, option: 'roots' },
]
for (const { name, change, option } of options)
  test(`refuses ${name}`, async () => {
    const error = expect.objectContaining({ code: 'LICENSE_OPTION_INVALID', details: { option } })
    await expect(verifyLicenseFile(file, { roots, now, ...change })).rejects.toEqual(error)
  })

test('with no root pinned nothing verifies', async () => {
  await expect(verifyLicenseFile(file, { roots: [], now })).rejects.toMatchObject({ details: { why: 'ROOT_UNKNOWN' } })
})

test('a fresher key set revokes a key whose file does not know it yet', async () => {
  const { statement: inside } = await verifyLicenseFile(file, { roots, now })
  const set = (revoked_at: number) => new Map([[inside.kid, { ...inside, revoked_at }]])
  await expect(verifyLicenseFile(file, { roots, now, keySet: set(claims.iat) })).rejects.toMatchObject({
    code: 'LICENSE_STATEMENT_REFUSED',
    details: { why: 'STATEMENT_REVOKED' },
  })
  await expect(verifyLicenseFile(file, { roots, now, keySet: set(claims.iat + 1) })).rejects.toMatchObject({
    code: 'LICENSE_NOT_LOGGED',
    details: { keyId: inside.kid, revokedAt: claims.iat + 1 },
  })
  expect((await verifyLicenseFile(file, { roots, now, keySet: new Map([[inside.kid, inside]]) })).claims.jti).toBe(claims.jti)
})

test('a revocation in the name of another authority darkens nobody, though it names the same key', async () => {
  const { statement: inside } = await verifyLicenseFile(file, { roots, now })
  const keySet = new Map([[inside.kid, { ...inside, iss: 'https://license.other.example', revoked_at: 0 }]])
  expect((await verifyLicenseFile(file, { roots, now, keySet })).claims.jti).toBe(claims.jti)
})

test('an authority is not given a file that its customers could not verify', async () => {
  const expired = await issueKeyStatement(root, { ...said, exp: now - 500_000 })
  const other = await SigningKey.generate()
  const attempts = [
    [() => issueLicenseFile(claims, { key, statement: expired, roots: pinned }), 'LICENSE_STATEMENT_REFUSED'],
    [() => issueLicenseFile(claims, { key: other, statement, roots: pinned }), 'LICENSE_KEY_UNKNOWN'],
    [() => issueLicenseFile(claims, { key, statement, roots }), 'LICENSE_STATEMENT_REFUSED'],
    [() => issueLicenseFile({ ...claims, iss: 'https://other.example' }, { key, statement, roots: pinned }), 'LICENSE_ISSUER_MISMATCH'],
    [() => issueLicenseFile({ ...claims, edition: 0 }, { key, statement, roots: pinned }), 'LICENSE_PAYLOAD_INVALID'],
    [() => issueLicenseFile({ ...claims, terms: 'x'.repeat(60_000) }, { key, statement, roots: pinned }), 'LICENSE_TOO_LARGE'],
  ] as const
  for (const [attempt, code] of attempts) await expect(attempt()).rejects.toMatchObject({ code })
})

test('the largest file is 64 KiB to the character, and one more is refused by whoever issues or reads it', async () => {
  const issue = (size: number) => issueLicenseFile({ ...claims, terms: 'x'.repeat(size) }, { key, statement, roots: pinned })
  let [fits, tooMuch] = [1, MAX_FILE_LENGTH]
  while (tooMuch - fits > 1) {
    const middle = (fits + tooMuch) >> 1
    const made = await issue(middle).catch(() => undefined)
    if (made === undefined) tooMuch = middle
    else fits = middle
  }
  const largest = await issue(fits)
  expect(largest.length).toBeGreaterThan(MAX_FILE_LENGTH - 4)
  expect(largest.length).toBeLessThanOrEqual(MAX_FILE_LENGTH)
  expect((await verifyLicenseFile(largest, { roots: pinned, now })).claims.terms.length).toBe(fits)
  const padded = largest + '\n'.repeat(MAX_FILE_LENGTH + 1 - largest.length)
  await expect(verifyLicenseFile(padded, { roots: pinned, now })).rejects.toMatchObject({ code: 'LICENSE_TOO_LARGE' })
})

test('an error repeats nothing of the file', async () => {
  const error = (await verifyLicenseFile(file, { roots: [], now }).catch((caught: unknown) => caught)) as Error
  for (let each: unknown = error; each instanceof Error; each = each.cause) expect(file).not.toContain(each.message)
  expect(error.message).toBe('The key that signed the license file is not vouched for by a pinned root.')
})

test('inspecting shows a support person whose file it is, also when nobody here pins its root', () => {
  const shown = inspectLicenseFile(file)
  expect(shown).toMatchObject({ verified: false, unverifiedClaims: { holder: { name: 'Northwind Traders' } } })
  expect(shown.unverifiedStatement).toMatchObject({ iss: claims.iss, use: 'license' })
  expect(shown.fault).toBeUndefined()
})

test('inspecting shows a payload of the wrong shape and says that it is wrong', () => {
  const text = hostile.cases.find((vector) => vector.name === 'a member that this version does not know')?.text ?? ''
  const shown = inspectLicenseFile(text)
  expect(shown).toMatchObject({ fault: 'LICENSE_PAYLOAD_INVALID', unverifiedPayload: { only_on: 'tuesdays' } })
  expect(shown.unverifiedClaims).toBeUndefined()
})
