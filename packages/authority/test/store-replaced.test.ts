import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freshDatabase } from '@writ/testing/fresh-database'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { sql } from 'kysely'
import { expect, inject, test } from 'vitest'
import { openStore } from '../src/app/database.ts'
import { NODE, type Served, type Settings, serve, settingsIn, WRIT } from './served.ts'
import { scratchFolder } from './support.ts'

const organization = ({ call }: Served, id: string) => call('POST', '/v1/organizations', { id, title: id })
const statusOf = async ({ call }: Served, id: string) => (await call('GET', `/v1/organizations/${id}`)).status

/** By the server's superuser, from another database: this one is taken away under whoever has it open. */
async function administer(...statements: string[]): Promise<void> {
  const { db, close } = await openStore({ kind: 'postgres', url: inject('postgresUrl') })
  for (const statement of statements) await sql.raw(statement).execute(db)
  await close()
}

async function takeBackup(served: Served, file: string, recipient: string): Promise<void> {
  const response = await fetch(`${served.url}/v1/backups`, {
    method: 'POST',
    headers: { authorization: `Bearer ${served.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ recipients: [recipient] }),
  })
  expect(response.status).toBe(200)
  writeFileSync(file, new Uint8Array(await response.arrayBuffer()))
}

function restore(file: string, identityFile: string, settings: Settings) {
  const args = [WRIT, 'restore', file, '--identity', identityFile, '--database', settings.WRIT_DATABASE_URL as string]
  return spawnSync(NODE, args, { env: { ...process.env, ...settings }, encoding: 'utf8' })
}

async function expectTheEnd(served: Served): Promise<void> {
  expect(await served.end()).toBe(1)
  expect(served.log()).toMatch(/"level":60,.*the store is not the one that was followed: this node must start anew/)
}

test('a node whose database is restored from an older backup ends by itself, and starts anew on what is there', {
  timeout: 120_000,
}, async () => {
  const folder = scratchFolder()
  const identity = await generateIdentity()
  const [file, identityFile] = [join(folder, 'monday.writ.age'), join(folder, 'identity')]
  writeFileSync(identityFile, identity)
  const url = await freshDatabase()
  const name = new URL(url).pathname.slice(1)
  const settings = await settingsIn(folder, url)
  const served = await serve(folder, settings)
  expect((await organization(served, 'kept')).status).toBe(201)
  await takeBackup(served, file, await identityToRecipient(identity))
  expect((await organization(served, 'lost')).status).toBe(201)
  const { incarnation, revision } = (await served.call('GET', '/readyz')).body

  await administer(`DROP DATABASE ${name} WITH (FORCE)`, `CREATE DATABASE ${name} TEMPLATE template0`)
  const restored = restore(file, identityFile, settings)
  expect([restored.status, restored.stderr]).toEqual([0, expect.anything()])
  await expectTheEnd(served)

  const again = await serve(folder, settings)
  expect([await statusOf(again, 'kept'), await statusOf(again, 'lost')]).toEqual([200, 404])
  const ready = await again.call('GET', '/readyz')
  expect([ready.status, ready.body.incarnation === incarnation, ready.body.revision > revision]).toEqual([200, false, true])
  expect(await again.end('SIGTERM')).toBe(0)
})

test('a node whose database fell back to an older copy, of which nobody told the store, ends by itself too', {
  timeout: 120_000,
}, async () => {
  const folder = scratchFolder()
  const url = await freshDatabase()
  const name = new URL(url).pathname.slice(1)
  const settings = await settingsIn(folder, url)
  const first = await serve(folder, settings)
  expect((await organization(first, 'kept')).status).toBe(201)
  expect(await first.end('SIGTERM')).toBe(0)
  await administer(`CREATE DATABASE ${name}_copy TEMPLATE ${name}`)

  const served = await serve(folder, settings)
  for (const id of ['lost', 'lost-too']) expect((await organization(served, id)).status).toBe(201)
  await administer(`DROP DATABASE ${name} WITH (FORCE)`, `CREATE DATABASE ${name} TEMPLATE ${name}_copy`)
  await expectTheEnd(served)

  const again = await serve(folder, settings)
  expect([await statusOf(again, 'kept'), await statusOf(again, 'lost')]).toEqual([200, 404])
  expect(await again.end('SIGTERM')).toBe(0)
})

test('a data folder is not restored under a running process', { timeout: 120_000 }, async () => {
  const folder = scratchFolder()
  const identity = await generateIdentity()
  const [file, identityFile] = [join(folder, 'monday.writ.age'), join(folder, 'identity')]
  writeFileSync(identityFile, identity)
  const settings = await settingsIn(folder)
  const served = await serve(folder, settings)
  await takeBackup(served, file, await identityToRecipient(identity))
  const refused = restore(file, identityFile, settings)
  expect([refused.status, refused.stderr]).toEqual([expect.toBeOneOf([2, 3, 4]), expect.stringContaining('STORE_IN_USE')])
  expect((await organization(served, 'undisturbed')).status).toBe(201)
  expect(await served.end('SIGTERM')).toBe(0)
})
