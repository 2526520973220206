import type { Migration } from '../app/migrate.ts'

/** Of a change in parts each loss that it was weighed with, instead of one digest of all that is left. What was confirmed before is asked again. */
export const confirmedLosses: Migration = {
  number: 79,
  name: 'confirmed losses',
  statements: ['DELETE FROM confirmed_rests', 'ALTER TABLE confirmed_rests RENAME COLUMN digest TO losses'],
}
