import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { freshDatabase } from '@writ/testing/fresh-database'
import { type Postgres, startPostgres } from '@writ/testing/postgres'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openStore } from '../src/app/database.ts'
import { kitTerms } from './kit.ts'
import { type Answer, type Call, initData, scratchFolder, startAuthority, type TestAuthority, testConfig } from './support.ts'

/** Someone with a seat, one without, and a counted feature. */
async function furnish(call: Call): Promise<void> {
  await call('POST', '/v1/products/kit/editions', { terms: kitTerms })
  await call('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
  for (const id of ['ann', 'ben']) await call('POST', '/v1/identities', { id, in: { acme: ['viewer'] } })
  await call('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'small', organization: 'acme' })
  expect((await view(call, 'ann')).body.allowed).toBe(true)
}

const view = (call: Call, identity: string) => call('POST', '/v1/check', { identity, feature: 'kit:view' })
const exported = (call: Call, id: string) =>
  call('POST', '/v1/check', { identity: 'ann', feature: 'kit:export', consume: { amount: 1, id } })
const organization = (call: Call, id: string, headers = {}) => call('POST', '/v1/organizations', { id, title: id }, headers)
const told = ({ status, headers, body }: Answer) => [status, body.code, headers.get('retry-after')]

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 100))
}

describe('a database that is lost', () => {
  const folder = scratchFolder()
  let postgres: Postgres
  let authority: TestAuthority
  beforeAll(async () => {
    postgres = await startPostgres()
    authority = await startAuthority(await openStore({ kind: 'postgres', url: await freshDatabase(postgres.url) }), folder)
    await furnish(authority.call)
  })
  afterAll(async () => {
    await authority.close()
    await postgres.stop()
  })

  test('decisions that take nothing go on, what would be spent is refused, writes say so, and all is well when it is back', async () => {
    const { call } = authority
    await postgres.crash()
    expect((await view(call, 'ann')).body).toMatchObject({ allowed: true })
    const unspent = { allowed: false, reason: 'quota_unavailable', remedies: [{ type: 'reconnect' }] }
    expect((await exported(call, 'c1')).body).toMatchObject(unspent)
    expect((await view(call, 'ben')).body).toMatchObject(unspent)
    expect(told(await organization(call, 'lost', { 'idempotency-key': 'once' }))).toEqual([503, 'STORE_UNAVAILABLE', '5'])
    expect(told(await call('GET', '/v1/organizations'))).toEqual([503, 'STORE_UNAVAILABLE', '5'])
    expect(await call('GET', '/readyz')).toMatchObject({ status: 503, body: { status: 'store unavailable' } })
    expect((await call('GET', '/healthz')).status).toBe(200)
    const { text } = await call('GET', '/metrics')
    expect(text).toMatch(/writ_store_faults_total\{fault="store_unavailable"\} [1-9]/)
    expect(text).toContain('writ_decisions_total{outcome="refused",reason="quota_unavailable"} 2')

    await postgres.revive()
    await until(async () => (await call('GET', '/readyz')).status === 200)
    expect((await organization(call, 'lost', { 'idempotency-key': 'once' })).status).toBe(201)
    expect((await exported(call, 'c1')).body.allowed).toBe(true)
    expect((await view(call, 'ben')).body.allowed).toBe(true)
    await until(async () => (await call('GET', '/metrics')).text.includes('writ_store_reachable 1'))
    // What was decided meanwhile is written down now.
    await authority.authority.recorder.flush()
    const { rows } = await sql<{ count: number }>`SELECT count(*) FROM decisions WHERE reason = 'quota_unavailable'`.execute(
      authority.authority.db,
    )
    expect(rows[0]?.count).toBe(2)
  })

  test('one that crashes in the middle of writes loses none that was acknowledged, and does none twice', { timeout: 60_000 }, async () => {
    const { call } = authority
    const acknowledged: string[] = []
    let stop = false
    const writers = [1, 2, 3, 4].map(async (writer) => {
      for (let i = 0; !stop; i++) {
        const id = `w${writer}-${i}`
        // As a client does: the same request under the same key, until it is answered.
        for (;;) {
          const { status } = await organization(call, id, { 'idempotency-key': id })
          if (status === 201) break
          expect(status).toBeOneOf([503, 409])
          await new Promise((resolve) => setTimeout(resolve, 50))
        }
        acknowledged.push(id)
      }
    })
    await until(async () => acknowledged.length > 20)
    await postgres.crash()
    await postgres.revive()
    const before = acknowledged.length
    await until(async () => acknowledged.length > before + 20)
    stop = true
    await Promise.all(writers)
    const { db } = authority.authority
    const rows = await db.selectFrom('organizations').select('id').where('id', 'like', 'w_-%').execute()
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(acknowledged))
    const audited = await sql<{
      count: number
    }>`SELECT count(*) FROM audit WHERE action = 'organization.create' AND subject LIKE 'organization:w_-%'`.execute(db)
    expect(audited.rows[0]?.count).toBe(acknowledged.length)
    expect((await call('GET', '/readyz')).body.behind).toBe(0)
  })
})

