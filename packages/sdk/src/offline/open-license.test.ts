import {
  encryptLicenseFile,
  hashLicenseFile,
  issueFileLog,
  issueLicenseFile,
  LICENSE_USE,
  type LicenseClaims,
  makeDecryptionKey,
  rosterId,
} from '@writ/license'
import { hash, parse, show } from '@writ/terms'
import { issueKeyStatement, SigningKey, type TrustedRoot } from '@writ/trust'
import { beforeAll, expect, test } from 'vitest'
import { ferry, NINE } from '../../test/fake-authority.ts'
import { openLicense, readRevocations } from './index.ts'

const HOUR = 3_600_000
const iss = 'writ:test'
const source = `
terms: 1
product: ferry
title: Ferry
features:
  cross: { title: Cross }
  view: { title: View, unreachable: open }
  deck: { title: Deck, type: choice, values: [lower, upper] }
  engine: { title: Engine, resource: ship, commands: [start, stop] }
  ticket: { title: Ticket, meter: tickets }
  horn: { title: Horn }
meters: { tickets: { unit: ticket, aggregate: sum } }
assurance: { word: { acr: word, any_of: [pwd] }, otp: { acr: otp, any_of: [otp] } }
context: { lane: { type: string, from: enforcer } }
roles: { crew: ['*'], guest: [view] }
plans:
  day:
    title: Day
    seats: { named: 2 }
    grace: { offline: 72 hours }
    includes:
      cross: { obligations: { record: true } }
      view: {}
      deck: { value: lower }
      ticket: { limit: 10 per month }
      horn: { rate: 1 per minute }
      engine: { commands: [start], assurance: otp within 1 hour }
`

let signer: SigningKey
let statement = ''
let roots: TrustedRoot[] = []
let base: LicenseClaims

beforeAll(async () => {
  const root = await SigningKey.generate()
  signer = await SigningKey.generate()
  const iat = NINE / 1000
  statement = await issueKeyStatement(root, {
    iss,
    iat,
    jwk: signer.publicJwk,
    use: LICENSE_USE,
    products: 'all',
    nbf: iat,
    exp: iat + 1e7,
  })
  roots = [{ issuer: iss, key: root.publicJwk }]
  const { terms } = parse(source)
  if (terms === undefined) throw new Error('the terms of the test have a fault')
  base = {
    iss,
    iat,
    jti: 'f1',
    license: 'L1',
    product: 'ferry',
    plan: 'day',
    edition: 1,
    terms_hash: await hash(terms),
    terms: show(terms),
    holder: { organization: 'acme' },
    starts: NINE - HOUR,
    ends: NINE + 48 * HOUR,
    roster: await Promise.all(
      ['ann', 'bea', 'cy'].map(async (id) => ({ id: await rosterId('L1', id), kind: 'human' as const, roles: ['crew'] })),
    ),
  }
})

/** A file as it is issued, opened; `time.now` is the clock of the device. */
async function opened(claims: Partial<LicenseClaims> = {}, more: object = {}) {
  const time = { now: NINE }
  const licenseFile = await issueLicenseFile({ ...base, ...claims }, { key: signer, statement, roots })
  const writ = await openLicense({ licenseFile, roots, product: ferry, obligations: ['record'], clock: () => time.now, ...more })
  return { writ, time, licenseFile }
}
const ask = { identity: 'ann', feature: 'cross' } as const
const asserted = (): Partial<LicenseClaims> => ({ roster: undefined, identities: 'asserted' }) as unknown as Partial<LicenseClaims>

test('who is on the roster is found by the id that the application knows', async () => {
  const { writ } = await opened()
  expect(await writ.check(ask)).toMatchObject({ allowed: true, license: 'L1', edition: 1, obligations: [{ type: 'record' }] })
  expect(await writ.check(ask)).not.toHaveProperty('revision')
  expect(await writ.check({ ...ask, identity: 'zoe' })).toMatchObject({ allowed: false, reason: 'identity_unknown' })
  await expect(writ.require({ ...ask, feature: 'deck', wanted: 'upper' })).rejects.toMatchObject({
    code: 'REFUSED',
    reason: 'not_entitled',
  })
})

