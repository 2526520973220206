import { expect, test, vi } from 'vitest'
import { lines, naiveImpact, replayed } from '../../test/naive-impact.ts'
import { DAY, edition, identity, license, SECOND, seat, termsOf, worldOf } from '../../test/sample.ts'
import type { ElsewhereFact, Fact, GrantFact, LicenseFact } from '../facts.ts'
import type { SeatTable } from '../seat-table.ts'
import { World } from '../world.ts'
import { Book } from './book.ts'
import { impact } from './impact.ts'
import { Reading } from './reading.ts'
import { EVERYBODY, type Scope } from './scope.ts'
import { Seating } from './seating.ts'

const now = 100 * DAY
const HORIZON = 90
const until = now + HORIZON * DAY

/**
 * What comes of facts by time alone, or by more facts, as `ann acme cross loses 10 license_expired`, the day counted from now: and each
 * time the same as asking for everybody one by one.
 */
function told(facts: readonly Fact[], more?: readonly Fact[]): string[] {
  const all: Fact[] = [{ fact: 'organization', id: 'acme' }, { fact: 'organization', id: 'globex' }, ...facts]
  const found = lines(impact(replayed(all, World), { now, until, ...(more && { facts: more }) }))
  expect(found).toEqual(naiveImpact(replayed(all, World), more && replayed(all, World, more), now, until))
  return found.map((line) => {
    const [who, place, item = '', command, effect, at, reason] = line.split(' ')
    return [who, place, item.replace('ferry:', ''), command, effect, (Number(at) - now) / DAY, reason]
      .filter((word) => word !== '')
      .join(' ')
  })
}

const held = (id: string, holder: string, more: Partial<LicenseFact> = {}): Fact => {
  const { organization: _organization, ...fact } = { ...license(id), holder, ...more }
  return fact
}
const globex = (id: string, more: object = {}) => identity(id, [], { in: { globex: ['crew'] }, ...more })
const ofGlobex = (id: string, more: Partial<LicenseFact> = {}) => license(id, { organization: 'globex', ...more })
const grant = (more: Partial<GrantFact>): Fact => ({
  fact: 'grant',
  id: 'g',
  identity: 'ann',
  organization: 'acme',
  feature: 'cross',
  from: 0,
  until: now + 999 * DAY,
  approved_by: [{ identity: 'bob', roles: [] }],
  ...more,
})
const dock = (answer: ElsewhereFact['answer'], more: object = {}): Fact => ({ fact: 'elsewhere', need: 'port:dock', answer, ...more })
const sold = (sections: object = {}): Fact => edition(termsOf({ ...sections }))
const day = (plan: object) => sold({ plans: { day: { title: 'Day', includes: { cross: {} }, ...plan } } })
const needy = sold({
  features: { cross: {}, moor: {} },
  plans: { day: { title: 'Day', includes: { cross: { needs: 'port:dock' }, moor: { needs: 'port:rope' } } } },
  federation: { port: { authority: 'https://port.example', product: 'port' } },
})
const watched = sold({ signals: { stolen: { refuse: true } } })
const stolen = (more: object): Fact => ({ fact: 'signal', id: 's', name: 'stolen', identity: 'ann', at: 0, ...more })
const in_ = (days: number) => now + days * DAY
const noRole = identity('ann', [])
const ann = identity('ann')
const bob = identity('bob')

/** A plan for each of two features, with the same seats. */
const twoPlans = (seats: object) =>
  sold({
    features: { cross: {}, moor: {} },
    plans: { day: { title: 'Day', seats, includes: { cross: {} } }, night: { title: 'Night', seats, includes: { moor: {} } } },
  })

