import type { Migration } from '../app/migrate.ts'

/** What a licence used over time is read from the index alone: the events themselves, with their answers, are many times as large. */
export const usageHistory: Migration = {
  number: 36,
  name: 'usage-history',
  statements: [
    'CREATE INDEX usage_events_history ON usage_events (license_id, meter, at) INCLUDE (amount)',
    'DROP INDEX usage_events_license',
  ],
}
