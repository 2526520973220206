import { sql } from 'kysely'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { makeLog } from '../src/app/log.ts'
import { start } from '../src/index.ts'
import { kitTerms } from './kit.ts'
import { onBothStores, scratchFolder, testConfig } from './support.ts'

const PASSPHRASE = 'canary passphrase of the root'
const WRONG_KEY = `writ_key_${'canary'.padEnd(38, '0')}`
const BODY = 'canary-in-a-body'
const QUERY = 'canary-in-a-query'
const HEADER = 'canary-in-a-header'

onBothStores('a secret', (open) => {
  const folder = scratchFolder()

  test('is shown to whom it is given, and is in no log, no refusal and no table', async () => {
    const lines: string[] = []
    // What the log of a running authority shows of an error, written where we can read it.
    const { [pino.symbols.serializersSym]: serializers } = makeLog() as unknown as Record<
      symbol,
      Record<string, (value: unknown) => unknown>
    >
    const log = pino({ level: 'trace', serializers: serializers ?? {} }, { write: (line) => void lines.push(line) })
    let code = ''
    const store = await open()
    const running = await start({ config: testConfig(folder), store, log, showSetupCode: (shown) => (code = shown) })
    const refusals: string[] = []
    const send = async (key: string | undefined, method: string, path: string, body?: object | string) => {
      const headers = {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        'idempotency-key': `once ${method} ${path}`,
        cookie: HEADER,
        'x-api-key': HEADER,
      }
      const init = { method, headers, ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }) }
      const response = await fetch(running.url + path, init)
      const text = await response.text()
      if (response.status >= 400) refusals.push(`${[...response.headers].join()} ${text}`)
      return { status: response.status, body: response.status < 300 && text !== '' ? JSON.parse(text) : undefined }
    }

    const admin = (await send(undefined, 'POST', '/v1/setup', { code })).body.key as string
    await send(admin, 'POST', '/v1/products/kit/editions', { terms: kitTerms })
    await send(admin, 'POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
    await send(admin, 'POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'small', organization: 'acme' })
    const key = (await send(admin, 'POST', '/v1/api-keys', { name: 'n', scopes: ['decide'] })).body.key as string
    const licenseKey = (await send(admin, 'POST', '/v1/licenses/L1/keys')).body.key as string
    const backup = (await send(admin, 'POST', '/v1/root/backup', { passphrase: PASSPHRASE })).body.backup as string

    // Every way to be refused, each with something in it that must not come back.
    await send(undefined, 'POST', '/v1/setup', { code })
    await send(WRONG_KEY, 'GET', `/v1/organizations?after=${QUERY}`)
    await send(key, 'GET', `/v1/organizations?after=${QUERY}`)
    await send(admin, 'GET', `/v1/organizations?unexpected=${QUERY}`)
    await send(admin, 'GET', `/v1/organizations/${QUERY}%zz`)
    await send(admin, 'GET', `/${QUERY}`)
    await send(admin, 'POST', '/v1/organizations', `{"title": "${BODY}`)
    await send(admin, 'POST', '/v1/organizations', { title: BODY, unexpected: BODY })
    await send(admin, 'POST', '/v1/api-keys', { name: 'n', scopes: [BODY] })
    await send(admin, 'POST', '/v1/root/backup', { passphrase: 'short' })
    await send(key, 'POST', '/v1/check', { feature: 1, identity: BODY })
    await send(key, 'POST', '/access/v1/evaluation', { subject: BODY })
    // And a store that fails, whose driver hangs the statement and its parameters on the error.
    await sql`ALTER TABLE resources RENAME COLUMN kind TO gone`.execute(store.db)
    expect((await send(admin, 'POST', '/v1/resources', { kind: 'ssh', environment: BODY })).status).toBe(500)
    await sql`ALTER TABLE resources RENAME COLUMN gone TO kind`.execute(store.db)
    expect(refusals.length).toBe(13)

    await running.authority.recorder.flush()
    await running.authority.credentials.flush()
    const tables = await sql<{ name: string }>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`.execute(store.db)
    expect(tables.rows.length).toBeGreaterThan(20)
    const dump: string[] = []
    for (const { name } of tables.rows) {
      const { rows } = await sql<{ row: string }>`SELECT row_to_json(t)::text AS row FROM ${sql.table(name)} t`.execute(store.db)
      dump.push(...rows.map(({ row }) => row))
    }
    await running.close()

    const secrets = { code, bare: code.replaceAll('-', ''), admin, key, licenseKey, passphrase: PASSPHRASE, backup, WRONG_KEY }
    const unsaid = { ...secrets, BODY, QUERY, HEADER }
    const forms = (secret: string) => [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('base64url')]
    const found = (text: string, among: object) =>
      Object.entries(among).flatMap(([name, secret]) => (forms(secret).some((form) => text.includes(form)) ? [name] : []))
    expect(found(lines.join(''), unsaid)).toEqual([])
    expect(found(refusals.join('\n'), unsaid)).toEqual([])
    expect(found(dump.join('\n'), secrets)).toEqual([])
    // The search looks where things are.
    expect([lines.join('').includes('request failed'), dump.join('').includes('"Acme"'), refusals.join('').includes('INTERNAL')]).toEqual([
      true,
      true,
      true,
    ])
  })
})
