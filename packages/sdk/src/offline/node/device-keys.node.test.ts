import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  encryptLicenseFile,
  hashLicenseFile,
  issueFileLog,
  issueLicenseFile,
  LICENSE_USE,
  type LicenseClaims,
  makeDecryptionKey,
} from '@writ/license'
import { hash, parse, show } from '@writ/terms'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { issueKeyStatement, SigningKey } from '@writ/trust'
import { expect, test } from 'vitest'
import { openDevice } from './open-device.ts'
import { joinPool, makePool } from './pool.ts'

const NOW = Date.parse('2026-11-23T09:00:00Z')
const at = NOW / 1000
const iss = 'writ:test'
const { terms } = parse(`
terms: 1
product: ferry
title: Ferry
features: { view: { title: View } }
roles: { crew: ['*'] }
plans: { day: { title: Day, grace: { offline: 72 hours }, includes: { view: {} } } }
`)
if (terms === undefined) throw new Error('the terms of the test have a fault')
const base: Omit<LicenseClaims, 'jti' | 'iat' | 'binding'> = {
  iss,
  license: 'L1',
  product: 'ferry',
  plan: 'day',
  edition: 1,
  terms_hash: await hash(terms),
  terms: show(terms),
  holder: { organization: 'acme' },
  starts: NOW - 86_400_000,
  identities: 'asserted',
}
const [root, stolen, next, logs] = await Promise.all([1, 2, 3, 4].map(() => SigningKey.generate()))
if (root === undefined || stolen === undefined || next === undefined || logs === undefined) throw new Error('no keys')
const roots = [{ issuer: iss, key: root.publicJwk }]
const said = (key: SigningKey, use: string, more: object = {}) =>
  issueKeyStatement(root, { iss, iat: at, nbf: at, exp: at + 1e6, products: 'all', jwk: key.publicJwk, use, ...more })
const signed = async (key: SigningKey, jti: string, device_key: string, iat = at) =>
  issueLicenseFile({ ...base, jti, iat, binding: { device_key } }, { key, statement: await said(key, LICENSE_USE), roots })
const revoked_at = at + 60
const keySet = async (...statements: string[]) => JSON.stringify({ issuer: iss, root: root.publicJwk, statements })
const revokedSet = async () => keySet(await said(stolen, LICENSE_USE, { revoked_at }), await said(next, LICENSE_USE))
const logOf = async (...files: string[]) =>
  issueFileLog(
    { iss, iat: at + 70, kid: stolen.kid, revoked_at, part: 1, parts: 1, files: await Promise.all(files.map(hashLicenseFile)) },
    { key: logs, statement: await said(logs, 'file_log') },
  )

const scratch = scratchFolder()
let folders = 0
const clock = () => NOW + 100_000
const place = () => join(scratch, `d${++folders}`)
const opened = (folder: string, more: object = {}) => openDevice({ folder, roots, clock, ...more })
type Opened = Awaited<ReturnType<typeof opened>>
const ask = async (writ: Awaited<ReturnType<Opened['open']>>) => {
  if (writ.claims !== undefined) writ.vouch({ id: 'ann', roles: ['crew'] })
  const { allowed, reason } = await writ.check({ identity: 'ann', feature: 'ferry:view' })
  return allowed ? 'yes' : `${reason} ${(writ.fault?.error as { code?: string } | undefined)?.code}`
}
const code = (run: Promise<unknown>) =>
  run.then(
    () => 'ok',
    (error) => `${error.code} ${error.details?.code ?? ''}`.trim(),
  )

test('a device hears once for all that a key was stolen: what was opened by it is over at once, and after a restart', async () => {
  const folder = place()
  const device = await opened(folder)
  await device.install(await signed(stolen, 'mine', device.key), 'act_1')
  const writ = await device.open()
  expect(await ask(writ)).toBe('yes')
  await device.heedKeys({ keySet: await revokedSet() })
  expect(await ask(writ)).toBe('license_file_invalid LICENSE_NOT_LOGGED')
  device.close()
  // An older key set takes nothing back.
  const again = await opened(folder)
  await again.heedKeys({ keySet: await keySet(await said(stolen, LICENSE_USE)) })
  expect(await ask(await again.open())).toBe('license_file_invalid LICENSE_NOT_LOGGED')
  // A file of the next key is good, also when a later one took its place, until its own key is revoked.
  await again.install(await signed(next, 'fresh', again.key))
  const fresh = await again.open()
  await again.install(await signed(next, 'fresher', again.key))
  await again.heedKeys({ keySet: await keySet(await said(logs, 'file_log', { revoked_at })) })
  expect(await ask(fresh)).toBe('yes')
  await again.heedKeys({ keySet: await keySet(await said(next, LICENSE_USE, { revoked_at: at - 1 })) })
  expect([await ask(fresh), await ask(await again.open())]).toEqual(Array(2).fill('license_file_invalid LICENSE_STATEMENT_REFUSED'))
  again.close()
})

