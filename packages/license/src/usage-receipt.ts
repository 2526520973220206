import {
  bool,
  checkStatementCovers,
  epochSeconds,
  integer,
  type JwsProfile,
  list,
  parseStrictJson,
  readJws,
  record,
  type SigningUse,
  signJws,
  TrustError,
  text,
  verifyJws,
  verifyKeyStatement,
} from '@writ/trust'
import { id, instant } from './file-facts.ts'
import type { IssueOptions } from './issue.ts'
import { UsageReceiptError } from './usage-receipt-error.ts'
import type { VerifiedLicense, VerifyOptions } from './verify.ts'

const USE: SigningUse = 'usage_receipt'
const USAGE_RECEIPT: JwsProfile = { typ: 'writ-usage-receipt+jwt', extra: ['key_statement'], maxLength: 65_536 }
/** So many licences and meters fit into one receipt. */
export const MOST_COUNTED = 150

/** What an authority counted. `iat` is in epoch seconds, all other instants are epoch milliseconds. */
export interface UsageReceipt {
  /** The authority, as its key statement names it. */
  readonly iss: string
  readonly iat: number
  readonly jti: string
  readonly counted: readonly CountedUsage[]
}

export interface CountedUsage {
  readonly license: string
  readonly product: string
  readonly meter: string
  /** In units. */
  readonly amount: number
  /** How many usages that is. */
  readonly count: number
  /** `sha256:` and 64 hexadecimal digits, over the {@link usageLine}s of these usages in order. */
  readonly digest: string
  /** All that was counted in a period is meant. Absent: these usages, of one report. */
  readonly period?: {
    readonly from: number
    /** Exclusive. */
    readonly until: number
    /** Nothing can be counted in it any more. */
    readonly final: boolean
  }
}

const count = integer(0, Number.MAX_SAFE_INTEGER)
const RECEIPT = record({
  iss: text(512),
  iat: epochSeconds,
  jti: id,
  counted: list(
    record(
      { license: id, product: id, meter: text(100), amount: count, count, digest: text(71, /^sha256:[0-9a-f]{64}$/) },
      { period: record({ from: instant, until: instant, final: bool }) },
    ),
    1,
    MOST_COUNTED,
  ),
})

/** One usage, as it goes into a digest. */
export interface UsageLine {
  /** When it counts, epoch milliseconds. */
  readonly at: number
  readonly source: string
  readonly id: string
  readonly amount: number
  /** When it happened, where that was too late to count then. */
  readonly occurredAt?: number
}

/** JSON and a line feed: a file of them has the digest of the receipt itself, `sha256sum FILE`. */
export function usageLine({ at, source, id, amount, occurredAt }: UsageLine): string {
  return `${JSON.stringify(occurredAt === undefined ? [at, source, id, amount] : [at, source, id, amount, occurredAt])}\n`
}

/** In the order of a digest: by time, then by source and id as UTF-8 sorts them. */
export function compareUsage(a: UsageLine, b: UsageLine): number {
  return a.at - b.at || compareText(a.source, b.source) || compareText(a.id, b.id)
}

