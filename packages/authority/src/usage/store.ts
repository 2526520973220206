import type { Instant, WireDecision } from '@writ/engine'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Database } from '../app/database.ts'
import { type LicenseUsage, noUsage } from './license-usage.ts'
import type { RateBucket, RateLease } from './rates/bucket.ts'
import { CLOCK_MARGIN_MILLISECONDS, readHolds } from './reservation-store.ts'
import type { UsageTables } from './tables.ts'

export interface CounterKey {
  readonly license: string
  readonly meter: string
  readonly from: Instant
  readonly until: Instant
}

export interface ConsumeKey {
  readonly source: string
  readonly id: string
}

export interface RecordedConsumption extends ConsumeKey {
  readonly question: string
  readonly answer: WireDecision
}

/** What was counted under an id; by a report, then nobody asked and nothing was answered. */
export interface FoundConsumption extends ConsumeKey {
  readonly question: string | null
  readonly answer: WireDecision | null
  readonly license: string
  readonly meter: string | null
  readonly amount: number
}

export interface NewEvent extends RecordedConsumption {
  readonly license: string
  readonly meter: string | undefined
  readonly amount: number
  readonly at: Instant
}

export interface LockedCounter extends CounterKey {
  readonly used: number
  /** No reservation that was made in this window is open from then on. */
  readonly heldUntil: Instant
}

/** Consumptions that were recorded before. */
export async function findEvents(db: Kysely<Database>, keys: readonly ConsumeKey[]): Promise<FoundConsumption[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<FoundConsumption>`
    SELECT e.source, e.id, e.question, e.answer, e.license_id AS license, e.meter, e.amount FROM usage_events e
    JOIN unnest(${keys.map(({ source }) => source)}::text[], ${keys.map(({ id }) => id)}::text[]) AS k (source, id) ON e.source = k.source AND e.id = k.id`.execute(
    db,
  )
  return rows
}

/**
 * Locks the counters of this commit in one order, so that two nodes never wait for each other, and returns what they hold.
 * One that is not there yet begins with what the events of its window say: a licence that changed plans keeps what it used.
 */
export async function lockCounters(tx: Transaction<Database>, keys: readonly CounterKey[]): Promise<LockedCounter[]> {
  if (keys.length === 0) return []
  const columns = sql`unnest(${keys.map(({ license }) => license)}::text[], ${keys.map(({ meter }) => meter)}::text[],
    ${keys.map(({ from }) => from)}::int8[], ${keys.map(({ until }) => until)}::int8[]) AS k (license_id, meter, window_from, window_until)`
  const select = sql<LockedCounter>`
    SELECT c.license_id AS license, c.meter, c.window_from AS from, c.window_until AS until, c.used, c.held_until AS "heldUntil" FROM usage_counters c
    JOIN ${columns} USING (license_id, meter, window_from, window_until)
    ORDER BY c.license_id, c.meter, c.window_from, c.window_until FOR UPDATE OF c`
  const found = await select.execute(tx)
  if (found.rows.length === keys.length) return found.rows
  // Whoever settles now, and saw no such counter to add to, is waited for: the events below then have what was settled.
  await sql`SELECT 1 FROM reservations r JOIN ${columns} USING (license_id, meter) 
    WHERE r.closed_at IS NULL AND r.reserved_at >= k.window_from AND r.reserved_at < k.window_until FOR SHARE OF r`.execute(tx)
  // As is whoever reports of a lease.
  await sql`SELECT 1 FROM quota_leases l JOIN ${columns} USING (license_id, meter)
    WHERE l.closed_at IS NULL AND l.leased_at >= k.window_from AND l.leased_at < k.window_until FOR SHARE OF l`.execute(tx)
  await sql`
    INSERT INTO usage_counters (license_id, meter, window_from, window_until, used, held_until)
    SELECT k.license_id, k.meter, k.window_from, k.window_until,
      (SELECT coalesce(sum(e.amount), 0) FROM usage_events e
       WHERE e.license_id = k.license_id AND e.meter = k.meter AND e.at >= k.window_from AND e.at < k.window_until),
      (SELECT coalesce(max(r.until) + ${CLOCK_MARGIN_MILLISECONDS}::int8, 0) FROM reservations r
       WHERE r.license_id = k.license_id AND r.meter = k.meter AND r.reserved_at >= k.window_from AND r.reserved_at < k.window_until)
    FROM ${columns} ORDER BY 1, 2, 3, 4 ON CONFLICT DO NOTHING`.execute(tx)
  return (await select.execute(tx)).rows
}

