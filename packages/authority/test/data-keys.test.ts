import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freshDatabase } from '@writ/testing/fresh-database'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openStore } from '../src/app/database.ts'
import { migrate } from '../src/app/migrate.ts'
import { type Running, start } from '../src/index.ts'
import { addMasterKey } from '../src/keys/master-key-edit.ts'
import { newMasterKeyLine } from '../src/keys/master-key-file.ts'
import { SEALED_PLACES } from '../src/keys/sealed-places.ts'
import { derive, encrypt } from '../src/keys/sealer.ts'
import { sealAnew } from '../src/keys/sealing-anew.ts'
import { openIdentity } from '../src/keys/service.ts'
import { openSigningKeys } from '../src/keys/signing-keys.ts'
import { migrations } from '../src/migrations/index.ts'
import { useKit } from './kit.ts'
import { onBothStores, scratchFolder, silent, startAuthority, type TestAuthority, testConfig } from './support.ts'

// Nothing happens in the background: each test seals anew when it wants to.
vi.useFakeTimers({ toFake: ['setInterval'] })

const HOUR = 3_600_000
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)

onBothStores('data keys', (open) => {
  const kit = useKit(open)
  const { done } = kit
  const state = () => done('GET', '/v1/keys')
  const once = (key: string, body: object) => kit.call('POST', '/v1/organizations', body, { 'idempotency-key': key })
  /** A change that waits for somebody is sealed as well. */
  const park = async () => {
    await done('POST', '/v1/organizations', { id: 'many', title: 'Many' })
    await done('POST', '/v1/licenses', { id: 'L-many', product: 'kit', plan: 'open', organization: 'many' })
    await kit.people('many', ...Array.from({ length: 6 }, (_, index) => `many-${index}`))
    const { key } = await done('POST', '/v1/api-keys', { name: 'machine', scopes: ['manage:licenses'], unattended: true })
    expect((await kit.authority.as(key)('POST', '/v1/licenses/L-many/suspend')).body.code).toBe('CHANGE_PARKED')
  }
  const texts = async (place: (typeof SEALED_PLACES)[number]) =>
    (
      await sql<{ text: string }>`SELECT ${sql.ref(place.column)} AS text FROM ${sql.table(place.table)}`.execute(
        kit.authority.authority.db,
      )
    ).rows

  test('a rotation seals what is new at once and what is old in the background, and every text goes on to open', async () => {
    await park()
    const first = await once('first', { id: 'one', title: 'One' })
    await done('POST', '/v1/webhooks', { url: 'https://hooks.invalid/', types: ['webhook.test'] })
    const [before] = (await state()).data_keys
    expect((await state()).data_keys).toHaveLength(1)
    const made = await done('POST', '/v1/data-keys')
    expect(made).toMatchObject({ created_at: '2026-11-23T09:00:00Z', sealed: 0, master_key: before.master_key })
    const second = await once('second', { id: 'two', title: 'Two' })

    const between = await state()
    expect(ids(between.data_keys).sort()).toEqual([before.id, made.id].sort())
    const stopped = between.data_keys.find(({ id }: { id: string }) => id === before.id)
    expect(stopped.stopped_at).toBe('2026-11-23T09:00:00Z')
    expect(stopped.sealed).toBeGreaterThanOrEqual(5) // the canary, two signing keys, an answer, the secret of a webhook
    expect(between.attention).toContain('texts_under_old_data_key')
    expect((await once('first', { id: 'one', title: 'One' })).text).toBe(first.text)
    expect((await kit.call('DELETE', `/v1/data-keys/${before.id}`)).body.code).toBe('DATA_KEY_IN_USE')

    expect(await sealAnew(kit.authority.authority)).toBe(stopped.sealed)
    expect(await sealAnew(kit.authority.authority)).toBe(0)
    const after = await state()
    expect(after.data_keys.find(({ id }: { id: string }) => id === before.id).sealed).toBe(0)
    expect(after.attention).not.toContain('texts_under_old_data_key')
    for (const place of SEALED_PLACES) {
      const found = await texts(place)
      expect(found.length).toBeGreaterThan(0)
      for (const { text } of found) expect([place.table, text.startsWith(`v2.${made.id}.`)]).toEqual([place.table, true])
    }
    expect((await once('first', { id: 'one', title: 'One' })).text).toBe(first.text)
    expect((await once('second', { id: 'two', title: 'Two' })).text).toBe(second.text)
    await done('POST', '/v1/signing-keys')

    // An hour after, since a node that is behind may still seal by it.
    expect((await kit.call('DELETE', `/v1/data-keys/${before.id}`)).body.code).toBe('DATA_KEY_IN_USE')
    kit.now += HOUR
    expect((await kit.call('DELETE', `/v1/data-keys/${before.id}?dry_run=true`)).status).toBe(204)
    await done('DELETE', `/v1/data-keys/${before.id}`)
    expect(ids((await state()).data_keys)).toEqual([made.id])
    expect((await kit.call('DELETE', `/v1/data-keys/${before.id}`)).body.code).toBe('DATA_KEY_UNKNOWN')
    expect((await kit.call('DELETE', `/v1/data-keys/${made.id}`)).body.code).toBe('DATA_KEY_IN_USE')
    const audited = (await done('GET', '/v1/audit?limit=10')).items.map(({ action }: { action: string }) => action)
    expect(audited.filter((action: string) => action.startsWith('data_key'))).toEqual(['data_key.retire', 'data_key.rotate'])
  })

  test('a node that starts now opens everything', async () => {
    const { db, clock, config } = kit.authority.authority
    const { keyRing, authorityId } = await openIdentity(db, config, clock)
    expect((await openSigningKeys(db, { id: authorityId, sealer: keyRing, clock })).isNew).toBe(false)
    const place = SEALED_PLACES.find(({ table }) => table === 'signing_keys') as (typeof SEALED_PLACES)[number]
    for (const { kid, sealed } of await db.selectFrom('signing_keys').select(['kid', 'sealed']).execute()) {
      expect(await keyRing.unseal(db, sealed as string, place.purpose({ kid }, authorityId))).toHaveProperty('d')
    }
  })

  test('the store itself keeps a data key that a text needs, and takes no text of one that is gone', async () => {
    const { db, keyRing } = kit.authority.authority
    await expect(db.deleteFrom('data_keys').where('id', '=', keyRing.sealing).execute()).rejects.toMatchObject({ code: '23503' })
    const stale = db.insertInto('sealed_secrets').values({ name: 'x', sealed: 'v2.dk_gone.AAAA' })
    await expect(stale.execute()).rejects.toMatchObject({ code: '23503' })
  })

  test('every column that holds a sealed text is known, so that a rotation reaches it', async () => {
    const { db } = kit.authority.authority
    await once('third', { id: 'three', title: 'Three' })
    const { rows: columns } = await sql<{ table: string; column: string }>`
      SELECT table_name AS table, column_name AS column FROM information_schema.columns WHERE table_schema = 'public'`.execute(db)
    const holding: string[] = []
    for (const { table, column } of columns) {
      const { rows } =
        await sql`SELECT 1 FROM ${sql.table(table)} WHERE ${sql.ref(column)}::text ~ 'v[12]\\.[A-Za-z0-9_-]+\\.' LIMIT 1`.execute(db)
      if (rows.length > 0) holding.push(`${table}.${column}`)
    }
    expect(holding.sort()).toEqual(SEALED_PLACES.map(({ table, column }) => `${table}.${column}`).sort())
  })

  test('a text that does not open holds up no other', async () => {
    const { db, keyRing } = kit.authority.authority
    const before = keyRing.sealing
    const damaged = {
      credential: 'key_x',
      key: 'damaged',
      fingerprint: 'f',
      at: kit.now,
      revision: 0,
      result: `v2.${before}.${'A'.repeat(60)}`,
    }
    await db.insertInto('idempotency').values(damaged).execute()
    await once('fourth', { id: 'four', title: 'Four' })
    await done('POST', '/v1/data-keys')
    await sealAnew(kit.authority.authority)
    const { data_keys } = await state()
    expect(data_keys.find(({ id }: { id: string }) => id === before).sealed).toBe(1)
    await db.deleteFrom('idempotency').where('key', '=', 'damaged').execute()
  })

  test('the keys of all are for whoever sees all', async () => {
    const { key } = await done('POST', '/v1/api-keys', { name: 'narrow', scopes: ['manage:keys'], organizations: ['acme'] })
    const narrow = kit.authority.as(key)
    for (const [method, path] of [
      ['GET', '/v1/keys'],
      ['POST', '/v1/data-keys'],
      ['DELETE', '/v1/data-keys/dk_1'],
      ['POST', '/v1/master-key/rotate'],
    ] as const) {
      expect([method, path, (await narrow(method, path)).body.code]).toEqual([method, path, 'REACH_TOO_NARROW'])
    }
  })
})

