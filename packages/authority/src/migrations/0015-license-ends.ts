import type { Migration } from '../app/migrate.ts'

export const licenseEnds: Migration = {
  number: 15,
  name: 'licences by their end',
  statements: [
    // A trial has an end of its own. `least` leaves out what is null.
    `CREATE INDEX licenses_end ON licenses (least(ends, trial_ends), id) WHERE revoked_at IS NULL`,
    `CREATE INDEX usage_counters_open ON usage_counters (window_until, license_id)`,
  ],
}
