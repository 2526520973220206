import type { Change, Fact } from '@writ/engine'
import { World } from '@writ/engine'
import { freshDatabase } from '@writ/testing/fresh-database'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore, type Store } from '../src/app/database.ts'
import { migrate } from '../src/app/migrate.ts'
import { factKey } from '../src/changes/fact-key.ts'
import { type Feed, openFeed } from '../src/changes/feed.ts'
import { type By, type Mutate, mutator } from '../src/changes/mutate.ts'
import { appendChange, readChanges, readSnapshot, StoreReplaced } from '../src/changes/store.ts'
import { migrations } from '../src/migrations/index.ts'
import { MONDAY, onBothStores, silent, TEST_DATA_KEY, testSealer } from './support.ts'

const by: By = { actor: 'key:test', requestId: 'r1' }
const deed = { action: 'test.state', subject: 'test:1' }
const sealer = testSealer

interface Node {
  readonly store: Store
  readonly world: World
  readonly feed: Feed
  readonly mutate: Mutate
}

async function prepare(store: Store): Promise<Store> {
  await migrate(store.db, migrations)
  await store.db
    .insertInto('authority')
    .values({ one: true, id: 'aut_test', revision: 0, created_at: MONDAY })
    .onConflict((c) => c.doNothing())
    .execute()
  // Answers that are kept for a retry are sealed, and the store takes none whose data key it does not have.
  await sql`INSERT INTO data_keys (id, created_at) VALUES (${TEST_DATA_KEY}, ${MONDAY}) ON CONFLICT DO NOTHING`.execute(store.db)
  return store
}

async function startNode(store: Store): Promise<Node> {
  const world = new World()
  const feed = await openFeed(store, world, silent)
  await feed.start()
  return { store, world, feed, mutate: mutator({ db: store.db, feed, clock: () => MONDAY, sealer }) }
}

async function stopNode({ feed, store }: Node): Promise<void> {
  await feed.close()
  await store.close()
}

const organization = (id: string): Fact => ({ fact: 'organization', id })
const state = (node: Node, ...facts: Fact[]) => node.mutate(by, deed, async (_, change) => change.state(...facts))

/** What World holds, in an order of its own. */
function held(facts: Iterable<Fact>): string[] {
  return [...facts]
    .map((fact) =>
      JSON.stringify(fact, (_, value) =>
        typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value,
      ),
    )
    .sort()
}

