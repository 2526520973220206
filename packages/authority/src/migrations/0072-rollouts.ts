import type { Migration } from '../app/migrate.ts'

export const rollouts: Migration = {
  number: 72,
  name: 'rollouts',
  statements: [
    // Published, and not the one that new licences get.
    `ALTER TABLE editions ADD COLUMN staged boolean NOT NULL DEFAULT false`,
    `ALTER TABLE publications ADD COLUMN staged boolean NOT NULL DEFAULT false`,
    `CREATE TABLE rollouts (
       id text COLLATE "C" PRIMARY KEY,
       product text COLLATE "C" NOT NULL REFERENCES products,
       edition int8 NOT NULL,
       was_staged boolean NOT NULL,
       stage text NOT NULL,
       share int4 NOT NULL,
       sample int4 NOT NULL,
       is_moving boolean NOT NULL,
       started_at int8 NOT NULL,
       started_by text NOT NULL,
       changed_at int8 NOT NULL,
       changed_by text NOT NULL,
       request_id text NOT NULL
     )`,
    `CREATE INDEX rollouts_product ON rollouts (product, started_at)`,
    // Of one product only one at a time.
    `CREATE UNIQUE INDEX rollouts_open ON rollouts (product) WHERE stage IN ('shadow', 'percentage')`,
    `CREATE TABLE rollout_moves (
       rollout_id text COLLATE "C" NOT NULL REFERENCES rollouts ON DELETE CASCADE,
       license_id text COLLATE "C" NOT NULL,
       from_edition int8 NOT NULL,
       state text NOT NULL,
       code text,
       at int8 NOT NULL,
       PRIMARY KEY (rollout_id, license_id)
     )`,
    `CREATE TABLE rollout_differences (
       rollout_id text COLLATE "C" NOT NULL REFERENCES rollouts ON DELETE CASCADE,
       id text COLLATE "C" NOT NULL,
       license_id text COLLATE "C" NOT NULL,
       organization text COLLATE "C",
       feature text COLLATE "C" NOT NULL,
       kind text COLLATE "C" NOT NULL,
       before text NOT NULL,
       after text NOT NULL,
       counted int8 NOT NULL,
       first_seen int8 NOT NULL,
       last_seen int8 NOT NULL,
       examples json NOT NULL,
       PRIMARY KEY (rollout_id, id)
     )`,
    `CREATE TABLE rollout_tallies (
       rollout_id text COLLATE "C" PRIMARY KEY REFERENCES rollouts ON DELETE CASCADE,
       evaluated int8 NOT NULL,
       differing int8 NOT NULL,
       passed_over int8 NOT NULL,
       unsure int8 NOT NULL,
       dropped int8 NOT NULL,
       failed int8 NOT NULL
     )`,
  ],
}