onBothStores('a store from before there were data keys', (open) => {
  test('opens, goes on under a new data key, and is sealed anew', async () => {
    const folder = scratchFolder()
    const store = await open()
    const { db } = store
    const line = newMasterKeyLine()
    const file = join(folder, 'config', 'writ', 'aut_old.key')
    mkdirSync(join(folder, 'config', 'writ'), { recursive: true })
    writeFileSync(file, `${line}\n`, { mode: 0o600 })
    const first = derive(Buffer.from(line.split(' ')[1] as string, 'base64url'), 'writ sealing v1')
    const seal = (value: unknown, purpose: unknown[]) =>
      `v1.${encrypt(first, Buffer.from(JSON.stringify(value)), JSON.stringify(purpose)).toString('base64url')}`

    await migrate(
      db,
      migrations.filter(({ number }) => number < 26),
    )
    await sql`INSERT INTO authority (one, id, revision, created_at) VALUES (true, 'aut_old', 0, 1)`.execute(db)
    await sql`INSERT INTO sealed_secrets VALUES ('canary', ${seal('aut_old', ['canary', 'aut_old'])})`.execute(db)
    await sql`INSERT INTO idempotency VALUES ('key_1', 'k', 'f', 1, 0, ${seal({ kept: true }, ['answer', 'key_1', 'k'])})`.execute(db)

    const authority = await startAuthority(store, folder)
    const { keyRing } = authority.authority
    const old = await db.selectFrom('idempotency').select('result').where('credential', '=', 'key_1').executeTakeFirstOrThrow()
    expect(old.result.startsWith('v1.')).toBe(true)
    expect(await keyRing.unseal(db, old.result, JSON.stringify(['answer', 'key_1', 'k']))).toEqual({ kept: true })
    const { data_keys } = (await authority.call('GET', '/v1/keys')).body
    expect(ids(data_keys)).toEqual(['v1', keyRing.sealing])
    await sealAnew(authority.authority)
    const fresh = await db.selectFrom('idempotency').select('result').where('credential', '=', 'key_1').executeTakeFirstOrThrow()
    expect(await keyRing.unseal(db, fresh.result, JSON.stringify(['answer', 'key_1', 'k']))).toEqual({ kept: true })
    expect((await authority.call('DELETE', '/v1/data-keys/v1')).status).toBe(204)
    await authority.close()
  })

  test('does not open under another master key, and stays as it was', async () => {
    const folder = scratchFolder()
    const store = await open()
    const file = join(folder, 'config', 'writ', 'aut_old.key')
    mkdirSync(join(folder, 'config', 'writ'), { recursive: true })
    writeFileSync(file, `${newMasterKeyLine()}\n`, { mode: 0o600 })
    await migrate(
      store.db,
      migrations.filter(({ number }) => number < 26),
    )
    await sql`INSERT INTO authority (one, id, revision, created_at) VALUES (true, 'aut_old', 0, 1)`.execute(store.db)
    await sql`INSERT INTO sealed_secrets VALUES ('canary', ${`v1.${'A'.repeat(80)}`})`.execute(store.db)
    const config = testConfig(folder)
    await migrate(store.db, migrations)
    await expect(openIdentity(store.db, config, () => 1)).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG', details: { file } })
    expect(await store.db.selectFrom('data_keys').select(['id', 'wrapped']).execute()).toEqual([{ id: 'v1', wrapped: null }])
    await store.close()
  })
})