onBothStores('change feed', (open) => {
  let node: Node
  beforeEach(async () => {
    node = await startNode(await prepare(await open()))
  })
  afterEach(() => stopNode(node))

  test('a mutation returns when World has it', async () => {
    await state(node, { fact: 'resource', id: 'db', kind: 'postgres' })
    expect(node.world.resource('db')?.kind).toBe('postgres')
    expect(node.world.revision).toBe(1)
  })

  test('a mutation writes tables, one change and one audit row, all or nothing', async () => {
    await node.mutate(by, { ...deed, organization: 'acme' }, async (tx, change) => {
      await tx
        .insertInto('organizations')
        .values({ id: 'acme', title: 'Acme', roles: '{}', version: 1, created_at: 1, updated_at: 1 })
        .execute()
      change.state(organization('acme'), { fact: 'resource', id: 'db', kind: 'ssh' })
      change.note({ title: 'Acme' })
    })
    await expect(
      node.mutate(by, deed, async (tx, change) => {
        await tx.deleteFrom('organizations').execute()
        change.state({ fact: 'removed', of: 'organization', id: 'acme' })
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')

    expect((await readChanges(node.store.db, 0, 10)).changes).toEqual([
      { revision: 1, facts: [organization('acme'), { fact: 'resource', id: 'db', kind: 'ssh' }], touched: [] },
    ])
    const { db } = node.store
    expect(await db.selectFrom('organizations').select('id').execute()).toEqual([{ id: 'acme' }])
    expect(await db.selectFrom('audit').selectAll().execute()).toEqual([
      {
        id: 1,
        revision: 1,
        at: MONDAY,
        actor: 'key:test',
        action: 'test.state',
        subject: 'test:1',
        organization: 'acme',
        request_id: 'r1',
        detail: { title: 'Acme' },
        result: 'done',
        identity: null,
      },
    ])
  })

  test('a dry run answers and leaves nothing', async () => {
    const answer = await node.mutate({ ...by, dryRun: true }, deed, async (_, change) => {
      change.state(organization('acme'))
      return 'would be'
    })
    expect(answer).toBe('would be')
    expect((await readChanges(node.store.db, 0, 10)).changes).toEqual([])
    expect(node.world.revision).toBe(0)
  })

  test('of two statements about one entity in one mutation the later counts', async () => {
    await state(node, { fact: 'resource', id: 'db', kind: 'ssh' }, { fact: 'removed', of: 'resource', id: 'db' })
    expect(node.world.resource('db')).toBeUndefined()
    expect(await node.store.db.selectFrom('facts').select('key').execute()).toEqual([])
  })

  test('concurrent mutations have consecutive revisions and are all there', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, i) => state(node, organization(`o${i}`))))
    const { changes } = await readChanges(node.store.db, 0, 100)
    expect(changes.map(({ revision }) => revision)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    expect(held(node.world.facts())).toHaveLength(40)
  })

  test('a follower has read its rows again before the mutation returns', async () => {
    const seen: string[][] = []
    node.feed.follow('api_key', async (ids) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      seen.push([...ids])
    })
    await node.mutate(by, deed, async (_, change) => {
      change.touch('api_key', 'a')
      change.touch('api_key', 'b')
      change.touch('other', 'c')
    })
    expect(seen).toEqual([['a', 'b']])
  })

  test('a follower that fails is asked again, and nothing is skipped', async () => {
    let failures = 1
    const seen: string[] = []
    node.feed.follow('api_key', async (ids) => {
      if (failures-- > 0) throw new Error('no connection')
      seen.push(...ids)
    })
    await node.mutate(by, deed, async (_, change) => change.touch('api_key', 'a'))
    await state(node, organization('acme'))
    expect(seen).toEqual(['a'])
    expect(node.world.revision).toBe(2)
  })

  test('a retried mutation runs once and gives the same answer', async () => {
    const retry = { credential: 'key_1', key: 'k', fingerprint: 'f' }
    let runs = 0
    const once = (more: Partial<typeof retry>, answer: string) =>
      node.mutate({ ...by, retry: { ...retry, ...more } }, deed, async (_, change) => {
        change.state(organization(`o${runs++}`))
        return { answer }
      })
    expect(await once({}, 'first')).toEqual({ answer: 'first' })
    expect(await once({}, 'second')).toEqual({ answer: 'first' })
    await expect(once({ fingerprint: 'g' }, 'third')).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
    expect(await once({ credential: 'key_2' }, 'fourth')).toEqual({ answer: 'fourth' })
    expect(runs).toBe(2)
    const rows = await node.store.db.selectFrom('idempotency').select('result').execute()
    expect(rows).toHaveLength(2)
    for (const { result } of rows) expect(Buffer.from(result.slice(3), 'base64url').toString('latin1')).not.toContain('answer')
  })

  test('facts: the snapshot and the tail make the World that a full replay makes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyFact, { maxLength: 4 }), { maxLength: 12 }), fc.nat(12), async (mutations, cut) => {
        await sql`TRUNCATE changes, facts`.execute(node.store.db)
        await node.store.db.updateTable('authority').set({ revision: 0 }).execute()
        const replayed = new World()
        const changes: Change[] = []
        let early: Change[] | undefined
        for (const [index, facts] of mutations.entries()) {
          if (index === cut) early = await snapshot(node.store)
          await node.store.db
            .transaction()
            .execute((tx) => appendChange(tx, { at: MONDAY, facts: whole(facts), touched: [], audit: { ...by, ...deed, detail: {} } }))
        }
        for (const change of (await readChanges(node.store.db, 0, 100)).changes) {
          changes.push(change)
          replayed.apply(change)
        }
        early ??= await snapshot(node.store)
        const caughtUp = new World()
        for (const change of early) caughtUp.apply(change)
        const from = caughtUp.revision
        for (const change of changes) if (change.revision > from) caughtUp.apply(change)
        expect(held(caughtUp.facts())).toEqual(held(replayed.facts()))
        expect(caughtUp.revision).toBe(replayed.revision)

        const stored = await node.store.db.selectFrom('facts').select('body').execute()
        expect(held(stored.map(({ body }) => body))).toEqual(held(replayed.facts()))
      }),
      { numRuns: 25 },
    )
  })
})

