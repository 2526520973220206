import type { Migration } from '../app/migrate.ts'

/**
 * A roll-out that stopped, since more would lose something than anybody was asked about; and what a parked change was sent as, where that is
 * no JSON.
 */
export const stoppedAndParked: Migration = {
  number: 84,
  name: 'stopped roll-outs and parked texts',
  statements: ['ALTER TABLE rollouts ADD COLUMN stopped_losing int8', 'ALTER TABLE parked_changes ADD COLUMN content_type text'],
}
