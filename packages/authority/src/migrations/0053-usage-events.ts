import type { Migration } from '../app/migrate.ts'

/** Usage that was reported by events stands among what was consumed by asking: it answers no question. */
export const reportedUsage: Migration = {
  number: 53,
  name: 'usage-events',
  statements: [
    'ALTER TABLE usage_events ALTER COLUMN question DROP NOT NULL',
    'ALTER TABLE usage_events ALTER COLUMN answer DROP NOT NULL',
    'ALTER TABLE usage_events ADD COLUMN occurred_at int8',
  ],
}