const byTime: { name: string; facts: Fact[]; want: string[] }[] = [
  { name: 'nothing that has no end', facts: [sold(), ann, license('L')], want: [] },
  {
    name: 'an end',
    facts: [sold(), ann, bob, license('L', { ends: in_(10) })],
    want: ['ann acme cross loses 10 license_expired', 'bob acme cross loses 10 license_expired'],
  },
  { name: 'an end that was', facts: [sold(), ann, license('L', { ends: now })], want: [] },
  {
    name: 'the last end of the horizon',
    facts: [sold(), ann, license('L', { ends: until - 864 * SECOND })],
    want: ['ann acme cross loses 89.99 license_expired'],
  },
  { name: 'no end at the end of the horizon', facts: [sold(), ann, license('L', { ends: until })], want: [] },
  { name: 'a beginning', facts: [sold(), ann, license('L', { starts: in_(1) })], want: ['ann acme cross gains 1 license_scheduled'] },
  {
    name: 'a beginning and an end',
    facts: [sold(), ann, license('L', { starts: in_(1), ends: in_(2) })],
    want: ['ann acme cross gains 1 license_scheduled'],
  },
  {
    name: 'the end of a trial',
    facts: [sold(), ann, license('L', { trial_ends: in_(3) })],
    want: ['ann acme cross loses 3 license_expired'],
  },
  {
    name: 'a revocation to come',
    facts: [sold(), ann, license('L', { revoked_at: in_(3) })],
    want: ['ann acme cross loses 3 license_revoked'],
  },
  {
    name: 'grace, and its end',
    facts: [day({ grace: { expiry: '2 days' } }), ann, license('L', { ends: in_(10) })],
    want: ['ann acme cross changes 10', 'ann acme cross loses 12 license_expired'],
  },
  {
    name: 'the end of a grace for payment',
    facts: [day({ grace: { payment: '2 days' } }), ann, license('L', { past_due_since: now })],
    want: ['ann acme cross loses 2 license_past_due'],
  },
  {
    name: 'a degraded plan',
    facts: [
      sold({
        features: { cross: {}, moor: {} },
        plans: {
          day: { title: 'Day', grace: { expiry: '2 days', then: 'degrade to less' }, includes: { cross: {}, moor: {} } },
          less: { title: 'Less', includes: { cross: {} } },
        },
      }),
      ann,
      license('L', { ends: in_(10) }),
    ],
    want: ['ann acme cross changes 10', 'ann acme moor changes 10', 'ann acme moor loses 12 not_entitled'],
  },
  { name: 'an end beside one that goes on alike', facts: [sold(), ann, license('L', { ends: in_(1) }), license('M')], want: [] },
  {
    name: 'two ends, of which the last counts',
    facts: [sold(), ann, license('L', { ends: in_(2) }), license('M', { ends: in_(3) })],
    want: ['ann acme cross loses 3 license_expired'],
  },
  {
    name: 'in whatever order they stand',
    facts: [sold(), ann, license('L', { ends: in_(3) }), license('M', { ends: in_(2) })],
    want: ['ann acme cross loses 3 license_expired'],
  },
  {
    name: 'the end of a hold, for all but who gave the seat up',
    facts: [day({ seats: { named: 1, hold: '2 days' } }), ann, bob, license('L'), seat('bob', 0, { freed_at: now - DAY })],
    want: ['ann acme cross gains 1 seats_exhausted'],
  },
  {
    name: 'the end of a hold that a smaller plan has',
    facts: [
      sold({
        plans: {
          day: { title: 'Day', grace: { then: 'degrade to less' }, includes: { cross: {} } },
          less: { title: 'Less', seats: { named: 1, hold: '2 days' }, includes: { cross: {} } },
        },
      }),
      ann,
      bob,
      license('L', { ends: now }),
      seat('bob', 0, { freed_at: now }),
    ],
    want: ['ann acme cross gains 2 seats_exhausted'],
  },
  {
    name: 'seats of a smaller plan that is none count as those of the plan',
    facts: [
      day({ grace: { expiry: '1 day' }, seats: { named: 1, hold: '2 days' } }),
      ann,
      license('L', { ends: in_(1) }),
      seat('bob', 0, { freed_at: now - DAY }),
    ],
    want: ['ann acme cross gains 1 seats_exhausted'],
  },
  {
    name: 'the end of a hold of one licence here, and of the other there',
    facts: [
      twoPlans({ named: 1, hold: '2 days' }),
      ann,
      globex('bob'),
      license('L'),
      license('M', { plan: 'night' }),
      ofGlobex('N'),
      ofGlobex('O', { plan: 'night' }),
      seat('zed', 0, { freed_at: now }),
      seat('zed', 0, { license: 'M' }),
      seat('zed', 0, { license: 'N' }),
      seat('zed', 0, { license: 'O', freed_at: now }),
    ],
    want: ['ann acme cross gains 2 seats_exhausted', 'bob globex moor gains 2 seats_exhausted'],
  },
  {
    name: 'the end of what another authority said of everybody',
    facts: [needy, ann, bob, license('L'), dock('allow', { until: in_(4) })],
    want: ['ann acme cross loses 4 needs_unreachable', 'bob acme cross loses 4 needs_unreachable'],
  },
  { name: 'nothing, where it said so without an end', facts: [needy, ann, license('L'), dock('allow')], want: [] },
  {
    name: 'nothing, of what it refused, whose end opens nothing',
    facts: [needy, ann, license('L'), dock('refuse', { until: in_(4) })],
    want: [],
  },
  {
    name: 'the end of each of several things that it said of everybody',
    facts: [needy, ann, license('L'), dock('allow', { until: in_(5) }), dock('allow', { need: 'port:rope', until: in_(4) })],
    want: ['ann acme cross loses 5 needs_unreachable', 'ann acme moor loses 4 needs_unreachable'],
  },
  {
    name: 'the end of what it said of one, and not of others',
    facts: [needy, ann, bob, license('L'), dock('allow'), dock('allow', { identity: 'ann', until: in_(4) })],
    want: ['ann acme cross loses 4 needs_unreachable'],
  },
  {
    name: 'the end of each of several things that it said of one',
    facts: [
      needy,
      ann,
      license('L'),
      dock('allow', { identity: 'ann', until: in_(4) }),
      dock('allow', { identity: 'ann', need: 'port:rope', until: in_(5) }),
    ],
    want: ['ann acme cross loses 4 needs_unreachable', 'ann acme moor loses 5 needs_unreachable'],
  },
  {
    name: 'the end of a grant',
    facts: [sold(), noRole, license('L'), grant({ until: in_(1) })],
    want: ['ann acme cross loses 1 not_permitted'],
  },
  {
    name: 'the beginning of a grant',
    facts: [sold(), noRole, license('L'), grant({ from: in_(1) })],
    want: ['ann acme cross gains 1 not_permitted'],
  },
  {
    name: 'no grant that is over, as though it were lost now',
    facts: [sold(), noRole, license('L'), grant({ from: in_(-2), until: in_(-1) })],
    want: [],
  },
  { name: 'no grant that ends at the end of the horizon', facts: [sold(), noRole, license('L'), grant({ until })], want: [] },
  {
    name: 'a grant that ends just before',
    facts: [sold(), noRole, license('L'), grant({ until: until - 864 * SECOND })],
    want: ['ann acme cross loses 89.99 not_permitted'],
  },
  {
    name: 'a grant that ends before its licence does, and who needs none',
    facts: [sold(), noRole, bob, license('L', { ends: in_(3) }), grant({ from: in_(1), until: in_(2) })],
    want: ['ann acme cross gains 1 not_permitted', 'bob acme cross loses 3 license_expired'],
  },
  {
    name: 'a licence that ends after a grant that was not needed',
    facts: [sold(), ann, license('L', { ends: in_(3) }), grant({ until: in_(1) })],
    want: ['ann acme cross loses 3 license_expired'],
  },
  {
    name: 'a licence that ends before its grant does',
    facts: [sold(), noRole, license('L', { ends: in_(1) }), grant({ until: in_(2) })],
    want: ['ann acme cross loses 1 license_expired'],
  },
  {
    name: 'a signal to come, of whom it is',
    facts: [watched, ann, bob, license('L'), stolen({ at: in_(2) })],
    want: ['ann acme cross loses 2 risk_denied'],
  },
  { name: 'no signal that was', facts: [watched, ann, license('L'), stolen({ at: in_(-2) })], want: [] },
  {
    name: 'an own licence, beside one of the organization',
    facts: [sold(), ann, bob, license('L', { ends: in_(2) }), held('H', 'ann', { ends: in_(1) })],
    want: ['ann - cross loses 1 license_expired', 'ann acme cross loses 2 license_expired', 'bob acme cross loses 2 license_expired'],
  },
  {
    name: 'each organization by itself, of who is in both',
    facts: [
      sold(),
      identity('ann', ['crew'], { in: { acme: ['crew'], globex: ['crew'] } }),
      bob,
      license('L', { ends: in_(1) }),
      ofGlobex('M', { ends: in_(2) }),
    ],
    want: ['ann acme cross loses 1 license_expired', 'ann globex cross loses 2 license_expired', 'bob acme cross loses 1 license_expired'],
  },
  {
    name: 'each product by itself',
    facts: [
      sold(),
      edition(termsOf({ product: 'tram' })),
      ann,
      license('L', { ends: in_(1) }),
      license('T', { product: 'tram', ends: in_(2) }),
    ],
    want: ['ann acme cross loses 1 license_expired', 'ann acme tram:cross loses 2 license_expired'],
  },
  { name: 'no licence of a product that is none', facts: [sold(), ann, license('L', { product: 'tram', ends: in_(1) })], want: [] },
  {
    name: 'no licence of a plan that is none',
    facts: [sold(), ann, license('K', { plan: 'none', ends: in_(2) }), license('L', { ends: in_(3) })],
    want: ['ann acme cross loses 3 license_expired'],
  },
]
for (const { name, facts, want } of byTime)
  test(`time alone brings: ${name}`, () => {
    expect(told(facts)).toEqual(want)
  })

