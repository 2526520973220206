import type { Migration } from '../app/migrate.ts'

export const overrides: Migration = {
  number: 17,
  name: 'overrides of a licence',
  statements: [`ALTER TABLE licenses ADD COLUMN overrides text`],
}
