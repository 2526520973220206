import type { Migration } from '../app/migrate.ts'

/**
 * How many lost something by rows of an import, or by moves of one after another, that nobody was asked about; and of a change that was
 * confirmed whole and is made in parts, what these have taken of it.
 */
export const unaskedLosses: Migration = {
  number: 83,
  name: 'unasked losses',
  statements: [
    'ALTER TABLE imports ADD COLUMN losing int8 NOT NULL DEFAULT 0',
    'CREATE TABLE unasked_losses (id text PRIMARY KEY, losing int8 NOT NULL, expires_at int8 NOT NULL)',
    'CREATE TABLE confirmed_parts (rest_id text NOT NULL REFERENCES confirmed_rests (id) ON DELETE CASCADE, losses text NOT NULL)',
    'CREATE INDEX confirmed_parts_rest ON confirmed_parts (rest_id)',
  ],
}