const levels = { word: { acr: 'urn:1', any_of: ['pwd'] }, key: { acr: 'urn:2', any_of: ['hwk'] } }
const keyed = sold({ assurance: levels, plans: { day: { title: 'Day', includes: { cross: { assurance: 'key' } } } } })
const graceful = day({ grace: { expiry: '99 days', payment: '99 days' } })
const end = license('L', { ends: now })

/** Two who share all that decides but for one thing: what is found of the first must not be told of the second. */
const unlike: { name: string; facts: Fact[]; more: Fact[]; want: string[] }[] = [
  {
    name: 'status',
    facts: [sold(), ann, identity('bob', ['crew'], { status: 'suspended' }), license('L')],
    more: [end],
    want: ['ann acme cross loses 0 license_expired'],
  },
  {
    name: 'factors',
    facts: [keyed, identity('ann', ['crew'], { factors: ['key'] }), identity('bob', ['crew'], { factors: ['word'] }), license('L')],
    more: [end],
    want: ['ann acme cross loses 0 license_expired'],
  },
  { name: 'roles', facts: [sold(), ann, identity('bob', []), license('L')], more: [end], want: ['ann acme cross loses 0 license_expired'] },
  {
    name: 'roles that the customer made its own',
    facts: [sold(), { fact: 'organization', id: 'globex', roles: { crew: [] } }, ann, globex('bob'), license('L'), ofGlobex('M')],
    more: [end, ofGlobex('M', { ends: now })],
    want: ['ann acme cross loses 0 license_expired'],
  },
  {
    name: 'grants',
    facts: [sold(), noRole, identity('bob', []), license('L'), grant({})],
    more: [end],
    want: ['ann acme cross loses 0 license_expired'],
  },
  {
    name: 'signals',
    facts: [watched, ann, bob, license('L'), stolen({ identity: 'bob' })],
    more: [end],
    want: ['ann acme cross loses 0 license_expired'],
  },
  {
    name: 'what another authority said of them',
    facts: [needy, ann, bob, license('L'), dock('allow'), dock('refuse', { identity: 'bob' })],
    more: [end],
    want: ['ann acme cross loses 0 license_expired'],
  },
  {
    name: 'the plan of the licence',
    facts: [
      sold({
        features: { cross: {}, moor: {} },
        plans: { day: { title: 'Day', includes: { cross: {} } }, night: { title: 'Night', includes: { moor: {} } } },
      }),
      ann,
      globex('bob'),
      license('L'),
      ofGlobex('M', { plan: 'night' }),
    ],
    more: [end, ofGlobex('M', { plan: 'night', ends: now })],
    want: ['ann acme cross loses 0 license_expired', 'bob globex moor loses 0 license_expired'],
  },
  {
    name: 'when the licence ends',
    facts: [sold(), ann, globex('bob'), license('L', { ends: in_(1) }), ofGlobex('M', { ends: in_(2) })],
    more: [license('L'), ofGlobex('M')],
    want: ['ann acme cross gains 1 license_expired', 'bob globex cross gains 2 license_expired'],
  },
  {
    name: 'that it is on trial',
    facts: [sold(), ann, globex('bob'), license('L'), ofGlobex('M', { trial_ends: in_(99) })],
    more: [license('L'), ofGlobex('M')],
    want: ['bob globex cross changes 0'],
  },
  {
    name: 'why it is in grace',
    facts: [graceful, ann, globex('bob'), license('L', { ends: now }), ofGlobex('M', { ends: now, past_due_since: now })],
    more: [license('L', { ends: now }), ofGlobex('M', { ends: now })],
    want: ['bob globex cross changes 0'],
  },
  {
    name: 'why it is refused',
    facts: [sold(), ann, globex('bob'), license('L', { suspended: true }), ofGlobex('M', { starts: in_(99) })],
    more: [license('L'), ofGlobex('M')],
    want: ['ann acme cross gains 0 license_suspended', 'bob globex cross gains 0 license_scheduled'],
  },
  {
    name: 'that one has the licence of their own',
    // The second set of roles is that of who has none.
    facts: [sold(), globex('zed'), noRole, identity('bob', [], { in: {} }), license('L'), held('H', 'bob')],
    more: [end, held('H', 'bob', { ends: now })],
    want: ['bob - cross loses 0 license_expired'],
  },
  {
    name: 'that one needs no seat',
    facts: [day({ seats: { named: 0 } }), ann, identity('bot', ['crew'], { kind: 'machine' }), license('L')],
    more: [end],
    want: ['bot acme cross loses 0 license_expired'],
  },
  {
    name: 'seats: held, held for more, held beyond, and none left',
    facts: [
      day({ seats: { named: 1, overage: 1 } }),
      ...['ann', 'bob', 'cyd', 'dan'].map((id) => identity(id)),
      license('L'),
      ...['ann', 'bob', 'cyd'].map((id, order) => seat(id, order)),
    ],
    more: [day({ seats: { named: 3 } })],
    want: ['bob acme cross changes 0', 'cyd acme cross gains 0 seats_exhausted'],
  },
  {
    name: 'seats: held, and free for who takes one',
    facts: [day({ seats: { named: 2, overage: 1 } }), ann, bob, license('L'), seat('ann', 0)],
    more: [day({ seats: { named: 1, overage: 1 } })],
    want: ['bob acme cross changes 0'],
  },
  {
    name: 'seats: held, and given by an admin',
    facts: [day({ seats: { named: 2, take: 'by admin' } }), ann, bob, license('L'), seat('ann', 0)],
    more: [end],
    want: ['ann acme cross loses 0 license_expired'],
  },
  {
    name: 'seats: given by an admin, and given for more',
    facts: [day({ seats: { named: 1, overage: 1, take: 'by admin' } }), ann, bob, license('L'), seat('ann', 0), seat('bob', 1)],
    more: [day({ seats: { named: 2, take: 'by admin' } })],
    want: ['bob acme cross changes 0'],
  },
  {
    name: 'seats: free for who gave it up, and for more for others',
    facts: [day({ seats: { named: 1, overage: 1, hold: '99 days' } }), ann, bob, license('L'), seat('bob', 0, { freed_at: now })],
    more: [day({ seats: { named: 2, hold: '99 days' } })],
    want: ['ann acme cross changes 0'],
  },
  {
    name: 'seats: of a plan that may degrade to one without',
    facts: [
      sold({
        plans: {
          day: { title: 'Day', grace: { then: 'degrade to less' }, seats: { named: 1 }, includes: { cross: {} } },
          less: { title: 'Less', includes: { cross: {} } },
        },
      }),
      ann,
      bob,
      license('L'),
      seat('ann', 0),
    ],
    more: [license('L', { suspended: true })],
    want: ['ann acme cross loses 0 license_suspended'],
  },
  {
    name: 'seats: given by an admin in one of two licences',
    facts: [
      twoPlans({ named: 2, take: 'by admin' }),
      ann,
      bob,
      license('L'),
      license('M', { plan: 'night' }),
      seat('ann', 0),
      seat('bob', 0, { license: 'M' }),
    ],
    more: [end, license('M', { plan: 'night', ends: now })],
    want: ['ann acme cross loses 0 license_expired', 'bob acme moor loses 0 license_expired'],
  },
  {
    name: 'seats: held for more in one of two licences',
    facts: [
      twoPlans({ named: 1, overage: 1 }),
      ann,
      bob,
      license('L'),
      license('M', { plan: 'night' }),
      ...['bob', 'ann'].map((id, order) => seat(id, order)),
      ...['ann', 'bob'].map((id, order) => seat(id, order, { license: 'M' })),
    ],
    more: [twoPlans({ named: 2 })],
    want: ['ann acme cross changes 0', 'bob acme moor changes 0'],
  },
  {
    name: 'seats: none given, and none left to give',
    facts: [
      day({ seats: { named: 1, take: 'by admin' } }),
      ann,
      globex('bob'),
      globex('cyd'),
      license('L'),
      ofGlobex('M'),
      seat('cyd', 0, { license: 'M' }),
    ],
    more: [day({})],
    want: ['ann acme cross gains 0 no_seat', 'bob globex cross gains 0 seats_exhausted'],
  },
  {
    name: 'seats: whose they are on which of two licences',
    facts: [
      twoPlans({ named: 1 }),
      ann,
      bob,
      license('L'),
      license('M', { plan: 'night' }),
      seat('ann', 0),
      seat('bob', 0, { license: 'M' }),
    ],
    more: [end, license('M', { plan: 'night', ends: now })],
    want: ['ann acme cross loses 0 license_expired', 'bob acme moor loses 0 license_expired'],
  },
  {
    name: 'seats: of a licence of the same plan elsewhere',
    facts: [
      day({ seats: { named: 1 } }),
      ann,
      globex('bob'),
      license('L'),
      ofGlobex('M'),
      seat('ann', 0),
      seat('cyd', 0, { license: 'M' }),
    ],
    more: [end, ofGlobex('M', { ends: now })],
    want: ['ann acme cross loses 0 license_expired'],
  },
  {
    name: 'the product',
    facts: [
      sold(),
      edition(termsOf({ product: 'tram', features: { ride: {} }, plans: { day: { title: 'Day', includes: { ride: {} } } } })),
      ann,
      globex('bob'),
      license('L'),
      ofGlobex('M', { product: 'tram' }),
    ],
    more: [end, ofGlobex('M', { product: 'tram', ends: now })],
    want: ['ann acme cross loses 0 license_expired', 'bob globex tram:ride loses 0 license_expired'],
  },
]
for (const { name, facts, more, want } of unlike) {
  test(`who differ in it are judged each by themselves: ${name}`, () => {
    expect(told(facts, more)).toEqual(want)
  })
  test(`in the other order too: ${name}`, () => {
    const identities = facts.filter(({ fact }) => fact === 'identity').reverse()
    expect(told([...identities, ...facts.filter(({ fact }) => fact !== 'identity')], more)).toEqual(want)
  })
}

