import { readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { makeCertificate } from '@writ/testing/certificate'
import { freshDatabase } from '@writ/testing/fresh-database'
import { restoreRootKey } from '@writ/trust'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { openStore } from '../src/app/database.ts'
import { makeLog } from '../src/app/log.ts'
import { restoreBackup } from '../src/backup/restore.ts'
import { start } from '../src/index.ts'
import { migrations } from '../src/migrations/index.ts'
import { scratchFolder, testConfig } from './support.ts'
import { startTransit } from './transit-server.ts'

const ROOT_PASSPHRASE = 'canary passphrase of the root'
const BACKUP_PASSPHRASE = 'canary passphrase of a backup'
const WRONG_PASSPHRASE = 'canary passphrase that is wrong'
const OWN_PAGE = { 'x-writ-console': '1', 'sec-fetch-site': 'same-origin' }

/** Of a PEM file what is secret, line by line. */
const linesOf = (pem: string) => pem.split('\n').filter((line) => line.length > 20 && !line.startsWith('-----'))

describe('what an operator entrusts to an authority', () => {
  // On PostgreSQL alone: what is asked of it is slow by its nature, and its tables are the same.
  const open = async () => openStore({ kind: 'postgres', url: await freshDatabase() })
  const folder = scratchFolder()
  const undo: (() => Promise<unknown>)[] = []
  afterAll(async () => {
    for (const each of undo.reverse()) await each()
  })

  test('is in no log, no answer but its own, no error, no metric and no table', async () => {
    const lines: string[] = []
    const { [pino.symbols.serializersSym]: serializers } = makeLog() as unknown as Record<
      symbol,
      Record<string, (value: unknown) => unknown>
    >
    const log = pino({ level: 'trace', serializers: serializers ?? {} }, { write: (line) => void lines.push(line) })
    const transit = await startTransit()
    undo.push(() => transit.close())
    const pair = await makeCertificate(['127.0.0.1'])
    const files = { tlsCert: join(folder, 'cert.pem'), tlsKey: join(folder, 'key.pem'), token: join(folder, 'token') }
    writeFileSync(files.tlsCert, pair.cert)
    writeFileSync(files.tlsKey, pair.key, { mode: 0o600 })
    writeFileSync(files.token, `${transit.token}\n`, { mode: 0o600 })
    const { token: masterKeyTokenFile, ...tls } = files
    let code = ''
    const store = await open()
    const config = testConfig(folder, { ...tls, masterKeyUrl: transit.url, masterKeyTokenFile })
    const running = await start({ config, store, log, showSetupCode: (shown) => (code = shown) })
    undo.push(() => running.close())

    const said: string[] = []
    /** @param isOwn its answer is meant to hold a secret */
    const send = async (method: string, path: string, { body, headers = {}, isOwn = false }: Sent = {}) => {
      const { port } = new URL(running.url)
      const answer = await new Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer }>((resolve, reject) => {
        const asked = {
          host: '127.0.0.1',
          port,
          ca: pair.cert,
          method,
          path,
          agent: false,
          headers: { ...json(body), ...headers },
        } as const
        request(asked, async (response) => {
          const parts: Buffer[] = []
          for await (const part of response) parts.push(part)
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(parts) })
        })
          .once('error', reject)
          .end(body === undefined ? undefined : JSON.stringify(body))
      })
      if (!isOwn) said.push(JSON.stringify(answer.headers), answer.bytes.toString())
      return answer
    }
    const told = async (method: string, path: string, sent: Sent = {}) => {
      const { status, bytes } = await send(method, path, sent)
      expect([method, path, status, bytes.toString()]).toEqual([method, path, expect.toBeOneOf([200, 201]), bytes.toString()])
      return JSON.parse(bytes.toString())
    }
    const admin = (await told('POST', '/v1/setup', { body: { code }, isOwn: true })).key as string
    const as = { authorization: `Bearer ${admin}` }
    await told('POST', '/v1/organizations', { body: { id: 'acme', title: 'Acme' }, headers: as })

    // A sign-in: the cookie is used, used where it is refused, and put where it does not belong.
    const signedIn = await send('POST', '/v1/sign-in', { body: { key: admin }, headers: OWN_PAGE, isOwn: true })
    const [cookie = ''] = String(signedIn.headers['set-cookie']).split(';')
    const session = cookie.split('=')[1] as string
    expect((await send('GET', '/v1/organizations', { headers: { cookie, ...OWN_PAGE } })).status).toBe(200)
    expect((await send('POST', '/v1/organizations', { body: {}, headers: { cookie, ...OWN_PAGE } })).status).toBe(400)
    expect((await send('POST', '/v1/organizations', { body: { title: 'x' }, headers: { cookie } })).status).toBe(403)
    expect((await send('GET', `/v1/organizations?after=${session}`, { headers: as })).status).toBe(400)
    expect((await send('GET', '/v1/organizations', { headers: { authorization: `Bearer ${session}` } })).status).toBe(401)

    // The root: backed up, with a wrong passphrase, taken out and brought back.
    const { backup } = await told('POST', '/v1/root/backup', { body: { passphrase: ROOT_PASSPHRASE }, headers: as, isOwn: true })
    const { key: root } = await restoreRootKey(backup, ROOT_PASSPHRASE)
    const unfit = { backup, passphrase: WRONG_PASSPHRASE }
    expect((await send('POST', '/v1/root/take-out', { body: unfit, headers: as })).status).toBeGreaterThanOrEqual(400)
    await told('POST', '/v1/root/take-out', { body: { backup, passphrase: ROOT_PASSPHRASE }, headers: as })
    expect((await send('POST', '/v1/root/bring-back', { body: unfit, headers: as })).status).toBeGreaterThanOrEqual(400)
    await told('POST', '/v1/root/bring-back', { body: { backup, passphrase: ROOT_PASSPHRASE }, headers: as })

    // Backups: by passphrase, for a recipient, and with the private key given by mistake for the public one.
    const identity = await generateIdentity()
    const recipients = [await identityToRecipient(identity)]
    const taken = await send('POST', '/v1/backups', { body: { recipients }, headers: as })
    expect((await send('POST', '/v1/backups', { body: { passphrase: BACKUP_PASSPHRASE }, headers: as })).status).toBe(200)
    for (const body of [{ recipients: [identity] }, { passphrase: BACKUP_PASSPHRASE, recipients }, { recipients: [BACKUP_PASSPHRASE] }])
      expect((await send('POST', '/v1/backups', { body, headers: as })).status).toBe(400)
    const other = await generateIdentity()
    const elsewhere = await open()
    undo.push(() => elsewhere.close())
    const errors: string[] = []
    for (const opener of [{ passphrase: WRONG_PASSPHRASE }, { identities: other }, { identities: `${identity}x` }])
      await restoreBackup(elsewhere, Readable.from([taken.bytes]), opener, { config, clock: () => Date.now(), migrations }).then(
        () => expect.unreachable(),
        (error: Error) => void errors.push(everythingOf(error)),
      )

    // A transit service that refuses, and a certificate that does not fit its key.
    transit.fail(403, 1)
    expect((await send('POST', '/v1/data-keys', { headers: as })).status).toBeGreaterThanOrEqual(400)
    await told('POST', '/v1/data-keys', { headers: as })
    const next = await makeCertificate(['127.0.0.1'])
    writeFileSync(files.tlsKey, next.key)
    running.authority.certificate?.refresh(log)
    writeFileSync(files.tlsKey, next.key.slice(0, 80))
    running.authority.certificate?.refresh(log)

    const metrics = (await send('GET', '/metrics', { headers: as })).bytes.toString()
    await Promise.all([running.authority.recorder.flush(), running.authority.credentials.flush()])
    const dump = await dumpOf(store.db)

    const dataKeys = transit.seen.flatMap(({ body }) => (JSON.parse(body || '{}') as { plaintext?: string }).plaintext ?? [])
    expect(dataKeys.length).toBeGreaterThan(1)
    const secrets = [
      ...[ROOT_PASSPHRASE, BACKUP_PASSPHRASE, WRONG_PASSPHRASE, session, transit.token, admin, code, backup, identity, other],
      ...[...linesOf(pair.key), ...linesOf(next.key), ...dataKeys],
      (await root.exposePrivateJwk()).d,
    ]
    const places = { log: lines.join(''), said: said.join('\n'), errors: errors.join('\n'), metrics, dump }
    for (const [place, text] of Object.entries(places))
      expect([place, secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form)))]).toEqual([place, []])
    // It looks where things are.
    expect(dump).toContain('sign_in.begin')
    expect(places.log).toMatch(/certificate/)
    expect(metrics).toContain('writ_')
    expect(errors).toHaveLength(3)
    expect(readFileSync(masterKeyTokenFile, 'utf8').trim()).toBe(transit.token)
  })
})

interface Sent {
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  readonly isOwn?: boolean
}

function json(body: object | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-type': 'application/json' }
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const decoded = /^[A-Za-z0-9_+/=-]{40,}$/.test(secret) ? [Buffer.from(secret, 'base64').toString('hex')] : []
  return [secret, bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex'), encodeURIComponent(secret), ...decoded]
}

/** What a careless handler could print of an error. */
function everythingOf(error: Error): string {
  const { message, stack, cause } = error
  return [
    message,
    stack,
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    cause instanceof Error ? everythingOf(cause) : cause,
  ].join('\n')
}

async function dumpOf(db: Parameters<typeof restoreBackup>[0]['db']): Promise<string> {
  const tables = await sql<{ name: string }>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`.execute(db)
  const dump: string[] = []
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`SELECT row_to_json(t)::text AS row FROM ${sql.table(name)} t`.execute(db)
    dump.push(...rows.map(({ row }) => row))
  }
  return dump.join('\n')
}