test('two nodes on one PostgreSQL: what one seals under a new data key the other opens', async () => {
  const folder = scratchFolder()
  const url = await freshDatabase()
  const one: TestAuthority = await startAuthority(await openStore({ kind: 'postgres', url }), folder)
  const two: Running = await start({ config: one.authority.config, store: await openStore({ kind: 'postgres', url }), log: silent })
  const { authority } = one
  const before = authority.keyRing.sealing
  const made = (await one.call('POST', '/v1/data-keys')).body.id as string
  expect(authority.keyRing.sealing).toBe(made)
  // Whether or not the other has heard of it: a text names its data key, and one that is unknown is fetched.
  const sealed = authority.keyRing.seal('x', 'p')
  expect(await two.authority.keyRing.unseal(two.authority.db, sealed, 'p')).toBe('x')
  await expect.poll(() => two.authority.keyRing.sealing).toBe(made)
  expect(await one.authority.keyRing.unseal(authority.db, two.authority.keyRing.seal('y', 'p'), 'p')).toBe('y')
  expect(before).not.toBe(made)
  // Both at once share the work, and leave nothing.
  await one.call('POST', '/v1/data-keys')
  await expect.poll(() => two.authority.keyRing.sealing).toBe(authority.keyRing.sealing)
  await Promise.all([sealAnew(authority), sealAnew(two.authority)])
  await Promise.all([sealAnew(authority), sealAnew(two.authority)])
  const { data_keys } = (await one.call('GET', '/v1/keys')).body
  expect(data_keys.filter(({ sealed, stopped_at }: { sealed: number; stopped_at?: string }) => stopped_at && sealed > 0)).toEqual([])
  await two.close()
  await one.close()
})

