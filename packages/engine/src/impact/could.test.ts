import { expect, test } from 'vitest'
import { DAY, edition, HOUR, identity, license, seat, termsOf, worldOf } from '../../test/sample.ts'
import { Horizon } from '../ask.ts'
import type { Fact, GrantFact } from '../facts.ts'
import type { World } from '../world.ts'
import { type Could, could, type Item, itemsOf, type WayPart } from './could.ts'

const now = 100 * DAY
const CROSS: Item = { product: 'ferry', feature: 'cross' }
const levels = { word: { acr: 'urn:1', any_of: ['pwd'] }, key: { acr: 'urn:2', any_of: ['hwk'] } }

interface Question {
  /** Of the newest edition. */
  terms?: object
  facts?: readonly Fact[]
  who?: string
  /** `null`: by licences of one's own. */
  place?: string | null
  item?: Partial<Item>
  horizon?: Horizon
  /** Done to World first. */
  but?: (world: World) => void
}

function ask({ terms = {}, facts = [], who = 'ann', place = 'acme', item = {}, horizon, but }: Question): Could {
  const world = worldOf(edition(termsOf({ ...terms })), identity('ann'), { fact: 'organization', id: 'globex' }, ...facts)
  but?.(world)
  const at = place === null ? undefined : world.organizationIds.intern(place)
  return could(world, world.identities.row(who), at, { ...CROSS, ...item }, now, horizon)
}
const said = (found: Could): string =>
  'reason' in found ? found.reason : found.ways.length === 1 ? 'can' : `can in ${found.ways.length} ways`
const partOf = (part: WayPart, question: Question): string[] => {
  const found = ask(question)
  return 'reason' in found ? [found.reason] : found.ways.map((way) => way[part])
}

const own = (id: string, holder = 'ann'): Fact => {
  const { organization: _organization, ...fact } = license(id) as Fact & { organization?: string }
  return { ...fact, holder } as Fact
}
const day = (entry: object, plan: object = {}) => ({ plans: { day: { title: 'Day', includes: { cross: entry }, ...plan } } })
const feature = (more: object, ...plan: [entry?: object, plan?: object]) => ({
  features: { cross: { title: 'Cross', ...more } },
  ...day(plan[0] ?? {}, plan[1]),
})
const shut = { conditions: { hours: { zone: 'UTC', open: [] } } }
const metered = (entry: object, plan?: object, more: object = {}) => ({
  ...feature({ meter: 'cars', ...more }, entry, plan),
  meters: { cars: { unit: 'car' } },
})
const signal = (name: string, more: object = {}): Fact => ({ fact: 'signal', id: 's', name, identity: 'ann', at: now, ...more })
const signals = { assurance: levels, signals: { stolen: { refuse: true }, new_device: { require: 'key' } } }
const grant = (more: Partial<GrantFact> = {}): Fact => ({
  fact: 'grant',
  id: 'g',
  identity: 'ann',
  organization: 'acme',
  feature: 'cross',
  from: now,
  until: now + 1,
  approved_by: [{ identity: 'bob', roles: [] }],
  ...more,
})
const commands = { commands: ['sail', 'row'] }
const needy = { ...day({ needs: 'port:dock' }), federation: { port: { authority: 'https://port.example', product: 'port' } } }
const dock = (answer: 'allow' | 'refuse' | 'unreachable', more: object = {}): Fact => ({
  fact: 'elsewhere',
  need: 'port:dock',
  answer,
  ...more,
})
const degrading = (full: object, less: object) => ({
  ...metered({}),
  plans: {
    day: { title: 'Day', grace: { then: 'degrade to less' }, includes: { cross: full } },
    less: { title: 'Less', includes: { cross: less } },
  },
})
const ended = license('L', { ends: now - 1 })
const limited = (value: number) => feature({ type: 'limit', meter: 'cars' }, { value })

