import { WritError } from '../writ-error.ts'

/** What was used, by whom, of which meter. */
export type Usage = UsageOf & {
  readonly meter: string
  /** A whole number from 1 to 1,000,000,000; absent: 1. */
  readonly amount?: number
  /** When; absent: now. */
  readonly time?: Date
  /** Of the event: one recorded twice under the same id counts once. Absent: a new one. */
  readonly id?: string
  /** The id is a `consume.id` of this key: it is charged once, here or by a check that names it. */
  readonly isConsume?: true
}
type UsageOf =
  | { readonly license: string }
  /** Then the authority finds the licence that a decision at that time would try first. */
  | { readonly organization: string; readonly product?: string }

export interface EventDefaults {
  readonly source: string
  readonly product: string | undefined
  readonly now: () => number
}

/** Of one event. */
export const MOST_AMOUNT = 1_000_000_000

/**
 * The CloudEvent of a usage, as JSON, which is what is kept and what is sent.
 * @throws {WritError} USAGE_INVALID
 */
export function eventOf(usage: Usage, { source, product, now }: EventDefaults): { readonly id: string; readonly json: string } {
  const { meter, amount = 1, time, id = crypto.randomUUID(), isConsume } = usage
  if (!isName(meter, 100)) throw invalid('meter')
  if (!(Number.isInteger(amount) && amount >= 1 && amount <= MOST_AMOUNT)) throw invalid('amount')
  if (!isName(id, 256)) throw invalid('id')
  const at = time === undefined ? now() : time.getTime()
  if (!(at >= 0 && at <= 253_402_300_799_999)) throw invalid('time')
  const data = dataOf(usage, product, meter, amount)
  // `undefined` is left out; to put it together from parts would take as long as all the rest.
  const writconsume = isConsume === true ? true : undefined
  return { id, json: JSON.stringify({ specversion: '1.0', type: 'writ.usage', source, id, time: timeOf(at), writconsume, data }) }
}

let latest = { at: Number.NaN, text: '' }

/** What is recorded in the same millisecond has the same text. */
function timeOf(at: number): string {
  if (at !== latest.at) latest = { at, text: new Date(at).toISOString() }
  return latest.text
}

function dataOf(usage: Usage, product: string | undefined, meter: string, amount: number): object {
  if ('license' in usage) {
    if (!isName(usage.license, 128)) throw invalid('license')
    return { license: usage.license, meter, amount }
  }
  const of = usage.product ?? product
  if (!isName(usage.organization, 128)) throw invalid('organization')
  if (!isName(of, 128)) throw invalid('product')
  return { organization: usage.organization, product: of, meter, amount }
}

/** What the authority would refuse is refused here, where somebody hears of it. */
function isName(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= most && !/[\p{Cc}\p{Cs}]/u.test(value)
}

function invalid(member: string): WritError<'USAGE_INVALID'> {
  return new WritError('USAGE_INVALID', { member })
}
