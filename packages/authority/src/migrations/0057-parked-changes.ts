import type { Migration } from '../app/migrate.ts'

/** Changes that somebody else than who asked for them must confirm, and the keys all of whose large changes are. */
export const parkedChanges: Migration = {
  number: 57,
  name: 'parked changes',
  statements: [
    'ALTER TABLE api_keys ADD COLUMN unattended boolean NOT NULL DEFAULT false',
    `CREATE TABLE parked_changes (
      id text PRIMARY KEY,
      at int8 NOT NULL,
      expires_at int8 NOT NULL,
      api_key text NOT NULL REFERENCES api_keys,
      actor text NOT NULL,
      identity text,
      action text NOT NULL,
      subject text NOT NULL,
      organization text,
      method text NOT NULL,
      url text NOT NULL,
      if_match text,
      fingerprint text NOT NULL,
      sealed text NOT NULL,
      data_key text GENERATED ALWAYS AS (split_part(sealed, '.', 2)) STORED REFERENCES data_keys,
      digest text NOT NULL,
      impact json NOT NULL,
      state text NOT NULL,
      decided_at int8,
      decided_by text
    )`,
    `CREATE UNIQUE INDEX parked_changes_waiting ON parked_changes (api_key, fingerprint) WHERE state = 'waiting'`,
    'CREATE INDEX parked_changes_at ON parked_changes (at)',
    'CREATE INDEX parked_changes_data_key ON parked_changes (data_key)',
  ],
}