const cases: (Question & { name: string; want: string })[] = [
  // Who
  { name: 'a member with the role can', want: 'can' },
  { name: 'who was only named', who: 'bob', facts: [grant({ identity: 'bob' })], want: 'identity_unknown' },
  { name: 'who is suspended', facts: [identity('ann', ['crew'], { status: 'suspended' })], want: 'identity_suspended' },
  { name: 'who is revoked', facts: [identity('ann', ['crew'], { status: 'revoked' })], want: 'identity_revoked' },
  // What
  { name: 'a feature that is none', item: { feature: 'fly' }, want: 'feature_unknown' },
  { name: 'a product that is none', item: { product: 'tram' }, want: 'feature_unknown' },
  { name: 'a command that is one', terms: feature(commands), item: { command: 'row' }, want: 'can' },
  { name: 'a command that is none', terms: feature(commands), item: { command: 'fly' }, want: 'command_unknown' },
  { name: 'a command of a feature that has none', item: { command: 'row' }, want: 'command_unknown' },
  { name: 'a command that the plan has', terms: feature(commands, { commands: ['row'] }), item: { command: 'row' }, want: 'can' },
  {
    name: 'a command that the plan lacks',
    terms: feature(commands, { commands: ['row'] }),
    item: { command: 'sail' },
    want: 'not_entitled',
  },
  { name: 'a feature without a command asks for all of them', terms: feature(commands, { commands: ['row'] }), want: 'not_entitled' },
  { name: 'and has them', terms: feature(commands, { commands: ['row', 'sail'] }), want: 'can' },
  {
    name: 'a command that a staged edition brings, of who is on it',
    facts: [{ ...edition(termsOf(feature(commands)), 2), staged: true } as Fact, license('L', { edition: 2 })],
    item: { command: 'row' },
    want: 'can',
  },
  {
    name: 'a command that a staged edition brings, of who has it of their own',
    facts: [{ ...edition(termsOf(feature(commands)), 2), staged: true } as Fact, { ...own('O'), edition: 2 } as Fact],
    place: null,
    item: { command: 'row' },
    want: 'can',
  },
  {
    name: 'a command that a staged edition brings, also by a licence that is not',
    facts: [{ ...edition(termsOf(feature(commands)), 2), staged: true } as Fact, { ...own('O'), edition: 2 } as Fact],
    item: { command: 'row' },
    want: 'can',
  },
  {
    name: 'a command that a staged edition brings, of who is not on it',
    facts: [{ ...edition(termsOf(feature(commands)), 2), staged: true } as Fact],
    item: { command: 'row' },
    want: 'command_unknown',
  },
  {
    name: 'a command that a staged edition lacks, of who has that edition of their own',
    terms: feature(commands),
    facts: [{ ...edition(termsOf(feature({ commands: ['sail'] })), 2), staged: true } as Fact, { ...own('O'), edition: 2 } as Fact],
    item: { command: 'row' },
    want: 'command_unknown',
  },
  // Where
  { name: 'nobody who has no licence', facts: [{ fact: 'removed', of: 'license', id: 'L' }], want: 'no_license' },
  { name: 'no member of another organization', facts: [license('M', { organization: 'globex' })], place: 'globex', want: 'no_license' },
  {
    name: 'no licence of another product',
    facts: [license('L', { product: 'tram' }), edition(termsOf({ product: 'tram' }))],
    want: 'no_license',
  },
  { name: 'an own licence, whatever the role', facts: [identity('ann', []), own('O')], place: null, want: 'can' },
  { name: 'an own licence is none of the organization', facts: [own('L')], want: 'no_license' },
  { name: 'a licence of the organization is none of one’s own', place: null, want: 'no_license' },
  { name: 'an own licence of somebody else', facts: [own('O', 'bob')], place: null, want: 'no_license' },
  { name: 'each licence is a way', facts: [license('M')], want: 'can in 2 ways' },
  { name: 'each entry is a way', terms: day([{}, { obligations: { record: true } }]), want: 'can in 2 ways' },
  // Facts that decide
  { name: 'a licence that has ended', facts: [license('L', { ends: now })], want: 'license_expired' },
  { name: 'a licence to its last millisecond', facts: [license('L', { ends: now + 1 })], want: 'can' },
  { name: 'no role', facts: [identity('ann', [])], want: 'not_permitted' },
  { name: 'a grant in its place', facts: [identity('ann', []), grant()], want: 'can' },
  { name: 'a grant for a resource in its place', facts: [identity('ann', []), grant({ resource: 'r' })], want: 'can' },
  {
    name: 'a grant of one command is none of all',
    terms: feature(commands),
    facts: [identity('ann', []), grant({ commands: ['row'] })],
    want: 'not_permitted',
  },
  {
    name: 'but of this one',
    terms: feature(commands),
    facts: [identity('ann', []), grant({ commands: ['row'] })],
    item: { command: 'row' },
    want: 'can',
  },
  { name: 'a grant that is over', facts: [identity('ann', []), grant({ until: now })], want: 'not_permitted' },
  {
    name: 'a grant that nobody else approved',
    facts: [identity('ann', []), grant({ approved_by: [{ identity: 'ann', roles: [] }] })],
    want: 'not_permitted',
  },
  { name: 'a feature that the plan lacks', terms: day({}, { includes: {} }), want: 'not_entitled' },
  { name: 'a seat that others have', terms: day({}, { seats: { named: 1 } }), facts: [seat('bob', 0)], want: 'seats_exhausted' },
  { name: 'a seat of one’s own', terms: day({}, { seats: { named: 1 } }), facts: [seat('ann', 0)], want: 'can' },
  { name: 'a seat that an admin gives', terms: day({}, { seats: { named: 1, take: 'by admin' } }), want: 'no_seat' },
  { name: 'a floating seat, which the next has again', terms: day({}, { seats: { floating: 1 } }), want: 'can' },
  { name: 'no floating seat at all', terms: day({}, { seats: { floating: 0 } }), want: 'seats_exhausted' },
  { name: 'what another authority allows', terms: needy, facts: [dock('allow')], want: 'can' },
  { name: 'what another authority refuses', terms: needy, facts: [dock('refuse')], want: 'needs_refused' },
  {
    name: 'what another authority says of oneself',
    terms: needy,
    facts: [dock('refuse'), dock('allow', { identity: 'ann' })],
    want: 'can',
  },
  {
    name: 'what another authority says of somebody else',
    terms: needy,
    facts: [dock('refuse', { identity: 'bob' }), dock('allow')],
    want: 'can',
  },
  // Circumstances
  { name: 'the right hour', terms: day({ conditions: { hours: { zone: 'UTC', open: ['mon 08:00-08:01'] } } }), want: 'can' },
  { name: 'the right region', terms: day({}, { conditions: { regions: ['DE'] } }), want: 'can' },
  { name: 'the right network', terms: day({}, { conditions: { networks: ['10.0.0.0/8'] } }), want: 'can' },
  { name: 'every `when` true', terms: day({ when: 'subject.id == "bob"' }), want: 'can' },
  { name: 'the resource that fits', terms: feature({ resource: 'pier' }, { resources: { environment: ['prod'] } }), want: 'can' },
  { name: 'approved', terms: { ...day({ approval: { by: 'crew' } }) }, want: 'can' },
  {
    name: 'heard of a moment ago',
    but: (world) => {
      world.standing = { staleSince: 0, fault: 'check_in_overdue' }
    },
    want: 'can',
  },
  // Spending
  { name: 'one unit at least', terms: metered({ limit: '1 per day' }), want: 'can' },
  { name: 'not where there is never one', terms: metered({ limit: '0 per day' }), want: 'quota_exhausted' },
  {
    name: 'nor for each seat',
    terms: metered({ limit: '0 per seat per day' }, { seats: { named: 2 } }),
    facts: [seat('ann', 0)],
    want: 'quota_exhausted',
  },
  { name: 'one for each seat', terms: metered({ limit: '1 per seat per day' }), want: 'can' },
  { name: 'billed from the first on', terms: metered({ limit: '0 per day', then: 'bill' }), want: 'can' },
  { name: 'throttled from the first on', terms: metered({ limit: '0 per day', then: 'throttle 1 per minute' }), want: 'can' },
  { name: 'no limit', terms: metered({ limit: 'none' }), want: 'can' },
  { name: 'a limit feature of one', terms: { ...limited(1), meters: { cars: { unit: 'car' } } }, want: 'can' },
  { name: 'a limit feature of none', terms: { ...limited(0), meters: { cars: { unit: 'car' } } }, want: 'quota_exhausted' },
  { name: 'a choice that looks like none', terms: feature({ type: 'choice', values: ['0', '1'] }, { value: '0' }), want: 'can' },
  { name: 'as fast as it likes', terms: metered({ rate: '1 per minute' }), want: 'can' },
  { name: 'never, where nothing goes at once', terms: metered({ rate: '9 per second', burst: 0 }), want: 'rate_limited' },
  {
    name: 'never, where nothing goes at once before it is throttled',
    terms: metered({ limit: '5 per day', then: 'throttle 1 per minute', rate: '9 per second', burst: 0 }),
    want: 'rate_limited',
  },
  {
    name: 'never, for want of units first',
    terms: metered({ limit: '0 per day', rate: '9 per second', burst: 0 }),
    want: 'quota_exhausted',
  },
  {
    name: 'throttled from the first on, whatever went at once before',
    terms: metered({ limit: '0 per day', then: 'throttle 1 per minute', rate: '9 per second', burst: 0 }),
    want: 'can',
  },
  {
    name: 'advised, where nothing goes at once',
    terms: metered({ limit: '0 per day', rate: '9 per second', burst: 0 }, { enforcement: 'advise' }),
    want: 'rate_limited',
  },
  { name: 'what repairs, however fast', terms: metered({ rate: '9 per second', burst: 0 }, {}, { repair: true }), want: 'can' },
  { name: 'on the one day that is open', terms: day({ conditions: { hours: { zone: 'UTC', open: ['mon 08:00-09:00'] } } }), want: 'can' },
  { name: 'never, where it never opens', terms: day(shut), want: 'outside_hours' },
  { name: 'never, where its plan never opens', terms: day({}, shut), want: 'outside_hours' },
  { name: 'advised, where it never opens', terms: day(shut, { enforcement: 'advise' }), want: 'can' },
  { name: 'what repairs, where it never opens', terms: feature({ repair: true }, shut), want: 'can' },
  { name: 'what repairs, whatever is left', terms: metered({ limit: '0 per day' }, {}, { repair: true }), want: 'can' },
  { name: 'degraded, one of the smaller plan', terms: degrading({}, { limit: '1 per day' }), facts: [ended], want: 'can' },
  { name: 'degraded, none of the smaller plan', terms: degrading({}, { limit: '0 per day' }), facts: [ended], want: 'quota_exhausted' },
  { name: 'degraded, none of the plan', terms: degrading({ limit: '0 per day' }, {}), facts: [ended], want: 'quota_exhausted' },
  { name: 'advised, what the plan lacks', terms: metered({}, { enforcement: 'advise', includes: {} }), want: 'can' },
  { name: 'advised, when nothing is ever left', terms: metered({ limit: '0 per day' }, { enforcement: 'advise' }), want: 'can' },
  { name: 'advised, after its end', terms: day({}, { enforcement: 'advise' }), facts: [ended], want: 'can' },
  { name: 'advised, but without a role', terms: day({}, { enforcement: 'advise' }), facts: [identity('ann', [])], want: 'not_permitted' },
  // Proof
  {
    name: 'a factor that reaches the level',
    terms: { assurance: levels, ...day({ assurance: 'key' }) },
    facts: [identity('ann', ['crew'], { factors: ['key'] })],
    want: 'can',
  },
  {
    name: 'no factor that does',
    terms: { assurance: levels, ...day({ assurance: 'key' }) },
    facts: [identity('ann', ['crew'], { factors: ['word'] })],
    want: 'assurance_unreachable',
  },
  { name: 'factors that nobody knows', terms: { assurance: levels, ...day({ assurance: 'key' }) }, want: 'can' },
  { name: 'a proof just now', terms: { assurance: levels, ...day({ assurance: 'word within 1 s' }) }, want: 'can' },
  {
    name: 'a signal that asks for more than any factor',
    terms: signals,
    facts: [identity('ann', ['crew'], { factors: ['word'] }), signal('new_device')],
    want: 'assurance_unreachable',
  },
  {
    name: 'a signal that asks for what a factor reaches',
    terms: signals,
    facts: [identity('ann', ['crew'], { factors: ['key'] }), signal('new_device')],
    want: 'can',
  },
  {
    name: 'a signal of a session, which is none of the next',
    terms: signals,
    facts: [identity('ann', ['crew'], { factors: ['word'] }), signal('new_device', { session: 's1' })],
    want: 'can',
  },
  {
    name: 'a signal of a device, which is none of the next',
    terms: signals,
    facts: [identity('ann', ['crew'], { factors: ['word'] }), signal('new_device', { device: 'd1' })],
    want: 'can',
  },
  {
    name: 'a signal to come',
    terms: signals,
    facts: [identity('ann', ['crew'], { factors: ['word'] }), signal('new_device', { at: now + 1 })],
    want: 'can',
  },
  { name: 'a signal that closes everything', terms: signals, facts: [signal('stolen')], want: 'risk_denied' },
  {
    name: 'before anything else of a licence',
    terms: signals,
    facts: [signal('stolen'), license('L', { suspended: true })],
    want: 'risk_denied',
  },
  { name: 'not yet', terms: signals, facts: [signal('stolen', { at: now + 1 })], want: 'can' },
  {
    name: 'a signal that closes by the edition that was sold',
    terms: signals,
    facts: [edition(termsOf({}), 2), signal('stolen')],
    want: 'risk_denied',
  },
  {
    name: 'and not by one that was not',
    terms: signals,
    facts: [edition(termsOf({}), 2), signal('stolen'), license('L', { edition: 2 })],
    want: 'can',
  },
]
for (const { name, want, ...question } of cases)
  test(`${name}: ${want}`, () => {
    const facts = [license('L'), ...(question.facts ?? [])]
    expect(said(ask({ ...question, facts }))).toBe(want)
  })

