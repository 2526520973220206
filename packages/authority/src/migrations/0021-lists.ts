import type { Migration } from '../app/migrate.ts'

/**
 * An index for each sort and each filter of the lists. Texts are found by any part of them through trigrams; the expressions are those
 * of the stores, word for word. Without the `default` collation that of the id would be used, which knows no capitals but A to Z.
 */
export const lists: Migration = {
  number: 21,
  name: 'lists',
  statements: [
    'CREATE EXTENSION IF NOT EXISTS pg_trgm',

    `CREATE INDEX organizations_text ON organizations USING gin (((id || ' ' || title) COLLATE "default") gin_trgm_ops)`,
    `CREATE INDEX organizations_title ON organizations ((lower(title) COLLATE "C"), id)`,
    'CREATE INDEX organizations_created ON organizations (created_at, id)',
    'CREATE INDEX organizations_updated ON organizations (updated_at, id)',

    `CREATE INDEX resources_text ON resources USING gin (id gin_trgm_ops)`,
    'CREATE INDEX resources_kind ON resources (kind COLLATE "C", id)',
    'CREATE INDEX resources_environment ON resources (environment, id)',
    'CREATE INDEX resources_labels ON resources USING gin ((labels::jsonb))',
    'CREATE INDEX resources_created ON resources (created_at, id)',
    'CREATE INDEX resources_updated ON resources (updated_at, id)',

    `CREATE INDEX identities_text ON identities USING gin (((
       id || ' ' || coalesce(name, '') || ' ' || coalesce(attributes ->> 'mail', '') || ' ' || coalesce(attributes ->> 'email', '')
     ) COLLATE "default") gin_trgm_ops)`,
    `CREATE INDEX identities_name ON identities ((lower(coalesce(name, '')) COLLATE "C"), id)`,
    'CREATE INDEX identities_created ON identities (created_at, id)',
    'CREATE INDEX identities_updated ON identities (updated_at, id)',
    'CREATE INDEX memberships_roles ON memberships USING gin ((roles::jsonb))',

    `CREATE INDEX licenses_text ON licenses USING gin ((id || ' ' || coalesce(organization, '') || ' ' || coalesce(holder, '')) gin_trgm_ops)`,
    'CREATE INDEX licenses_product ON licenses (product, plan, id)',
    'CREATE INDEX licenses_ends ON licenses (coalesce(least(ends, trial_ends), 9007199254740991), id)',
    'CREATE INDEX licenses_starts ON licenses (starts, id)',
    'CREATE INDEX licenses_created ON licenses (created_at, id)',
    'CREATE INDEX licenses_updated ON licenses (updated_at, id)',

    'CREATE INDEX grants_feature ON grants (feature, id)',
    'CREATE INDEX grants_starts ON grants (starts_at, id)',
    'CREATE INDEX grants_ends ON grants (ends_at, id)',
    'CREATE INDEX grants_created ON grants (created_at, id)',
  ],
}
