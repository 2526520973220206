import type { Migration } from '../app/migrate.ts'

export const workloads: Migration = {
  number: 75,
  name: 'workloads',
  // Of an activation that goes with a workload of a platform, in the place of hardware.
  statements: [`ALTER TABLE activations ADD COLUMN workload_issuer text COLLATE "C", ADD COLUMN workload_subject text COLLATE "C"`],
}
