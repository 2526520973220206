import { burstMilliseconds, type Instant, joined, leastPartFor } from '@writ/engine'
import type { Rate } from '@writ/terms'
import { type RateBucket, type RateLease, restOf } from './bucket.ts'

/** What an enforcer says of its part, and what it would have. */
export interface RateReport {
  readonly source: string
  readonly id: string
  /** Rises with every report: one that comes late, or again, changes nothing. */
  readonly seq: number
  /** What it had of the count, as far as it heard. */
  readonly had: number
  /** Of that it goes on with so much, from before it sent this. */
  readonly keep: number
  /** What it had is used up for so long, when it sent this. */
  readonly backlogMilliseconds: number
  /** Would have in all, of the count; 0: nothing any more. */
  readonly wanted: number
  /** Units that are to go through at once: a part that never lets them is of no use. */
  readonly amount: number
  readonly seconds: number
}

export interface RateAnswer {
  readonly lease: RateLease
  readonly kept: number
  readonly added: number
  /** What was added is used up for so long. */
  readonly backlogMilliseconds: number
  /** So much of the count it is to keep at most with its next report: others lack what is theirs. */
  readonly fair: number
}

/** More enforcers than this have no parts of one rate: they ask. */
const MOST_LEASES = 256
const MINUTE = 60_000

/**
 * Takes back what an enforcer does not keep, and gives it what it wants, as far as nobody has it. Whoever asks the authority is to find
 * something there: its own part is at least as large as one of those who share.
 * @param bucket as it is at `now`
 */
export function reported(rate: Rate, bucket: RateBucket, report: RateReport, now: Instant): { bucket: RateBucket; answer: RateAnswer } {
  const { source, id, seq } = report
  const own = bucket.leases.find((lease) => lease.source === source && lease.id === id)
  const others = bucket.leases.filter((lease) => lease !== own)
  if (own !== undefined && seq <= own.seq) return { bucket, answer: { ...nothingAdded(own), fair: fairOf(rate, others, own) } }
  const kept = Math.min(own?.count ?? 0, report.keep)
  const { rest, backlogMilliseconds } = givenBack(rate, bucket, (own?.count ?? 0) - kept, report, now)
  const wanted = Math.min(rate.count, Math.max(kept, report.wanted === 0 ? 0 : leastPartFor(rate, report.amount), report.wanted))
  const added = others.length >= MOST_LEASES ? 0 : addedTo(kept, wanted, rest, rate, others, report.amount)
  const isOver = kept + added + wanted === 0
  // A first report that comes again, after the last one, is to find that it was there.
  const until = isOver ? now + MINUTE : Math.max(own?.until ?? 0, now + report.seconds * 1000)
  const lease: RateLease = { source, id, seq, count: kept + added, wanted, until }
  const leases = others.length >= MOST_LEASES && own === undefined ? others : [...others, lease]
  return {
    bucket: { arrival: now + backlogMilliseconds, leases },
    answer: { lease, kept, added, backlogMilliseconds, fair: fairOf(rate, others, lease) },
  }
}

/** What is known to be left of what is given back is there again; of what its enforcer never heard of, nothing is. */
function givenBack(rate: Rate, bucket: RateBucket, freed: number, { had, keep, backlogMilliseconds }: RateReport, now: Instant) {
  const full = burstMilliseconds(rate)
  const known = Math.min(freed, Math.max(0, had - keep))
  const rest = restOf(rate, bucket)
  const said = joined(Math.max(0, bucket.arrival - now), rest, Math.min(full, backlogMilliseconds), known)
  return { rest: rest + freed, backlogMilliseconds: joined(said, rest + known, full, freed - known) }
}

function addedTo(kept: number, wanted: number, rest: number, rate: Rate, others: readonly RateLease[], amount: number): number {
  const reserve = Math.max(leastPartFor(rate, 1), equalPart(rate, sharing(others) + 1))
  const more = Math.max(0, Math.min(wanted - kept, rest - reserve))
  return kept + more < leastPartFor(rate, amount) ? 0 : more
}

/** Where somebody else lacks what an equal part would give, nobody keeps more than that. */
function fairOf(rate: Rate, others: readonly RateLease[], own: RateLease): number {
  const equal = Math.max(leastPartFor(rate, 1), equalPart(rate, sharing(others) + (own.wanted > 0 ? 1 : 0)))
  return others.some(({ count, wanted }) => count < Math.min(wanted, equal)) ? equal : rate.count
}

/** The authority has one, too. */
function equalPart({ count }: Rate, enforcers: number): number {
  return Math.floor(count / (enforcers + 1))
}

function sharing(leases: readonly RateLease[]): number {
  return leases.filter(({ wanted }) => wanted > 0).length
}

function nothingAdded(lease: RateLease) {
  return { lease, kept: 0, added: 0, backlogMilliseconds: 0 }
}
