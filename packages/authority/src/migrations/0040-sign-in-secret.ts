import type { Migration } from '../app/migrate.ts'

/** A sign-in stands for the secret that began it. One from before opens nothing: whoever has it signs in again. */
export const signInSecret: Migration = {
  number: 40,
  name: 'the secret of a sign-in',
  statements: [`ALTER TABLE sign_ins ADD COLUMN key_hash text NOT NULL DEFAULT ''`],
}
