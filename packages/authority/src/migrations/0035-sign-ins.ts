import type { Migration } from '../app/migrate.ts'

export const signIns: Migration = {
  number: 35,
  name: 'sign-ins of the console',
  statements: [
    `CREATE TABLE sign_ins (
       id text COLLATE "C" PRIMARY KEY,
       hash text NOT NULL UNIQUE,
       api_key text COLLATE "C" NOT NULL REFERENCES api_keys (id),
       created_at int8 NOT NULL,
       expires_at int8 NOT NULL
     )`,
  ],
}
