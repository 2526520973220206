import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { type Fact, type Request, World } from '@writ/engine'
import { freshDatabase } from '@writ/testing/fresh-database'
import { type Dialect, Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, embeddedOptions, type Store } from '../src/app/database.ts'
import { migrate } from '../src/app/migrate.ts'
import { type Feed, openFeed } from '../src/changes/feed.ts'
import { appendChange } from '../src/changes/store.ts'
import { migrations } from '../src/migrations/index.ts'
import { Ledger, type Spent } from '../src/usage/ledger.ts'

const atlas = readFileSync(new URL('../../../examples/atlas.terms.yaml', import.meta.url), 'utf8')
const MONDAY = Date.parse('2026-11-23T09:00:00Z')

/** `lost`: the commit did not happen. `unacknowledged`: it did, and nobody was told. */
type Fault = 'lost' | 'unacknowledged'

/** A store whose next commits fail as listed. */
function faulty(inner: Dialect, faults: Fault[]): Dialect {
  return {
    createAdapter: () => inner.createAdapter(),
    createQueryCompiler: () => inner.createQueryCompiler(),
    createIntrospector: (db) => inner.createIntrospector(db),
    createDriver() {
      const driver = inner.createDriver()
      const commit = driver.commitTransaction.bind(driver)
      driver.commitTransaction = async (connection) => {
        const fault = faults.shift()
        if (fault === 'lost') await driver.rollbackTransaction(connection)
        else await commit(connection)
        if (fault !== undefined) throw new Error('the connection broke')
      }
      return driver
    },
  }
}

const facts: Fact[] = [
  { fact: 'edition', product: 'atlas', edition: 1, terms: atlas },
  { fact: 'organization', id: 'acme' },
  {
    fact: 'license',
    id: 'L1',
    product: 'atlas',
    edition: 1,
    plan: 'standard',
    organization: 'acme',
    starts: Date.parse('2026-01-15T00:00:00Z'),
    ends: Date.parse('2027-01-13T11:00:00Z'),
  },
  { fact: 'identity', id: 'ann', kind: 'human', status: 'active', in: { acme: ['analyst'] } },
]

function describeFaults(name: string, open: (faults: Fault[]) => Promise<Store>): void {
  describe(`a store that breaks at commit, ${name}`, () => {
    const faults: Fault[] = []
    let store: Store
    let feed: Feed
    let ledger: Ledger

    beforeAll(async () => {
      store = await open(faults)
      await migrate(store.db, migrations)
      await sql`INSERT INTO authority (id, revision, created_at) VALUES ('a', 0, 0)`.execute(store.db)
      const audit = { actor: 'operator', action: 'test.setup', subject: 'test:facts', requestId: 'r', detail: {} }
      await store.db.transaction().execute((tx) => appendChange(tx, { at: MONDAY, facts, touched: [], audit }))
      const world = new World()
      feed = await openFeed(store, world, pino({ level: 'silent' }))
      ledger = await Ledger.open({ db: store.db, world, feed, clock: () => MONDAY })
      await feed.start()
    })
    afterAll(async () => {
      await feed.close()
      await store.close()
    })

    const spend = (id: string): Promise<Spent> => {
      const request: Request = { identity: 'ann', feature: 'report.export', context: { country: 'DE' }, consume: { id, amount: 400 } }
      return ledger.spend({ source: 'enforcer', actor: 'key:test', requestId: id, request })
    }
    const used = async (): Promise<number> => {
      const { total } = await store.db
        .selectFrom('usage_counters')
        .select((eb) => eb.fn.sum<number>('used').as('total'))
        .executeTakeFirstOrThrow()
      return Number(total)
    }

    test('what was not stored is not promised, and the retry is done once', async () => {
      faults.push('lost')
      await expect(spend('first')).rejects.toThrow('the connection broke')
      expect(await used()).toBe(0)
      expect(ledger.world.license('L1')?.seats.taken).toBe(0)
      expect(await spend('first')).toMatchObject({ kind: 'answered', decision: { allowed: true } })
      expect(await used()).toBe(400)
      expect(ledger.world.license('L1')?.seats.taken).toBe(1)
    })

    test('what was stored without an answer is not done again by the retry', async () => {
      faults.push('unacknowledged')
      await expect(spend('second')).rejects.toThrow('the connection broke')
      expect(await used()).toBe(800)
      expect(await spend('second')).toMatchObject({ kind: 'answered', decision: { allowed: true } })
      expect(await used()).toBe(800)
    })

    test('nor does the lost answer let anybody past the limit', async () => {
      expect(await spend('third')).toMatchObject({ kind: 'answered', decision: { allowed: false, reason: 'quota_exhausted' } })
      expect(await used()).toBe(800)
    })
  })
}

describeFaults('embedded', async (faults) => {
  const db = new Kysely<Database>({ dialect: faulty(new PGliteDialect({ pglite: await PGlite.create(embeddedOptions) }), faults) })
  return { db, listen: async () => ({ close: async () => {} }), close: () => db.destroy() }
})

describeFaults('PostgreSQL', async (faults) => {
  const types = { getTypeParser: (oid: number) => (oid === 20 ? Number : pg.types.getTypeParser(oid)) } as never
  const pool = new pg.Pool({ connectionString: await freshDatabase(), types })
  const db = new Kysely<Database>({ dialect: faulty(new PostgresDialect({ pool }), faults) })
  return { db, listen: async () => ({ close: async () => {} }), close: () => db.destroy() }
})