const suspended = license('A', { suspended: true })
const expired = license('B', { ends: now })
const scheduled = license('C', { starts: now + 1 })
test('the reason is that of the licence that got furthest, and of two the first by name, in whatever order', () => {
  const lacking = { ...license('D'), plan: 'night' } as Fact
  const plans = { plans: { day: { title: 'Day', includes: { cross: {} } }, night: { title: 'Night', includes: {} } } }
  const reason = (...facts: Fact[]) => said(ask({ terms: plans, facts }))
  expect([reason(suspended), reason(expired), reason(scheduled), reason(lacking)]).toEqual([
    'license_suspended',
    'license_expired',
    'license_scheduled',
    'not_entitled',
  ])
  for (const facts of [
    [suspended, expired, scheduled],
    [scheduled, suspended, expired],
    [expired, scheduled, suspended],
  ])
    expect(reason(...facts)).toBe('license_expired')
  expect([reason(lacking, expired), reason(expired, lacking), reason(suspended, lacking, expired)]).toEqual(Array(3).fill('not_entitled'))
  expect([reason(license('L'), expired), reason(expired, license('L'))]).toEqual(['can', 'can'])
})

test('the ways are told by all that may change of them', () => {
  const part = (name: WayPart, terms: object, ...facts: Fact[]) => partOf(name, { terms, facts: [license('L'), ...facts] })[0]
  const differ = (name: WayPart, ...questions: [terms: object, ...facts: Fact[]][]) => {
    const texts = questions.map((question) => part(name, ...question))
    expect(new Set(texts).size, texts.join('\n')).toBe(questions.length)
  }
  const assured = (assurance: string) => ({ assurance: levels, ...day({ assurance }) })
  differ('assurance', [{}], [assured('word')], [assured('key')], [assured('key within 1 hour')], [assured('key within 2 hours')])
  differ(
    'approval',
    [day({})],
    [day({ approval: { by: 'crew' } })],
    [day({ approval: { by: 'crew', count: 2 } })],
    [day({ approval: { by: 'crew', for: 'up to 4 hours' } })],
  )
  const hours = (open: string) => ({ conditions: { hours: { zone: 'UTC', open: [open] } } })
  differ(
    'conditions',
    [day({})],
    [day(hours('mon 08:00-09:00'))],
    [day(hours('mon 08:00-10:00'))],
    [day({}, hours('mon 08:00-09:00'))],
    [day({ when: 'subject.id == "a"' })],
    [day({ conditions: { when: 'subject.id == "a"' } })],
    [day({}, { conditions: { when: 'subject.id == "a"' } })],
    [day({}, { conditions: { regions: ['DE'] } })],
    [day({}, { conditions: { networks: ['10.0.0.0/8'] } })],
    [needy, dock('allow')],
  )
  const chosen = (resources: object) => feature({ resource: 'pier' }, { resources })
  differ(
    'resources',
    [feature({ resource: 'pier' })],
    [chosen({ region: ['eu'] })],
    [chosen({ labels: { a: ['b'] } })],
    [chosen({ labels: { a: ['c'] } })],
    [chosen({ labels: { b: ['b'] } })],
  )
  differ(
    'quota',
    [metered({})],
    [metered({ limit: '1 per day' })],
    [metered({ limit: '2 per day' })],
    [metered({ limit: '2 per week' })],
    [metered({ limit: '2 per day', then: 'bill' })],
    [metered({ limit: '2 per day', rate: '1 per second' })],
    [metered({ limit: '2 per day', rate: '1 per second', burst: 2 })],
  )
  differ(
    'value',
    [feature({ type: 'choice', values: ['a', 'b'] }, { value: 'a' })],
    [feature({ type: 'choice', values: ['a', 'b'] }, { value: 'b' })],
  )
  differ('obligations', [{}], [day({ obligations: { record: true } })], [day({ obligations: { mask: ['name'] } })])
  const grace = { grace: { expiry: '2 days', payment: '2 days' } }
  const seats = { seats: { named: 1, overage: 1 } }
  const advising = (more: object) => day({}, { enforcement: 'advise', ...more })
  differ(
    'license',
    [{}],
    [day({}, grace), license('L', { ends: now })],
    [day({}, grace), license('L', { past_due_since: now })],
    [{}, license('L', { trial_ends: now + 1 })],
    [degrading({}, {}), ended],
    [day({}, seats), seat('bob', 0)],
    [advising({}), license('L', { ends: now })],
    [advising({}), license('L', { past_due_since: now })],
    [advising({ seats: { named: 1, take: 'by admin' } })],
    [advising({ seats: { named: 0 } })],
  )
})

