import type { Migration } from '../app/migrate.ts'

export const licenses: Migration = {
  number: 7,
  name: 'licenses',
  statements: [
    `CREATE TABLE licenses (
       id text COLLATE "C" PRIMARY KEY,
       product text COLLATE "C" NOT NULL,
       plan text COLLATE "C" NOT NULL,
       edition int8 NOT NULL,
       organization text COLLATE "C",
       holder text COLLATE "C",
       starts int8 NOT NULL,
       ends int8,
       trial_ends int8,
       suspended boolean NOT NULL,
       revoked_at int8,
       past_due_since int8,
       version int8 NOT NULL,
       created_at int8 NOT NULL,
       updated_at int8 NOT NULL,
       CHECK ((organization IS NULL) <> (holder IS NULL))
     )`,
    `CREATE INDEX licenses_organization ON licenses (organization, id)`,
    `CREATE INDEX licenses_holder ON licenses (holder, id)`,
    // Outlives its licence: a trial is given once, whatever became of it.
    `CREATE TABLE trials (
       product text COLLATE "C" NOT NULL,
       holder_kind text NOT NULL,
       holder_id text COLLATE "C" NOT NULL,
       license_id text COLLATE "C" NOT NULL,
       given_at int8 NOT NULL,
       PRIMARY KEY (product, holder_kind, holder_id)
     )`,
  ],
}
