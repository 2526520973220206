import type { KeyStatement } from '@writ/trust'

/**
 * What is known of the revocation of keys: a key set, by key id; or what was kept of the sets of several issuers, by {@link revokedName}, as
 * an issuer may state a key of another's as its own.
 */
export type RevokedKeys = ReadonlyMap<string, Pick<KeyStatement, 'iss' | 'revoked_at'>>

export function revokedName(iss: string, kid: string): string {
  // No key id has a blank in it.
  return `${iss} ${kid}`
}

/** When the key of a statement was revoked, by itself or by what is known since; epoch seconds. */
export function revocationOf({ iss, kid, revoked_at }: KeyStatement, keySet: RevokedKeys | undefined): number | undefined {
  const fresher = keySet?.get(revokedName(iss, kid)) ?? keySet?.get(kid)
  // Of its own keys alone: a neighbour, pinned as well, could otherwise darken this authority by revoking its keys.
  const said = fresher?.iss === iss ? fresher.revoked_at : undefined
  const revoked = Math.min(revoked_at ?? Number.POSITIVE_INFINITY, said ?? Number.POSITIVE_INFINITY)
  return Number.isFinite(revoked) ? revoked : undefined
}
