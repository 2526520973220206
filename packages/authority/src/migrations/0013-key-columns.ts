import type { Migration } from '../app/migrate.ts'

export const keyColumns: Migration = {
  number: 13,
  name: 'what nothing reads of API keys goes, and what they did is found',
  statements: [
    `ALTER TABLE api_keys DROP COLUMN last_used_from`,
    `ALTER TABLE api_keys DROP COLUMN revoked_why`,
    `CREATE INDEX decisions_credential ON decisions (credential, id) WHERE NOT allowed`,
  ],
}
