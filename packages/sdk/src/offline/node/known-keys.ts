import type { RevokedKeys } from '@writ/license'

/** A key that a device has heard is revoked. */
export interface RevokedKey {
  readonly iss: string
  readonly kid: string
  /** Epoch seconds. */
  readonly at: number
}

/** What a device knows of keys: of those in its record the earliest revocation counts, and none is taken back. */
export function withRevoked(known: readonly RevokedKey[], heard: RevokedKeys): readonly RevokedKey[] {
  const all = new Map(known.map((key) => [`${key.iss} ${key.kid}`, key]))
  for (const [kid, { iss, revoked_at }] of heard) {
    if (revoked_at === undefined) continue
    const name = `${iss} ${kid}`
    all.set(name, { iss, kid, at: Math.min(revoked_at, all.get(name)?.at ?? revoked_at) })
  }
  return [...all.values()]
}

export function asKeySet(known: readonly RevokedKey[]): RevokedKeys {
  return new Map(known.map(({ iss, kid, at }) => [kid, { iss, revoked_at: at }]))
}
