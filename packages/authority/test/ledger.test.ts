import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { type Fact, type Request, World } from '@writ/engine'
import { freshDatabase } from '@writ/testing/fresh-database'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { embedded, embeddedOptions, openStore, type Store } from '../src/app/database.ts'
import { migrate } from '../src/app/migrate.ts'
import { type Feed, openFeed } from '../src/changes/feed.ts'
import { appendChange } from '../src/changes/store.ts'
import { migrations } from '../src/migrations/index.ts'
import { Ledger, type Spent } from '../src/usage/ledger.ts'

const terms = readFileSync(new URL('../../../examples/atlas.terms.yaml', import.meta.url), 'utf8')
const MONDAY = Date.parse('2026-11-23T09:00:00Z')

interface Node {
  readonly store: Store
  readonly feed: Feed
  readonly ledger: Ledger
}

async function startNode(store: Store): Promise<Node> {
  const world = new World()
  const feed = await openFeed(store, world, pino({ level: 'silent' }))
  const ledger = await Ledger.open({ db: store.db, world, feed, clock: () => MONDAY })
  return { store, feed, ledger }
}

async function stopNode({ store, feed, ledger }: Node): Promise<void> {
  await ledger.drained()
  await feed.close()
  await store.close()
}

async function change({ store, feed }: Node, facts: readonly Fact[]): Promise<void> {
  const audit = { actor: 'operator', action: 'test.change', subject: 'test:facts', requestId: 'r', detail: {} }
  const revision = await store.db.transaction().execute((tx) => appendChange(tx, { at: MONDAY, facts, touched: [], audit }))
  feed.wake()
  await feed.reached(revision)
}

const people = (names: readonly string[]): Fact[] =>
  names.map((id) => ({ fact: 'identity', id, kind: 'human', status: 'active', in: { acme: ['analyst'] } }))
const license = (id: string, plan: string): Fact => ({
  fact: 'license',
  id,
  product: 'atlas',
  edition: 1,
  plan,
  organization: 'acme',
  starts: Date.parse('2026-01-15T00:00:00Z'),
  ends: Date.parse('2027-01-13T11:00:00Z'),
})
const sold: Fact[] = [
  { fact: 'edition', product: 'atlas', edition: 1, terms },
  { fact: 'organization', id: 'acme' },
]

let asked = 0
function spend({ ledger }: Node, request: Omit<Request, 'context'>, source = 'enforcer'): Promise<Spent> {
  return ledger.spend({ source, actor: 'key:test', requestId: `r${asked++}`, request: { ...request, context: { country: 'DE' } } })
}
const took = (id: string, amount = 1) => ({ consume: { id, amount } })
const outcome = (spent: Spent): string =>
  spent.kind === 'id_reused' ? 'id_reused' : spent.decision.allowed ? 'allowed' : String(spent.decision.reason)