/** Begins to count by windows that nobody counts by yet. */
export async function openCounters(db: Kysely<Database>, keys: readonly CounterKey[]): Promise<void> {
  await db.transaction().execute((tx) => lockCounters(tx, keys))
}

/**
 * Writes the new counts and what was consumed, in one round trip. The counters are locked by {@link lockCounters}. Windows that the licence had under other
 * terms count it as well: it may come back to them.
 */
export async function writeConsumption(
  tx: Transaction<Database>,
  counters: readonly LockedCounter[],
  events: readonly NewEvent[],
): Promise<void> {
  if (counters.length === 0 && events.length === 0) return
  await sql`
    WITH counted AS (
      UPDATE usage_counters c SET used = k.used, held_until = k.held_until
      FROM unnest(${counters.map(({ license }) => license)}::text[], ${counters.map(({ meter }) => meter)}::text[], ${counters.map(({ from }) => from)}::int8[],
        ${counters.map(({ until }) => until)}::int8[], ${counters.map(({ used }) => used)}::int8[], ${counters.map(({ heldUntil }) => heldUntil)}::int8[])
        AS k (license_id, meter, window_from, window_until, used, held_until)
      WHERE c.license_id = k.license_id AND c.meter = k.meter AND c.window_from = k.window_from AND c.window_until = k.window_until
    ), consumed AS (
      SELECT * FROM unnest(
      ${events.map(({ source }) => source)}::text[], ${events.map(({ id }) => id)}::text[], ${events.map(({ license }) => license)}::text[],
      ${events.map(({ meter }) => meter ?? null)}::text[], ${events.map(({ amount }) => amount)}::int8[], ${events.map(({ at }) => at)}::int8[],
      ${events.map(({ question }) => question)}::text[], ${events.map(({ answer }) => JSON.stringify(answer))}::text[]
    ) AS e (source, id, license_id, meter, amount, at, question, answer)
    ), elsewhere AS (
      UPDATE usage_counters c SET used = c.used + n.amount
      FROM (SELECT c.license_id, c.meter, c.window_from, c.window_until, sum(e.amount)::int8 AS amount FROM consumed e
        JOIN usage_counters c ON c.license_id = e.license_id AND c.meter = e.meter AND c.window_from <= e.at AND c.window_until > e.at
        WHERE NOT EXISTS (SELECT 1 FROM unnest(${counters.map(({ license }) => license)}::text[], ${counters.map(({ meter }) => meter)}::text[],
          ${counters.map(({ from }) => from)}::int8[], ${counters.map(({ until }) => until)}::int8[]) AS k (license_id, meter, window_from, window_until)
          WHERE k.license_id = c.license_id AND k.meter = c.meter AND k.window_from = c.window_from AND k.window_until = c.window_until)
        GROUP BY c.license_id, c.meter, c.window_from, c.window_until) n
      WHERE c.license_id = n.license_id AND c.meter = n.meter AND c.window_from = n.window_from AND c.window_until = n.window_until
    )
    INSERT INTO usage_events (source, id, license_id, meter, amount, at, question, answer)
    SELECT source, id, license_id, meter, amount, at, question, answer::json FROM consumed`.execute(tx)
}

export interface BucketKey {
  readonly license: string
  readonly bucket: string
}

export interface Bucket extends BucketKey, RateBucket {}

/** Locks rate buckets in one order; a bucket that nothing went through yet has no row, and is made here so that it can be locked. */
export async function lockBuckets(tx: Transaction<Database>, keys: readonly BucketKey[]): Promise<Bucket[]> {
  if (keys.length === 0) return []
  const [licenses, buckets] = [keys.map(({ license }) => license), keys.map(({ bucket }) => bucket)]
  const { rows } = await sql<Omit<Bucket, 'leases'> & { leases: readonly RateLease[] | null }>`
    INSERT INTO rate_buckets (license_id, bucket, arrival)
    SELECT license_id, bucket, '-Infinity' FROM unnest(${licenses}::text[], ${buckets}::text[]) AS k (license_id, bucket) ORDER BY 1, 2
    ON CONFLICT (license_id, bucket) DO UPDATE SET arrival = rate_buckets.arrival
    RETURNING license_id AS license, bucket, arrival, leases`.execute(tx)
  return rows.map((row) => ({ ...row, arrival: Number(row.arrival), leases: row.leases ?? [] }))
}

