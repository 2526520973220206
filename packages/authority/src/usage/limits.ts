import { type Instant, type LicenseRecord, licenseState } from '@writ/engine'
import type { Authority } from '../app/authority.ts'
import { inTurns } from '../app/in-turns.ts'
import type { Reach } from '../enforcers/scope.ts'
import { inSight } from '../licenses/overview.ts'
import { floatingInUse, type OfLicenses, type OpenCounter, openCounters } from './limit-store.ts'
import { limitLines } from './report.ts'

/** A limit of a licence, and how full it is. */
export interface LimitFill {
  readonly license: LicenseRecord
  readonly kind: 'meter' | 'seats'
  readonly meter?: string
  readonly from?: Instant
  readonly until?: Instant
  readonly used: number
  /** Of a meter: held back by reservations, beside what is used. */
  readonly reserved: number
  /** Of a meter: at hand in enforcers, beside what is used. */
  readonly leased: number
  readonly limit: number
  /** What is used, held back or leased, of the limit; above 1 where more is let in. */
  readonly fill: number
}

/** More counters than this are not looked at, those with the most in them first. */
const MOST_COUNTERS = 100_000

/**
 * The limits that are nearest to full, of licences that are in use: of meters in the windows open now, and of seats.
 * @param atLeast only those as full as this, 0.8 for four fifths
 * @returns `complete` false: there are more open counters than are looked at
 */
export async function fullestLimits(
  authority: Pick<Authority, 'db' | 'world' | 'clock'>,
  reach: Reach,
  among: OfLicenses,
  atLeast: number,
  most: number,
): Promise<{ items: LimitFill[]; complete: boolean }> {
  const now = authority.clock()
  const counters = await openCounters(authority.db, reach, among, now, MOST_COUNTERS)
  const floating = await floatingInUse(authority.db, reach, among, now)
  const fullest = new Fullest(most, atLeast)
  await inTurns(counters, (counter) => fullest.add(meterFill(authority, counter, floating, now)))
  await inTurns(inSight(authority, reach, among), (license) => fullest.add(seatFill(authority, license, floating, now)))
  return { items: fullest.items, complete: counters.length < MOST_COUNTERS }
}

function meterFill(
  { world }: Pick<Authority, 'world'>,
  { license: id, meter, from, until, used, reserved, leased }: OpenCounter,
  floating: ReadonlyMap<string, number>,
  now: Instant,
): LimitFill | undefined {
  const license = world.license(id)
  const sold = license && world.sold(license)
  if (license === undefined || sold === undefined || isOver(license, sold.plan.plan, now)) return undefined
  const seats = Math.max(1, license.seatsTaken + (floating.get(id) ?? 0))
  const lines = limitLines(sold.terms, sold.plan, license.starts, now, seats)
  const line = lines.find((each) => each.meter === meter && each.from === from && each.until === until)
  return (
    line && {
      license,
      kind: 'meter',
      meter,
      from,
      until,
      used,
      reserved,
      leased,
      limit: line.limit,
      fill: filled(used + reserved + leased, line.limit),
    }
  )
}

function seatFill(
  { world }: Pick<Authority, 'world'>,
  license: LicenseRecord,
  floating: ReadonlyMap<string, number>,
  now: Instant,
): LimitFill | undefined {
  const used = license.seatsTaken + (floating.get(license.id) ?? 0)
  if (used === 0) return undefined
  const plan = world.sold(license)?.plan.plan
  if (plan?.seats === undefined || isOver(license, plan, now)) return undefined
  const { count: limit } = plan.seats
  return { license, kind: 'seats', used, reserved: 0, leased: 0, limit, fill: filled(used, limit) }
}

function isOver(license: LicenseRecord, plan: Parameters<typeof licenseState>[1], now: Instant): boolean {
  return licenseState(license, plan, now).kind === 'refused'
}

/** Nothing is all of a limit of nothing. */
function filled(used: number, limit: number): number {
  return limit === 0 ? 1 : used / limit
}

/** Keeps the fullest, in order. */
class Fullest {
  readonly items: LimitFill[] = []
  readonly #most: number
  readonly #atLeast: number

  constructor(most: number, atLeast: number) {
    this.#most = most
    this.#atLeast = atLeast
  }

  add(one: LimitFill | undefined): void {
    if (one === undefined || one.fill < this.#atLeast) return
    const last = this.items.at(-1)
    if (this.items.length === this.#most && last !== undefined && !isFuller(one, last)) return
    const place = this.items.findIndex((other) => isFuller(one, other))
    this.items.splice(place === -1 ? this.items.length : place, 0, one)
    if (this.items.length > this.#most) this.items.pop()
  }
}

function isFuller(a: LimitFill, b: LimitFill): boolean {
  return a.fill !== b.fill ? a.fill > b.fill : a.license.id < b.license.id
}
