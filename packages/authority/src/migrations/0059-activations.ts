import type { Migration } from '../app/migrate.ts'

export const activations: Migration = {
  number: 59,
  name: 'activations',
  statements: [
    `CREATE TABLE activations (
       id text COLLATE "C" PRIMARY KEY,
       license_id text COLLATE "C" NOT NULL,
       device_key text COLLATE "C" NOT NULL,
       device_jwk json NOT NULL,
       name text NOT NULL,
       asked json NOT NULL,
       share json NOT NULL,
       created_at int8 NOT NULL,
       created_by text NOT NULL,
       ends_at int8,
       file_until int8,
       counter int8 NOT NULL,
       last_contact text,
       last_contact_at int8,
       clock_offset int8,
       cloned_at int8,
       released_at int8,
       released_by text,
       is_self_service boolean NOT NULL DEFAULT false,
       revoked_at int8
     )`,
    `CREATE INDEX activations_license ON activations (license_id, id)`,
    `CREATE INDEX activations_created ON activations (created_at, id)`,
    // One device has one live activation of a licence.
    `CREATE UNIQUE INDEX activations_live ON activations (license_id, device_key) WHERE released_at IS NULL`,
    `CREATE TABLE activation_requests (
       device_key text COLLATE "C" NOT NULL,
       jti text COLLATE "C" NOT NULL,
       activation_id text COLLATE "C" NOT NULL,
       until int8 NOT NULL,
       PRIMARY KEY (device_key, jti)
     )`,
    `CREATE INDEX activation_requests_until ON activation_requests (until)`,
    `CREATE TABLE activation_rules (license_id text COLLATE "C" PRIMARY KEY, rules json NOT NULL)`,
  ],
}