// ---- what is read of a scope

const BOTH = [
  sold(),
  { fact: 'organization', id: 'globex' } as const,
  identity('ann', ['crew'], { in: { acme: ['crew'], globex: ['crew'] } }),
  bob,
  identity('cyd', [], { in: {} }),
  license('L'),
  ofGlobex('M'),
  held('H', 'ann'),
  held('I', 'cyd'),
]

test('of who is in scope all places are read, of who is in an organization that is, this one, of others none', () => {
  const world = worldOf(...BOTH)
  const read = (id: string, scope: Partial<Scope>) =>
    new Reading(world, new Book(), now, until)
      .of(world.identities.row(id), { isAll: false, rows: new Set(), organizations: new Set(), ...scope })
      .map(({ place, product }) => `${place === undefined ? '-' : world.organizationIds.name(place)} ${product}`)
  const rows = (...ids: string[]) => ({ rows: new Set(ids.map((id) => world.identities.row(id))) })
  const organizations = (...ids: string[]) => ({ organizations: new Set(ids.map((id) => world.organizationIds.intern(id))) })
  expect(read('ann', EVERYBODY)).toEqual(['- ferry', 'acme ferry', 'globex ferry'])
  expect(read('ann', rows('ann'))).toEqual(['- ferry', 'acme ferry', 'globex ferry'])
  expect(read('ann', { ...rows('ann'), ...organizations('globex') })).toEqual(['- ferry', 'acme ferry', 'globex ferry'])
  expect(read('ann', organizations('acme'))).toEqual(['acme ferry'])
  expect(read('ann', organizations('globex'))).toEqual(['globex ferry'])
  expect(read('ann', rows('bob'))).toEqual([])
  expect(read('bob', EVERYBODY)).toEqual(['acme ferry'])
  expect(read('bob', organizations('globex'))).toEqual([])
  expect(read('cyd', EVERYBODY)).toEqual(['- ferry'])
  expect(read('cyd', organizations('acme', 'globex'))).toEqual([])
})

