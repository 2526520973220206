import type { Migration } from '../app/migrate.ts'

/**
 * Decision records get an order to page through, and where they belong. Indexes of refusals alone: they are few beside the
 * allowed ones, and it is them that people look for.
 */
export const searchable: Migration = {
  number: 11,
  name: 'audit and decisions can be searched',
  statements: [
    `ALTER TABLE decisions ADD COLUMN id int8 GENERATED ALWAYS AS IDENTITY`,
    `ALTER TABLE decisions ADD COLUMN organization text`,
    `CREATE UNIQUE INDEX decisions_id ON decisions (id)`,
    `CREATE INDEX decisions_refused ON decisions (at, reason) WHERE NOT allowed`,
    `CREATE INDEX decisions_refused_identity ON decisions (identity, id) WHERE NOT allowed`,

    `ALTER TABLE audit ADD COLUMN result text NOT NULL DEFAULT 'done'`,
    `CREATE INDEX audit_actor ON audit (actor, id)`,
    `CREATE INDEX audit_refused ON audit (id) WHERE result = 'refused'`,
    `CREATE INDEX audit_at ON audit USING brin (at)`,
  ],
}
