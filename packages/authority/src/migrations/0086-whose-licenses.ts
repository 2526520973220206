import type { Migration } from '../app/migrate.ts'

export const whoseLicenses: Migration = {
  number: 86,
  name: 'whose licenses',
  statements: [
    'ALTER TABLE parked_changes ADD COLUMN meanwhile json, ADD COLUMN losing int8',
    // Those of one customer after those of another, as they are moved to another edition in batches.
    'CREATE INDEX licenses_whose ON licenses (product, coalesce(organization, holder), id) WHERE revoked_at IS NULL',
  ],
}
