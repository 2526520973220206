import type { Migration } from '../app/migrate.ts'

export const reasons: Migration = {
  number: 10,
  name: 'whether a key is told reasons',
  statements: [`ALTER TABLE api_keys ADD COLUMN reasons boolean NOT NULL DEFAULT true`],
}
