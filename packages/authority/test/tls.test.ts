import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { type ConnectionOptions, connect as connectTls, type PeerCertificate } from 'node:tls'
import { makeCertificate, type Pair } from '@writ/testing/certificate'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Certificate } from '../src/app/certificate.ts'
import { type Running, start } from '../src/index.ts'
import { initData, scratchFolder, testConfig } from './support.ts'

const folder = scratchFolder()
const live = join(folder, 'tls')
const files = { tlsCert: join(live, 'cert.pem'), tlsKey: join(live, 'key.pem') }
const NAMES = ['writ.example', '127.0.0.1']
const lines: string[] = []
let first: Pair
let running: Running

/** As Kubernetes does it: a link to a folder that holds both files, turned to another folder in one step. */
let versions = 0
function turnTo({ cert, key }: Pair): void {
  const version = join(folder, `tls-${++versions}`)
  mkdirSync(version)
  writeFileSync(join(version, 'cert.pem'), cert)
  writeFileSync(join(version, 'key.pem'), key, { mode: 0o600 })
  symlinkSync(version, `${live}.next`)
  renameSync(`${live}.next`, live)
}

beforeAll(async () => {
  await initData(folder)
  first = await makeCertificate(NAMES)
  turnTo(first)
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) })
  const publicUrl = 'https://other.example'
  running = await start({ config: testConfig(folder, { ...files, publicUrl }), log })
})
afterAll(() => running.close())

/** What the running authority does every few seconds. */
const look = () => running.authority.certificate?.refresh(running.authority.log)
const port = () => Number(new URL(running.url).port)
const options = (ca: string | string[], more: ConnectionOptions = {}) => ({ host: '127.0.0.1', port: port(), ca, ...more })

/** A whole connection, to its certificate and what was agreed on. */
function shake(
  ca: string | string[],
  more: ConnectionOptions = {},
): Promise<{ peer: PeerCertificate; protocol: string | null; cipher: string }> {
  return new Promise((resolve, reject) => {
    const socket = connectTls(options(ca, more), () => {
      resolve({ peer: socket.getPeerCertificate(), protocol: socket.getProtocol(), cipher: socket.getCipher().name })
      socket.end()
    })
    socket.once('error', reject)
  })
}

function get(
  path: string,
  ca: string | string[],
  headers: Record<string, string> = {},
): Promise<{ status?: number; headers: object; text: string }> {
  return new Promise((resolve, reject) => {
    request({ ...options(ca), path, headers, agent: false }, async (response) => {
      let text = ''
      for await (const chunk of response) text += String(chunk)
      resolve({ ...(response.statusCode !== undefined && { status: response.statusCode }), headers: response.headers, text })
    })
      .once('error', reject)
      .end()
  })
}
const gauge = async (name: string, ca: string): Promise<number> =>
  Number(new RegExp(`^${name} (.+)$`, 'm').exec((await get('/metrics', ca)).text)?.[1])

test('it serves by TLS 1.2 and 1.3 with forward secrecy, tells browsers to stay, and answers nothing in the clear', async () => {
  expect(running.url).toBe(`https://127.0.0.1:${port()}`)
  expect(await get('/healthz', first.cert)).toMatchObject({
    status: 200,
    headers: { 'strict-transport-security': 'max-age=31536000; includeSubDomains' },
  })
  expect((await shake(first.cert)).protocol).toBe('TLSv1.3')
  const older = await shake(first.cert, { maxVersion: 'TLSv1.2' })
  expect([older.protocol, older.cipher]).toEqual(['TLSv1.2', expect.stringMatching(/^ECDHE-ECDSA-.*(GCM|POLY1305)/)])
  await expect(shake(first.cert, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })).rejects.toThrow()
  await expect(shake(first.cert, { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' })).rejects.toThrow()
  await expect(fetch(`http://127.0.0.1:${port()}/healthz`)).rejects.toThrow()
})

test('a link that turns, a rename and a write in place are each taken over, for connections by name and by address', async () => {
  const seen = async (pair: Pair) => {
    const served = async (more: ConnectionOptions) => (await shake(pair.cert, more).catch(() => undefined)) !== undefined
    await expect
      .poll(async () => [await served({}), await served({ servername: 'writ.example' })], { timeout: 20_000 })
      .toEqual([true, true])
  }
  // The first by itself; the others are not waited for.
  const turned = await makeCertificate(NAMES)
  turnTo(turned)
  await seen(turned)
  await expect(shake(first.cert)).rejects.toThrow()

  const renamed = await makeCertificate(NAMES)
  writeFileSync(join(folder, 'new.pem'), renamed.cert)
  writeFileSync(join(folder, 'new.key'), renamed.key)
  renameSync(join(folder, 'new.pem'), files.tlsCert)
  renameSync(join(folder, 'new.key'), files.tlsKey)
  look()
  await seen(renamed)

  const written = await makeCertificate(NAMES)
  writeFileSync(files.tlsKey, written.key)
  writeFileSync(files.tlsCert, written.cert)
  look()
  await seen(written)
  first = written
}, 60_000)

test('a broken pair leaves the one before, says so once, and shows it; a whole one ends that', async () => {
  const ends = await gauge('writ_tls_certificate_expiry_timestamp_seconds', first.cert)
  expect(Math.abs(ends - (Date.now() + 90 * 86_400_000) / 1_000)).toBeLessThan(86_400)
  expect(await gauge('writ_tls_certificate_stale', first.cert)).toBe(0)
  const told = () => lines.filter((line) => line.includes('the new certificate cannot be used')).length
  const before = told()
  // The key of another certificate.
  writeFileSync(files.tlsKey, (await makeCertificate(NAMES)).key)
  look()
  look()
  expect(await gauge('writ_tls_certificate_stale', first.cert)).toBe(1)
  expect(told()).toBe(before + 1)
  expect(lines.join('')).not.toContain('PRIVATE KEY')

  const later = await makeCertificate(NAMES, new Date(Date.now() + 365 * 86_400_000))
  turnTo(later)
  look()
  expect(await gauge('writ_tls_certificate_stale', later.cert)).toBe(0)
  expect(await gauge('writ_tls_certificate_expiry_timestamp_seconds', later.cert)).toBeGreaterThan(ends + 200 * 86_400)
  first = later
}, 60_000)

test('a public URL that the certificate is not for is said at start, and a request by another name once', async () => {
  expect(lines.filter((line) => line.includes('the certificate is not for the name in WRIT_PUBLIC_URL'))).toHaveLength(1)
  await get('/openapi.json', first.cert)
  await get('/openapi.json', first.cert)
  expect(lines.filter((line) => line.includes('by another host than WRIT_PUBLIC_URL'))).toHaveLength(1)
})

test('files that are not there, or are no pair, are said at start', async () => {
  const open = (more: object) => () => Certificate.open(testConfig(folder, { ...files, ...more }))
  expect(open({ tlsCert: join(folder, 'none.pem') })).toThrow(expect.objectContaining({ code: 'TLS_FILE_UNREADABLE' }))
  writeFileSync(join(folder, 'other.key'), (await makeCertificate(NAMES)).key)
  expect(open({ tlsKey: join(folder, 'other.key') })).toThrow(expect.objectContaining({ code: 'TLS_PAIR_INVALID' }))
  expect(Certificate.open(testConfig(folder))).toBeUndefined()
})
