import { issueKeyStatement, type KeyStatement, type SigningKey, type TrustedRoot } from '@writ/trust'
import type { LicenseClaims } from '../src/index.ts'
import { testKey } from './forge.ts'

/** 2026-11-23T09:00:00Z */
export const NOW = 1_795_424_400
export const ISSUER = 'https://license.atlas.example'
const DAY = 86_400

export interface Sample {
  readonly root: SigningKey
  readonly key: SigningKey
  readonly roots: readonly TrustedRoot[]
  readonly said: Omit<KeyStatement, 'kid'>
  readonly statement: string
}

export async function sample(): Promise<Sample> {
  const [root, other, key] = await Promise.all([testKey('root'), testKey('root of another authority'), testKey('license')])
  const said: Omit<KeyStatement, 'kid'> = {
    iss: ISSUER,
    iat: NOW - 100 * DAY,
    jwk: key.publicJwk,
    use: 'license',
    products: ['atlas', 'atlas-tools'],
    nbf: NOW - 100 * DAY,
    exp: NOW + 265 * DAY,
  }
  const roots = [
    { issuer: 'https://license.other.example', key: other.publicJwk },
    { issuer: ISSUER, key: root.publicJwk },
  ]
  return { root, key, roots, said, statement: await issueKeyStatement(root, said) }
}

export const ASSERTED: LicenseClaims = {
  iss: ISSUER,
  iat: NOW - DAY,
  jti: 'file_01',
  license: 'lic_northwind',
  product: 'atlas',
  plan: 'standard',
  edition: 3,
  terms_hash: 'sha256:d2c1f07ac1ab50a5a5f23bd5be8a7a3b5d5c33ca9e0fa3bd1a8a6ed8d1b9a3c4',
  terms: '{"product":"atlas","plans":{"standard":{"includes":{"dashboard.view":[{}]}}}}\n',
  holder: { organization: 'org_northwind', name: 'Northwind Traders' },
  starts: (NOW - 30 * DAY) * 1000,
  ends: (NOW + 335 * DAY) * 1000,
  identities: 'asserted',
}

const { identities: _, ...rostered } = ASSERTED

/** Every member that a file can have. */
export const FULL: LicenseClaims = {
  ...rostered,
  jti: 'file_02',
  trial_ends: (NOW + 14 * DAY) * 1000,
  suspended: false,
  past_due_since: (NOW - 2 * DAY) * 1000,
  grace: { expiry_seconds: 7 * DAY, payment_seconds: 14 * DAY, offline_seconds: 3 * DAY },
  roster: [
    { id: 'p_1', kind: 'human', roles: ['analyst'], status_index: 41 },
    {
      id: 'p_2',
      kind: 'human',
      roles: ['admin', 'viewer'],
      factors: ['password', 'passkey'],
      attributes: { email: 'zo\u00eb@northwind.example' },
    },
    { id: 'p_3', kind: 'service', roles: [], attributes: { batch: true, weight: 0.5, regions: ['EU', ''] } },
  ],
  share: { seats: 25, quotas: { exports: 250 } },
  binding: {
    device_key: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    fingerprint: { components: ['0'.repeat(64), '1'.repeat(64), '2'.repeat(64)], at_least: 2 },
    organization: 'org_northwind',
    identity: 'p_1',
  },
  status: { uri: 'https://license.atlas.example/status/7', index: 4_096 },
  facts: [
    {
      fact: 'organization',
      id: 'org_northwind',
      roles: { analyst: ['dashboard.view'], lead: { from: ['analyst'], features: ['report.export'] } },
    },
    { fact: 'seat', license: 'lic_northwind', identity: 'p_1', order: 0 },
    { fact: 'seat', license: 'lic_northwind', identity: 'p_9', order: 1, freed_at: (NOW - DAY) * 1000 },
    { fact: 'resource', id: 'orders', kind: 'postgres', environment: 'production', region: 'EU', labels: { tier: '1', note: '' } },
    {
      fact: 'grant',
      id: 'g_1',
      identity: 'p_1',
      organization: 'org_northwind',
      feature: 'atlas:db.query',
      resource: { environment: ['production'], labels: { tier: ['1'] } },
      commands: ['select'],
      from: (NOW - 3600) * 1000,
      until: (NOW + 3600) * 1000,
      approved_by: [{ identity: 'p_2', roles: ['admin'] }],
      context: { ticket: 'OPS-7' },
    },
    { fact: 'signal', id: 's_1', name: 'new_device', identity: 'p_1', session: 'x', device: 'y', at: (NOW - 60) * 1000 },
    { fact: 'elsewhere', need: 'vault:read', identity: 'p_1', answer: 'allow', until: (NOW + 600) * 1000 },
  ],
}

/** Held by one person, open end, a roster of that person alone. */
export const PERSONAL: LicenseClaims = {
  iss: ISSUER,
  iat: NOW - DAY,
  jti: 'file_03',
  license: 'lic_solo',
  product: 'atlas',
  plan: 'solo',
  edition: 1,
  terms_hash: ASSERTED.terms_hash,
  terms: ASSERTED.terms,
  holder: { identity: 'p_7' },
  starts: ASSERTED.starts,
  roster: [{ id: 'p_7', kind: 'human', roles: [] }],
}
