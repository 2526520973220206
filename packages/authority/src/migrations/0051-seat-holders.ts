import type { Migration } from '../app/migrate.ts'

export const seatHolders: Migration = {
  number: 51,
  name: 'seat holders',
  // Who keeps a floating seat by heartbeats: an API key, and which of the processes that share it.
  statements: [`ALTER TABLE floating_seats ADD COLUMN source text COLLATE "C", ADD COLUMN holder text COLLATE "C"`],
}
