import { expect, test } from 'vitest'
import good from '../vectors/good.json' with { type: 'json' }
import type { VectorFile } from '../vectors/vector.ts'
import type { LicenseClaims } from './claims.ts'
import { worldFacts } from './world-facts.ts'

function claimsOf(name: string): LicenseClaims {
  const found = (good as unknown as VectorFile).cases.find((vector) => vector.name === name)
  if (found === undefined || !('claims' in found.want)) throw new Error(`no vector named ${name}`)
  return found.want.claims
}

test('a file with everything states edition, licence, roster and the rest, each once', () => {
  const claims = claimsOf('every member there is')
  const facts = worldFacts(claims)
  expect(facts.map((fact) => fact.fact)).toEqual([
    'edition',
    'license',
    'identity',
    'identity',
    'identity',
    'organization',
    'seat',
    'seat',
    'resource',
    'grant',
    'signal',
    'elsewhere',
  ])
  expect(facts[0]).toEqual({ fact: 'edition', product: 'atlas', edition: 3, terms: claims.terms })
  expect(facts[1]).toEqual({
    fact: 'license',
    id: 'lic_northwind',
    product: 'atlas',
    edition: 3,
    plan: 'standard',
    organization: 'org_northwind',
    starts: claims.starts,
    ends: claims.ends,
    trial_ends: claims.trial_ends,
    suspended: false,
    past_due_since: claims.past_due_since,
  })
  expect(facts[3]).toEqual({
    fact: 'identity',
    id: 'p_2',
    kind: 'human',
    status: 'active',
    in: { org_northwind: ['admin', 'viewer'] },
    factors: ['password', 'passkey'],
    attributes: { email: 'zo\u00eb@northwind.example' },
  })
})

test('an organization that the file says nothing of is stated all the same', () => {
  expect(worldFacts(claimsOf('the application vouches for who asks')).map((fact) => fact.fact)).toEqual([
    'edition',
    'organization',
    'license',
  ])
})

test('a licence held by an identity names its holder and no organization', () => {
  const [, license, identity] = worldFacts(claimsOf('held by one person, open end'))
  expect(license).toMatchObject({ fact: 'license', holder: 'p_7' })
  expect(license).not.toHaveProperty('organization')
  expect(license).not.toHaveProperty('ends')
  expect(identity).toEqual({ fact: 'identity', id: 'p_7', kind: 'human', status: 'active', in: {} })
})