async function snapshot(store: Store): Promise<Change[]> {
  const changes: Change[] = []
  // Batches of two, so that the cursor is used.
  await readSnapshot(store.db, (change) => changes.push(change), 2)
  return changes
}

/** As a draft has it: one statement an entity. */
function whole(facts: readonly Fact[]): Fact[] {
  return [...new Map(facts.map((fact) => [factKey(fact), fact])).values()]
}

const id = fc.constantFrom('a', 'b', 'a b', 'é"\\', "['")
const removable = fc.constantFrom('organization', 'identity', 'license', 'resource', 'grant', 'signal')
const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({ fact: fc.constant('organization' as const), id }),
  fc.record({ fact: fc.constant('organization' as const), id, roles: fc.constant({ own: ['report.*'] }) }),
  fc.record({ fact: fc.constant('resource' as const), id, kind: fc.constantFrom('ssh', 'postgres') }),
  fc.record({
    fact: fc.constant('identity' as const),
    id,
    kind: fc.constant('human' as const),
    status: fc.constantFrom('active' as const, 'revoked' as const),
    in: fc.constant({ a: ['analyst'] }),
  }),
  fc.record({
    fact: fc.constant('license' as const),
    id,
    product: fc.constant('atlas'),
    edition: fc.constant(1),
    plan: fc.constantFrom('free', 'standard'),
    organization: id,
    starts: fc.nat(),
  }),
  fc.record({ fact: fc.constant('seat' as const), license: id, identity: id, order: fc.nat(9) }),
  fc.record({ fact: fc.constant('signal' as const), id, name: fc.constant('new_device'), identity: id, at: fc.nat() }),
  fc.record({ fact: fc.constant('elsewhere' as const), need: id, answer: fc.constantFrom('allow' as const, 'refuse' as const) }),
  fc.record({ fact: fc.constant('elsewhere' as const), need: id, identity: id, answer: fc.constant('allow' as const) }),
  fc.record({ fact: fc.constant('removed' as const), of: removable, id }),
  fc.record({ fact: fc.constant('removed' as const), of: fc.constantFrom('seat' as const, 'elsewhere' as const), id, identity: id }),
)

