import type { Change, Fact, Instant } from '@writ/engine'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { CHANGES_CHANNEL } from '../app/listener.ts'
import type { AuditDetail } from '../audit/store.ts'
import type { NewEvent } from '../notify/event.ts'
import { announcing } from '../notify/store.ts'
import type { Told } from './draft.ts'
import { factKey } from './fact-key.ts'
import type { Touched } from './tables.ts'

export interface Recorded extends Change {
  readonly touched: readonly Touched[]
}

export interface NewChange {
  readonly at: Instant
  readonly facts: readonly Fact[]
  readonly touched: readonly Touched[]
  readonly audit: {
    readonly actor: string
    readonly identity?: string | undefined
    readonly action: string
    readonly subject: string
    readonly organization?: string
    readonly requestId: string
    readonly detail: AuditDetail
    /** Rows of their own for others whose business it is. */
    readonly told?: readonly Told[]
  }
  readonly events?: readonly NewEvent[]
}

/**
 * Takes the next revision and writes the change under it; the caller commits next and does nothing in between.
 * The row of `authority` is locked until that commit, so a later revision cannot be committed before an earlier one.
 * @param known where the writer is: what it decided by another life of the store, or by changes that this one has lost, is not written.
 *   Absent: it looks at nothing but the store
 * @throws {StoreReplaced}
 */
export async function appendChange(
  tx: Transaction<Database>,
  { at, facts, touched, audit, events = [] }: NewChange,
  known?: Position,
): Promise<number> {
  const isKnown = known === undefined ? sql`true` : sql`incarnation = ${known.incarnation} AND revision >= ${known.revision}`
  // Alone in its statement: what follows then has a snapshot from after the wait, and sees what the change before it wrote.
  const taken = await sql<{ revision: number }>`UPDATE authority SET revision = revision + 1 WHERE ${isKnown} RETURNING revision`.execute(
    tx,
  )
  const revision = taken.rows[0]?.revision
  if (revision === undefined) throw new StoreReplaced('the store was replaced')

  const stated = facts.filter((fact) => fact.fact !== 'removed')
  const removed = facts.filter((fact) => fact.fact === 'removed')
  const rows: readonly Told[] = [{ organization: audit.organization ?? null, detail: audit.detail }, ...(audit.told ?? [])]
  // One round trip, since every other mutation waits for it.
  await sql`
    WITH change AS (
      INSERT INTO changes (revision, at, facts, touched)
      VALUES (${revision}, ${at}, ${JSON.stringify(facts)}, ${JSON.stringify(touched)})
    ), stated AS (
      INSERT INTO facts (key, revision, body)
      SELECT key, ${revision}::int8, body::json FROM unnest(${stated.map(factKey)}::text[], ${stated.map((fact) => JSON.stringify(fact))}::text[]) AS fact (key, body)
      ON CONFLICT (key) DO UPDATE SET revision = excluded.revision, body = excluded.body
    ), removed AS (
      DELETE FROM facts WHERE key = ANY (${removed.map(factKey)}::text[])
    ), audited AS (
      INSERT INTO audit (revision, at, actor, identity, action, subject, organization, request_id, detail)
      SELECT ${revision}::int8, ${at}::int8, ${audit.actor}, ${audit.identity ?? null}::text, ${audit.action}, of.subject, of.organization, ${audit.requestId}, of.detail::json
      FROM unnest(${rows.map(({ organization }) => organization)}::text[], ${rows.map(({ subject }) => subject ?? audit.subject)}::text[],
        ${rows.map(({ detail }) => JSON.stringify(detail))}::text[]) AS of (organization, subject, detail)
    )${events.length === 0 ? sql`` : sql`, ${announcing(events, at)}`}
    SELECT pg_notify(${CHANGES_CHANNEL}, '')`.execute(tx)
  return revision
}

/** The store is not the one that was read at start. */
export class StoreReplaced extends Error {}

/** Where the store is: which life of it, and how far. */
export interface Position {
  readonly revision: number
  readonly incarnation: string
}

/** The changes after a revision, in order, at most `limit`, and where the store was when they were read. */
export async function readChanges(db: Kysely<Database>, after: number, limit: number): Promise<Position & { changes: Recorded[] }> {
  const { rows } = await sql<Position & { of: number | null; facts: Recorded['facts']; touched: Recorded['touched'] }>`
    SELECT authority.revision, authority.incarnation, next.revision AS of, next.facts, next.touched
    FROM authority LEFT JOIN LATERAL (
      SELECT revision, facts, touched FROM changes WHERE changes.revision > ${after} ORDER BY changes.revision LIMIT ${limit}
    ) AS next ON true
    ORDER BY next.revision`.execute(db)
  const [first] = rows
  if (first === undefined) throw new Error('the authority has no row')
  const changes = rows.flatMap(({ of, facts, touched }) => (of === null ? [] : [{ revision: of, facts, touched }]))
  return { revision: first.revision, incarnation: first.incarnation, changes }
}

export async function readPosition(db: Kysely<Database>): Promise<Position> {
  return db.selectFrom('authority').select(['revision', 'incarnation']).executeTakeFirstOrThrow()
}

export async function currentRevision(db: Kysely<Database>): Promise<number> {
  return (await readPosition(db)).revision
}

/**
 * The current facts and the revision they stand at, a batch at a time: a million of them at once would not fit a small machine. A batch
 * comes as one text, since a row a fact costs the driver more than World; the next is read while World takes this one.
 */
export async function readSnapshot(db: Kysely<Database>, each: (change: Change) => void, batch = 20_000): Promise<Position> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const position = await tx.selectFrom('authority').select(['revision', 'incarnation']).executeTakeFirstOrThrow()
      const { revision } = position
      for (let next = readFacts(tx, '', batch); ; ) {
        const { facts, last } = await next
        if (last === null) return position
        next = readFacts(tx, last, batch)
        next.catch(() => {}) // told when it is waited for, unless World refuses this batch first
        each({ revision, facts: JSON.parse(facts) as Fact[] })
      }
    })
}

/** The facts after a key as a JSON array, and the key of the last; `null`: there are none. */
async function readFacts(tx: Transaction<Database>, after: string, limit: number): Promise<{ facts: string; last: string | null }> {
  const { rows } = await sql<{ facts: string; last: string | null }>`
    SELECT '[' || string_agg(body::text, ',' ORDER BY key) || ']' AS facts, max(key) AS last
    FROM (SELECT key, body FROM facts WHERE key > ${after} ORDER BY key LIMIT ${limit}) AS batch`.execute(tx)
  return rows[0] as { facts: string; last: string | null }
}
