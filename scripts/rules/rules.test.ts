import { expect, test } from 'vitest'
import { sourceFaults } from './index.ts'

const store = 'packages/authority/src/licenses/store.ts'
const service = 'packages/authority/src/licenses/service.ts'
const routes = 'packages/authority/src/licenses/routes.ts'

/** Each `bad` sample breaks exactly one rule, and says so; its nearest `good` one breaks none. */
const cases: { name: string; path: string; bad: string; says: string; good: string; goodPath?: string }[] = [
  {
    name: 'a package imports only what lies below it',
    path: 'packages/terms/src/a.ts',
    bad: `import type { World } from '@writ/engine'`,
    says: 'terms must not import engine',
    good: `import type { Terms } from '@writ/terms'`,
    goodPath: 'packages/engine/src/a.ts',
  },
  {
    name: 'the authority stays off the kit for applications',
    path: 'packages/authority/src/app/a.ts',
    bad: `export { Live } from '@writ/sdk'`,
    says: 'authority must not import sdk',
    good: `export { decide } from '@writ/engine'`,
  },
  {
    name: 'an import that is only made at run time is seen too',
    path: 'packages/client/src/a.ts',
    bad: `const engine = await import('@writ/engine')`,
    says: 'client must not import engine',
    good: `const fetch = await import('openapi-fetch')`,
  },
  {
    name: 'a package without a row in the table is refused',
    path: 'packages/extra/src/a.ts',
    bad: 'export const one = 1',
    says: 'the package extra has no row in the table of import directions',
    good: 'export const one = 1',
    goodPath: 'packages/log/src/a.ts',
  },
  {
    name: 'a relative import stays in its package',
    path: 'packages/engine/src/a.ts',
    bad: `import { compile } from '../../terms/src/index.ts'`,
    says: '../../terms/src/index.ts leaves the package: import it by its name',
    good: `import { compile } from '../vectors/index.ts'`,
  },
  {
    name: 'a folder outside the packages imports them by name',
    path: 'bench/a.ts',
    bad: `import { decide } from '../packages/engine/src/index.ts'`,
    says: '../packages/engine/src/index.ts: import a package by its name',
    good: `import { decide } from '@writ/engine'`,
  },
  {
    name: 'the harness of the tests stays in the tests',
    path: 'packages/authority/src/app/database.ts',
    bad: `import { freshDatabase } from '@writ/testing/fresh-database'`,
    says: 'only tests may import @writ/testing',
    good: `import { freshDatabase } from '@writ/testing/fresh-database'`,
    goodPath: 'packages/authority/test/database.test.ts',
  },
  {
    name: 'an isomorphic package does not import what only Node has',
    path: 'packages/license/src/verify.ts',
    bad: `import { verify } from 'node:crypto'`,
    says: 'license runs in a browser too and must not import node:crypto',
    good: `import { readFileSync } from 'node:fs'`,
    goodPath: 'packages/license/src/verify.node.test.ts',
  },
  {
    name: 'an entry for Node alone is a folder of that name',
    path: 'packages/sdk/src/usage/usage.ts',
    bad: `import { open } from 'node:fs/promises'`,
    says: 'sdk runs in a browser too and must not import node:fs/promises',
    good: `import { open } from 'node:fs/promises'`,
    goodPath: 'packages/sdk/src/usage/node/spool.ts',
  },
  {
    name: 'the prefix of a built-in module does not hide it',
    path: 'packages/engine/src/a.test.ts',
    bad: `import { readFileSync } from 'fs'`,
    says: 'engine runs in a browser too and must not import fs',
    good: `import { parse } from 'yaml'`,
  },
  {
    name: 'a store has no HTTP',
    path: store,
    bad: `import type { FastifyRequest } from 'fastify'`,
    says: 'store.ts is SQL and nothing else: no HTTP',
    good: `import { sql } from 'kysely'`,
  },
  {
    name: 'a store does not reach back to its service',
    path: store,
    bad: `import { issue } from './service.ts'`,
    says: 'store.ts must not import from service.ts or routes.ts',
    good: `import type { License } from './service.ts'`,
  },
  {
    name: 'a service has no HTTP',
    path: service,
    bad: `import { fastify } from 'fastify'`,
    says: 'service.ts is rules: no HTTP',
    good: `import { insertLicense } from './store.ts'`,
  },
  {
    name: 'a service has no SQL',
    path: service,
    bad: `import { type Kysely, sql } from 'kysely'`,
    says: 'service.ts is rules: no SQL (kysely for its types only)',
    good: `import { type Kysely, type Transaction } from 'kysely'`,
  },
  {
    name: 'routes have no SQL',
    path: routes,
    bad: `import { sql } from 'kysely'`,
    says: 'routes.ts is HTTP: no SQL (kysely for its types only)',
    good: `import type { FastifyInstance } from 'fastify'`,
  },
  {
    name: 'nobody reads the time of day',
    path: 'packages/engine/src/a.ts',
    bad: 'export const now = () => Date.now()',
    says: 'Date.now reads the time: take it as an input',
    good: 'export const now = () => Date.now()',
    goodPath: 'packages/authority/src/app/clock.ts',
  },
  {
    name: 'a clock under another name is still a clock',
    path: 'packages/authority/src/keys/service.ts',
    bad: 'export const clock = { now: Date.now }',
    says: 'Date.now reads the time: take it as an input',
    good: 'export const clock = { now: (date: Date) => date.getTime() }',
  },
  {
    name: 'a date is made from a number, not from the moment',
    path: 'packages/authority/src/keys/service.ts',
    bad: 'export const day = () => new Date()',
    says: 'new Date() reads the time: take it as an input',
    good: 'export const day = (at: number) => new Date(at)',
  },
  {
    name: 'inside a transaction the root handle is out of bounds',
    path: service,
    bad: 'const f = (db) => db.transaction().execute(async (tx) => { await insert(tx); await audit(db) })',
    says: 'db inside a transaction: use tx',
    good: 'const f = (db) => db.transaction().execute(async (tx) => { await insert(tx); await audit(tx) })',
  },
  {
    name: 'also through an object that holds it, in a helper of its own, and deeper down',
    path: service,
    bad: 'const f = () => mutate(async (tx) => { for (const one of all) { await each(() => app.db.selectFrom(one)) } })',
    says: 'db inside a transaction: use tx',
    good: 'const f = () => mutate(async (tx) => { for (const one of all) { await each(() => tx.selectFrom(one)) } })',
  },
  {
    name: 'a transaction is called tx, so that the rule sees it',
    path: service,
    bad: `const f = (db) => db.transaction().setIsolationLevel('serializable').execute(async (trx) => insert(trx))`,
    says: 'call the transaction tx, not trx',
    good: `const f = (db) => db.transaction().setIsolationLevel('serializable').execute(async (tx) => insert(tx))`,
  },
  {
    name: 'a parameter that is a transaction is called tx',
    path: store,
    bad: 'export async function lock(db: Transaction<Database>, id: string) {}',
    says: 'call the transaction tx, not db',
    good: 'export async function lock(tx: Transaction<Database>, id: string) {}',
  },
  {
    name: 'a store is handed its handle',
    path: store,
    bad: `import { db } from '../app/database.ts'`,
    says: 'store.ts takes its handle as a parameter',
    good: 'export const all = (db: Kysely<Database>) => db.selectFrom(`license`)',
  },
  {
    name: 'a store opens no database',
    path: store,
    bad: `import pg from 'pg'`,
    says: 'store.ts opens no database of its own',
    good: `import { sql } from 'kysely'`,
  },
]

for (const { name, path, bad, says, good, goodPath = path } of cases) {
  test(name, () => {
    expect(sourceFaults(path, bad).map((fault) => fault.says)).toEqual([says])
    expect(sourceFaults(goodPath, good)).toEqual([])
  })
}

test('a fault names its line', () => {
  expect(sourceFaults('packages/engine/src/a.ts', '// one\n// two\nconst at = new Date()\n')[0]).toMatchObject({ line: 3 })
})

test('a file that does not parse is refused, not passed over', () => {
  expect(() => sourceFaults('packages/engine/src/a.ts', 'const = ')).toThrow('packages/engine/src/a.ts')
})