test('of nobody’s place without a licence anything is found', () => {
  const world = worldOf(sold(), ann, license('L', { product: 'tram' }))
  expect(new Reading(world, new Book(), now, until).of(0, EVERYBODY)).toEqual([])
})

test('how one stands has an instant for each that changes it, and begins now', () => {
  const world = worldOf(
    day({ grace: { expiry: '2 days' } }),
    ann,
    license('L', { starts: in_(1), ends: in_(2) }),
    license('M', { starts: in_(91) }),
  )
  const book = new Book()
  const [finding] = new Reading(world, book, now, until).of(0, EVERYBODY)
  const spans = book.timeline(finding?.timeline ?? -1)
  expect(spans.map(({ from }) => (from - now) / DAY)).toEqual([0, 1, 2, 4])
  expect(spans.map(({ standings }) => standings.map((each) => ('reason' in book.standing(each) ? 'not' : 'can')))).toEqual([
    ['not'],
    ['can'],
    ['can'],
    ['not'],
  ])
})

// ---- that those who share all that decides are judged once

/** How often somebody was judged for an item, was named, and got a timeline, and how often a licence was looked at. */
function effort(...facts: readonly Fact[]) {
  const world = worldOf({ fact: 'organization', id: 'globex' }, ...facts)
  const book = new Book()
  const [judged, licenses, named] = [vi.spyOn(world, 'feature'), vi.spyOn(world, 'sold'), vi.spyOn(world.identities, 'id')]
  const timelines = vi.spyOn(book, 'numberOf')
  const reading = new Reading(world, book, now, until)
  for (let row = 0; row < world.identities.size; row++) reading.of(row, EVERYBODY)
  const times = (spy: { mock: { calls: unknown[] } }) => spy.mock.calls.length
  return { judged: times(judged), licenses: times(licenses), named: times(named), timelines: times(timelines) }
}
const crew = (from: number, more: object = {}) => Array.from({ length: 9 }, (_, index) => identity(`i${from + index}`, ['crew'], more))
const inGlobex = { in: { globex: ['crew'] } }