test('commands and proofs count as they do online', async () => {
  const { writ } = await opened()
  const start = { identity: 'ann', feature: 'engine', resource: { id: 'mary', kind: 'ship' }, commands: ['start'] } as const
  expect(await writ.check(start)).toMatchObject({ reason: 'step_up_required', remedies: [{ type: 'step_up', acr_values: ['otp'] }] })
  expect(await writ.check({ ...start, proofs: [{ level: 'otp', at: new Date(NINE) }] })).toMatchObject({
    allowed: true,
    expires: '2026-11-23T10:00:00Z',
  })
  expect(await writ.check({ ...start, commands: ['start', 'stop'] })).toMatchObject({ reason: 'not_entitled' })
})

test('an obligation that was not declared is a no here too', async () => {
  const { writ } = await opened({}, { obligations: [] })
  expect(await writ.check(ask)).toMatchObject({ allowed: false, reason: 'condition_failed', unmet: [{ type: 'record' }] })
})

test('everything since the issue is offline grace; what the terms leave open outlives it, and the end ends both', async () => {
  const { writ, time } = await opened({ ends: NINE + 100 * HOUR })
  const view = { ...ask, feature: 'view' } as const
  time.now = NINE + 72 * HOUR - 1
  expect(await writ.check(ask)).toMatchObject({ allowed: true, notices: [{ type: 'stale', since: '2026-11-23T09:00:00Z' }] })
  time.now += 1
  expect(await writ.check(ask)).toMatchObject({ allowed: false, reason: 'facts_stale', remedies: [{ type: 'reconnect' }] })
  expect(await writ.check(view)).toMatchObject({ allowed: true })
  time.now = NINE + 100 * HOUR
  expect(await writ.check(view)).toMatchObject({ allowed: false, reason: 'license_expired' })
})

test('a hard quota cannot be known here, and a rate is counted as far as this process goes', async () => {
  const { writ, time } = await opened()
  const consume = { amount: 1, id: 't-1' }
  expect(await writ.check({ identity: 'ann', feature: 'ticket', consume } as never)).toMatchObject({ reason: 'quota_unavailable' })
  const horn = { identity: 'ann', feature: 'horn' } as never
  expect(await writ.check(horn)).toMatchObject({ allowed: true })
  expect(await writ.check(horn)).toMatchObject({ reason: 'rate_limited' })
  time.now += 60_000
  expect(await writ.batch([horn, horn])).toMatchObject([{ allowed: true }, { allowed: true }])
  expect(await writ.check(horn)).toMatchObject({ allowed: true })
})

test('no more seats are taken than the plan has; looking takes none', async () => {
  const { writ } = await opened()
  const all = ['ann', 'bea', 'cy'].map((identity) => ({ identity, feature: 'view' }) as const)
  expect((await writ.batch(all)).map(({ allowed }) => allowed)).toEqual([true, true, true])
  const taken = []
  for (const question of [...all, ...all]) taken.push((await writ.check(question)).reason ?? 'yes')
  expect(taken).toEqual(['yes', 'yes', 'seats_exhausted', 'yes', 'yes', 'seats_exhausted'])
})

test('floating seats are counted in this process, for as long as their lease', async () => {
  const terms = base.terms.replace(/named: 2/, 'floating: 1, lease: 10 minutes')
  expect(terms).toContain('floating')
  const { writ, time } = await opened({ terms })
  const seat = async (identity: string) => (await writ.check({ identity, feature: 'view' })).reason ?? 'yes'
  expect([await seat('ann'), await seat('bea'), await seat('ann')]).toEqual(['yes', 'seats_exhausted', 'yes'])
  time.now += 600_000
  expect([await seat('bea'), await seat('ann')]).toEqual(['yes', 'seats_exhausted'])
})

