import type { Instant } from '@writ/engine'
import { ApiError } from '../../app/api-error.ts'
import type { Authority } from '../../app/authority.ts'
import { currentRevision } from '../../changes/store.ts'
import type { Credential } from '../../enforcers/credentials.ts'
import { limitLines } from '../report.ts'
import { type CounterKey, lockCounters } from '../store.ts'
import { readEvent, type UsageEvent } from './event.ts'
import { eventSource, type Late, type Placed, Placing } from './placing.ts'
import { type Counted, findReported, type ReportedUsage, writeReported } from './store.ts'

/** What became of one event. */
export type Outcome =
  | { readonly status: 'accepted' | 'duplicate'; readonly usage: ReportedUsage }
  | { readonly status: 'refused'; readonly error: ApiError }

/** A window that more was used in than its limit: what happened is counted, and said. */
export interface Overage extends Counted {
  readonly limit: number
}

export interface Taken {
  /** In the order of the events. */
  readonly outcomes: readonly Outcome[]
  readonly overages: readonly Overage[]
}

/** PostgreSQL: serialization failure, deadlock, and a counter that another made at the same moment. */
const WORTH_A_RETRY: readonly unknown[] = ['40001', '40P01', '23505']
const MOST_TRIES = 4

/**
 * Counts usage that is reported: each event once, in the window of its own time, also where that goes beyond a limit, since it has happened.
 * An event that is refused takes no other with it.
 * @param sent as they came, unread @throws what the store throws; then nothing was counted
 */
export async function takeEvents(authority: Authority, credential: Credential, sent: readonly unknown[], late: Late): Promise<Taken> {
  const events = sent.map(readEvent)
  const placed = await placeAll(authority, credential, events, late)
  const inTime = await countedInTime(authority, credential, events, placed)
  const known = new Map<string, Placed>()
  const fresh: Placed[] = []
  const outcomes: (Outcome | undefined)[] = placed.map((place, n) => {
    if (place instanceof ApiError) return inTime.get(n) ?? { status: 'refused', error: place }
    const key = keyOf(place.usage)
    const twin = known.get(key)
    if (twin !== undefined) return again(twin.usage, events[n] as UsageEvent)
    known.set(key, place)
    fresh.push(place)
    return undefined
  })
  const { before, counted } = await write(authority, fresh)
  return {
    outcomes: outcomes.map((outcome, n): Outcome => {
      if (outcome !== undefined) return outcome
      const { usage } = placed[n] as Placed
      const earlier = before.get(keyOf(usage))
      return earlier === undefined ? { status: 'accepted', usage } : again(earlier, events[n] as UsageEvent)
    }),
    overages: overagesOf(authority, fresh, counted),
  }
}

/** A licence that is not known here may have been issued on another node a moment ago. */
async function placeAll(
  authority: Authority,
  credential: Credential,
  events: readonly (UsageEvent | ApiError)[],
  late: Late,
): Promise<(Placed | ApiError)[]> {
  const placing = new Placing(authority, credential, late)
  const place = (event: UsageEvent | ApiError) => (event instanceof ApiError ? event : placing.place(event))
  const placed = events.map(place)
  if (!placed.some(isUnknown)) return placed
  await authority.feed.reached(await currentRevision(authority.db))
  return placed.map((each, n) => (isUnknown(each) ? place(events[n] as UsageEvent) : each))
}

/** What comes too late was counted, perhaps, when it came before: who never heard so sends it again. */
async function countedInTime(
  { db }: Authority,
  credential: Credential,
  events: readonly (UsageEvent | ApiError)[],
  placed: readonly (Placed | ApiError)[],
): Promise<ReadonlyMap<number, Outcome>> {
  const late = placed.flatMap((each, n) => (each instanceof ApiError && each.code === 'USAGE_TOO_LATE' ? [n] : []))
  const keys = late.map((n) => ({ id: (events[n] as UsageEvent).id, source: eventSource(events[n] as UsageEvent, credential) }))
  const found = new Map((await findReported(db, keys)).map((row) => [keyOf(row), row]))
  return new Map(
    late.flatMap((n, place) => {
      const earlier = found.get(keyOf(keys[place] as (typeof keys)[number]))
      const outcome = earlier && again(earlier, events[n] as UsageEvent)
      return outcome?.status === 'duplicate' ? [[n, outcome] as const] : []
    }),
  )
}

