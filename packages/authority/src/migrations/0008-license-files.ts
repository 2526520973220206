import type { Migration } from '../app/migrate.ts'

export const licenseFiles: Migration = {
  number: 8,
  name: 'license files',
  statements: [
    `CREATE TABLE license_files (
       id text COLLATE "C" PRIMARY KEY,
       license_id text COLLATE "C" NOT NULL,
       kid text NOT NULL,
       sha256 text NOT NULL,
       issued_at int8 NOT NULL,
       issued_by text NOT NULL
     )`,
    `CREATE INDEX license_files_license ON license_files (license_id, id)`,
    `CREATE TABLE license_keys (
       id text COLLATE "C" PRIMARY KEY,
       license_id text COLLATE "C" NOT NULL,
       hash text NOT NULL UNIQUE,
       created_at int8 NOT NULL,
       created_by text NOT NULL,
       revoked_at int8
     )`,
    `CREATE INDEX license_keys_license ON license_keys (license_id, id)`,
  ],
}