test('a thousand who share all that decides are as much work as one', () => {
  const one = effort(sold(), license('L'), ann)
  expect(one).toEqual({ judged: 1, licenses: 2, named: 1, timelines: 1 })
  expect(effort(sold(), license('L'), ...crew(0))).toEqual(one)
  // Another organization is looked at once more, and nobody in it is judged.
  expect(effort(sold(), license('L'), ofGlobex('M'), ...crew(0), ...crew(10, inGlobex))).toEqual({ ...one, licenses: 3 })
  const two = [
    sold({ plans: { day: { title: 'Day', includes: { cross: {} } }, night: { title: 'Night', includes: { cross: {} } } } }),
    ann,
    globex('bob'),
  ]
  const both = [license('L'), license('M', { plan: 'night' })]
  const reversed = [ofGlobex('N', { plan: 'night' }), ofGlobex('O')].map(
    (fact, index) => ({ ...fact, id: index === 0 ? 'P' : 'O' }) as Fact,
  )
  expect(effort(...two, ...both, ...reversed).judged).toBe(1)
})

test('a state that comes at another time is judged once', () => {
  expect(effort(sold(), ann, globex('bob'), license('L', { ends: in_(1) }), ofGlobex('M', { ends: in_(2) })).judged).toBe(2)
  const said = (until: number): Fact => dock('allow', { until })
  // What is said elsewhere has its own state: said, and not any more.
  expect(effort(needy, ann, bob, license('L'), said(in_(1))).judged).toBe(4)
  expect(effort(needy, ann, bob, license('L'), said(in_(99))).judged).toBe(2)
})

