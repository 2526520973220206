import { type RevokedKeys, revokedName } from '@writ/license'

/** A key that a device has heard is revoked. */
export interface RevokedKey {
  readonly iss: string
  readonly kid: string
  /** Epoch seconds. */
  readonly at: number
}

/** Of one issuer: none fills the memory for what others say. */
const MOST_OF_ISSUER = 256
export const MOST_REVOKED = 1_024

/**
 * What a device knows of keys: of those in its record the earliest revocation counts, and none is taken back.
 * @returns `isWhole`: whether there was room for all
 */
export function withRevoked(
  known: readonly RevokedKey[],
  heard: RevokedKeys,
): { readonly revoked: readonly RevokedKey[]; readonly isWhole: boolean } {
  const all = new Map(known.map((key) => [revokedName(key.iss, key.kid), key]))
  let isWhole = true
  for (const [kid, { iss, revoked_at }] of heard) {
    if (revoked_at === undefined) continue
    const name = revokedName(iss, kid)
    const before = all.get(name)
    const ofIssuer = [...all.values()].filter((key) => key.iss === iss).length
    if (before === undefined && (ofIssuer >= MOST_OF_ISSUER || all.size >= MOST_REVOKED)) isWhole = false
    else all.set(name, { iss, kid, at: Math.min(revoked_at, before?.at ?? revoked_at) })
  }
  return { revoked: [...all.values()], isWhole }
}

export function asKeySet(known: readonly RevokedKey[]): RevokedKeys {
  return new Map(known.map(({ iss, kid, at }) => [revokedName(iss, kid), { iss, revoked_at: at }]))
}