test('where the file leaves identities to the application, it vouches for them', async () => {
  const { writ } = await opened(asserted())
  expect(await writ.check(ask)).toMatchObject({ reason: 'identity_unknown' })
  writ.vouch({ id: 'ann', roles: ['guest'] })
  expect(await writ.check(ask)).toMatchObject({ reason: 'not_permitted' })
  writ.vouch({ id: 'ann', roles: ['crew'] })
  expect(await writ.check(ask)).toMatchObject({ allowed: true })
  const rostered = await opened()
  expect(() => rostered.writ.vouch({ id: 'eve', roles: ['crew'] })).toThrow(RangeError)
})

test('entitlements say it feature by feature', async () => {
  const { writ } = await opened()
  const { cross, view, deck } = await writ.entitlements('ann')
  expect([cross.allowed, view.allowed, deck.value]).toEqual([true, true, 'lower'])
})

test('a file that was altered, or that no pinned root vouches for, answers nothing but no', async () => {
  const { licenseFile } = await opened()
  const at = licenseFile.length - 60
  const altered = `${licenseFile.slice(0, at)}${licenseFile[at] === 'A' ? 'B' : 'A'}${licenseFile.slice(at + 1)}`
  const stranger = [{ issuer: iss, key: (await SigningKey.generate()).publicJwk }]
  for (const options of [
    { licenseFile: altered, roots },
    { licenseFile, roots: stranger },
    { licenseFile: '', roots },
  ]) {
    const writ = await openLicense({ ...options, product: ferry, clock: () => NINE })
    expect(await writ.check({ ...ask, feature: 'view' })).toMatchObject({ allowed: false, reason: 'license_file_invalid', remedies: [] })
    expect((await writ.entitlements('ann')).view.allowed).toBe(false)
    expect(writ.fault?.error).toMatchObject({ name: 'LicenseError' })
    expect(writ.claims).toBeUndefined()
  }
})

test('signed terms that this version cannot read are no terms', async () => {
  const { writ } = await opened({ terms: 'terms: 99\n' })
  expect(await writ.check(ask)).toMatchObject({ allowed: false, reason: 'license_file_invalid' })
})

test('a file for another device says to activate this one', async () => {
  const binding = { device_key: 'A'.repeat(43) }
  expect(await (await opened({ binding })).writ.check(ask)).toMatchObject({ reason: 'device_mismatch', remedies: [{ type: 'reactivate' }] })
  const here = await opened({ binding }, { device: { deviceKey: 'A'.repeat(43) } })
  expect(await here.writ.check(ask)).toMatchObject({ allowed: true })
})

test('a clock that reads earlier than the file was issued was turned back', async () => {
  const { writ, time, licenseFile } = await opened()
  time.now = NINE - 60_000
  expect(await writ.check(ask)).toMatchObject({ allowed: true })
  time.now -= 1
  expect(await writ.check(ask)).toMatchObject({ reason: 'clock_turned_back', remedies: [{ type: 'reconnect' }] })
  time.now = NINE
  expect(await writ.check(ask)).toMatchObject({ allowed: true })
  const early = await openLicense({ licenseFile, roots, product: ferry, clock: () => NINE - HOUR })
  expect(await early.check(ask)).toMatchObject({ reason: 'clock_turned_back' })
})

test('a mistake of the caller is thrown, not answered', async () => {
  const { licenseFile } = await opened()
  await expect(openLicense({ licenseFile, roots: undefined as never })).rejects.toMatchObject({ code: 'LICENSE_OPTION_INVALID' })
})

