import type { Migration } from '../app/migrate.ts'

export const oldReservations: Migration = {
  number: 85,
  name: 'old reservations',
  // Of credentials: what is held back for devices has a blank in its source, and is kept.
  statements: [`CREATE INDEX reservations_over ON reservations (until) WHERE position(' ' IN source) = 0`],
}
