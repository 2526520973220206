import { expect, test, vi } from 'vitest'
import { edition, identity, license, seat, termsOf, worldOf } from '../../test/sample.ts'
import type { Fact } from '../facts.ts'
import { EVERYBODY, rowsOf, scopeOf } from './scope.ts'

const org = (id: string): Fact => ({ fact: 'organization', id })
const grant = (id: string, who: string): Fact => ({
  fact: 'grant',
  id,
  identity: who,
  organization: 'acme',
  feature: 'cross',
  from: 0,
  until: 1,
  approved_by: [],
})
const signal = (id: string, who: string): Fact => ({ fact: 'signal', id, name: 'stolen', identity: who, at: 0 })
const said = (who?: string): Fact => ({
  fact: 'elsewhere',
  need: 'port:dock',
  answer: 'allow',
  ...(who !== undefined && { identity: who }),
})
const removed = (of: Exclude<Fact['fact'], 'edition' | 'removed'>, id: string, who?: string): Fact => ({
  fact: 'removed',
  of,
  id,
  ...(who !== undefined && { identity: who }),
})
const held = (id: string, holder: string) => {
  const { organization: _organization, ...fact } = license(id) as Fact & { organization?: string }
  return { ...fact, holder } as Fact
}

/** Ann and Bob in acme, Cyd in globex, Dan in both, Eve in none; a licence of each organization and one of Eve. */
const base: Fact[] = [
  org('globex'),
  edition(termsOf({})),
  edition(termsOf({ product: 'tram' })),
  identity('ann'),
  identity('bob'),
  identity('cyd', [], { in: { globex: ['crew'] } }),
  identity('dan', [], { in: { globex: ['crew'], acme: ['crew'] } }),
  identity('eve', [], { in: {} }),
  license('L'),
  license('M', { organization: 'globex' }),
  license('T', { organization: 'globex', product: 'tram' }),
  held('H', 'eve'),
]

function scoped(facts: readonly Fact[], before: readonly Fact[] = []) {
  const world = worldOf(...base, ...before)
  const scope = scopeOf(world, facts)
  return {
    isAll: scope.isAll,
    rows: [...scope.rows].map((row) => world.identities.id(row)),
    organizations: [...scope.organizations].map((each) => world.organizationIds.name(each)),
    about: [...rowsOf(world, scope)].map((row) => world.identities.id(row)),
  }
}

