import type { Migration } from '../app/migrate.ts'

export const identities: Migration = {
  number: 5,
  name: 'identities',
  statements: [
    `CREATE TABLE identities (
       id text COLLATE "C" PRIMARY KEY,
       kind text NOT NULL,
       status text NOT NULL,
       name text,
       factors json,
       attributes json NOT NULL,
       version int8 NOT NULL,
       created_at int8 NOT NULL,
       updated_at int8 NOT NULL
     )`,
    `CREATE TABLE memberships (
       identity_id text COLLATE "C" NOT NULL REFERENCES identities,
       organization_id text COLLATE "C" NOT NULL,
       roles json NOT NULL,
       PRIMARY KEY (identity_id, organization_id)
     )`,
    `CREATE INDEX memberships_organization ON memberships (organization_id, identity_id)`,
    `CREATE TABLE identity_links (
       issuer text COLLATE "C" NOT NULL,
       subject text COLLATE "C" NOT NULL,
       identity_id text COLLATE "C" NOT NULL REFERENCES identities,
       PRIMARY KEY (issuer, subject)
     )`,
    `CREATE INDEX identity_links_identity ON identity_links (identity_id)`,
    `CREATE TABLE signals (
       id text COLLATE "C" PRIMARY KEY,
       identity_id text COLLATE "C" NOT NULL REFERENCES identities,
       name text NOT NULL,
       session text,
       device text,
       at int8 NOT NULL
     )`,
    `CREATE INDEX signals_identity ON signals (identity_id, id)`,
    `CREATE INDEX floating_seats_identity ON floating_seats (identity_id)`,
  ],
}
