import type { Migration } from '../app/migrate.ts'

/** One life of a store, from its making or its restore on: revisions of two lives say nothing of each other. */
export const incarnation: Migration = {
  number: 31,
  name: 'incarnation',
  statements: [`ALTER TABLE authority ADD COLUMN incarnation text NOT NULL DEFAULT gen_random_uuid()::text`],
}
