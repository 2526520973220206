import type { Migration } from '../app/migrate.ts'

/** A root that is taken out leaves its public half; a license key that an absent root has yet to vouch for has no statement. */
export const rootOffline: Migration = {
  number: 27,
  name: 'a root outside the store',
  statements: [
    `ALTER TABLE signing_keys ALTER COLUMN sealed DROP NOT NULL`,
    `ALTER TABLE signing_keys ADD COLUMN taken_out_at int8`,
    `ALTER TABLE signing_keys ADD CONSTRAINT signing_keys_sealed CHECK (sealed IS NOT NULL OR ("use" = 'root' AND taken_out_at IS NOT NULL))`,
  ],
}
