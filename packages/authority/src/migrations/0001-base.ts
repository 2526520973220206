import type { Migration } from '../app/migrate.ts'

/** Instants are epoch milliseconds in int8, in every table. Ids compare by byte, so that a cursor means the same in every locale. */
export const base: Migration = {
  number: 1,
  name: 'base',
  statements: [
    `CREATE TABLE authority (
       one boolean PRIMARY KEY DEFAULT true CHECK (one),
       id text NOT NULL,
       revision int8 NOT NULL DEFAULT 0,
       created_at int8 NOT NULL
     )`,
    `CREATE TABLE sealed_secrets (name text PRIMARY KEY, sealed text NOT NULL)`,

    `CREATE TABLE changes (
       revision int8 PRIMARY KEY,
       at int8 NOT NULL,
       facts json NOT NULL,
       touched json NOT NULL
     )`,
    `CREATE TABLE facts (key text COLLATE "C" PRIMARY KEY, revision int8 NOT NULL, body json NOT NULL)`,
    `CREATE TABLE idempotency (
       credential text NOT NULL,
       key text NOT NULL,
       fingerprint text NOT NULL,
       at int8 NOT NULL,
       revision int8 NOT NULL,
       result text NOT NULL,
       PRIMARY KEY (credential, key)
     )`,
    `CREATE INDEX idempotency_at ON idempotency (at)`,

    `CREATE TABLE audit (
       id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       revision int8,
       at int8 NOT NULL,
       actor text NOT NULL,
       action text NOT NULL,
       subject text NOT NULL,
       organization text,
       request_id text NOT NULL,
       detail json NOT NULL
     )`,
    `CREATE INDEX audit_subject ON audit (subject, id)`,
    `CREATE INDEX audit_organization ON audit (organization, id)`,

    `CREATE TABLE api_keys (
       id text COLLATE "C" PRIMARY KEY,
       hash text NOT NULL UNIQUE,
       name text NOT NULL,
       scopes json NOT NULL,
       products json,
       organizations json,
       created_at int8 NOT NULL,
       created_by text NOT NULL,
       revoked_at int8,
       last_used_at int8
     )`,
    `CREATE TABLE setup_codes (hash text PRIMARY KEY, expires_at int8 NOT NULL)`,

    `CREATE TABLE organizations (
       id text COLLATE "C" PRIMARY KEY,
       title text NOT NULL,
       roles json NOT NULL,
       version int8 NOT NULL,
       created_at int8 NOT NULL,
       updated_at int8 NOT NULL
     )`,
    `CREATE TABLE resources (
       id text COLLATE "C" PRIMARY KEY,
       kind text NOT NULL,
       environment text,
       region text,
       labels json NOT NULL,
       version int8 NOT NULL,
       created_at int8 NOT NULL,
       updated_at int8 NOT NULL
     )`,
  ],
}
