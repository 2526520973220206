import { createHash } from 'node:crypto'
import { type Instant, windowOf } from '@writ/engine'
import { type CountedUsage, issueUsageReceipt, MOST_COUNTED, type UsageLine, usageDigest, usageLine } from '@writ/license'
import type { Authority } from '../../app/authority.ts'
import { unfit } from '../../app/body-field.ts'
import { makeId } from '../../app/ids.ts'
import { DEFAULT_CORRECTION_DAYS } from '../../app/settings.ts'
import type { Reach } from '../../enforcers/scope.ts'
import { signerFor, type UseSigner } from '../../keys/signing-keys.ts'
import { type Offer, soldAs } from '../../licenses/license.ts'
import { readLicense } from '../../licenses/service.ts'
import { MONTH, sourceOf } from './placing.ts'
import { countedIn, hasOpenShare, type UsagePeriod } from './receipt-store.ts'
import type { ReportedUsage } from './store.ts'

const DAY = 86_400_000
/** What was reserved may be settled so long afterwards, in the window in which it was reserved. */
const LONGEST_RESERVATION = DAY + 60_000

export interface PeriodAsked {
  readonly license: string
  readonly meter: string
  /** Absent: where the longest window that the plan counts the meter in, and that holds the end, begins. */
  readonly from?: Instant
  /** Exclusive. Absent, or still to come: now. */
  readonly until?: Instant
}

interface Period extends UsagePeriod {
  readonly product: string
  readonly final: boolean
}

/**
 * Signs what is counted of a meter of a licence in a period, as of now.
 * @returns a compact JWS
 * @throws {ApiError} LICENSE_UNKNOWN, REQUEST_INVALID for a meter that its terms do not have or an empty period, ROOT_TAKEN_OUT
 */
export async function receiptOf(authority: Authority, reach: Reach, asked: PeriodAsked): Promise<string> {
  const { license, product, meter, from, until, final } = await periodOf(authority, reach, asked)
  const signer = await receiptSigner(authority)
  const hash = createHash('sha256')
  const sum = { amount: 0, count: 0 }
  for await (const usages of countedIn(authority.db, { license, meter, from, until })) {
    for (const usage of usages) {
      hash.update(usageLine(shown(usage)))
      sum.amount += usage.amount
      sum.count++
    }
  }
  return sign(authority, signer, [
    { license, product, meter, ...sum, digest: `sha256:${hash.digest('hex')}`, period: { from, until, final } },
  ])
}

/** The lines that a receipt for this period has the digest of. @throws {ApiError} as {@link receiptOf} */
export async function linesOf(authority: Authority, reach: Reach, asked: PeriodAsked): Promise<AsyncGenerator<string>> {
  const period = await periodOf(authority, reach, asked)
  return (async function* () {
    for await (const usages of countedIn(authority.db, period)) yield usages.map((usage) => usageLine(shown(usage))).join('')
  })()
}

/**
 * Signs what was counted of one report.
 * @param usages counted now or before, each once @returns `undefined`: none, or of more licences and meters than fit into one receipt
 */
export async function receiptFor(authority: Authority, signer: UseSigner, usages: readonly ReportedUsage[]): Promise<string | undefined> {
  const groups = Map.groupBy(usages, ({ license, meter }) => JSON.stringify([license, meter]))
  if (groups.size === 0 || groups.size > MOST_COUNTED) return undefined
  const counted = [...groups.values()].map(async (group): Promise<CountedUsage> => {
    const { license, meter } = group[0] as ReportedUsage
    return {
      license,
      product: authority.world.license(license)?.product ?? '',
      meter,
      amount: group.reduce((sum, { amount }) => sum + amount, 0),
      count: group.length,
      digest: await usageDigest(
        group.map(({ occurredAt, ...usage }) => shown({ ...usage, ...(occurredAt !== undefined && { occurredAt }) })),
      ),
    }
  })
  return sign(authority, signer, await Promise.all(counted))
}

/** What signs receipts now. Before anything is counted, so that nothing is and then cannot be signed. @throws {ApiError} ROOT_TAKEN_OUT */
export function receiptSigner(authority: Authority): Promise<UseSigner> {
  return authority.db.transaction().execute((tx) => signerFor(tx, authority, 'usage_receipt'))
}

function sign({ id, clock }: Authority, signer: UseSigner, counted: readonly CountedUsage[]): Promise<string> {
  return issueUsageReceipt({ iss: id, iat: Math.floor(clock() / 1000), jti: makeId('rec'), counted }, signer)
}

async function periodOf(authority: Authority, reach: Reach, { license, meter, ...asked }: PeriodAsked): Promise<Period> {
  const row = await readLicense(authority, reach, license)
  const offer = soldAs(authority.world, row)
  if (!offer.terms.terms.meters.has(meter)) throw unfit('/meter', 'must be a meter of the licence’s terms', 'query')
  const now = authority.clock()
  const until = Math.min(asked.until ?? now, now)
  const from = asked.from ?? longestWindow(offer, meter, row.starts, until - 1).from
  if (from >= until) throw unfit('/from', 'must be before to, and before now', 'query')
  const correction = (authority.config.usageCorrectionDays ?? DEFAULT_CORRECTION_DAYS) * DAY
  const closes = Math.max(longestWindow(offer, meter, row.starts, until - 1).until + correction, until + LONGEST_RESERVATION)
  const period = { license, meter, from, until }
  const final = closes <= now && !(await hasOpenShare(authority.db, period))
  return { ...period, product: row.product, final }
}

function longestWindow({ plan }: Offer, meter: string, starts: Instant, at: Instant): { from: Instant; until: Instant } {
  const windows = (plan.windows.get(meter) ?? MONTH).map((limit) => windowOf(limit, starts, at))
  return windows.reduce((longest, each) => (each.until > longest.until ? each : longest))
}

/** With the source that its sender gave it. */
function shown(usage: UsageLine): UsageLine {
  return { ...usage, source: sourceOf(usage.source) }
}