export async function writeBuckets(tx: Transaction<Database>, buckets: readonly Bucket[]): Promise<void> {
  if (buckets.length === 0) return
  const leases = buckets.map((bucket) => (bucket.leases.length === 0 ? null : JSON.stringify(bucket.leases)))
  await sql`
    UPDATE rate_buckets b SET arrival = k.arrival, leases = k.leases::json
    FROM unnest(${buckets.map(({ license }) => license)}::text[], ${buckets.map(({ bucket }) => bucket)}::text[], ${buckets.map(({ arrival }) => arrival)}::float8[],
      ${leases}::text[]) AS k (license_id, bucket, arrival, leases)
    WHERE b.license_id = k.license_id AND b.bucket = k.bucket`.execute(tx)
}

export interface Lease {
  readonly license: string
  readonly identity: string
  readonly takenAt: Instant
  readonly until: Instant | undefined
}

/** Locks the seats of licences, in one order: whoever takes or frees one waits here. */
export async function lockSeats(tx: Transaction<Database>, licenses: readonly string[]): Promise<{ license: string; taken: number }[]> {
  if (licenses.length === 0) return []
  const { rows } = await sql<{ license: string; taken: number }>`
    INSERT INTO seat_sheets (license_id) SELECT license_id FROM unnest(${[...licenses].sort()}::text[]) AS k (license_id) ORDER BY 1
    ON CONFLICT (license_id) DO UPDATE SET taken = seat_sheets.taken
    RETURNING license_id AS license, taken`.execute(tx)
  return rows
}

export interface Standing {
  readonly identity: string
  readonly isActive: boolean
  readonly organizations: readonly string[]
  /** Who holds the licences that seats are wanted of: `null`, an identity itself. */
  readonly holders: Readonly<Record<string, string | null>> | null
}

/**
 * Keeps identities as they are until the transaction ends, and says how they are. After {@link lockSeats}: whoever suspends one, or
 * takes it out of an organization, locks its seats first too. Two statements, since what waits for a lock still sees its old snapshot.
 */
export async function lockStandings(
  tx: Transaction<Database>,
  identities: readonly string[],
  licenses: readonly string[],
): Promise<Standing[]> {
  if (identities.length === 0) return []
  const ids = [...identities].sort()
  await sql`SELECT 1 FROM identities WHERE id = ANY (${ids}::text[]) ORDER BY id FOR SHARE`.execute(tx)
  const { rows } = await sql<Standing>`
    SELECT id AS identity, status = 'active' AS "isActive",
      ARRAY (SELECT organization_id FROM memberships WHERE identity_id = i.id) AS organizations,
      (SELECT json_object_agg(id, organization) FROM licenses WHERE id = ANY (${[...licenses]}::text[])) AS holders
    FROM identities i WHERE id = ANY (${ids}::text[])`.execute(tx)
  return rows
}

/** Floating seats in use at `now`, in the order taken. The licences are locked by {@link lockSeats}. */
export async function readLeases(tx: Transaction<Database>, licenses: readonly string[], now: Instant): Promise<Lease[]> {
  if (licenses.length === 0) return []
  const { rows } = await sql<{ license: string; identity: string; takenAt: number; until: number | null }>`
    SELECT license_id AS license, identity_id AS identity, taken_at AS "takenAt", until FROM floating_seats
    WHERE license_id = ANY (${[...licenses]}::text[]) AND (until IS NULL OR until > ${now}) ORDER BY license_id, taken_at, identity_id`.execute(
    tx,
  )
  return rows.map((row) => ({ ...row, until: row.until ?? undefined }))
}

export async function writeLeases(tx: Transaction<Database>, leases: readonly Lease[]): Promise<void> {
  if (leases.length === 0) return
  await sql`
    INSERT INTO floating_seats (license_id, identity_id, taken_at, until)
    SELECT * FROM unnest(${leases.map(({ license }) => license)}::text[], ${leases.map(({ identity }) => identity)}::text[],
      ${leases.map(({ takenAt }) => takenAt)}::int8[], ${leases.map(({ until }) => until ?? null)}::int8[])
    ON CONFLICT (license_id, identity_id) DO UPDATE SET taken_at = excluded.taken_at, until = excluded.until`.execute(tx)
}

