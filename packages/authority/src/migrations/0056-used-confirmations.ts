import type { Migration } from '../app/migrate.ts'

/** A confirmation is good for once. */
export const usedConfirmations: Migration = {
  number: 56,
  name: 'used confirmations',
  statements: ['CREATE TABLE used_confirmations (id text PRIMARY KEY, at int8 NOT NULL)'],
}
