import { World } from '@writ/engine'
import { freshDatabase } from '@writ/testing/fresh-database'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { openStore, type Store } from '../src/app/database.ts'
import { type Migration, migrate } from '../src/app/migrate.ts'
import { openFeed } from '../src/changes/feed.ts'
import { start } from '../src/index.ts'
import { migrations } from '../src/migrations/index.ts'
import { type OpenStore, onBothStores, scratchFolder, silent, startAuthority, testConfig } from './support.ts'

const next: Migration = {
  number: 9_999,
  name: 'next',
  statements: ['ALTER TABLE organizations ADD COLUMN next text', 'CREATE TABLE next (id text PRIMARY KEY)'],
}

onBothStores('the store of the first version', (open: OpenStore) => {
  test('is brought up to date with what it holds', async () => {
    const store = await open()
    afterAll(() => store.close())
    const first = migrations.filter(({ number }) => number <= 9)
    expect(await migrate(store.db, first)).toEqual(first.map(({ number }) => number))
    for (const statement of DATA) await sql.raw(statement).execute(store.db)
    expect(await migrate(store.db, migrations)).toEqual(migrations.slice(first.length).map(({ number }) => number))
    expect(await migrate(store.db, migrations)).toEqual([])

    const world = new World()
    const feed = await openFeed(store, world, silent)
    expect([feed.revision, feed.incarnation.length > 10, [...world.facts()]]).toEqual([2, true, FACTS])
    await feed.close()
    const count = async (table: string) =>
      (await sql<{ count: number }>`SELECT count(*) FROM ${sql.table(table)}`.execute(store.db)).rows[0]?.count
    for (const [table, rows] of [
      ['organizations', 1],
      ['identities', 1],
      ['memberships', 1],
      ['audit', 2],
      ['changes', 2],
      ['api_keys', 1],
    ] as const) {
      expect([table, await count(table)]).toEqual([table, rows])
    }
    const key = await store.db.selectFrom('api_keys').selectAll().executeTakeFirstOrThrow()
    expect(key).toMatchObject({ id: 'key_1', scopes: ['decide'], reasons: true })
  })
})

const FACTS = [
  { fact: 'organization', id: 'acme' },
  { fact: 'identity', id: 'ann', kind: 'human', status: 'active', in: { acme: ['viewer'] } },
]
const json = (value: unknown) => `'${JSON.stringify(value)}'`
const DATA = [
  `INSERT INTO authority (id, revision, created_at) VALUES ('aut_1', 2, 1)`,
  ...FACTS.flatMap((fact, i) => [
    `INSERT INTO changes (revision, at, facts, touched) VALUES (${i + 1}, 1, ${json([fact])}, '[]')`,
    `INSERT INTO facts (key, revision, body) VALUES (${json([fact.fact, fact.id])}, ${i + 1}, ${json(fact)})`,
    `INSERT INTO audit (revision, at, actor, action, subject, request_id, detail) VALUES (${i + 1}, 1, 'operator', 'test', 'test:1', 'r', '{}')`,
  ]),
  `INSERT INTO organizations (id, title, roles, version, created_at, updated_at) VALUES ('acme', 'Acme', '{}', 1, 1, 1)`,
  `INSERT INTO identities (id, kind, status, attributes, version, created_at, updated_at) VALUES ('ann', 'human', 'active', '{}', 1, 1, 1)`,
  `INSERT INTO memberships (identity_id, organization_id, roles) VALUES ('ann', 'acme', '["viewer"]')`,
  `INSERT INTO api_keys (id, hash, name, scopes, created_at, created_by) VALUES ('key_1', 'h', 'n', '["decide"]', 1, 'operator')`,
]

async function twoNodes(): Promise<{ one: Store; two: Store; url: string }> {
  const url = await freshDatabase()
  const [one, two] = await Promise.all([1, 2].map(() => openStore({ kind: 'postgres', url })))
  return { one: one as Store, two: two as Store, url }
}

test('a newer node migrates while an older one serves; then the older one does not start any more', async () => {
  const folder = scratchFolder()
  const { one, two, url } = await twoNodes()
  const older = await startAuthority(one, folder)
  let writing = true
  const writer = (async () => {
    let written = 0
    for (; writing; written++) expect((await older.call('POST', '/v1/organizations', { id: `o-${written}`, title: 'o' })).status).toBe(201)
    return written
  })()
  expect(await migrate(two.db, [...migrations, next])).toEqual([9_999])
  expect((await older.call('GET', '/v1/organizations')).status).toBe(200)
  writing = false
  expect(await writer).toBeGreaterThan(0)
  expect((await older.call('POST', '/v1/organizations', { id: 'after', title: 'after' })).status).toBe(201)
  await older.close()
  await two.close()

  const again = start({ config: testConfig(folder), store: await openStore({ kind: 'postgres', url }), log: silent })
  await expect(again).rejects.toMatchObject({
    code: 'STORE_NEWER',
    details: { migration: 9_999 },
    message: expect.stringContaining('newer version'),
  })
})

test('a migration that meets a long read lets everybody pass, and is done when the read is', async () => {
  const { one, two } = await twoNodes()
  await migrate(one.db, migrations)
  const reading = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const read = one.db.transaction().execute(async (tx) => {
    await tx.selectFrom('organizations').selectAll().execute()
    reading.resolve()
    await release.promise
  })
  await reading.promise
  const migrating = migrate(two.db, [...migrations, next])
  await waitUntilWaiting(one)
  // Behind a migration that waits, this would wait for as long as the read holds its table, which is until here is done.
  await one.db.selectFrom('organizations').selectAll().execute()
  release.resolve()
  await read
  expect(await migrating).toEqual([9_999])
  await one.close()
  await two.close()
})

async function waitUntilWaiting({ db }: Store): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ count: number }>`
      SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER TABLE organizations%' AND datname = current_database()`.execute(
      db,
    )
    if ((rows[0]?.count ?? 0) > 0) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('nodes that start together migrate once between them', async () => {
  const { one, two } = await twoNodes()
  const applied = await Promise.all([migrate(one.db, migrations), migrate(two.db, migrations)])
  expect(applied.map(({ length }) => length).sort((a, b) => a - b)).toEqual([0, migrations.length])
  await one.close()
  await two.close()
})
