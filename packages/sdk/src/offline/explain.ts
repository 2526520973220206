import { type Change, endOf, formatInstant, type LicenseState, licenseState, World } from '@writ/engine'
import { type LicenseClaims, worldFacts } from '@writ/license'
import { CLOCK_SKEW_MILLISECONDS, type ClockFinding } from './clock-guard.ts'

/** A license file in words. */
export interface Explanation {
  /** What holds now, until when, and what then. */
  readonly sentences: readonly string[]
  /** Whether anything may be used by it now at all, as far as time goes. */
  readonly holds: boolean
  /** The next instant at which time alone changes that, epoch milliseconds; absent: there is none. */
  readonly next?: number
}

export interface ExplainOptions {
  /** Epoch milliseconds. */
  readonly now: number
  /** What the device knows of its clock. */
  readonly clock?: ClockFinding
  /** Thumbprint of the key that was proven here; `null`: this is no device, and nobody knows. */
  readonly deviceKey?: string | null
  /** Units spent by meter, in the windows of now. */
  readonly spent?: Readonly<Record<string, number>>
  /** How many people have a floating seat here. */
  readonly seated?: number
}

/** Says what a verified file is worth: what holds, until when, and what happens next. Whether somebody may do something is for `check`. */
export function explainFile(
  claims: LicenseClaims,
  { now, clock = 'holds', deviceKey = null, spent = {}, seated }: ExplainOptions,
): Explanation {
  const world = new World()
  world.apply({ revision: 1, facts: worldFacts(claims) as Change['facts'] })
  const record = world.license(claims.license)
  const plan = record && world.sold(record)?.plan.plan
  if (plan === undefined) return { sentences: ['Its terms cannot be read by this version, so every answer is no.'], holds: false }
  const issued = claims.iat * 1000
  const offlineUntil = issued + plan.grace.offlineSeconds * 1000
  const state = licenseState(claims, plan, now)
  const turnedBack = clock === 'turned_back' || now < issued - CLOCK_SKEW_MILLISECONDS
  const isStale = now >= offlineUntil
  const mismatch = deviceKey !== null && claims.binding?.device_key !== undefined && claims.binding.device_key !== deviceKey
  const sentences = [
    ...(turnedBack
      ? [`The clock here is earlier than what was signed at ${formatInstant(issued)}: every answer is no until it is right.`]
      : []),
    ...(clock === 'behind' ? ['The clock here said a later time before. The next contact settles which is right.'] : []),
    standing(state, claims),
    ...afterwards(state, claims, plan.grace),
    isStale
      ? `Its time with no network was over at ${formatInstant(offlineUntil)}: only what the terms leave open in an outage is allowed, until there is a fresh file.`
      : `With no network it is good until ${formatInstant(offlineUntil)}, ${days(offlineUntil - now)} from now; get a fresh file before.`,
    binding(claims, deviceKey, mismatch),
    ...seats(claims, seated),
    ...share(claims, spent),
    claims.identities === 'asserted'
      ? 'The application says who asks.'
      : `It lists ${claims.roster?.length ?? 0} people, under pseudonyms.`,
  ]
  const next = Math.min(...[state.changes, offlineUntil].filter((instant) => instant > now))
  const holds = !turnedBack && !mismatch && !isStale && state.kind !== 'refused'
  return { sentences, holds, ...(Number.isFinite(next) && { next }) }
}

function standing(state: LicenseState, claims: LicenseClaims): string {
  switch (state.kind) {
    case 'in_force': {
      const end = endOf(claims)
      const until = Number.isFinite(end) ? `until ${formatInstant(end)}` : 'with an open end'
      return state.trialUntil === undefined ? `The licence is in force ${until}.` : `It is a trial, ${until}.`
    }
    case 'in_grace':
      return state.cause === 'payment'
        ? `The licence is not paid, and in grace until ${formatInstant(state.until)}.`
        : `The licence has ended, and is in grace until ${formatInstant(state.until)}.`
    case 'degraded':
      return 'The licence has ended, and is degraded to a smaller plan.'
    case 'refused':
      return REFUSED[state.reason] ?? `Every answer is no: ${state.reason}.`
  }
}

const REFUSED: Readonly<Record<string, string>> = {
  license_expired: 'The licence has ended, and so has its grace: every answer is no. Renew it.',
  license_past_due: 'The licence is not paid, and its grace is over: every answer is no. Pay it.',
  license_suspended: 'The licence was suspended when the file was issued: every answer is no. Ask the vendor.',
  license_revoked: 'The licence is revoked: every answer is no. Ask the vendor.',
  license_scheduled: 'The licence has not begun: every answer is no until then.',
}

/** What comes when the present state is over. */
function afterwards(
  state: LicenseState,
  claims: LicenseClaims,
  grace: { readonly expirySeconds: number; readonly degradeTo?: string | undefined },
): string[] {
  const then = grace.degradeTo === undefined ? 'every answer is no' : `it is degraded to the plan ${grace.degradeTo}`
  if (state.kind === 'refused') return state.until === undefined ? [] : [`It begins at ${formatInstant(state.until)}.`]
  if (state.kind === 'in_grace') return [state.cause === 'payment' ? 'Then every answer is no.' : `Then ${then}.`]
  if (state.kind === 'degraded' || !Number.isFinite(endOf(claims))) return []
  if (state.trialUntil !== undefined) return ['Then every answer is no: a trial has no grace.']
  return [grace.expirySeconds > 0 ? `After that there are ${days(grace.expirySeconds * 1000)} of grace; then ${then}.` : `Then ${then}.`]
}

function binding({ binding }: LicenseClaims, deviceKey: string | null, mismatch: boolean): string {
  if (binding === undefined) return 'It is bound to no device: it works wherever it is copied to.'
  const { device_key, fingerprint, organization, identity } = binding
  const parts = [
    ...(device_key === undefined ? [] : [`the device key ${device_key}`]),
    ...(fingerprint === undefined ? [] : [`${fingerprint.at_least} of ${fingerprint.components.length} components of a machine`]),
    ...(organization === undefined ? [] : [`the organization ${organization}`]),
    ...(identity === undefined ? [] : [`the identity ${identity}`]),
  ]
  const held = mismatch
    ? ', which is not that of this device: every answer is no. Activate this one.'
    : deviceKey === null
      ? '.'
      : ', as here.'
  return `It is bound to ${parts.join(' and ')}${held}`
}

function seats({ share }: LicenseClaims, seated: number | undefined): string[] {
  if (share?.seats === undefined) return []
  const free = Math.max(0, share.seats - (seated ?? 0))
  const left = seated === undefined ? '' : `, of which ${free} ${free === 1 ? 'is' : 'are'} free`
  return [`So many people at a time have a seat here with no network: ${share.seats}${left}.`]
}

function share({ share }: LicenseClaims, spent: Readonly<Record<string, number>>): string[] {
  const quotas = Object.entries(share?.quotas ?? {})
  if (quotas.length === 0)
    return ['It has no share of hard quotas: what has a hard limit is answered with no network by quota_unavailable.']
  return quotas.map(([meter, units]) => {
    const used = spent[meter]
    return `Its share of ${meter} is ${units} a window${used === undefined ? '' : `, of which ${Math.max(0, units - used)} are left`}.`
  })
}

function days(milliseconds: number): string {
  const hours = milliseconds / 3_600_000
  if (hours < 48) return hours < 1 ? 'less than an hour' : `${Math.floor(hours)} hours`
  return `${Math.floor(hours / 24)} days`
}
