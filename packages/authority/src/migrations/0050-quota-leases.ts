import type { Migration } from '../app/migrate.ts'

export const quotaLeases: Migration = {
  number: 50,
  name: 'quota leases',
  statements: [
    `CREATE TABLE quota_leases (
       source text COLLATE "C" NOT NULL,
       id text COLLATE "C" NOT NULL,
       license_id text COLLATE "C" NOT NULL,
       feature text COLLATE "C" NOT NULL,
       meter text COLLATE "C" NOT NULL,
       windows json NOT NULL,
       granted int8 NOT NULL,
       spent int8 NOT NULL,
       seq int8 NOT NULL,
       leased_at int8 NOT NULL,
       until int8 NOT NULL,
       ended_at int8,
       closed_at int8,
       PRIMARY KEY (source, id),
       CHECK (spent >= 0 AND spent <= granted)
     ) WITH (fillfactor = 50)`,
    `CREATE INDEX quota_leases_open ON quota_leases (license_id, meter, until) WHERE closed_at IS NULL`,
  ],
}
