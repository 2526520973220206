import type { Migration } from '../app/migrate.ts'

export const signingKeys: Migration = {
  number: 9,
  name: 'signing keys',
  statements: [
    `CREATE TABLE signing_keys (
       kid text COLLATE "C" PRIMARY KEY,
       "use" text NOT NULL,
       public_jwk json NOT NULL,
       sealed text NOT NULL,
       statement text,
       created_at int8 NOT NULL,
       expires_at int8,
       revoked_at int8,
       backed_up_at int8
     )`,
    // One root for the life of an authority: it is what customers pinned.
    `CREATE UNIQUE INDEX signing_keys_root ON signing_keys ("use") WHERE "use" = 'root'`,
  ],
}
