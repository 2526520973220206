import { World } from '@writ/engine'
import { expect } from 'vitest'
import type { Authority } from '../src/index.ts'
import { KeptConnection } from './kept-connection.ts'
import { kitTerms } from './kit.ts'
import type { Served } from './served.ts'
import type { Call } from './support.ts'

/** Ann may view, and may export as often as she likes. */
export async function furnish(call: Call): Promise<void> {
  const made = [
    await call('POST', '/v1/products/kit/editions', { terms: kitTerms }),
    await call('POST', '/v1/organizations', { id: 'acme', title: 'Acme' }),
    await call('POST', '/v1/identities', { id: 'ann', in: { acme: ['viewer'] } }),
    await call('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'open', organization: 'acme' }),
  ]
  expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 201])
}

/** What callers saw who never stopped. */
export interface Seen {
  /** Organizations whose making was answered 201. */
  readonly made: Set<string>
  /** Ids of consumptions that were allowed. */
  readonly spent: Set<string>
  /** Organizations of which nobody said what became of them. */
  readonly unanswered: Set<string>
  /** Of whole answers. */
  readonly statuses: Set<number>
  /** Answers that broke off. */
  halves: number
  /** Answers that said that they are the last on their connection. */
  lastAnswers: number
}

const KINDS = ['make', 'spend', 'make', 'check'] as const

/** Calls over kept-open connections until nobody listens any more: mutations, consumptions and checks in turns. */
export function callOn({ url, key }: Served, count: number): { seen: Seen; ended: Promise<unknown> } {
  const seen: Seen = { made: new Set(), spent: new Set(), unanswered: new Set(), statuses: new Set(), halves: 0, lastAnswers: 0 }
  const headers = { authorization: `Bearer ${key}` }
  const one = async (caller: number): Promise<void> => {
    let connection = await KeptConnection.open(url)
    for (let i = 0; ; i++) {
      const id = `c${caller}-${i}`
      const kind = KINDS[(caller + i) % KINDS.length]
      if (connection.isClosed) connection = await KeptConnection.open(url)
      const ask = { identity: 'ann', feature: 'kit:view' }
      const spend = { identity: 'ann', feature: 'kit:export', consume: { amount: 1, id } }
      const outcome =
        kind === 'make'
          ? await connection.ask('POST', '/v1/organizations', { ...headers, 'idempotency-key': id }, { id, title: id })
          : await connection.ask('POST', '/v1/check', headers, kind === 'check' ? ask : spend)
      if (typeof outcome === 'string') {
        if (outcome === 'half') seen.halves++
        if (kind === 'make') seen.unanswered.add(id)
        continue
      }
      seen.statuses.add(outcome.status)
      const body = JSON.parse(outcome.body) as { allowed?: boolean }
      if (kind === 'make' && outcome.status === 201) seen.made.add(id)
      if (kind === 'spend' && body.allowed === true) seen.spent.add(id)
      if (!/^connection: close$/im.test(outcome.head)) continue
      seen.lastAnswers++
      await connection.closed
    }
  }
  const ended = Promise.all(Array.from({ length: count }, (_, i) => one(i).catch(() => {})))
  return { seen, ended }
}

/** Revisions without a gap, facts as a replay of all changes has them, World as the facts, a row of the audit for each change. */
export async function expectConsistent({ db, world, feed }: Authority): Promise<void> {
  const changes = await db.selectFrom('changes').select(['revision', 'facts']).orderBy('revision').execute()
  expect(changes.map(({ revision }) => revision)).toEqual(changes.map((_, i) => i + 1))
  expect(feed.revision).toBe(changes.length)
  const replayed = new World()
  for (const change of changes) replayed.apply(change)
  const stored = await db.selectFrom('facts').select('body').execute()
  const wanted = inOrder(replayed.facts())
  expect(inOrder(stored.map(({ body }) => body))).toEqual(wanted)
  expect(inOrder(world.facts())).toEqual(wanted)
  const audited = await db.selectFrom('audit').select('revision').where('revision', 'is not', null).orderBy('revision').execute()
  expect([...new Set(audited.map(({ revision }) => revision))]).toEqual(changes.map(({ revision }) => revision))
}

/** All that was acknowledged is there, and each of it once. */
export async function expectKept({ db }: Authority, { made, spent }: Pick<Seen, 'made' | 'spent'>): Promise<void> {
  const organizations = new Set((await db.selectFrom('organizations').select('id').execute()).map(({ id }) => id))
  expect([...made].filter((id) => !organizations.has(id))).toEqual([])
  const events = new Set((await db.selectFrom('usage_events').select('id').execute()).map(({ id }) => id))
  expect([...spent].filter((id) => !events.has(id))).toEqual([])
  const audited = await db.selectFrom('audit').select('subject').where('action', '=', 'organization.create').orderBy('subject').execute()
  const wanted = [...organizations].filter((id) => id !== 'writ').map((id) => `organization:${id}`)
  expect(audited.map(({ subject }) => subject)).toEqual(wanted.sort())
}

/** Facts, whatever the order of their members, and of them. */
function inOrder(facts: Iterable<unknown>): string[] {
  return [...facts].map((fact) => JSON.stringify(fact, (_name, value) => (isObject(value) ? sorted(value) : value))).sort()
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