/**
 * Takes one named seat. Safe under READ COMMITTED: PostgreSQL re-checks the condition after waiting for the row lock.
 * @returns its place in the order taken; `undefined` when no seat is free
 */
export async function takeNamedSeat(
  tx: Transaction<Database>,
  license: string,
  identity: string,
  limit: number,
  at: Instant,
): Promise<number | undefined> {
  await tx
    .insertInto('seat_sheets')
    .values({ license_id: license, taken: 0, next_order: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const sheet = await tx
    .updateTable('seat_sheets')
    .set((eb) => ({ taken: eb('taken', '+', 1), next_order: eb('next_order', '+', 1) }))
    .where('license_id', '=', license)
    .where('taken', '<', limit)
    .returning('next_order')
    .executeTakeFirst()
  if (sheet === undefined) return undefined
  await tx.insertInto('seats').values({ license_id: license, identity_id: identity, seat_order: sheet.next_order, taken_at: at }).execute()
  return sheet.next_order
}

/** Frees one named seat. @returns its place in the order taken; `undefined` when the identity held none */
export async function freeNamedSeat(tx: Transaction<Database>, license: string, identity: string): Promise<number | undefined> {
  const freed = await tx
    .deleteFrom('seats')
    .where('license_id', '=', license)
    .where('identity_id', '=', identity)
    .returning('seat_order')
    .executeTakeFirst()
  if (freed === undefined) return undefined
  await tx
    .updateTable('seat_sheets')
    .set((eb) => ({ taken: eb('taken', '-', 1) }))
    .where('license_id', '=', license)
    .execute()
  return freed.seat_order
}

/** The named seats of an identity, in any licence. */
export async function seatsOfIdentity(db: Kysely<Database>, identity: string): Promise<{ license: string; order: number }[]> {
  const rows = await db
    .selectFrom('seats')
    .select(['license_id', 'seat_order'])
    .where('identity_id', '=', identity)
    .orderBy('license_id')
    .execute()
  return rows.map(({ license_id, seat_order }) => ({ license: license_id, order: seat_order }))
}

/** What is open at `now`, of some licences or of all: what the ledger keeps in memory. */
export async function readUsage(db: Kysely<Database>, now: Instant, licenses?: readonly string[]): Promise<Map<string, LicenseUsage>> {
  const usages = new Map<string, LicenseUsage>()
  const of = (license: string): LicenseUsage => {
    const usage = usages.get(license) ?? noUsage()
    usages.set(license, usage)
    return usage
  }
  const among = licenses === undefined ? sql`TRUE` : sql`license_id = ANY (${[...licenses]}::text[])`
  const counters = await sql<
    Selectable<UsageTables['usage_counters']>
  >`SELECT * FROM usage_counters WHERE window_until > ${now} AND ${among}`.execute(db)
  for (const { license_id, meter, window_from, window_until, used } of counters.rows) {
    of(license_id).counters.push({ meter, from: window_from, until: window_until, used })
  }
  const buckets = await sql<
    Selectable<UsageTables['rate_buckets']>
  >`SELECT * FROM rate_buckets WHERE (arrival > ${now} OR leases IS NOT NULL) AND ${among}`.execute(db)
  for (const { license_id, bucket, arrival, leases } of buckets.rows)
    of(license_id).rates.set(bucket, { arrival: Number(arrival), leases: leases ?? [] })
  const seats = await sql<Selectable<UsageTables['floating_seats']>>`
    SELECT * FROM floating_seats WHERE (until IS NULL OR until > ${now}) AND ${among} ORDER BY taken_at, identity_id`.execute(db)
  for (const { license_id, identity_id, taken_at, until } of seats.rows) {
    of(license_id).floating.push({ identity: identity_id, takenAt: taken_at, ...(until !== null && { until }) })
  }
  for (const { license, ...hold } of await readHolds(db, now, licenses)) {
    const usage = of(license)
    usage.holds = [...usage.holds, hold]
  }
  return usages
}
