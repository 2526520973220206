import type { Migration } from '../app/migrate.ts'

export const webhooks: Migration = {
  number: 62,
  name: 'webhooks',
  statements: [
    // What was announced. `n` is the order; `key` tells one that must not be announced twice.
    `CREATE TABLE events (
       n int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       id text COLLATE "C" NOT NULL UNIQUE,
       key text COLLATE "C" UNIQUE,
       type text NOT NULL,
       at int8 NOT NULL,
       product text,
       organizations text[],
       data json NOT NULL
     )`,
    `CREATE INDEX events_at ON events (at)`,
    `CREATE TABLE webhooks (
       id text COLLATE "C" PRIMARY KEY,
       url text NOT NULL,
       description text,
       types text[] NOT NULL,
       products text[],
       organizations text[],
       created_at int8 NOT NULL,
       created_by text NOT NULL,
       disabled_at int8,
       disabled_because text,
       failures int4 NOT NULL DEFAULT 0,
       failing_since int8,
       rests_until int8 NOT NULL DEFAULT 0,
       claimed_until int8 NOT NULL DEFAULT 0,
       claimed_by text
     )`,
    `CREATE TABLE webhook_secrets (
       id text COLLATE "C" PRIMARY KEY,
       webhook_id text COLLATE "C" NOT NULL REFERENCES webhooks ON DELETE CASCADE,
       sealed text NOT NULL,
       created_at int8 NOT NULL,
       until int8,
       data_key text COLLATE "C" GENERATED ALWAYS AS (split_part(sealed, '.', 2)) STORED REFERENCES data_keys
     )`,
    `CREATE INDEX webhook_secrets_webhook ON webhook_secrets (webhook_id)`,
    `CREATE TABLE webhook_deliveries (
       webhook_id text COLLATE "C" NOT NULL REFERENCES webhooks ON DELETE CASCADE,
       event int8 NOT NULL REFERENCES events ON DELETE CASCADE,
       state text NOT NULL,
       attempts int4 NOT NULL,
       next_at int8 NOT NULL,
       last_at int8,
       last_status int4,
       last_error text,
       PRIMARY KEY (webhook_id, event)
     )`,
    `CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook_id, next_at) WHERE state = 'waiting'`,
    `CREATE INDEX webhook_deliveries_event ON webhook_deliveries (event)`,
  ],
}
