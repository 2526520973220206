/** A column whose texts are sealed. */
export interface SealedPlace {
  readonly table: 'sealed_secrets' | 'signing_keys' | 'idempotency' | 'parked_changes' | 'webhook_secrets'
  readonly column: string
  /** What tells its rows apart. */
  readonly key: readonly string[]
  /** Where a row's text belongs, as it is sealed and opened. */
  purpose(row: Readonly<Record<string, string>>, authorityId: string): string
}

/**
 * Everything that is sealed at rest. A new one adds its row here, and in its migration a column
 * `data_key text GENERATED ALWAYS AS (split_part(COLUMN, '.', 2)) STORED REFERENCES data_keys`: so it is sealed anew when the data key is
 * rotated, and a data key that it needs cannot go.
 */
export const SEALED_PLACES: readonly SealedPlace[] = [
  { table: 'sealed_secrets', column: 'sealed', key: ['name'], purpose: ({ name = '' }, authorityId) => secretPurpose(name, authorityId) },
  { table: 'signing_keys', column: 'sealed', key: ['kid'], purpose: ({ kid = '' }) => signingKeyPurpose(kid) },
  {
    table: 'idempotency',
    column: 'result',
    key: ['credential', 'key'],
    purpose: ({ credential = '', key = '' }) => answerPurpose({ credential, key }),
  },
  { table: 'parked_changes', column: 'sealed', key: ['id'], purpose: ({ id = '' }) => parkedPurpose(id) },
  { table: 'webhook_secrets', column: 'sealed', key: ['id'], purpose: ({ id = '' }) => webhookSecretPurpose(id) },
]

/** A text moved to another row does not open: neither a secret under another name, … */
export function secretPurpose(name: string, authorityId: string): string {
  return JSON.stringify([name, authorityId])
}

/** … nor a private half under another key id, … */
export function signingKeyPurpose(kid: string): string {
  return JSON.stringify(['signing_key', kid])
}

/** … nor a webhook's secret under another id, … */
export function webhookSecretPurpose(id: string): string {
  return JSON.stringify(['webhook_secret', id])
}

/** … nor an answer under another credential's retry. */
export function answerPurpose({ credential, key }: { readonly credential: string; readonly key: string }): string {
  return JSON.stringify(['answer', credential, key])
}

/** … nor what was asked for under another parked change. */
export function parkedPurpose(id: string): string {
  return JSON.stringify(['parked_change', id])
}
