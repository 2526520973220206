import type { Migration } from '../app/migrate.ts'

/** Of a change that is made in parts and was confirmed whole: what is left comes to just this. */
export const confirmedRests: Migration = {
  number: 77,
  name: 'confirmed rests',
  statements: ['CREATE TABLE confirmed_rests (id text PRIMARY KEY, digest text NOT NULL, expires_at int8 NOT NULL)'],
}
