import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freshDatabase } from '@writ/testing/fresh-database'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openStore } from '../src/app/database.ts'
import { type Running, start } from '../src/index.ts'
import { addMasterKey, forgetMasterKey } from '../src/keys/master-key-edit.ts'
import { newMasterKeyLine } from '../src/keys/master-key-file.ts'
import { SEALED_PLACES } from '../src/keys/sealed-places.ts'
import { sealAnew } from '../src/keys/sealing-anew.ts'
import { type Call, caller, scratchFolder, silent, testConfig } from './support.ts'

const folder = scratchFolder()
const masterKeyFile = join(folder, 'master.key')
const bootstrapKeyFile = join(folder, 'admin.key')
let url: string
/** Holds a row, so that whoever needs it stops in the middle of its transaction. */
let holder: pg.Client
const children: ChildProcess[] = []

beforeAll(async () => {
  url = await freshDatabase()
  writeFileSync(masterKeyFile, `${newMasterKeyLine()}\n`, { mode: 0o600 })
  holder = new pg.Client({ connectionString: url })
  await holder.connect()
})
afterEach(async () => {
  await holder.query('ROLLBACK')
  for (const child of children.splice(0)) await killed(child)
})
afterAll(() => holder.end())

const config = () => testConfig(folder, { database: { kind: 'postgres', url }, masterKeyFile })

/** An authority as a process of its own, which can be killed. */
async function served(): Promise<{ child: ChildProcess; call: Call }> {
  const module = new URL('../src/index.ts', import.meta.url).href
  const script = `const { start, makeLog } = await import(${JSON.stringify(module)})
    const { url } = await start({ config: ${JSON.stringify(config())}, log: makeLog('silent'), bootstrapKeyFile: ${JSON.stringify(bootstrapKeyFile)} })
    process.stdout.write(url + '\\n')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [words] = await once(child.stdout as NodeJS.ReadableStream, 'data')
  return { child, call: caller(String(words).trim(), readFileSync(bootstrapKeyFile, 'utf8').trim()) }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function hold(statement: string, ...values: string[]): Promise<void> {
  await holder.query('BEGIN')
  await holder.query(statement, values)
}

/** Until somebody waits for what is held: they are in the middle. */
async function somebodyWaits(): Promise<void> {
  const waiting =
    'SELECT count(*)::int AS n FROM pg_locks l JOIN pg_database d ON d.oid = l.database OR l.database IS NULL WHERE NOT granted AND d.datname = current_database()'
  await expect.poll(async () => (await holder.query(waiting)).rows[0].n, { timeout: 20_000 }).toBeGreaterThan(0)
}

/** Starts once more: everything that is sealed opens, under this master key. */
async function opensAll<T>(look: (running: Running) => Promise<T>): Promise<T> {
  const running = await start({ config: config(), store: await openStore({ kind: 'postgres', url }), log: silent })
  try {
    const { db, keyRing, id } = running.authority
    const found: string[] = []
    for (const place of SEALED_PLACES) {
      const { rows } = await holder.query(`SELECT * FROM ${place.table}`)
      if (rows.length > 0) found.push(place.table)
      for (const row of rows) await keyRing.unseal(db, row[place.column], place.purpose(row, id))
    }
    expect(found).toEqual(expect.arrayContaining(['sealed_secrets', 'signing_keys', 'idempotency']))
    return await look(running)
  } finally {
    await running.close()
  }
}
const masterKeys = async () =>
  new Set((await holder.query('SELECT master_key FROM data_keys')).rows.map(({ master_key }: { master_key: string }) => master_key))

test('a kill at any step of a master key rotation leaves a store that opens, under one master key', async () => {
  const first = await served()
  for (const id of ['one', 'two']) {
    expect((await first.call('POST', '/v1/organizations', { id, title: id }, { 'idempotency-key': id })).status).toBe(201)
  }
  await first.call('POST', '/v1/data-keys')
  const [old] = [...(await masterKeys())] as [string]
  const next = addMasterKey(masterKeyFile)

  // After the new one was added.
  await killed(first.child)
  await opensAll(async () => {})
  expect(await masterKeys()).toEqual(new Set([old]))

  // With one data key wrapped anew, and the other not yet.
  const second = await served()
  const { rows } = await holder.query('SELECT id FROM data_keys ORDER BY created_at DESC, id DESC')
  expect(rows).toHaveLength(2)
  await hold('SELECT 1 FROM data_keys WHERE id = $1 FOR UPDATE', rows[0].id)
  const cut = second.call('POST', '/v1/master-key/rotate').catch(() => 'cut')
  await somebodyWaits()
  await killed(second.child)
  expect(await cut).toBe('cut')
  await holder.query('ROLLBACK')
  await opensAll(async () => {})
  expect(await masterKeys()).toEqual(new Set([old]))

  // Once it was acknowledged: the old one is not needed any more.
  const third = await served()
  expect((await third.call('POST', '/v1/master-key/rotate')).body.id).toBe(next)
  await killed(third.child)
  expect(await masterKeys()).toEqual(new Set([next]))
  await opensAll(async () => {})
  expect(forgetMasterKey(masterKeyFile, old)).toBe(true)
  await opensAll(async () => {})
}, 120_000)

test('a kill in the middle of sealing anew loses no text, and the next start goes on', async () => {
  const first = await served()
  const made = (await first.call('POST', '/v1/data-keys')).body.id as string
  // Each text that is sealed anew has to see that its data key is there.
  await hold('SELECT 1 FROM data_keys WHERE id = $1 FOR UPDATE', made)
  await somebodyWaits()
  await killed(first.child)
  await holder.query('ROLLBACK')
  await opensAll(async ({ authority }) => {
    expect(authority.keyRing.sealing).toBe(made)
    await sealAnew(authority)
    const { rows } = await holder.query(
      'SELECT data_key FROM idempotency UNION SELECT data_key FROM signing_keys UNION SELECT data_key FROM sealed_secrets',
    )
    expect(rows).toEqual([{ data_key: made }])
  })
}, 120_000)