test('of a key that was revoked the file holds that the authority logged before, fetched or carried here', async () => {
  const { licenseFile } = await opened()
  const at = NINE / 1000
  const root = await SigningKey.generate()
  const key = await SigningKey.generate()
  const logKey = await SigningKey.generate()
  const pinned = [{ issuer: iss, key: root.publicJwk }]
  const all = { iss, iat: at, products: 'all', nbf: at, exp: at + 1e6 } as const
  const revoked_at = at + 60
  const good = await issueKeyStatement(root, { ...all, jwk: key.publicJwk, use: LICENSE_USE })
  const revoked = await issueKeyStatement(root, { ...all, jwk: key.publicJwk, use: LICENSE_USE, revoked_at })
  const mine = await issueLicenseFile(base, { key, statement: good, roots: pinned })
  const forged = await issueLicenseFile({ ...base, jti: 'fil_forged' }, { key, statement: good, roots: pinned })
  const statement = await issueKeyStatement(root, { ...all, jwk: logKey.publicJwk, use: 'file_log' })
  const part = async (number: number, files: string[]) =>
    issueFileLog({ iss, iat: at + 70, kid: key.kid, revoked_at, part: number, parts: 2, files }, { key: logKey, statement })
  const parts = [await part(1, ['0'.repeat(64)]), await part(2, [await hashLicenseFile(mine)])]
  const asked: string[] = []
  const fetch = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url)
    asked.push(pathname + search)
    if (pathname === '/.well-known/writ-keys') return Response.json({ issuer: iss, root: root.publicJwk, statements: [revoked] })
    return new Response(parts[Number(search.slice(-1)) - 1])
  }
  const url = 'http://127.0.0.1:1/'
  const known = await readRevocations({ url, roots: pinned, licenseFile: mine, fetch })
  expect(known.fileLog).toBe(parts[1])
  expect(asked.slice(1)).toEqual([1, 2].map((number) => `/v1/signing-keys/${key.kid}/files?part=${number}`))
  const answer = async (options: object) => {
    const writ = await openLicense({
      licenseFile: mine,
      roots: pinned,
      product: ferry,
      obligations: ['record'],
      clock: () => NINE + 100_000,
      ...options,
    })
    return (await writ.check(ask)).allowed ? 'yes' : (writ.fault?.error as { code?: string } | undefined)?.code
  }
  expect(await answer(known)).toBe('yes')
  expect(await answer({ ...known, fileLog: parts.join('\n') })).toBe('yes')
  expect(await answer({ keySet: known.keySet })).toBe('LICENSE_NOT_LOGGED')
  expect(await answer({ ...known, fileLog: `${parts[1]}A` })).toBe('FILE_LOG_REFUSED')
  expect(await answer({ ...known, licenseFile: forged })).toBe('LICENSE_NOT_LOGGED')
  expect((await readRevocations({ url, roots: pinned, licenseFile: forged, fetch })).fileLog).toBeUndefined()
  // Of a key that nothing is known of there is nothing to fetch.
  expect((await readRevocations({ url, roots: pinned, licenseFile, fetch })).fileLog).toBeUndefined()
  const gone = async () => new Response('', { status: 503 })
  await expect(readRevocations({ url, roots: pinned, licenseFile, fetch: gone })).rejects.toMatchObject({ code: 'NO_KEY_SET' })
})

test('a file that is encrypted opens with the key of its holder alone', async () => {
  const { licenseFile: plain } = await opened()
  const [mine, other] = [await makeDecryptionKey(), await makeDecryptionKey()]
  const licenseFile = await encryptLicenseFile(plain, mine.publicJwk)
  expect(await (await opened({}, { licenseFile, decryptionKey: mine.privateJwk })).writ.check(ask)).toMatchObject({ allowed: true })
  expect(await (await opened({}, { decryptionKey: mine.privateJwk })).writ.check(ask)).toMatchObject({ allowed: true })
  for (const decryptionKey of [undefined, other.privateJwk, { ...mine.privateJwk, d: 'x' }]) {
    const { writ } = await opened({}, { licenseFile, decryptionKey })
    expect(await writ.check(ask)).toMatchObject({ allowed: false, reason: 'license_file_invalid' })
    expect(writ.fault?.error).toMatchObject({ code: expect.stringMatching(/^(LICENSE_UNDECRYPTED|ENCRYPTION_KEY_MALFORMED)$/) })
  }
})
