import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { type Fact, World } from '@writ/engine'
import { freshDatabase } from '@writ/testing/fresh-database'
import fc from 'fast-check'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { embedded, embeddedOptions, openStore, type Store } from '../src/app/database.ts'
import { migrate } from '../src/app/migrate.ts'
import { type Feed, openFeed } from '../src/changes/feed.ts'
import { appendChange } from '../src/changes/store.ts'
import { migrations } from '../src/migrations/index.ts'
import { Ledger } from '../src/usage/ledger.ts'

const terms = readFileSync(new URL('../../../examples/atlas.terms.yaml', import.meta.url), 'utf8')
const MONDAY = Date.parse('2026-11-23T09:00:00Z')
const LIMIT = 1000

type Step =
  | { readonly do: 'reserve'; readonly amount: number; readonly seconds: number; readonly partial: boolean }
  | { readonly do: 'consume'; readonly amount: number }
  | { readonly do: 'settle'; readonly part: number; readonly keep: boolean }
  | { readonly do: 'release' | 'forget' }
  | { readonly do: 'wait'; readonly seconds: number }

const amount = fc.integer({ min: 1, max: 400 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('reserve' as const), amount, seconds: fc.integer({ min: 1, max: 60 }), partial: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('consume' as const), amount }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('settle' as const), part: fc.double({ min: 0, max: 1, noNaN: true }), keep: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('release' as const, 'forget' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 40 }) }) },
)
/** What each of several callers does, one step after another. */
const callers = fc.array(fc.array(step, { minLength: 5, maxLength: 14 }), { minLength: 4, maxLength: 6 })

interface Node {
  readonly feed: Feed
  readonly ledger: Ledger
  readonly store: Store
}