function isUnknown(placed: Placed | ApiError): boolean {
  return placed instanceof ApiError && (placed.code === 'LICENSE_UNKNOWN' || placed.code === 'METER_UNKNOWN')
}

interface Written {
  /** What had been reported before, by {@link keyOf}. */
  readonly before: ReadonlyMap<string, ReportedUsage>
  readonly counted: readonly Counted[]
}

async function write({ db, ledger, clock }: Authority, placed: readonly Placed[]): Promise<Written> {
  if (placed.length === 0) return { before: new Map(), counted: [] }
  const usages = placed.map(({ usage }) => usage)
  const counters = distinct(placed.flatMap(({ windows }) => windows))
  const { known, counted } = await retried(() =>
    db.transaction().execute(async (tx) => {
      // Counters before events, as in a commit of the ledger: whoever begins one adds up the events that are there.
      await lockCounters(tx, counters)
      return writeReported(tx, usages)
    }),
  )
  const now = clock()
  const open = new Set(counted.filter(({ until }) => until > now).map(({ license }) => license))
  if (open.size > 0) await ledger.reread([...open])
  const rows = await findReported(
    db,
    known.map((place) => usages[place] as ReportedUsage),
  )
  return { before: new Map(rows.map((row) => [keyOf(row), row])), counted }
}

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === MOST_TRIES || !WORTH_A_RETRY.includes((error as { code?: unknown }).code)) throw error
    }
  }
}

/** Sent again it counts once; with other content it is another event under an id that is taken. Who checked may have another time. */
function again(earlier: ReportedUsage, { named, meter, amount, time, isConsume }: UsageEvent): Outcome {
  const happened = earlier.occurredAt ?? earlier.at
  const isThen = isConsume ? !('license' in named) || named.license === earlier.license : time === undefined || time === happened
  const isSame = earlier.meter === meter && earlier.amount === amount && isThen
  return isSame ? { status: 'duplicate', usage: earlier } : { status: 'refused', error: new ApiError('EVENT_ID_REUSED') }
}

function overagesOf({ ledger, clock }: Authority, placed: readonly Placed[], counted: readonly Counted[]): Overage[] {
  if (counted.length === 0) return []
  const licenses = new Map(placed.map((each) => [each.usage.license, each]))
  return counted.flatMap((counter): Overage[] => {
    const of = licenses.get(counter.license)
    if (of === undefined) return []
    const { license, sold } = of
    const seats = Math.max(1, license.seatsTaken + ledger.view.floating(license.id).length)
    // Of a window that is over the seats of then are not known any more: those of now stand for them.
    const limit = limitAt(sold, license.starts, counter, Math.min(counter.until - 1, clock()), seats)
    return limit !== undefined && counter.used > limit ? [{ ...counter, limit }] : []
  })
}

function limitAt({ terms, plan }: Placed['sold'], starts: Instant, counter: Counted, at: Instant, seats: number): number | undefined {
  return limitLines(terms, plan, starts, at, seats).find(
    ({ meter, from, until }) => meter === counter.meter && from === counter.from && until === counter.until,
  )?.limit
}

function distinct(keys: readonly CounterKey[]): CounterKey[] {
  return [...new Map(keys.map((key) => [`${key.license} ${key.meter} ${key.from} ${key.until}`, key])).values()]
}

/** A source has no line break. */
function keyOf({ source, id }: { readonly source: string; readonly id: string }): string {
  return `${source}\n${id}`
}