/** Bytes that one file of the store may have. */
const ROOM = 20_000_000

const filler = (rows: number, size: number) => `INSERT INTO audit (at, actor, action, subject, request_id, detail)
  SELECT 0, 'operator', 'test.fill', 'test:fill', 'fill', json_build_object('words', repeat('x', ${size})) FROM generate_series(1, ${rows})`
/** More than the room, before there is one. */
const FILL = filler(22_000, 1_000)
/** Then, one after another until it fails, what takes the last pages and the last corners of them. */
const LAST = [filler(50, 100), filler(1, 1)]

async function forever(work: () => Promise<unknown>): Promise<void> {
  await expect(
    (async () => {
      for (;;) await work()
    })(),
  ).rejects.toThrow()
}

async function fullAndBack(call: Call, limit: (to: number | 'unlimited') => Promise<void> | void): Promise<void> {
  const refused = await organization(call, 'no-room')
  expect(told(refused)).toEqual([507, 'STORE_FULL', '5'])
  expect((await view(call, 'ann')).body.allowed).toBe(true)
  expect((await call('GET', '/v1/organizations?limit=1')).status).toBe(200)
  expect((await view(call, 'ben')).body).toMatchObject({ allowed: false, reason: 'quota_unavailable' })
  await limit('unlimited')
  expect((await organization(call, 'room-again')).status).toBe(201)
  expect((await view(call, 'ben')).body.allowed).toBe(true)
  expect((await call('GET', '/readyz')).body).toMatchObject({ status: 'ready', behind: 0 })
}

test('a full disk, PostgreSQL: writes are refused as such, decisions go on, and room is all that it needs', {
  timeout: 120_000,
}, async () => {
  const postgres = await startPostgres()
  const store = await openStore({ kind: 'postgres', url: await freshDatabase(postgres.url) })
  const authority = await startAuthority(store, scratchFolder())
  await furnish(authority.call)
  await sql.raw(FILL).execute(store.db)
  const limit = async (to: number | 'unlimited') => {
    const { rows } = await sql<{ pid: number }>`SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'`.execute(store.db)
    postgres.mayGrow(
      rows.map(({ pid }) => pid),
      to,
    )
  }
  await limit(ROOM)
  for (const last of LAST) await forever(() => sql.raw(last).execute(store.db))
  await fullAndBack(authority.call, limit)
  await authority.close()
  await postgres.stop()
})

test('a full disk, embedded: writes are refused as such, decisions go on, and room is all that it needs', {
  timeout: 120_000,
}, async () => {
  const folder = scratchFolder()
  await initData(folder)
  const key = join(folder, 'admin.key')
  const module = new URL('../src/index.ts', import.meta.url).href
  const script = `const { start, closeOnSignal, makeLog } = await import(${JSON.stringify(module)})
    const { sql } = await import('kysely')
    const { readFileSync } = await import('node:fs')
    const { execFileSync } = await import('node:child_process')
    const limit = (to) => execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=' + to + ':'])
    const log = makeLog('silent')
    const running = await start({ config: ${JSON.stringify(testConfig(folder))}, log, bootstrapKeyFile: ${JSON.stringify(key)} })
    closeOnSignal(running, log)
    process.stdout.write(running.url + ' ' + readFileSync(${JSON.stringify(key)}, 'utf8'))
    await new Promise((resolve) => process.stdin.once('data', resolve))
    const run = (text) => sql.raw(text).execute(running.authority.db)
    await run(${JSON.stringify(FILL)})
    limit('${ROOM}')
    for (const last of ${JSON.stringify(LAST)}) try { for (;;) await run(last) } catch {}
    process.stdout.write('full')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [words] = await once(child.stdout as NodeJS.ReadableStream, 'data')
  const [url = '', secret = ''] = String(words).trim().split(' ')
  const call: Call = async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${secret}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
  }
  await furnish(call)
  child.stdin.write('fill')
  await once(child.stdout, 'data')
  // On a full disk the write beyond fails the same way.
  await fullAndBack(call, (to) => void execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${to}:`]))
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})
