import type { Migration } from '../app/migrate.ts'

export const publications: Migration = {
  number: 63,
  name: 'publications',
  statements: [
    // Terms that wait until they are signed off.
    `CREATE TABLE publications (
       id text COLLATE "C" PRIMARY KEY,
       product text COLLATE "C" NOT NULL,
       base_edition int8 NOT NULL,
       plan_hash text NOT NULL,
       hash text NOT NULL,
       title text NOT NULL,
       terms text NOT NULL,
       source text NOT NULL,
       required text[] NOT NULL,
       created_at int8 NOT NULL,
       created_by text NOT NULL,
       identity text,
       edition int8,
       withdrawn_at int8
     )`,
    `CREATE INDEX publications_product ON publications (product, created_at)`,
    `CREATE TABLE sign_offs (
       publication_id text COLLATE "C" NOT NULL REFERENCES publications ON DELETE CASCADE,
       role text COLLATE "C" NOT NULL,
       identity text COLLATE "C" NOT NULL,
       actor text NOT NULL,
       at int8 NOT NULL,
       PRIMARY KEY (publication_id, role),
       UNIQUE (publication_id, identity)
     )`,
  ],
}
