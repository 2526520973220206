import { type Instant, type LicenseRecord, licenseState, type Sold, windowOf } from '@writ/engine'
import type { CompiledLimit } from '@writ/terms'
import { ApiError } from '../../app/api-error.ts'
import type { Authority } from '../../app/authority.ts'
import { DEFAULT_CORRECTION_DAYS } from '../../app/settings.ts'
import type { Credential } from '../../enforcers/credentials.ts'
import { seesLicense } from '../../licenses/license.ts'
import type { CounterKey } from '../store.ts'
import type { UsageEvent } from './event.ts'
import type { ReportedUsage } from './store.ts'

const DAY = 86_400_000
/** Clocks differ. What is further ahead has not happened. */
const AHEAD_MILLISECONDS = 60_000
/** A meter that the plan does not limit is corrected by the month of the licence. */
export const MONTH: readonly CompiledLimit[] = [{ limit: { count: 0, period: 'month', perSeat: false } }]

/** What becomes of usage that is reported after its own window was closed for corrections. */
export type Late = 'refuse' | 'book'

export interface Placed {
  readonly usage: ReportedUsage
  readonly license: LicenseRecord
  readonly sold: Sold
  /** In which it counts, as the plan stands. */
  readonly windows: readonly CounterKey[]
}

/** Where usage that is reported belongs: which licence is meant, and in which windows it counts. Facts are as they are while one lives. */
export class Placing {
  readonly #authority: Authority
  readonly #credential: Credential
  readonly #late: Late
  readonly #now: Instant
  readonly #correctionMilliseconds: number

  constructor(authority: Authority, credential: Credential, late: Late) {
    this.#authority = authority
    this.#credential = credential
    this.#late = late
    this.#now = authority.clock()
    this.#correctionMilliseconds = (authority.config.usageCorrectionDays ?? DEFAULT_CORRECTION_DAYS) * DAY
  }

  /** @returns the refusal: LICENSE_UNKNOWN, METER_UNKNOWN, USAGE_AHEAD, USAGE_BEFORE_LICENSE, USAGE_TOO_LATE */
  place(event: UsageEvent): Placed | ApiError {
    const time = event.time ?? this.#now
    if (time > this.#now + AHEAD_MILLISECONDS) return new ApiError('USAGE_AHEAD')
    const license = this.#licenseOf(event, time)
    const sold = license && this.#authority.world.sold(license)
    if (license === undefined || sold === undefined) return new ApiError('LICENSE_UNKNOWN')
    if (!sold.terms.terms.meters.has(event.meter)) return new ApiError('METER_UNKNOWN')
    if (time < license.starts) return new ApiError('USAGE_BEFORE_LICENSE')
    const limits = sold.plan.windows.get(event.meter)
    const isOver = (limits ?? MONTH).every(
      (limit) => windowOf(limit, license.starts, time).until + this.#correctionMilliseconds <= this.#now,
    )
    if (isOver && this.#late === 'refuse') return new ApiError('USAGE_TOO_LATE')
    const at = isOver ? this.#now : time
    const { meter, id, amount } = event
    const windows = (limits ?? []).map((limit) => ({ license: license.id, meter, ...windowOf(limit, license.starts, at) }))
    const usage = {
      source: eventSource(event, this.#credential),
      id,
      license: license.id,
      meter,
      amount,
      at,
      occurredAt: isOver ? time : undefined,
    }
    return { usage, license, sold, windows }
  }

  /** What is out of reach is as if it were not there. */
  #licenseOf({ named, meter }: UsageEvent, time: Instant): LicenseRecord | undefined {
    const { world } = this.#authority
    const isSeen = ({ fact }: LicenseRecord) =>
      seesLicense(this.#credential, { product: fact.product, organization: fact.organization ?? null })
    if ('license' in named) {
      const license = world.license(named.license)
      return license !== undefined && isSeen(license) ? license : undefined
    }
    const organization = world.organizationIds.find(named.organization)
    if (organization === undefined) return undefined
    const theirs = world.licensesOf(organization).filter((license) => license.product === named.product && isSeen(license))
    return theirs.length <= 1 ? theirs[0] : this.#first(theirs, meter, time)
  }

  /** In the order in which a decision tries licences, `decision.md` section 2; before all, those whose terms have the meter. */
  #first(licenses: readonly LicenseRecord[], meter: string, time: Instant): LicenseRecord | undefined {
    const { world } = this.#authority
    const rankOf = (license: LicenseRecord): number => {
      const sold = world.sold(license)
      if (sold === undefined || !sold.terms.terms.meters.has(meter)) return ORDER.length
      return ORDER.indexOf(licenseState(license, sold.plan.plan, time).kind)
    }
    return licenses
      .map((license) => ({ license, rank: rankOf(license), ends: license.ends ?? Number.POSITIVE_INFINITY }))
      .sort((a, b) => a.rank - b.rank || a.ends - b.ends || (a.license.id < b.license.id ? -1 : 1))[0]?.license
  }
}

const ORDER = ['in_force', 'in_grace', 'degraded', 'refused']

/**
 * An event is told from others by what it names, its source and its id. So nobody can use up the ids of whom they do not see, and one sent
 * again is the same whichever licence an organization has by then. One that is a consumption is told apart as those are.
 */
export function eventSource({ named, source, isConsume }: UsageEvent, credential: Credential): string {
  if (isConsume) return credential.id
  return `event ${'license' in named ? named.license : `${named.organization}/${named.product}`} ${source}`
}

/** The source as its sender gave it. What was not reported by an event has none, and is named by what it is kept under. */
export function sourceOf(kept: string): string {
  return kept.startsWith('event ') ? kept.slice(kept.indexOf(' ', 6) + 1) : kept
}
