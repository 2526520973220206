import type { Migration } from '../app/migrate.ts'

/** When the last backup was whole, for whoever is to be told that there is none. */
export const backedUp: Migration = {
  number: 32,
  name: 'backed up',
  statements: ['ALTER TABLE authority ADD COLUMN backed_up_at int8'],
}
