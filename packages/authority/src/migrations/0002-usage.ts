import type { Migration } from '../app/migrate.ts'

export const usage: Migration = {
  number: 2,
  name: 'usage',
  statements: [
    `CREATE TABLE usage_counters (
       license_id text COLLATE "C" NOT NULL,
       meter text COLLATE "C" NOT NULL,
       window_from int8 NOT NULL,
       window_until int8 NOT NULL,
       used int8 NOT NULL CHECK (used >= 0),
       PRIMARY KEY (license_id, meter, window_from, window_until)
     ) WITH (fillfactor = 50)`,
    `CREATE TABLE usage_events (
       source text COLLATE "C" NOT NULL,
       id text COLLATE "C" NOT NULL,
       license_id text COLLATE "C" NOT NULL,
       meter text,
       amount int8 NOT NULL,
       at int8 NOT NULL,
       question text NOT NULL,
       answer json NOT NULL,
       PRIMARY KEY (source, id)
     )`,
    `CREATE INDEX usage_events_license ON usage_events (license_id, meter, at)`,
    `CREATE TABLE rate_buckets (
       license_id text COLLATE "C" NOT NULL,
       bucket text COLLATE "C" NOT NULL,
       arrival float8 NOT NULL,
       PRIMARY KEY (license_id, bucket)
     ) WITH (fillfactor = 50)`,
    `CREATE TABLE floating_seats (
       license_id text COLLATE "C" NOT NULL,
       identity_id text COLLATE "C" NOT NULL,
       taken_at int8 NOT NULL,
       until int8,
       PRIMARY KEY (license_id, identity_id)
     )`,
    `CREATE TABLE seat_sheets (license_id text COLLATE "C" PRIMARY KEY, taken int8 NOT NULL DEFAULT 0, next_order int8 NOT NULL DEFAULT 0)`,
    `CREATE TABLE seats (
       license_id text COLLATE "C" NOT NULL,
       identity_id text COLLATE "C" NOT NULL,
       seat_order int8 NOT NULL,
       taken_at int8 NOT NULL,
       PRIMARY KEY (license_id, identity_id)
     )`,
    `CREATE INDEX seats_identity ON seats (identity_id)`,
  ],
}
