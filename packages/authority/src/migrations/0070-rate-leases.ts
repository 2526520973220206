import type { Migration } from '../app/migrate.ts'

export const rateLeases: Migration = {
  number: 70,
  name: 'rate leases',
  statements: [
    // In the row that whoever spends the rate locks, so that nobody reads them at another time than the rest.
    `ALTER TABLE rate_buckets ADD COLUMN leases json`,
    `CREATE INDEX rate_buckets_leased ON rate_buckets (license_id) WHERE leases IS NOT NULL`,
  ],
}
