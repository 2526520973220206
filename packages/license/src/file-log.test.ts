import { issueKeyStatement, type KeyStatement, SigningKey, type TrustedRoot } from '@writ/trust'
import { beforeAll, expect, test } from 'vitest'
import good from '../vectors/good.json' with { type: 'json' }
import type { VectorFile } from '../vectors/vector.ts'
import type { LicenseClaims } from './claims.ts'
import { type FileLogClaims, hashLicenseFile, issueFileLog, MOST_LOGGED, readFileLogs } from './file-log.ts'
import { issueLicenseFile } from './issue.ts'
import { verifyLicenseFile } from './verify.ts'

const { now, cases } = good as unknown as VectorFile
const { claims } = (cases[0] as VectorFile['cases'][number]).want as { claims: LicenseClaims }
const REVOKED = claims.iat + 100
let roots: TrustedRoot[]
let key: SigningKey
let statement: string
let logger: { key: SigningKey; statement: string }
let said: (change: Partial<KeyStatement>, signer?: SigningKey) => Promise<string>
let keySet: Map<string, KeyStatement>
let file: string
let logged: FileLogClaims

beforeAll(async () => {
  const root = await SigningKey.generate()
  key = await SigningKey.generate()
  const logKey = await SigningKey.generate()
  roots = [{ issuer: claims.iss, key: root.publicJwk }]
  const all = { iss: claims.iss, iat: now - 1e6, products: 'all', nbf: now - 1e6, exp: now + 1e6 } as const
  said = (change, signer = logKey) => issueKeyStatement(root, { ...all, jwk: signer.publicJwk, use: 'file_log', ...change })
  statement = await said({ use: 'license' }, key)
  logger = { key: logKey, statement: await said({}) }
  const revoked = { ...all, jwk: key.publicJwk, kid: key.kid, use: 'license', revoked_at: REVOKED }
  keySet = new Map([[key.kid, revoked]])
  file = await issueLicenseFile(claims, { key, statement, roots })
  const files = [await hashLicenseFile(file), 'f'.repeat(64)]
  logged = { iss: claims.iss, iat: REVOKED + 50, kid: key.kid, revoked_at: REVOKED, part: 1, parts: 1, files }
})

const held = async (text: string, log?: string) => {
  const fileLogs = log === undefined ? {} : { fileLogs: await readFileLogs(log, { roots, keySet }) }
  return verifyLicenseFile(text, { roots, now, keySet, ...fileLogs }).then(
    () => 'holds',
    ({ code }) => code,
  )
}

test('of a revoked key a file holds that the authority logged before, and no file that was dated back', async () => {
  const log = await issueFileLog(logged, logger)
  const datedBack = await issueLicenseFile({ ...claims, jti: 'file_of_a_thief' }, { key, statement, roots })
  expect([await held(file), await held(file, log), await held(datedBack, log)]).toEqual([
    'LICENSE_NOT_LOGGED',
    'holds',
    'LICENSE_NOT_LOGGED',
  ])
  // However it was carried here.
  expect([await held(file.replaceAll('\n', '\r\n'), log), await held(file.trimEnd(), `${log}\r\n`)]).toEqual(['holds', 'holds'])
})

test('a log in parts is one', async () => {
  const part = (number: number, files: string[]) => issueFileLog({ ...logged, part: number, parts: 2, files }, logger)
  const [first, second] = [await part(1, ['f'.repeat(64)]), await part(2, [await hashLicenseFile(file)])]
  expect([await held(file, first), await held(file, `${first}\n${second}\n`)]).toEqual(['LICENSE_NOT_LOGGED', 'holds'])
})

test('a log of another key, of another authority, or from before the revocation moved shows nothing', async () => {
  for (const change of [{ kid: logger.key.kid }, { revoked_at: REVOKED + 1 }])
    expect(await held(file, await issueFileLog({ ...logged, ...change }, logger))).toBe('LICENSE_NOT_LOGGED')
  expect(await held(file, await issueFileLog({ ...logged, revoked_at: REVOKED - 1 }, logger))).toBe('holds')
})

test('a log that no root vouches for is refused, and says why', async () => {
  const why = (log: string, set = keySet) =>
    readFileLogs(log, { roots, keySet: set }).then(
      () => 'taken',
      ({ code, details }) => `${code} ${details?.why}`,
    )
  const log = await issueFileLog(logged, logger)
  const at = log.indexOf('.') + 9
  const altered = `${log.slice(0, at)}${log[at] === 'A' ? 'B' : 'A'}${log.slice(at + 1)}`
  const revoked = new Map([[logger.key.kid, { iss: claims.iss, revoked_at: now } as KeyStatement]])
  const as = async (change: Partial<KeyStatement>) => issueFileLog(logged, { ...logger, statement: await said(change) })
  expect(await why(log)).toBe('taken')
  expect(await why(altered)).toBe('FILE_LOG_REFUSED SIGNATURE_INVALID')
  expect(await why(log.slice(0, -40))).toBe('FILE_LOG_REFUSED JWS_MALFORMED')
  expect(await why('')).toBe('FILE_LOG_REFUSED JWS_MALFORMED')
  expect(await why('a '.repeat(70))).toBe('FILE_LOG_REFUSED JWS_TOO_LARGE')
  expect(await why(statement)).toBe('FILE_LOG_REFUSED JWS_TYPE_REFUSED')
  // The stolen key signs no log for itself.
  expect(await why(await issueFileLog(logged, { key, statement }))).toBe('FILE_LOG_REFUSED STATEMENT_USE_REFUSED')
  expect(await why(await issueFileLog(logged, { key, statement: logger.statement }))).toBe('FILE_LOG_REFUSED STATEMENT_KEY_MISMATCH')
  expect(await why(log, revoked)).toBe('FILE_LOG_REFUSED STATEMENT_REVOKED')
  expect(await why(await as({ exp: REVOKED }))).toBe('FILE_LOG_REFUSED STATEMENT_NOT_IN_FORCE')
  expect(await why(await as({ products: ['atlas'] }))).toBe('FILE_LOG_REFUSED STATEMENT_PRODUCT_REFUSED')
  expect(await why(await issueFileLog({ ...logged, iss: 'https://other.example' }, logger))).toBe('FILE_LOG_REFUSED ISSUER_MISMATCH')
  await expect(issueFileLog({ ...logged, part: 2 }, logger)).rejects.toMatchObject({ details: { why: 'CONTENT_INVALID' } })
  await expect(issueFileLog({ ...logged, files: ['no hash'] }, logger)).rejects.toMatchObject({ details: { why: 'CONTENT_INVALID' } })
})

test('the largest part fits, and one file more does not', async () => {
  const files = (count: number) => Array.from({ length: count }, (_, i) => i.toString(16).padStart(64, '0'))
  const [log] = await readFileLogs(await issueFileLog({ ...logged, files: files(MOST_LOGGED) }, logger), { roots })
  expect(log?.size).toBe(MOST_LOGGED)
  await expect(issueFileLog({ ...logged, files: files(MOST_LOGGED + 1) }, logger)).rejects.toMatchObject({ code: 'FILE_LOG_REFUSED' })
})
