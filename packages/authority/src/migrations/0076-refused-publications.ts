import type { Migration } from '../app/migrate.ts'

export const refusedPublications: Migration = {
  number: 76,
  name: 'refused publications',
  statements: [
    // One that is refused is withdrawn too: a node of the version before goes on right.
    `ALTER TABLE publications ADD COLUMN refused_role text, ADD COLUMN refused_by text, ADD COLUMN refused_reason text`,
  ],
}
