import type { Migration } from '../app/migrate.ts'

/** How many lost something by steps of a roll-out that nobody was asked about, and which moves hold still for a licence. */
export const rolloutSteps: Migration = {
  number: 78,
  name: 'roll-out steps',
  statements: [
    'ALTER TABLE rollouts ADD COLUMN unasked int8 NOT NULL DEFAULT 0',
    `CREATE INDEX rollout_moves_license ON rollout_moves (license_id) WHERE state = 'moved'`,
  ],
}