test('seats that are held, or free, are as much work as one each', () => {
  const facts = [day({ seats: { named: 20 } }), license('L'), ...crew(0)]
  expect(effort(...facts).judged).toBe(1)
  expect(effort(...facts, ...crew(0).map(({ id }, order) => seat(id, order))).judged).toBe(1)
  expect(effort(...facts, ...crew(10, { kind: 'machine' })).judged).toBe(2)
  expect(effort(...facts, seat('i1', 0), seat('i2', 1)).judged).toBe(1)
  // Who needs none has none, whatever an admin gave.
  const given = day({ seats: { named: 2, take: 'by admin' } })
  expect(effort(given, license('L'), ...crew(10, { kind: 'machine' }), seat('i11', 0)).judged).toBe(1)
  expect(effort(given, license('L'), ...crew(10), seat('i11', 0)).judged).toBe(2)
  // In a licence of one's own nobody has a seat.
  const admin = day({ seats: { named: 1, take: 'by admin' } })
  expect(
    effort(
      admin,
      held('H', 'ann'),
      held('I', 'bob'),
      identity('ann', [], { in: {} }),
      identity('bob', [], { in: {} }),
      seat('ann', 0, { license: 'H' }),
    ).judged,
  ).toBe(1)
})

test('who has grants, signals or answers of their own is judged alone, and nobody else', () => {
  const facts = [watched, license('L'), ...crew(0)]
  const base = effort(...facts).judged
  expect(base).toBe(1)
  expect(effort(...facts, grant({ identity: 'i1' })).judged).toBe(2)
  expect(effort(...facts, stolen({ identity: 'i1' })).judged).toBe(2)
  expect(effort(...facts, dock('allow', { identity: 'i1' })).judged).toBe(2)
  expect(effort(...facts, dock('allow', { identity: 'none' })).judged).toBe(1)
})