test('a node that has not got the new master key goes on, says so, and is well once it has it', async () => {
  const folder = scratchFolder()
  const url = await freshDatabase()
  const one = await startAuthority(await openStore({ kind: 'postgres', url }), folder)
  const file = join(folder, 'config', 'writ', `${one.authority.id}.key`)
  const elsewhere = join(folder, 'elsewhere.key')
  writeFileSync(elsewhere, readFileSync(file), { mode: 0o600 })
  const config = { ...one.authority.config, masterKeyFile: elsewhere }
  const two = await start({ config, store: await openStore({ kind: 'postgres', url }), log: silent })
  const unopened = async () => /^writ_data_keys_unopened (\d+)$/m.exec(await (await fetch(`${two.url}/metrics`)).text())?.[1]
  const before = one.authority.keyRing.sealing

  const next = addMasterKey(file)
  await one.call('POST', '/v1/master-key/rotate', { to: next })
  expect((await one.call('POST', '/v1/data-keys')).status).toBe(201)
  await expect.poll(unopened).toBe('1')
  // It seals by the one that it has, which every node opens, and follows every other change.
  const { keyRing, db } = two.authority
  expect(keyRing.sealing).toBe(before)
  expect(await one.authority.keyRing.unseal(one.authority.db, keyRing.seal('x', 'p'), 'p')).toBe('x')
  const sealed = one.authority.keyRing.seal('y', 'p')
  await expect(keyRing.unseal(db, sealed, 'p')).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' })
  await one.call('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
  await expect.poll(() => two.authority.feed.revision).toBe(one.authority.feed.revision)

  writeFileSync(elsewhere, readFileSync(file))
  expect(await keyRing.unseal(db, sealed, 'p')).toBe('y')
  await keyRing.load(db)
  expect([keyRing.sealing, await unopened()]).toEqual([one.authority.keyRing.sealing, '0'])
  await two.close()
  await one.close()
})

onBothStores('the master key', (open) => {
  const folder = scratchFolder()
  let authority: TestAuthority
  let file: string
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder)
    file = join(folder, 'config', 'writ', `${authority.authority.id}.key`)
  })
  afterAll(() => authority.close())
  const read = async () => (await authority.call('GET', '/v1/keys')).body.master_key
  const rotate = (body?: object) => authority.call('POST', '/v1/master-key/rotate', body)
  const open_ = () => openIdentity(authority.authority.db, authority.authority.config, () => 1)

  test('is rotated to the other one in the file, in one step, and the old one is not needed after', async () => {
    const old = readFileSync(file, 'utf8')
    const { id: before } = await read()
    expect((await rotate()).body.code).toBe('MASTER_KEY_UNKNOWN')
    appendFileSync(file, `# the next one\n${newMasterKeyLine()}\n`)
    // Both are there: a start opens the store, and nothing has changed.
    await open_()
    const { configured } = await read()
    expect(configured.map(({ in_use }: { in_use: boolean }) => in_use)).toEqual([true, false])
    const next = configured[1].id as string
    expect((await authority.call('POST', '/v1/master-key/rotate?dry_run=true')).body.id).toBe(next)
    expect((await read()).id).toBe(before)
    expect((await rotate()).body.id).toBe(next)
    await open_()
    const [, , line] = readFileSync(file, 'utf8').trim().split('\n')
    writeFileSync(file, `${line}\n`)
    await open_()
    expect((await authority.call('POST', '/v1/data-keys')).status).toBe(201)
    await open_()
    writeFileSync(file, old)
    await expect(open_()).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG', details: { needed: next, found: [before] } })
    const { master_key, attention } = (await authority.call('GET', '/v1/keys')).body
    expect([master_key.configured[0].in_use, attention.includes('master_key_unreadable')]).toEqual([false, true])
    expect((await rotate()).body.code).toBe('MASTER_KEY_UNAVAILABLE')
    expect((await authority.call('POST', '/v1/data-keys')).body.code).toBe('MASTER_KEY_UNAVAILABLE')
    writeFileSync(file, `${line}\n`)
  })

  test('of several others the next is named, and one that is not there is refused', async () => {
    appendFileSync(file, `${newMasterKeyLine()}\n${newMasterKeyLine()}\n`)
    expect((await rotate()).body.code).toBe('MASTER_KEY_UNCLEAR')
    expect((await rotate({ to: 'mk_0000000000000000' })).body.code).toBe('MASTER_KEY_UNKNOWN')
    const to = (await read()).configured[2].id
    expect((await rotate({ to })).body.id).toBe(to)
  })

  test('whose file is gone is said, and neither seals nor opens less', async () => {
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, 'nothing')
    expect(await read()).toMatchObject({ configured: [], fault: 'MASTER_KEY_MALFORMED' })
    const { keyRing, db } = authority.authority
    expect(await keyRing.unseal(db, keyRing.seal('x', 'p'), 'p')).toBe('x')
    writeFileSync(file, text)
  })
})
