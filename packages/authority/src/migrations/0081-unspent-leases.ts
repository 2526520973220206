import type { Migration } from '../app/migrate.ts'

export const unspentLeases: Migration = {
  number: 81,
  name: 'unspent leases',
  statements: [`CREATE INDEX quota_leases_unspent ON quota_leases (closed_at) WHERE granted = 0 AND closed_at IS NOT NULL`],
}
