import type { Migration } from '../app/migrate.ts'

/** Imports are looked for by when they were last touched, to be forgotten. */
export const oldImports: Migration = {
  number: 37,
  name: 'old-imports',
  statements: ['CREATE INDEX imports_updated ON imports (updated_at)'],
}