test('a file that is opened while a key set is read, whichever is done first, is over like the others', async () => {
  const revoked = await revokedSet()
  for (const ticks of [0, 1, 2, 4, 8, 16]) {
    const device = await opened(place())
    await device.install(await signed(stolen, 'mine', device.key), 'act_1')
    const heeding = device.heedKeys({ keySet: revoked })
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve()
    const writ = await device.open()
    await heeding
    expect([ticks, await ask(writ)]).toEqual([ticks, 'license_file_invalid LICENSE_NOT_LOGGED'])
    device.close()
  }
})

test('a neighbour, pinned as well, neither takes back what a device knows of stolen keys nor fills its memory for them', async () => {
  const neighbour = { iss: 'writ:neighbour', root: await SigningKey.generate() }
  const pinned = [...roots, { issuer: neighbour.iss, key: neighbour.root.publicJwk }]
  const claimed = (jwk: SigningKey['publicJwk']) =>
    issueKeyStatement(neighbour.root, {
      ...{ iss: neighbour.iss, iat: at, nbf: at, exp: at + 1e6, products: 'all', jwk, use: LICENSE_USE },
      revoked_at: at + 900,
    })
  const setOf = async (keys: readonly SigningKey[]) => {
    const statements = await Promise.all(keys.map(({ publicJwk }) => claimed(publicJwk)))
    return JSON.stringify({ issuer: neighbour.iss, root: neighbour.root.publicJwk, statements })
  }
  const folder = place()
  const device = await opened(folder, { roots: pinned })
  await device.install(await signed(stolen, 'mine', device.key), 'act_1')
  const heard: string[] = []
  for (const length of [250, 6, 1]) {
    const invented = await Promise.all(Array.from({ length }, () => SigningKey.generate()))
    heard.push(await code(device.heedKeys({ keySet: await setOf(invented) })))
  }
  expect(heard).toEqual(['ok', 'ok', 'DEVICE_RECORD_UNWRITABLE'])
  const writ = await device.open()
  expect(await ask(writ)).toBe('yes')
  await device.heedKeys({ keySet: await revokedSet() })
  expect(await ask(writ)).toBe('license_file_invalid LICENSE_NOT_LOGGED')
  device.close()
  const other = await opened(place(), { roots: pinned })
  await other.install(await signed(stolen, 'mine', other.key), 'act_1')
  await other.heedKeys({ keySet: await revokedSet() })
  await other.heedKeys({ keySet: await setOf([stolen]) })
  expect(await ask(await other.open())).toBe('license_file_invalid LICENSE_NOT_LOGGED')
  other.close()
})

test('of a stolen key the file holds that the list names, as long as the list is there, and a thief who dates back has none', async () => {
  const folder = place()
  const device = await opened(folder)
  const mine = await signed(stolen, 'mine', device.key)
  await device.install(mine, 'act_1')
  const writ = await device.open()
  const fileLog = await logOf('-----BEGIN WRIT LICENSE-----\nAAAA\n-----END WRIT LICENSE-----\n', mine)
  await device.heedKeys({ keySet: await revokedSet(), fileLog })
  expect(await ask(writ)).toBe('yes')
  expect(await code(device.install(await signed(stolen, 'forged', device.key)))).toBe('LICENSE_FILE_REFUSED LICENSE_NOT_LOGGED')
  expect(await code(device.heedKeys({ keySet: await revokedSet(), fileLog: `${fileLog}A` }))).toBe('FILE_LOG_REFUSED')
  expect(await code(device.heedKeys({ keySet: '{}' }))).toBe('KEY_SET_INVALID')
  device.close()
  const again = await opened(folder)
  expect(await ask(await again.open())).toBe('yes')
  again.close()
  rmSync(join(folder, 'file-log'))
  const without = await opened(folder)
  expect(await ask(await without.open())).toBe('license_file_invalid LICENSE_NOT_LOGGED')
  without.close()
})

