import type { Migration } from '../app/migrate.ts'

/** The data key that a sealed text names. `v1.` texts name none: theirs was derived from the master key, and is the data key `v1` now. */
const named = (column: string) => `CASE WHEN split_part(${column}, '.', 1) = 'v1' THEN 'v1' ELSE split_part(${column}, '.', 2) END`

export const dataKeys: Migration = {
  number: 26,
  name: 'data keys',
  statements: [
    `CREATE TABLE data_keys (
       id text COLLATE "C" PRIMARY KEY,
       wrapped text,
       master_key text,
       created_at int8 NOT NULL,
       stopped_at int8
     )`,
    // One seals; the others only open.
    `CREATE UNIQUE INDEX data_keys_sealing ON data_keys ((true)) WHERE stopped_at IS NULL`,
    // The next start wraps it: a migration has no master key.
    `INSERT INTO data_keys (id, created_at, stopped_at) SELECT 'v1', created_at, created_at FROM authority`,
    // A text whose data key is gone could never be read again, so the store itself refuses both: to seal under it, and to delete it.
    ...[
      ['sealed_secrets', 'sealed'],
      ['signing_keys', 'sealed'],
      ['idempotency', 'result'],
    ].map(
      ([table = '', column = '']) =>
        `ALTER TABLE ${table} ADD COLUMN data_key text COLLATE "C" GENERATED ALWAYS AS (${named(column)}) STORED REFERENCES data_keys`,
    ),
    `CREATE INDEX idempotency_data_key ON idempotency (data_key)`,
  ],
}