test('in grace or on trial until another day it is the same way', () => {
  const grace = day({}, { grace: { expiry: '9 days', payment: '9 days' } })
  const pairs: [object, Fact, Fact][] = [
    [{}, license('L', { trial_ends: now + 1 }), license('L', { trial_ends: now + 2 })],
    [grace, license('L', { ends: now - 1 }), license('L', { ends: now })],
    [grace, license('L', { past_due_since: now - 1 }), license('L', { past_due_since: now })],
  ]
  for (const [terms, one, other] of pairs) expect(ask({ terms, facts: [one] })).toEqual(ask({ terms, facts: [other] }))
})

test('a level is that of the newest edition, where it has the one that was sold, and else of that', () => {
  const sold = { assurance: levels, ...day({ assurance: 'key' }) }
  const texts = [
    partOf('assurance', { terms: sold, facts: [license('L')] }),
    partOf('assurance', { terms: sold, facts: [license('L'), edition(termsOf({ assurance: levels }), 2)] }),
    partOf('assurance', { terms: sold, facts: [license('L'), edition(termsOf({}), 2)] }),
    partOf('assurance', {
      terms: sold,
      facts: [license('L'), edition(termsOf({ assurance: { pin: { acr: 'urn:0', any_of: ['pin'] }, ...levels } }), 2)],
    }),
  ]
  expect(texts).toEqual(Array(4).fill(['["key",null]']))
  const stricter = { assurance: levels, features: { cross: { title: 'Cross', assurance: 'key' } } }
  expect(
    partOf('assurance', {
      terms: { assurance: levels, ...day({ assurance: 'word within 60 s' }) },
      facts: [license('L'), edition(termsOf(stricter), 2)],
    }),
  ).toEqual(['["key",60000]'])
  expect(partOf('assurance', { terms: {}, facts: [license('L')] })).toEqual(['[null,null]'])
})

