import type { Instant } from '@writ/engine'
import type { LicenseClaims } from '@writ/license'
import type { ActivationRow } from './store.ts'

/** What a device has of hard quotas, units a window by meter, and of seats. */
export type Share = NonNullable<LicenseClaims['share']>

/** How the files of an activation are made. */
export interface Asked {
  readonly identities: 'roster' | 'asserted'
  readonly resources?: readonly string[]
  readonly fingerprint?: { readonly components: readonly string[]; readonly at_least: number }
  /** So many days a file may be used with no network, in the place of the plan's offline grace. */
  readonly days?: number
}

/** Of floating seats: whoever asks for nothing sits at the device alone. */
export const DEFAULT_SEATS = 1

/** How a licence may be activated: the vendor's to say. */
export interface Rules {
  /** Devices at a time. */
  readonly most: number
  /** Releases that the customer may make within 30 days without the vendor. */
  readonly self_releases: number
  /** The most days that a file may be checked out for. */
  readonly most_days: number
  readonly identities: 'roster' | 'asserted'
  /** Which workloads may be activated, and nothing else; a subject that ends with `*` is the beginning of one. Absent: every device may. */
  readonly workloads?: { readonly issuer: string; readonly subject: string }[]
  /** What a device is given that asks for nothing. */
  readonly share?: Share
}

export const DEFAULT_RULES: Rules = { most: 3, self_releases: 3, most_days: 0, identities: 'asserted' }

export const SELF_RELEASE_MILLISECONDS = 30 * 86_400_000

export type ActivationState = 'live' | 'cloned' | 'ended' | 'released' | 'revoked'

export function stateOf({ revoked_at, released_at, cloned_at, ends_at }: ActivationRow, now: Instant): ActivationState {
  if (revoked_at !== null) return 'revoked'
  if (released_at !== null) return 'released'
  if (ends_at !== null && now >= ends_at) return 'ended'
  return cloned_at === null ? 'live' : 'cloned'
}