function describeLedger(name: string, open: () => Promise<Store>, openAgain?: () => Promise<Store>): void {
  describe(`the ledger on ${name}`, () => {
    let node: Node
    beforeAll(async () => {
      const store = await open()
      await migrate(store.db, migrations)
      await sql`INSERT INTO authority (id, revision, created_at) VALUES ('a', 0, 0) ON CONFLICT DO NOTHING`.execute(store.db)
      node = await startNode(store)
      await change(node, [...sold, license('L1', 'standard'), ...people(['ann', 'bea', 'cy'])])
      for (const [order, identity] of ['ann', 'bea', 'cy'].entries()) await change(node, [{ fact: 'seat', license: 'L1', identity, order }])
    })
    afterAll(() => stopNode(node))

    test('eight callers race for the last unit and one of them wins', async () => {
      expect(outcome(await spend(node, { identity: 'ann', feature: 'report.export', ...took('first 999', 999) }))).toBe('allowed')
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) => spend(node, { identity: 'ann', feature: 'report.export', ...took(`last ${i}`) })),
      )
      expect(answers.map(outcome).sort()).toEqual(['allowed', ...Array.from({ length: 7 }, () => 'quota_exhausted')])
      const { used } = await node.store.db
        .selectFrom('usage_counters')
        .select('used')
        .where('license_id', '=', 'L1')
        .where('meter', '=', 'exports')
        .executeTakeFirstOrThrow()
      expect(used).toBe(1000)
    })

    test('a retried consumption is not done twice and is answered alike, even when nothing is left', async () => {
      const again = await spend(node, { identity: 'ann', feature: 'report.export', ...took('first 999', 999) })
      expect(outcome(again)).toBe('allowed')
      const { total } = await node.store.db
        .selectFrom('usage_events')
        .select((eb) => eb.fn.sum<number>('amount').as('total'))
        .where('meter', '=', 'exports')
        .executeTakeFirstOrThrow()
      expect(Number(total)).toBe(1000)
    })

    test('the same id with another question is refused, and the same id of another enforcer is another id', async () => {
      expect(outcome(await spend(node, { identity: 'bea', feature: 'report.export', ...took('first 999', 999) }))).toBe('id_reused')
      expect(outcome(await spend(node, { identity: 'ann', feature: 'report.export', ...took('first 999', 999) }, 'another'))).toBe(
        'quota_exhausted',
      )
    })

    test('two of the same id at once are one', async () => {
      const both = await Promise.all([1, 2].map(() => spend(node, { identity: 'ann', feature: 'api.call', ...took('twin', 3) })))
      expect(both.map(outcome)).toEqual(['allowed', 'allowed'])
      const rows = await node.store.db.selectFrom('usage_events').select('amount').where('id', '=', 'twin').execute()
      expect(rows).toEqual([{ amount: 3 }])
    })

    test('a burst is let through once and the next is too fast', async () => {
      // Three went through before at this same instant.
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) => spend(node, { identity: 'bea', feature: 'api.call', ...took(`burst ${i}`) })),
      )
      expect(answers.map(outcome).filter((answer) => answer === 'allowed')).toHaveLength(17)
      expect(answers.map(outcome).filter((answer) => answer === 'rate_limited')).toHaveLength(3)
    })

    test('eight callers race for the last named seat and one of them wins', async () => {
      const names = Array.from({ length: 8 }, (_, i) => `late-${i}`)
      await change(node, [license('L2', 'free'), { fact: 'organization', id: 'solo' }, ...people(names)])
      await change(node, [
        { ...license('L2', 'free'), organization: 'solo' } as Fact,
        ...names.map((id): Fact => ({ fact: 'identity', id, kind: 'human', status: 'active', in: { solo: ['viewer'] } })),
      ])
      const first = await Promise.all(['late-0', 'late-1'].map((identity) => spend(node, { identity, feature: 'dashboard.view' })))
      expect(first.map(outcome)).toEqual(['allowed', 'allowed'])
      const answers = await Promise.all(names.slice(2).map((identity) => spend(node, { identity, feature: 'dashboard.view' })))
      expect(answers.map(outcome).sort()).toEqual(['allowed', ...Array.from({ length: 5 }, () => 'seats_exhausted')])
      expect(node.ledger.world.license('L2')?.seats.taken).toBe(3)
      const audited = await node.store.db.selectFrom('audit').select('detail').where('action', '=', 'seat.take').execute()
      expect(audited).toHaveLength(3)
    })

    test('what was spent is there after a restart', async () => {
      const { usages } = await Ledger.open({ db: node.store.db, world: node.ledger.world, feed: node.feed, clock: () => MONDAY })
      expect(usages.get('L1')?.counters).toEqual(expect.arrayContaining([expect.objectContaining({ meter: 'exports', used: 1000 })]))
    })

    test('a licence that is spent from all the time does not hold up the feed', async () => {
      let isHot = true
      const heat = (): void => {
        node.ledger.usages.set('L1', { ...(node.ledger.usages.get('L1') ?? { counters: [], rates: new Map(), floating: [], holds: [] }) })
        if (isHot) setImmediate(heat)
      }
      heat()
      const audit = { actor: 'operator', action: 'test.change', subject: 'test:facts', requestId: 'r', detail: {} }
      const touched = [{ kind: 'usage', id: 'L1' }]
      const revision = await node.store.db.transaction().execute((tx) => appendChange(tx, { at: MONDAY, facts: [], touched, audit }))
      node.feed.wake()
      try {
        await node.feed.reached(revision)
      } finally {
        isHot = false
      }
      expect(node.feed.revision).toBeGreaterThanOrEqual(revision)
    })

    test('a seat and a unit are taken together or not at all', async () => {
      await change(node, [{ fact: 'identity', id: 'dot', kind: 'human', status: 'active', in: { acme: ['analyst'] } }])
      expect(outcome(await spend(node, { identity: 'dot', feature: 'report.export', ...took('dot') }))).toBe('quota_exhausted')
      expect(node.ledger.world.license('L1')?.seats.taken).toBe(3)
    })

    if (openAgain !== undefined)
      test('what another node took back is not refused by a node that did not hear of it', async () => {
        await change(node, [{ fact: 'organization', id: 'trio' }, { ...license('L4', 'standard'), organization: 'trio' } as Fact])
        await change(node, [{ fact: 'identity', id: 'tia', kind: 'human', status: 'active', in: { trio: ['analyst'] } }])
        const ask = (id: string, amount: number) => ({ identity: 'tia', feature: 'report.export', ...took(id, amount) })
        expect(outcome(await spend(node, ask('trio-1', 1)))).toBe('allowed')
        const used = (units: number) => sql`UPDATE usage_counters SET used = ${units} WHERE license_id = 'L4'`.execute(node.store.db)
        // A slice that an enforcer has from elsewhere.
        await used(1000)
        const other = await startNode(await openAgain())
        try {
          const request = { identity: 'tia', feature: 'report.export', context: { country: 'DE' } }
          expect(other.ledger.look(request, MONDAY).decision.reason).toBe('quota_exhausted')
          await used(1)
          expect(outcome(await spend(other, ask('trio-2', 999)))).toBe('allowed')
          expect(outcome(await spend(other, ask('trio-3', 1)))).toBe('quota_exhausted')
        } finally {
          await stopNode(other)
        }
      })

    if (openAgain !== undefined)
      test('two nodes never spend the same last unit or seat', async () => {
        await change(node, [{ fact: 'organization', id: 'duo' }, { ...license('L3', 'standard'), organization: 'duo' } as Fact])
        const names = Array.from({ length: 40 }, (_, i) => `duo-${i}`)
        await change(
          node,
          names.map((id): Fact => ({ fact: 'identity', id, kind: 'human', status: 'active', in: { duo: ['analyst'] } })),
        )
        const other = await startNode(await openAgain())
        try {
          const answers = await Promise.all(
            names.map((identity, i) => spend(i % 2 === 0 ? node : other, { identity, feature: 'report.export', ...took(identity, 100) })),
          )
          expect(answers.map(outcome).filter((answer) => answer === 'allowed')).toHaveLength(10)
          const seats = await node.store.db
            .selectFrom('seat_sheets')
            .select('taken')
            .where('license_id', '=', 'L3')
            .executeTakeFirstOrThrow()
          expect(seats.taken).toBe(10)
        } finally {
          await stopNode(other)
        }
      })
  })
}

describeLedger('the embedded store', async () => embedded(await PGlite.create(embeddedOptions)))

let url: string
describeLedger(
  'PostgreSQL',
  async () => {
    url = await freshDatabase()
    return openStore({ kind: 'postgres', url })
  },
  () => openStore({ kind: 'postgres', url }),
)