test('degraded, both plans are told; advised of what a plan lacks, that it has none', () => {
  expect(partOf('quota', { terms: degrading({ limit: '5 per day' }, { limit: '3 per day' }), facts: [ended] })[0]).toMatch(
    /"count":5.*"count":3/,
  )
  const lacking = ask({ terms: day({}, { enforcement: 'advise', includes: {} }), facts: [license('L')] })
  expect(lacking).toEqual({
    ways: [
      {
        license: '[["would_refuse",false,"not_entitled"]]',
        assurance: '[null,null]',
        approval: '[null]',
        conditions: '[[{},null,null,null]]',
        resources: '[null]',
        quota: '[null]',
        value: '[null]',
        obligations: '[null]',
      },
    ],
  })
})

test('what was never spent is neither billed nor waited for', () => {
  const horizon = new Horizon(now)
  expect(said(ask({ terms: metered({ limit: '0 per day' }), facts: [license('L')], horizon }))).toBe('quota_exhausted')
  expect(horizon.soonest).toBe(Number.POSITIVE_INFINITY)
  const billed = partOf('license', { terms: metered({ limit: '0 per day', then: 'bill' }), facts: [license('L')] })
  expect(billed).toEqual(partOf('license', { terms: metered({}), facts: [license('L')] }))
})

