import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { Database } from '../app/database.ts'
import { Recorder } from './recorder.ts'
import type { DecisionRecord } from './store.ts'

/** A store that keeps what it is sent, or is away. */
function open() {
  const store = { isAway: false, statements: [] as string[] }
  const connection = {
    async executeQuery({ parameters }: { parameters: readonly unknown[] }) {
      if (store.isAway) throw new Error('away')
      store.statements.push(String(parameters[0]))
      return { rows: [] }
    },
    streamQuery: () => {
      throw new Error('not asked for')
    },
  }
  const nothing = async () => {}
  const db = new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (of) => new PostgresIntrospector(of),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createDriver: () => ({
        init: nothing,
        acquireConnection: async () => connection as never,
        beginTransaction: nothing,
        commitTransaction: nothing,
        rollbackTransaction: nothing,
        releaseConnection: nothing,
        destroy: nothing,
      }),
    },
  })
  const recorder = new Recorder(db, pino({ level: 'silent' }))
  const stored = () =>
    store.statements
      .flatMap((json) => JSON.parse(json) as { revision: number; each?: object[] }[])
      .flatMap(({ revision, each = [{}] }) => each.map(() => revision))
  return { store, recorder, stored }
}

function record(revision: number, feature = 'kit:view'): DecisionRecord {
  const absent = {
    identity: undefined,
    actor: undefined,
    resource: undefined,
    reason: undefined,
    license: undefined,
    organization: undefined,
  }
  return { at: 0, requestId: 'r', credential: 'k', feature, allowed: true, revision, ...absent }
}

test('every record is stored once, in order, many in one statement', async () => {
  const { store, recorder, stored } = open()
  for (let revision = 0; revision < 5000; revision++) recorder.record(record(revision))
  await recorder.flush()
  expect(stored()).toEqual(Array.from({ length: 5000 }, (_, revision) => revision))
  expect(store.statements.length).toBeLessThan(10)
  await recorder.flush()
  expect(stored()).toHaveLength(5000)
})

test('many alike ones and others, in statements that end amid them, are all stored', async () => {
  const { store, recorder, stored } = open()
  const revisions = Array.from({ length: 9000 }, (_, n) => (n % 500 < 250 ? Math.floor(n / 500) : n))
  for (const revision of revisions) recorder.record(record(revision, `kit:${'long '.repeat(40)}`))
  await recorder.flush()
  expect(stored()).toEqual(revisions)
  expect(store.statements.length).toBeGreaterThan(3)
})

test('what the store did not take is stored when it is back', async () => {
  const { store, recorder, stored } = open()
  store.isAway = true
  recorder.record(record(1))
  await recorder.flush()
  recorder.record(record(2))
  await recorder.flush()
  expect(stored()).toEqual([])
  store.isAway = false
  recorder.record(record(3))
  await recorder.flush()
  expect(stored()).toEqual([1, 2, 3])
  expect(recorder.dropped).toBe(0)
})

test('a store that is away for too long costs the oldest records, which are counted', async () => {
  const { store, recorder, stored } = open()
  store.isAway = true
  const long = 'x'.repeat(100_000)
  for (let revision = 0; revision < 500; revision++) recorder.record(record(revision, long))
  await recorder.flush()
  store.isAway = false
  await recorder.flush()
  expect(recorder.dropped).toBeGreaterThan(0)
  expect(stored()).toHaveLength(500 - recorder.dropped)
  expect(stored().at(-1)).toBe(499)
})