const cases: { name: string; facts: Fact[]; before?: Fact[]; rows?: string[]; organizations?: string[]; isAll?: true }[] = [
  { name: 'nothing touches nobody', facts: [] },
  { name: 'an organization touches its members', facts: [org('acme')], organizations: ['acme'] },
  { name: 'an organization that is new', facts: [org('initech')], organizations: ['initech'] },
  { name: 'an organization that goes', facts: [removed('organization', 'globex')], organizations: ['globex'] },
  { name: 'an organization that goes and was not there', facts: [removed('organization', 'initech')] },
  { name: 'an identity touches itself', facts: [identity('ann')], rows: ['ann'] },
  { name: 'an identity that is new', facts: [identity('fay')], rows: ['fay'] },
  { name: 'an identity that goes', facts: [removed('identity', 'bob')], rows: ['bob'] },
  { name: 'an identity that goes and was not there', facts: [removed('identity', 'fay')] },
  { name: 'a licence touches the members of its organization', facts: [license('N')], organizations: ['acme'] },
  { name: 'a licence touches its holder', facts: [held('N', 'ann')], rows: ['ann'] },
  { name: 'a licence that goes over to others touches both', facts: [license('M')], organizations: ['acme', 'globex'] },
  { name: 'a licence that goes over to a holder touches both', facts: [held('L', 'ann')], organizations: ['acme'], rows: ['ann'] },
  { name: 'a licence that goes', facts: [removed('license', 'L')], organizations: ['acme'] },
  { name: 'a licence of a holder that goes', facts: [removed('license', 'H')], rows: ['eve'] },
  { name: 'a seat touches all who might take it', facts: [seat('ann', 0)], organizations: ['acme'] },
  { name: 'a seat of a holder’s licence', facts: [seat('eve', 0, { license: 'H' })], rows: ['eve'] },
  { name: 'a seat of no licence', facts: [seat('ann', 0, { license: 'none' })] },
  { name: 'a seat that goes', facts: [removed('seat', 'L', 'ann')], before: [seat('ann', 0)], organizations: ['acme'] },
  { name: 'a seat that goes and was not there', facts: [removed('seat', 'L', 'ann')] },
  { name: 'a grant touches whose it is', facts: [grant('g', 'ann')], rows: ['ann'] },
  {
    name: 'a grant that goes over to somebody else touches both',
    facts: [grant('g', 'ann')],
    before: [grant('g', 'bob')],
    rows: ['ann', 'bob'],
  },
  { name: 'a grant that goes', facts: [removed('grant', 'g')], before: [grant('g', 'bob')], rows: ['bob'] },
  { name: 'a signal touches whose it is', facts: [signal('s', 'ann')], rows: ['ann'] },
  { name: 'a signal that goes', facts: [removed('signal', 's')], before: [signal('s', 'bob')], rows: ['bob'] },
  { name: 'what is said elsewhere of one touches one', facts: [said('ann')], rows: ['ann'] },
  { name: 'what is said elsewhere of everybody touches everybody', facts: [said()], isAll: true },
  { name: 'what was said of one and goes', facts: [removed('elsewhere', 'port:dock', 'ann')], before: [said('ann')], rows: ['ann'] },
  { name: 'what was said of everybody and goes', facts: [removed('elsewhere', 'port:dock')], before: [said(), said('ann')], isAll: true },
  { name: 'a resource touches nobody', facts: [{ fact: 'resource', id: 'r', kind: 'pier' }, removed('resource', 'r')] },
  {
    name: 'an edition touches all who have a licence of its product',
    facts: [edition(termsOf({}), 2)],
    organizations: ['acme', 'globex'],
    rows: ['eve'],
  },
  { name: 'and nobody who has one of another', facts: [edition(termsOf({ product: 'tram' }), 2)], organizations: ['globex'] },
  {
    name: 'and whoever has a grant: its bare name may mean nothing any more',
    facts: [edition(termsOf({ product: 'bus' }))],
    before: [grant('g', 'bob')],
    rows: ['bob'],
  },
  {
    name: 'several facts touch all of theirs',
    facts: [identity('ann'), said('bob'), edition(termsOf({ product: 'tram' }), 2), org('acme')],
    rows: ['ann', 'bob'],
    organizations: ['globex', 'acme'],
  },
]
for (const { name, facts, before, rows = [], organizations = [], isAll = false } of cases)
  test(name, () => {
    const { about: _about, ...found } = scoped(facts, before)
    expect(found).toEqual({ rows, organizations, isAll })
  })

test('the rows of a scope: members by whichever membership, whoever is named, or everybody, in order and once', () => {
  const rows = (...facts: Fact[]) => scoped(facts).about
  expect(rows()).toEqual([])
  expect(rows(said('dan'), said('cyd'), said('ann'), identity('eve'))).toEqual(['ann', 'cyd', 'dan', 'eve'])
  expect(rows(org('acme'))).toEqual(['ann', 'bob', 'dan'])
  expect(rows(org('globex'))).toEqual(['cyd', 'dan'])
  expect(rows(org('globex'), said('eve'), said('dan'))).toEqual(['cyd', 'dan', 'eve'])
  expect(rows(org('initech'))).toEqual([])
  expect(rows(said())).toEqual(['ann', 'bob', 'cyd', 'dan', 'eve'])
  expect([...rowsOf(worldOf(identity('ann')), EVERYBODY)]).toEqual([0])
})

test('where nobody but single identities is touched, nobody else is looked at', () => {
  const world = worldOf(...base)
  const looked = vi.spyOn(world.identities, 'firstMembership')
  expect([...rowsOf(world, scopeOf(world, [identity('cyd'), identity('ann')]))].map((row) => world.identities.id(row))).toEqual([
    'ann',
    'cyd',
  ])
  expect(looked).not.toHaveBeenCalled()
})
