import type { Migration } from '../app/migrate.ts'

export const grants: Migration = {
  number: 6,
  name: 'grants',
  statements: [
    `CREATE TABLE grants (
       id text COLLATE "C" PRIMARY KEY,
       identity_id text COLLATE "C" NOT NULL REFERENCES identities,
       organization_id text COLLATE "C",
       feature text NOT NULL,
       resource json,
       commands json,
       starts_at int8 NOT NULL,
       ends_at int8 NOT NULL,
       approved_by json NOT NULL,
       context json,
       created_at int8 NOT NULL,
       created_by text NOT NULL,
       revoked_at int8
     )`,
    `CREATE INDEX grants_identity ON grants (identity_id, id)`,
    `CREATE INDEX grants_organization ON grants (organization_id, id)`,
  ],
}
