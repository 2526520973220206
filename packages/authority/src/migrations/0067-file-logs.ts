import type { Migration } from '../app/migrate.ts'

export const fileLogs: Migration = {
  number: 67,
  name: 'file logs',
  statements: [`CREATE INDEX license_files_kid ON license_files (kid, sha256)`],
}
