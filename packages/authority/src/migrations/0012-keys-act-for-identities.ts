import type { Migration } from '../app/migrate.ts'

/** Whom a key acts for, who made it, until when it holds, and a second secret beside the first while it is rotated. */
export const keysActForIdentities: Migration = {
  number: 12,
  name: 'API keys act for identities, are rotated and expire',
  statements: [
    `ALTER TABLE api_keys ADD COLUMN identity text`,
    `ALTER TABLE api_keys ADD COLUMN made_by text COLLATE "C"`,
    `ALTER TABLE api_keys ADD COLUMN expires_at int8`,
    `ALTER TABLE api_keys ADD COLUMN rotated_at int8`,
    `ALTER TABLE api_keys ADD COLUMN old_hash text UNIQUE`,
    `ALTER TABLE api_keys ADD COLUMN old_until int8`,
    `ALTER TABLE api_keys ADD COLUMN last_used_from text`,
    `ALTER TABLE api_keys ADD COLUMN revoked_why text`,
    `CREATE INDEX api_keys_made_by ON api_keys (made_by) WHERE made_by IS NOT NULL`,
    `UPDATE api_keys SET made_by = substr(created_by, 5) WHERE created_by LIKE 'key:%'`,
    `CREATE INDEX api_keys_identity ON api_keys (identity) WHERE identity IS NOT NULL`,

    `ALTER TABLE audit ADD COLUMN identity text`,
    `CREATE INDEX audit_identity ON audit (identity, id) WHERE identity IS NOT NULL`,
  ],
}
