import type { Migration } from '../app/migrate.ts'

/** Append-only and read by time or person: no primary key to keep in order while thousands a second come in. */
export const decisions: Migration = {
  number: 3,
  name: 'decisions',
  statements: [
    `CREATE TABLE decisions (
       at int8 NOT NULL,
       request_id text NOT NULL,
       credential text NOT NULL,
       identity text,
       actor text,
       feature text NOT NULL,
       resource text,
       allowed boolean NOT NULL,
       reason text,
       license_id text,
       revision int8 NOT NULL
     )`,
    `CREATE INDEX decisions_at ON decisions USING brin (at)`,
  ],
}