describe('change feed of several nodes, PostgreSQL', () => {
  const nodes: Node[] = []
  let url: string
  beforeEach(async () => {
    url = await freshDatabase()
    for (let i = 0; i < 2; i++) nodes.push(await startNode(await prepare(await openStore({ kind: 'postgres', url }))))
  })
  afterEach(async () => {
    await Promise.all(nodes.splice(0).map(stopNode))
  })
  const pair = (): [Node, Node] => [nodes[0] as Node, nodes[1] as Node]

  test('a committer that pauses after taking its revision holds back the next, and no tail passes it by', async () => {
    const [one, two] = pair()
    const { promise: paused, resolve: pause } = Promise.withResolvers<void>()
    const { promise: gate, resolve: release } = Promise.withResolvers<void>()
    const order: string[] = []
    const first = one.store.db.transaction().execute(async (tx) => {
      const revision = await appendChange(tx, {
        at: MONDAY,
        facts: [organization('first')],
        touched: [],
        audit: { ...by, ...deed, detail: {} },
      })
      pause()
      await gate
      order.push('first commits')
      return revision
    })
    await paused
    const second = state(two, organization('second')).then(() => order.push('second returned'))
    await waitUntil(async () => (await blockedOn(two.store)) === 1)
    // Woken now, a tail finds nothing: above all not the second change without the first.
    two.feed.wake()
    expect((await readChanges(two.store.db, 0, 10)).changes).toEqual([])
    release()
    expect(await first).toBe(1)
    await second
    expect(order).toEqual(['first commits', 'second returned'])
    expect(held(two.world.facts())).toEqual(held([organization('first'), organization('second')]))
    expect(two.world.revision).toBe(2)
  })

  test('a committer that fails after taking its revision leaves no gap', async () => {
    const [one, two] = pair()
    const failing = one.store.db.transaction().execute(async (tx) => {
      await appendChange(tx, { at: MONDAY, facts: [organization('lost')], touched: [], audit: { ...by, ...deed, detail: {} } })
      throw new Error('lost')
    })
    await expect(failing).rejects.toThrow('lost')
    await state(two, organization('kept'))
    expect((await readChanges(two.store.db, 0, 10)).changes.map(({ revision }) => revision)).toEqual([1])
  })

  test('what one node commits the other has after a notification', async () => {
    const [one, two] = pair()
    await state(one, organization('acme'))
    await two.feed.reached(1)
    expect(held(two.world.facts())).toEqual(held([organization('acme')]))
  })

  test('two nodes that write at once end with the same World', async () => {
    const [one, two] = pair()
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        state(i % 2 === 0 ? one : two, organization(`o${i % 7}`), { fact: 'resource', id: 'db', kind: `k${i}` }),
      ),
    )
    await Promise.all([one.feed.reached(30), two.feed.reached(30)])
    expect(held(one.world.facts())).toEqual(held(two.world.facts()))
  })

  test('a node whose listening connection was cut catches up by itself', async () => {
    const [one, two] = pair()
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'writ listener' AND datname = current_database()`.execute(
      one.store.db,
    )
    await state(one, organization('acme'))
    await two.feed.reached(1)
    expect(two.world.revision).toBe(1)
  })

  for (const [name, statement] of [
    ['was restored', `UPDATE authority SET revision = revision + 1000, incarnation = 'another'`],
    ['fell back to an older state', `UPDATE authority SET revision = revision - 1`],
  ] as const) {
    test(`a node whose store ${name} stops following and says so`, async () => {
      const [one, two] = pair()
      await state(one, organization('acme'))
      await two.feed.reached(1)
      const waiting = two.feed.reached(2)
      await sql.raw(statement).execute(one.store.db)
      two.feed.wake()
      await two.feed.replaced
      await expect(waiting).rejects.toBeInstanceOf(StoreReplaced)
      await expect(two.feed.lag()).rejects.toBeInstanceOf(StoreReplaced)
      await expect(two.feed.reached(3)).rejects.toBeInstanceOf(StoreReplaced)
      expect(two.world.revision).toBe(1)
    })

    test(`a node that has not noticed that its store ${name} writes nothing, and then stops`, async () => {
      const [one] = pair()
      await state(one, organization('acme'))
      await sql.raw(statement).execute(one.store.db)
      const before = await readPositionOf(one)
      await expect(state(one, organization('lost'))).rejects.toBeInstanceOf(StoreReplaced)
      expect(await readPositionOf(one)).toEqual(before)
      await one.feed.replaced
    })
  }

  test('the same key at two nodes at once: one works, the other is told to wait or gets its answer', async () => {
    const [one, two] = pair()
    const { promise: gate, resolve: release } = Promise.withResolvers<void>()
    const { promise: entered, resolve: enter } = Promise.withResolvers<void>()
    const retry = { credential: 'key_1', key: 'k', fingerprint: 'f' }
    const first = one.mutate({ ...by, retry }, deed, async () => {
      enter()
      await gate
      return 1
    })
    await entered
    await expect(two.mutate({ ...by, retry }, deed, async () => 2)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_IN_USE' })
    release()
    expect(await first).toBe(1)
    expect(await two.mutate({ ...by, retry }, deed, async () => 3)).toBe(1)
  })
})

const readPositionOf = ({ store }: Node) => store.db.selectFrom('authority').select(['revision', 'incarnation']).execute()

async function blockedOn(store: Store): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE authority%' AND datname = current_database()`.execute(store.db)
  return rows[0]?.count ?? 0
}

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10))
}
