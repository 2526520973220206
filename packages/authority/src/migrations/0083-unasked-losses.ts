import type { Migration } from '../app/migrate.ts'

/**
 * How many lost something by rows of an import, or by moves of one after another, that nobody was asked about; and of a change that was
 * confirmed whole and is made in parts, what these have not taken yet.
 */
export const unaskedLosses: Migration = {
  number: 83,
  name: 'unasked losses',
  statements: [
    'ALTER TABLE imports ADD COLUMN losing int8 NOT NULL DEFAULT 0',
    'CREATE TABLE unasked_losses (id text PRIMARY KEY, losing int8 NOT NULL, expires_at int8 NOT NULL)',
    `CREATE TABLE confirmed_parts (
       rest_id text NOT NULL REFERENCES confirmed_rests (id) ON DELETE CASCADE, bunch text NOT NULL, losses text NOT NULL, PRIMARY KEY (rest_id, bunch)
     )`,
  ],
}