function describeRace(name: string, open: () => Promise<Store>, isTwo: boolean): void {
  describe(`callers that reserve, settle, release and consume at once, ${name}`, () => {
    let now = MONDAY
    const nodes: Node[] = []
    let made = 0

    /** @param late how much the clock of this node is behind */
    const startNode = async (store: Store, late: number): Promise<Node> => {
      const world = new World()
      const feed = await openFeed(store, world, pino({ level: 'silent' }))
      return { store, feed, ledger: await Ledger.open({ db: store.db, world, feed, clock: () => now - late }) }
    }
    const change = async (facts: readonly Fact[]): Promise<void> => {
      const [{ store }] = nodes as [Node]
      const audit = { actor: 'operator', action: 'test.change', subject: 'test:facts', requestId: 'r', detail: {} }
      const revision = await store.db.transaction().execute((tx) => appendChange(tx, { at: MONDAY, facts, touched: [], audit }))
      for (const { feed } of nodes) {
        feed.wake()
        await feed.reached(revision)
      }
    }

    beforeAll(async () => {
      const store = await open()
      await migrate(store.db, migrations)
      await sql`INSERT INTO authority (id, revision, created_at) VALUES ('a', 0, 0)`.execute(store.db)
      nodes.push(await startNode(store, 0))
      if (isTwo) nodes.push(await startNode(await open(), 3000))
      await change([{ fact: 'edition', product: 'atlas', edition: 1, terms }])
    })
    afterAll(async () => {
      for (const { ledger, feed, store } of nodes.reverse()) {
        await ledger.drained()
        await feed.close()
        await store.close()
      }
    })

    /** An organization with one licence and one seat taken, so that nothing but units is raced for. */
    const customer = async (): Promise<string> => {
      const id = `acme-${made++}`
      await change([
        { fact: 'organization', id },
        {
          fact: 'license',
          id: `L-${id}`,
          product: 'atlas',
          edition: 1,
          plan: 'standard',
          organization: id,
          starts: Date.parse('2026-01-15T00:00:00Z'),
        },
        { fact: 'identity', id: `ann-${id}`, kind: 'human', status: 'active', in: { [id]: ['analyst'] } },
        { fact: 'seat', license: `L-${id}`, identity: `ann-${id}`, order: 0 },
      ])
      return id
    }

    /** What is promised of the window, as the store has it: used, and held back for work under way. */
    const promised = async (license: string): Promise<{ used: number; events: number; held: number }> => {
      const { rows } = await sql<{ used: number; events: number; held: number }>`
        SELECT coalesce((SELECT sum(used) FROM usage_counters WHERE license_id = ${license} AND meter = 'exports'), 0)::int8 AS used,
          coalesce((SELECT sum(amount) FROM usage_events WHERE license_id = ${license}), 0)::int8 AS events,
          coalesce((SELECT sum(amount - settled) FROM reservations WHERE license_id = ${license} AND closed_at IS NULL AND until > ${now}), 0)::int8 AS held`.execute(
        (nodes[0] as Node).store.db,
      )
      return rows[0] as { used: number; events: number; held: number }
    }

    test('never promise a unit twice, count what was settled and nothing else, and lose none', async () => {
      await fc.assert(
        fc.asyncProperty(callers, async (all) => {
          const organization = await customer()
          const license = `L-${organization}`
          let asked = 0
          let counted = 0
          const run = async (steps: readonly Step[], caller: number): Promise<void> => {
            const { ledger } = nodes[caller % nodes.length] as Node
            const source = `key_${caller}`
            let open: { id: string; amount: number; settled: number } | undefined
            const spend = (more: { consume: { id: string; amount: number }; partial?: boolean }, reserveSeconds?: number) =>
              ledger.spend({
                source,
                actor: 'key:test',
                requestId: 'r',
                request: { identity: `ann-${organization}`, feature: 'report.export', context: { country: 'DE' }, ...more },
                ...(reserveSeconds !== undefined && { reserveSeconds }),
              })
            for (const each of steps) {
              const id = `${organization}-${caller}-${asked++}`
              if (each.do === 'wait') now += each.seconds * 1000
              else if (each.do === 'forget') open = undefined
              else if (each.do === 'release' && open !== undefined) {
                await ledger.release({ source, id: open.id })
                open = undefined
              } else if (each.do === 'consume') {
                const spent = await spend({ consume: { id, amount: each.amount } })
                if (spent.kind === 'answered' && spent.decision.allowed) counted += each.amount
              } else if (each.do === 'reserve') {
                const spent = await spend({ consume: { id, amount: each.amount }, partial: each.partial }, each.seconds)
                if (spent.kind !== 'answered' || spent.reservation === undefined) continue
                open = { id, amount: spent.reservation.amount, settled: 0 }
              } else if (each.do === 'settle' && open !== undefined) {
                const used = open.settled + Math.floor((open.amount - open.settled) * each.part)
                const before = open.settled
                const done = await ledger.settle({ source, id: open.id }, used, each.keep).catch((error: { code: string }) => error.code)
                if (typeof done === 'string') expect(done).toBe('RESERVATION_EXPIRED')
                else counted += done.settled - before
                open = typeof done === 'string' || !each.keep ? undefined : { ...open, settled: done.settled }
              }
              // Looked at with a clock that somebody moved meanwhile, what was free again by then would count twice.
              const at = now
              const { used, held } = await promised(license)
              if (now === at) expect(used + held).toBeLessThanOrEqual(LIMIT)
            }
          }
          await Promise.all(all.map(run))
          const end = await promised(license)
          expect([end.used, end.events]).toEqual([counted, counted])
          // Once everything is over, all that was not counted can be had again, and not one more.
          now += 120_000
          const rest = LIMIT - counted
          const ask = (units: number, node: Node) =>
            node.ledger.spend({
              source: 'key_last',
              actor: 'key:test',
              requestId: 'r',
              request: {
                identity: `ann-${organization}`,
                feature: 'report.export',
                context: { country: 'DE' },
                consume: { id: `${organization}-last-${units}`, amount: units },
              },
              reserveSeconds: 30,
            })
          const tooMuch = await ask(rest + 1, nodes.at(-1) as Node)
          expect(tooMuch).toMatchObject({ decision: { reason: 'quota_exhausted' } })
          if (rest > 0) expect(await ask(rest, nodes[0] as Node)).toMatchObject({ decision: { allowed: true } })
        }),
        { numRuns: 25, endOnFailure: true },
      )
    }, 60_000)
  })
}

describeRace('embedded', async () => embedded(await PGlite.create(embeddedOptions)), false)

let url: string | undefined
describeRace(
  'two nodes on PostgreSQL, one of whose clocks is behind',
  async () => {
    url ??= await freshDatabase()
    return openStore({ kind: 'postgres', url })
  },
  true,
)
