import type { Migration } from '../app/migrate.ts'

export const activationContacts: Migration = {
  number: 74,
  name: 'activation contacts',
  // What was answered, so that the same again is told from another one of the same number.
  statements: [
    `CREATE TABLE activation_contacts (
       activation_id text COLLATE "C" NOT NULL,
       counter int8 NOT NULL,
       jti text COLLATE "C" NOT NULL,
       PRIMARY KEY (activation_id, counter)
     )`,
    `INSERT INTO activation_contacts SELECT id, counter, last_contact FROM activations WHERE last_contact IS NOT NULL`,
  ],
}
