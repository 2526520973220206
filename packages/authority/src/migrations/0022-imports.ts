import type { Migration } from '../app/migrate.ts'

export const imports: Migration = {
  number: 22,
  name: 'imports',
  statements: [
    `CREATE TABLE imports (
       id text COLLATE "C" PRIMARY KEY,
       kind text NOT NULL,
       format text NOT NULL,
       dry_run boolean NOT NULL,
       credential text NOT NULL,
       state text NOT NULL,
       rows int8 NOT NULL,
       lines int8 NOT NULL,
       digest text NOT NULL,
       created int8 NOT NULL,
       changed int8 NOT NULL,
       unchanged int8 NOT NULL,
       refused int8 NOT NULL,
       created_at int8 NOT NULL,
       updated_at int8 NOT NULL
     )`,
    `CREATE TABLE import_faults (
       import_id text COLLATE "C" NOT NULL REFERENCES imports,
       "row" int8 NOT NULL,
       line int8 NOT NULL,
       "column" text,
       code text NOT NULL,
       detail text NOT NULL,
       PRIMARY KEY (import_id, "row")
     )`,
  ],
}
