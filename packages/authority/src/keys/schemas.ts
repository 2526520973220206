import { formatInstant } from '@writ/engine'
import { SIGNING_USES } from '@writ/trust'
import Type from 'typebox'
import type { SigningKeyRow } from './signing-store.ts'

export const Time = Type.String({ format: 'date-time' })
const Jwk = Type.Object({ kty: Type.Literal('OKP'), crv: Type.Literal('Ed25519'), x: Type.String() })
export const KeySet = Type.Object({
  issuer: Type.String({ description: 'The id of the authority, which license files name as their `iss`.' }),
  root: Type.Object(Jwk.properties, { description: 'To compare with the root that was pinned. Never pin what the network alone says.' }),
  statements: Type.Array(Type.String(), { description: 'Compact JWS by the root: keys in use, and every revoked one.' }),
})
export const Kid = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })
export const Use = Type.Enum([...SIGNING_USES], { description: 'What the key signs, and nothing else.' })
/** Of the root, or of a key that it vouches for. */
export const SigningKey = Type.Object({
  kid: Kid,
  use: Type.Enum(['root', ...SIGNING_USES]),
  public_jwk: Jwk,
  statement: Type.Optional(Type.String({ description: 'What the root says of it. The root has none, nor has a key that waits for one.' })),
  created_at: Time,
  expires_at: Type.Optional(Time),
  revoked_at: Type.Optional(Time),
  backed_up_at: Type.Optional(Type.String({ format: 'date-time', description: 'Of the root: when a backup was last taken.' })),
  taken_out_at: Type.Optional(Type.String({ format: 'date-time', description: 'Of the root: since when it is kept outside the store.' })),
})

export function shownSigningKey({
  kid,
  use,
  public_jwk,
  statement,
  created_at,
  expires_at,
  revoked_at,
  backed_up_at,
  taken_out_at,
}: SigningKeyRow) {
  return {
    kid,
    use,
    public_jwk,
    ...(statement !== null && { statement }),
    created_at: formatInstant(created_at),
    ...(expires_at !== null && { expires_at: formatInstant(expires_at) }),
    ...(revoked_at !== null && { revoked_at: formatInstant(revoked_at) }),
    ...(backed_up_at !== null && { backed_up_at: formatInstant(backed_up_at) }),
    ...(taken_out_at !== null && { taken_out_at: formatInstant(taken_out_at) }),
  }
}