test('notes the next instant at which time alone may change it', () => {
  const next = (question: Question): number => {
    const horizon = new Horizon(now)
    ask({ facts: [license('L')], ...question, horizon })
    return horizon.soonest - now
  }
  expect(next({})).toBe(Number.POSITIVE_INFINITY)
  expect(next({ facts: [license('L', { ends: now + HOUR })] })).toBe(HOUR)
  expect(next({ facts: [license('L', { ends: now + HOUR, suspended: true })] })).toBe(Number.POSITIVE_INFINITY)
  // Also of a licence that is not the one by which it can, and whichever comes first.
  expect(next({ facts: [license('L'), license('M', { starts: now + HOUR }), license('N', { starts: now + 2 * HOUR })] })).toBe(HOUR)
  expect(next({ terms: signals, facts: [license('L'), signal('stolen', { at: now + 5 })] })).toBe(5)
  expect(next({ terms: signals, facts: [license('L'), signal('new_device', { at: now + 5 })] })).toBe(5)
  expect(next({ terms: needy, facts: [license('L'), dock('allow', { until: now + 5 })] })).toBe(5)
  expect(next({ facts: [license('L'), identity('ann', []), grant({ until: now + 5 })] })).toBe(5)
  expect(next({ terms: day({}, { seats: { named: 1, hold: '1 hour' } }), facts: [license('L'), seat('bob', 0, { freed_at: now })] })).toBe(
    HOUR,
  )
  expect(next({ terms: day({ conditions: { hours: { zone: 'UTC', open: ['mon 08:00-09:00'] } } }) })).toBe(Number.POSITIVE_INFINITY)
})

test('items are what any edition knows, each once, and by commands where there are any', () => {
  const world = worldOf(
    edition(termsOf({ features: { row: commands, sail: {} }, plans: {} })),
    edition(termsOf({ features: { sail: {}, row: { commands: ['row', 'drift'] }, fly: {} }, plans: {} }), 2),
  )
  const product = world.product('ferry')
  expect(product && itemsOf(product)).toStrictEqual([
    { product: 'ferry', feature: 'row', command: 'sail' },
    { product: 'ferry', feature: 'row', command: 'row' },
    { product: 'ferry', feature: 'sail' },
    { product: 'ferry', feature: 'row', command: 'drift' },
    { product: 'ferry', feature: 'fly' },
  ])
})