test('where there is a network the key set and the list are fetched', async () => {
  const device = await opened(place(), { url: 'http://127.0.0.1:1' })
  const mine = await signed(stolen, 'mine', device.key)
  expect(await code(device.refreshKeys())).toBe('DEVICE_NOT_ACTIVATED')
  await device.install(mine, 'act_1')
  const fileLog = await logOf(mine)
  const answers: Record<string, string> = {
    '/.well-known/writ-keys': await revokedSet(),
    [`/v1/signing-keys/${stolen.kid}/files`]: fileLog,
  }
  const { fetch } = globalThis
  try {
    globalThis.fetch = async (request) => new Response(answers[new URL((request as Request).url).pathname] ?? '', { status: 200 })
    await device.refreshKeys()
    expect(await ask(await device.open())).toBe('yes')
    expect(await code(device.install(await signed(stolen, 'forged', device.key)))).toBe('LICENSE_FILE_REFUSED LICENSE_NOT_LOGGED')
    globalThis.fetch = async () => new Response('', { status: 503 })
    expect(await code(device.refreshKeys())).toBe('NO_KEY_SET')
  } finally {
    globalThis.fetch = fetch
  }
  device.close()
})

test('a device with a key to read files with takes encrypted ones, and has none in the clear on its disk', async () => {
  const folder = place()
  const [mine, other] = [await makeDecryptionKey(), await makeDecryptionKey()]
  const device = await opened(folder, { decryptionKey: mine.privateJwk })
  const plain = await signed(next, 'f1', device.key)
  const encrypted = await encryptLicenseFile(plain, mine.publicJwk)
  expect(await code(device.install(await encryptLicenseFile(plain, other.publicJwk)))).toBe('LICENSE_FILE_REFUSED LICENSE_UNDECRYPTED')
  for (const file of [encrypted, plain]) {
    await device.install(file, 'act_1')
    expect(readFileSync(join(folder, 'license'), 'utf8')).toMatch(/^-----BEGIN WRIT ENCRYPTED LICENSE-----/)
    expect(await ask(await device.open())).toBe('yes')
  }
  device.close()
  const without = await opened(folder)
  expect(await ask(await without.open())).toMatch(/^license_file_invalid/)
  expect(await code(without.install(encrypted))).toMatch(/^LICENSE_FILE_REFUSED/)
  without.close()
})

test('a node of a pool takes an encrypted file, and what came with the pool of stolen keys', async () => {
  const key = await SigningKey.generate()
  const { publicJwk, privateJwk: decryptionKey } = await makeDecryptionKey()
  const plain = await signed(stolen, 'f1', key.kid)
  const activation = { id: 'act_1', license: 'L1', issuer: iss }
  const { text: pool, codes } = await makePool([{ name: 'press', key, activation, file: await encryptLicenseFile(plain, publicJwk) }])
  const join_ = (folder: string, more: object) => joinPool({ folder, roots, pool, code: codes[0]?.code ?? '', clock, ...more })
  expect(await code(join_(place(), {}))).toMatch(/^LICENSE_FILE_REFUSED/)
  const keys = { keySet: await revokedSet() }
  expect(await code(join_(place(), { decryptionKey, ...keys }))).toBe('LICENSE_FILE_REFUSED LICENSE_NOT_LOGGED')
  const folder = place()
  const joined = async () => join_(folder, { decryptionKey, ...keys, fileLog: await logOf(plain) })
  // What could not be written at first can be joined again.
  mkdirSync(join(folder, 'license', 'in the way'), { recursive: true })
  expect(await code(joined())).toBe('DEVICE_RECORD_UNWRITABLE')
  rmSync(join(folder, 'license'), { recursive: true })
  expect(await joined()).toBe('press')
  const device = await opened(folder, { decryptionKey })
  expect([device.key, await ask(await device.open())]).toEqual([key.kid, 'yes'])
  expect(await code(device.install(await signed(stolen, 'forged', device.key)))).toBe('LICENSE_FILE_REFUSED LICENSE_NOT_LOGGED')
  device.close()
})
