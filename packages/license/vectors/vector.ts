import type { TrustErrorCode, TrustedRoot } from '@writ/trust'
import type { LicenseClaims, LicenseErrorCode } from '../src/index.ts'

/** One file of `vectors/`: what any implementation, in any language, must answer alike. */
export interface VectorFile {
  readonly about: string
  readonly roots: readonly TrustedRoot[]
  /** Epoch seconds, unless a case names its own. */
  readonly now: number
  readonly cases: readonly Vector[]
}
export interface Vector {
  readonly name: string
  readonly text: string
  readonly now?: number
  /** Default 60. */
  readonly skew?: number
  readonly want: { readonly claims: LicenseClaims } | { readonly code: LicenseErrorCode; readonly why?: TrustErrorCode }
}
