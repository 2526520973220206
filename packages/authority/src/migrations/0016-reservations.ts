import type { Migration } from '../app/migrate.ts'

export const reservations: Migration = {
  number: 16,
  name: 'reservations',
  statements: [
    `CREATE TABLE reservations (
       source text COLLATE "C" NOT NULL,
       id text COLLATE "C" NOT NULL,
       license_id text COLLATE "C" NOT NULL,
       meter text COLLATE "C",
       amount int8 NOT NULL,
       settled int8 NOT NULL,
       reserved_at int8 NOT NULL,
       until int8 NOT NULL,
       closed_at int8,
       question text NOT NULL,
       answer json NOT NULL,
       PRIMARY KEY (source, id),
       CHECK (settled >= 0 AND settled <= amount)
     ) WITH (fillfactor = 80)`,
    `CREATE INDEX reservations_open ON reservations (license_id, meter, until) WHERE closed_at IS NULL`,
    // When the last reservation made in the window ends at the latest: a counter that never had one costs no look at the others.
    `ALTER TABLE usage_counters ADD COLUMN held_until int8 NOT NULL DEFAULT 0`,
  ],
}