test('whatever is sold, taken and on hold, ends of holds are told as they are found one by one', () => {
  const people = ['ann', 'bob', 'cyd', 'dan', 'eve'].map((id) => identity(id))
  // Two of them end at once, and that of Dan's is over.
  const onHold = [seat('bob', 1, { freed_at: now }), seat('cyd', 2, { freed_at: now }), seat('dan', 3, { freed_at: now - 9 * DAY })]
  const taken = [seat('eve', 4), seat('bob', 1, { freed_at: now - 3 * DAY }), seat('zed', 5, { freed_at: now - 2 * DAY })]
  const effects = new Set<string>()
  for (const named of [0, 1, 2, 3, 4])
    for (const overage of [0, 1])
      for (const take of ['on use', 'by admin'])
        for (const seats of [onHold, [...onHold, ...taken]])
          for (const line of told([day({ seats: { named, overage, take, hold: '9 days' } }), ...people, license('L'), ...seats]))
            effects.add(line.split(' ').slice(3, 5).join(' '))
  expect([...effects].sort()).toEqual(['changes 6', 'changes 7', 'changes 9', 'gains 6', 'gains 7', 'gains 9'])
})

test('of many seats on hold only those ends count that let somebody in, or in for less', () => {
  const people = crew(0)
  const onHold = people.map(({ id }, order) => seat(id, order, { freed_at: now - order * DAY }))
  const holding = day({ seats: { named: 3, overage: 1, hold: '20 days' } })
  const facts = [holding, license('L'), ...people, identity('zed'), ...onHold]
  // Three on hold leave the last seat to who has none of them, four to who has one. One less leaves it of those that were bought.
  expect(told(facts).filter((line) => /^(i0|zed) /.test(line))).toEqual([
    'i0 acme cross gains 16 seats_exhausted',
    'zed acme cross gains 17 seats_exhausted',
  ])
  const world = worldOf(...facts)
  const looked = vi.spyOn(world, 'sold')
  const counted = vi.spyOn(world.license('L')?.seats as SeatTable, 'freedByOthers')
  const reading = new Reading(world, new Book(), now, until)
  for (let row = 0; row < world.identities.size; row++) reading.of(row, EVERYBODY)
  const [spans, standings] = [4, 3]
  expect(looked).toHaveBeenCalledTimes(spans + standings)
  // Of one of those on hold, and of one of the others.
  expect(counted).toHaveBeenCalledTimes(spans + 2 * spans + standings)
})

test('of many licences of one customer each is looked at once for who has a seat, however many of the others end', () => {
  const licenses = Array.from({ length: 9 }, (_, index) => license(`L${index}`, { ends: in_(index + 1) }))
  const world = worldOf(day({ seats: { named: 9 } }), ...licenses, ...crew(0))
  const looked = vi.spyOn(Seating.prototype, 'letterOf')
  const reading = new Reading(world, new Book(), now, until)
  for (let row = 0; row < world.identities.size; row++) reading.of(row, EVERYBODY)
  expect(looked).toHaveBeenCalledTimes(9 * 9)
  looked.mockRestore()
})

test('who holds a licence of their own on a staged edition loses at their organization what that edition lacks, and nobody else does', () => {
  const of = (...commands: string[]) =>
    termsOf({
      features: { cross: { title: 'Cross', commands }, sing: { title: 'Sing' } },
      plans: { day: { title: 'Day', includes: { cross: {} } }, own: { title: 'Own', includes: { sing: {} } } },
    })
  const tram = termsOf({ product: 'tram', features: { ring: { title: 'Ring' } }, plans: { day: { title: 'Day', includes: { ring: {} } } } })
  const facts: Fact[] = [
    edition(of('sail', 'row')),
    { ...edition(of('sail'), 2), staged: true } as Fact,
    edition(tram),
    ...['ann', 'bob', 'cid', 'dan'].map((id) => identity(id)),
    license('L', { plan: 'day' }),
    held('O', 'bob', { plan: 'own' }),
    held('T', 'bob', { product: 'tram', plan: 'day' }),
    held('U', 'cid', { product: 'tram', plan: 'day' }),
  ]
  const more = [held('O', 'bob', { plan: 'own', edition: 2 }), license('L', { plan: 'day', ends: now + 10 * DAY })]
  const ends = (id: string, ...commands: string[]) => commands.map((command) => `${id} acme cross ${command} loses 10 license_expired`)
  expect(told(facts, more).sort()).toEqual(
    [
      ...ends('ann', 'row', 'sail'),
      'bob acme cross row loses 0 command_unknown',
      ...ends('bob', 'sail'),
      ...ends('cid', 'row', 'sail'),
      ...ends('dan', 'row', 'sail'),
    ].sort(),
  )
})
