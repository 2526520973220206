import { issueLicenseFile, issueStatusList, type LicenseClaims, PackedList, STATUS } from '@writ/license'
import { hash, parse, show } from '@writ/terms'
import { issueKeyStatement, SigningKey, type SigningUse, type TrustedRoot } from '@writ/trust'
import { beforeAll, expect, test } from 'vitest'
import { NINE } from '../../test/fake-authority.ts'
import { openLicense } from './index.ts'

const HOUR = 3_600_000
const iss = 'writ:test'
const uri = 'https://writ.example/status-lists/1'
const { terms } = parse(`
terms: 1
product: ferry
title: Ferry
features: { cross: {} }
roles: { crew: ['*'] }
plans: { day: { title: Day, grace: { offline: 72 hours }, includes: { cross: {} } } }
`)
let root: SigningKey
let roots: TrustedRoot[]
let licenseFile: string
let lister: { key: SigningKey; statement: string }

async function vouched(use: SigningUse) {
  const key = await SigningKey.generate()
  const iat = NINE / 1000 - 100
  const said = { iss, iat, jwk: key.publicJwk, use, products: 'all' as const, nbf: iat, exp: iat + 1e8 }
  return { key, statement: await issueKeyStatement(root, said) }
}

beforeAll(async () => {
  root = await SigningKey.generate()
  roots = [{ issuer: iss, key: root.publicJwk }]
  lister = await vouched('status_list')
  if (terms === undefined) throw new Error('the terms of the test have a fault')
  const claims: LicenseClaims = {
    iss,
    iat: NINE / 1000,
    jti: 'f1',
    license: 'L1',
    product: 'ferry',
    plan: 'day',
    edition: 1,
    terms_hash: await hash(terms),
    terms: show(terms),
    holder: { organization: 'acme' },
    starts: NINE - HOUR,
    identities: 'asserted',
    status: { uri, index: 5 },
  }
  licenseFile = await issueLicenseFile(claims, { ...(await vouched('license')), roots })
})

function listAt(instant: number, status: number): Promise<string> {
  const list = PackedList.empty(2, 64)
  list.set(5, status)
  const issuedAt = instant / 1000
  return issueStatusList({ issuer: iss, uri, issuedAt, expiresAt: issuedAt + 7 * 86_400, ttl: 300, list }, lister)
}

async function opened(more: object = {}) {
  const time = { now: NINE }
  const writ = await openLicense({ licenseFile, roots, clock: () => time.now, ...more })
  writ.vouch({ id: 'ann', roles: ['crew'] })
  const told = async () => {
    const { allowed, reason } = await writ.check({ identity: 'ann', feature: 'ferry:cross' })
    return allowed ? 'allowed' : reason
  }
  return { time, writ, told }
}

test('a list only takes away: the time with no network is that of the file, whatever lists say', async () => {
  const { time, writ, told } = await opened()
  time.now = NINE + 60 * HOUR
  await writ.heed(await listAt(NINE + 60 * HOUR, STATUS.valid))
  time.now = NINE + 71 * HOUR
  expect(await told()).toBe('allowed')
  time.now = NINE + 73 * HOUR
  expect(await told()).toBe('facts_stale')
})

test('a list that refuses is undone by a newer one that does not', async () => {
  const { time, writ, told } = await opened()
  time.now = NINE + 10 * HOUR
  await writ.heed(await listAt(time.now, STATUS.suspended))
  expect(await told()).toBe('license_suspended')
  await writ.heed(await listAt(time.now, STATUS.invalid))
  expect(await told()).toBe('license_revoked')
  time.now += HOUR
  await writ.heed(await listAt(time.now, STATUS.valid))
  expect(await told()).toBe('allowed')
})

test('one that is older, over, of later than now, or of another address changes nothing', async () => {
  const { time, writ, told } = await opened()
  time.now = NINE + 10 * HOUR
  const old = await listAt(NINE + 9 * HOUR, STATUS.valid)
  await writ.heed(await listAt(NINE + 10 * HOUR, STATUS.suspended))
  await expect(writ.heed(old)).rejects.toMatchObject({ code: 'STATUS_OLDER' })
  await expect(writ.heed(await listAt(NINE + 12 * HOUR, STATUS.valid))).rejects.toMatchObject({ code: 'STATUS_FROM_THE_FUTURE' })
  time.now = NINE + 200 * HOUR
  await expect(writ.heed(await listAt(NINE + 10.5 * HOUR, STATUS.valid))).rejects.toMatchObject({ code: 'STATUS_EXPIRED' })
  expect(await told()).toBe('facts_stale')
})

test('of two that come at once the newer one counts, whichever is read first', async () => {
  const { time, writ, told } = await opened()
  time.now = NINE + 10 * HOUR
  const old = await Promise.all([9, 8, 7, 6, 5].map((hour) => listAt(NINE + hour * HOUR, STATUS.valid)))
  const newest = await listAt(time.now, STATUS.suspended)
  await Promise.allSettled([newest, ...old].map((list) => writ.heed(list)))
  expect(await told()).toBe('license_suspended')
})

test('what a list says counts at once, also where it cannot be kept', async () => {
  const full = () => {
    throw new Error('ENOSPC')
  }
  const guard = {
    key: 'k',
    facts: async () => ({ deviceKey: 'k' }),
    time: { anchor: () => {}, look: () => 'holds' },
    lists: { seen: () => undefined, heard: full },
  }
  const { time, writ, told } = await opened({ guard })
  time.now = NINE + 10 * HOUR
  await expect(writ.heed(await listAt(time.now, STATUS.suspended))).rejects.toThrow('ENOSPC')
  expect(await told()).toBe('license_suspended')
})