/** Of some usages in whatever order. */
export async function usageDigest(usages: readonly UsageLine[]): Promise<string> {
  const lines = [...usages].sort(compareUsage).map(usageLine).join('')
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(lines)))
  return `sha256:${Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** UTF-8 sorts as code points do; JavaScript by itself puts those beyond U+FFFF before some below. */
function compareText(a: string, b: string): number {
  if (a === b) return 0
  const [left, right] = [[...a], [...b]]
  for (let at = 0; at < left.length && at < right.length; at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/**
 * Signs a usage receipt.
 * @returns a compact JWS, at most 64 KiB
 * @throws {UsageReceiptError} what a receipt that would not verify is refused with
 */
export async function issueUsageReceipt(receipt: UsageReceipt, options: IssueOptions): Promise<string> {
  readReceipt(new TextEncoder().encode(JSON.stringify(receipt)))
  const jws = await unreadable(() => signJws(receipt, options.key, USAGE_RECEIPT, { key_statement: options.statement }))
  await verifyUsageReceipt(jws, { roots: options.roots, now: receipt.iat, skewSeconds: 0 })
  return jws
}

export interface VerifiedReceipt extends Pick<VerifiedLicense, 'statement'> {
  readonly receipt: UsageReceipt
}

/**
 * Verifies a usage receipt: key statement under a pinned root and for this use, signature, content, in that order. Nothing in a payload is
 * read before its signature holds.
 * @throws {UsageReceiptError}
 * @see RFC 7515 section 5.2 (validation steps), RFC 8037 section 3.1 (EdDSA in JWS)
 */
export async function verifyUsageReceipt(text: string, options: VerifyOptions): Promise<VerifiedReceipt> {
  const { roots, now, skewSeconds = 60, keySet } = options
  // 1e11 seconds are in the year 5138: a Date.now() given by mistake.
  if (!Number.isFinite(now) || now < 0 || now >= 1e11) throw new UsageReceiptError('RECEIPT_OPTION_INVALID', { option: 'now' })
  if (!(skewSeconds >= 0 && skewSeconds <= 300)) throw new UsageReceiptError('RECEIPT_OPTION_INVALID', { option: 'skewSeconds' })
  if (!Array.isArray(roots)) throw new UsageReceiptError('RECEIPT_OPTION_INVALID', { option: 'roots' })
  const jws = await unreadable(() => readJws(text.trim(), USAGE_RECEIPT))
  const statement = await vouched(() => verifyKeyStatement(jws.extra.key_statement ?? '', { roots, use: USE }))
  if (statement.kid !== jws.kid) throw new UsageReceiptError('RECEIPT_KEY_UNKNOWN', { keyId: jws.kid })
  const receipt = readReceipt(await unreadable(() => verifyJws(jws, statement.jwk)))
  if (receipt.iss !== statement.iss) throw new UsageReceiptError('RECEIPT_ISSUER_MISMATCH', undefined)
  if (receipt.iat > now + skewSeconds) throw new UsageReceiptError('RECEIPT_FROM_THE_FUTURE', { issuedAt: receipt.iat })
  const fresher = keySet?.get(statement.kid)
  // Of its own keys alone: a neighbour, pinned as well, has no say in them.
  const revoked = fresher?.iss === statement.iss ? fresher?.revoked_at : undefined
  const said = revoked === undefined ? statement : { ...statement, revoked_at: Math.min(revoked, statement.revoked_at ?? revoked) }
  for (const { product } of receipt.counted) await vouched(() => checkStatementCovers(said, { at: receipt.iat, product }))
  return { receipt, statement }
}

function readReceipt(payload: Uint8Array): UsageReceipt {
  try {
    const json = parseStrictJson(payload, { maxBytes: USAGE_RECEIPT.maxLength, maxDepth: 5 })
    const path = RECEIPT(json)
    if (path !== undefined) throw new UsageReceiptError('RECEIPT_PAYLOAD_INVALID', { path })
    return json as unknown as UsageReceipt
  } catch (error) {
    if (error instanceof TrustError) throw new UsageReceiptError('RECEIPT_PAYLOAD_INVALID', { path: '' }, { cause: error })
    throw error
  }
}

async function unreadable<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    if (error.code === 'SIGNATURE_INVALID') throw new UsageReceiptError('RECEIPT_SIGNATURE_INVALID', undefined, { cause: error })
    throw new UsageReceiptError('RECEIPT_UNREADABLE', { why: error.code }, { cause: error })
  }
}

async function vouched<T>(run: () => T | Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof TrustError) throw new UsageReceiptError('RECEIPT_STATEMENT_REFUSED', { why: error.code }, { cause: error })
    throw error
  }
}
