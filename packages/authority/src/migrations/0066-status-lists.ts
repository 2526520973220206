import type { Migration } from '../app/migrate.ts'

export const statusLists: Migration = {
  number: 66,
  name: 'status lists',
  statements: [
    `CREATE TABLE status_lists (
       number int8 PRIMARY KEY,
       uri text NOT NULL,
       created_at int8 NOT NULL
     )`,
    // A place is drawn once and is never another's: an old file would speak of somebody else.
    `CREATE TABLE status_entries (
       list int8 NOT NULL,
       place int8 NOT NULL,
       kind text NOT NULL,
       subject text COLLATE "C" NOT NULL,
       PRIMARY KEY (list, place),
       UNIQUE (list, kind, subject)
     )`,
  ],
}
