import { expect, test } from 'vitest'
import { DAY, edition, identity, license, noUsage, seat, summary, termsOf, worldOf } from '../test/sample.ts'
import { decide, type EditionFact, type Fact, type Request, World } from './index.ts'

const terms = termsOf({})
const now = 10 * DAY

function ask(world: World, request: Partial<Request> = {}) {
  return decide(world, noUsage, { identity: 'ann', feature: 'cross', ...request }, now)
}
const gone = (of: 'organization' | 'identity' | 'license' | 'resource' | 'grant' | 'signal', id: string): Fact => ({
  fact: 'removed',
  of,
  id,
})
const grant: Fact = {
  fact: 'grant',
  id: 'g1',
  identity: 'ann',
  organization: 'acme',
  feature: 'cross',
  from: 0,
  until: 20 * DAY,
  approved_by: [{ identity: 'bob', roles: ['crew'] }],
}
const signal: Fact = { fact: 'signal', id: 's1', name: 'storm', identity: 'ann', at: 1 }
const organization: Fact = { fact: 'organization', id: 'acme' }

/** One of every kind, with every member that is optional and without. */
const everything: readonly Fact[] = [
  edition(terms, 1),
  edition(terms, 2),
  organization,
  { fact: 'organization', id: 'other', roles: { crew: ['cross'] } },
  identity('ann', ['crew'], {
    factors: ['word'],
    attributes: { mail: 'a@example' },
    links: [{ issuer: 'https://id.example', subject: 'a' }],
  }),
  identity('bob', [], { in: {} }),
  identity('eve', ['crew'], { in: { acme: ['crew'], other: ['crew', 'guest'] }, factors: [], attributes: {} }),
  license('L'),
  license('M', { ends: 5, trial_ends: 3, suspended: true, revoked_at: 9, past_due_since: 1 }),
  { fact: 'license', id: 'H', product: 'ferry', edition: 2, plan: 'day', holder: 'ann', starts: 7 },
  seat('ann', 0),
  seat('eve', 1, { freed_at: 4 }),
  { fact: 'resource', id: 'r1', kind: 'boat', region: 'north', labels: { size: 'small' } },
  grant,
  signal,
  { fact: 'elsewhere', need: 'port:dock', answer: 'allow' },
  { fact: 'elsewhere', need: 'port:dock', identity: 'ann', answer: 'refuse', until: 4 },
]

test('a snapshot says every fact as it was stated, and no other', () => {
  const world = new World()
  world.apply({ revision: 1, facts: everything })
  expect([...world.facts()]).toStrictEqual(everything)
})

test('an edition that is stated again replaces itself alone', () => {
  const world = worldOf(edition(terms, 1), edition(terms, 2), edition({ ...terms, product: 'barge' }, 1))
  const other = termsOf({ title: 'Other' })
  world.apply({ revision: 2, facts: [edition(other, 1)] })
  const editions = [...world.facts()].filter(({ fact }) => fact === 'edition')
  expect(editions).toStrictEqual([edition(other, 1), edition(terms, 2), edition({ ...terms, product: 'barge' }, 1)])
})

test('an edition holds at once for the licences sold under it, and the highest for what protects, in whatever order they come', () => {
  const closed = termsOf({ plans: { day: { title: 'Day', includes: { cross: { when: 'subject.kind == "agent"' } } } } })
  const world = worldOf(edition(terms), identity('ann'), license('L'))
  expect(summary(ask(world))).toBe('allow')
  world.apply({ revision: 2, facts: [edition(closed)] })
  expect(summary(ask(world))).toBe('condition_failed')

  const strict = termsOf({
    features: { cross: { title: 'Cross', assurance: 'word' } },
    assurance: { word: { acr: 'urn:1', any_of: ['pwd'] } },
  })
  const late = worldOf(edition(strict, 2), edition(terms, 1), identity('ann'), license('L'))
  expect(summary(ask(late))).toBe('step_up_required')
  late.apply({ revision: 3, facts: [edition(terms, 2)] })
  expect(summary(ask(late))).toBe('allow')
})

test('the newest edition that has a feature says what kind of thing it is', () => {
  const named = (title: string) => termsOf({ features: { cross: { title }, walk: { title: 'Walk' } } })
  const without = termsOf({ features: { walk: { title: 'Walk' } }, plans: { day: { title: 'Day', includes: { walk: {} } } } })
  for (const facts of [
    [edition(named('First'), 1), edition(named('Second'), 2), edition(without, 3)],
    [edition(without, 3), edition(named('Second'), 2), edition(named('First'), 1)],
  ]) {
    expect(worldOf(...facts).feature('cross')?.feature.feature.title).toBe('Second')
    expect(worldOf(...facts).feature('ferry:cross')?.feature.feature.title).toBe('Second')
  }
  expect(worldOf(edition(without)).feature('ferry:cross')).toBeUndefined()
})

test('terms are taken as text too, and a text that is none is refused', () => {
  const world = new World()
  const text = JSON.stringify({
    terms: 1,
    product: 'ferry',
    title: 'Ferry',
    features: { cross: { title: 'Cross' } },
    roles: { crew: ['*'] },
    plans: { day: { title: 'Day', includes: { cross: {} } } },
  })
  world.apply({ revision: 1, facts: [{ fact: 'edition', product: 'ferry', edition: 1, terms: text }] })
  expect(world.product('ferry')?.newest.plans.has('day')).toBe(true)
  const broken: Fact = { fact: 'edition', product: 'ferry', edition: 2, terms: 'terms: 9' }
  expect(() => world.apply({ revision: 2, facts: [broken] })).toThrow(new RangeError('an edition holds terms that do not parse'))
})

test('the revision never falls', () => {
  const world = worldOf()
  world.apply({ revision: 5, facts: [] })
  expect(world.revision).toBe(5)
  world.apply({ revision: 4, facts: [] })
  expect(world.revision).toBe(5)
})

test('what is removed is gone, and removing it twice or before it came does nothing', () => {
  const world = new World()
  world.apply({ revision: 1, facts: everything })
  const removals: Fact[] = [
    gone('organization', 'other'),
    ...['ann', 'bob', 'eve', 'nobody'].map((id) => gone('identity', id)),
    ...['L', 'M', 'H', 'none'].map((id) => gone('license', id)),
    { fact: 'removed', of: 'seat', id: 'L', identity: 'ann' },
    { fact: 'removed', of: 'seat', id: 'L', identity: 'eve' },
    { fact: 'removed', of: 'seat', id: 'none' },
    gone('resource', 'r1'),
    gone('grant', 'g1'),
    gone('grant', 'none'),
    gone('signal', 's1'),
    { fact: 'removed', of: 'elsewhere', id: 'port:dock' },
    { fact: 'removed', of: 'elsewhere', id: 'port:dock', identity: 'ann' },
  ]
  for (const revision of [2, 3]) {
    world.apply({ revision, facts: removals })
    expect([...world.facts()]).toStrictEqual([edition(terms, 1), edition(terms, 2), organization])
  }
  expect(world.license('L')).toBeUndefined()
  expect(world.licensesHeldBy(world.identities.row('ann'))).toEqual([])
})

test('of several things of one identity, one that goes leaves the others', () => {
  const second: Fact = { ...grant, id: 'g2' } as Fact
  const other: Fact = { ...signal, id: 's2' } as Fact
  const held = (id: string): Fact => ({ fact: 'license', id, product: 'ferry', edition: 1, plan: 'day', holder: 'ann', starts: 0 })
  const world = worldOf(edition(terms), identity('ann'), grant, second, signal, other, held('H'), held('I'))
  const row = world.identities.row('ann')
  world.apply({ revision: 2, facts: [gone('grant', 'g1'), gone('signal', 's1'), gone('license', 'H')] })
  expect(world.grantsOf(row)).toEqual([second])
  expect(world.signalsOf(row)).toEqual([other])
  expect(world.licensesHeldBy(row).map(({ id }) => id)).toEqual(['I'])
  world.apply({ revision: 3, facts: [gone('grant', 'g2'), gone('signal', 's2'), gone('license', 'I')] })
  expect([world.grantsOf(row), world.signalsOf(row), world.licensesHeldBy(row)]).toEqual([[], [], []])
})

test('a grant or signal that moves to another identity leaves the first', () => {
  const world = worldOf(grant, signal, { ...grant, identity: 'bob' } as Fact, { ...signal, identity: 'bob' } as Fact)
  const [ann, bob] = [world.identities.row('ann'), world.identities.row('bob')]
  expect([world.grantsOf(ann).length, world.signalsOf(ann).length]).toEqual([0, 0])
  expect([world.grantsOf(bob).length, world.signalsOf(bob).length]).toEqual([1, 1])
})

test('roles of a customer that are taken back leave the roles of the vendor', () => {
  const none: Fact = { fact: 'organization', id: 'acme', roles: { crew: [] } }
  const world = worldOf(edition(terms), identity('ann'), license('L'), none)
  expect(summary(ask(world))).toBe('not_permitted')
  world.apply({ revision: 2, facts: [organization] })
  expect(summary(ask(world))).toBe('allow')
  world.apply({ revision: 3, facts: [none] })
  expect(summary(ask(world))).toBe('not_permitted')
  world.apply({ revision: 4, facts: [gone('organization', 'acme'), organization] })
  expect(summary(ask(world))).toBe('allow')
})

test('an identity that was removed is unknown, and a new one of its name has nothing of it', () => {
  const world = worldOf(edition(terms), identity('ann', ['crew'], { attributes: { mail: 'x' } }), license('L'), gone('identity', 'ann'))
  const row = world.identities.row('ann')
  expect(summary(ask(world))).toBe('identity_unknown')
  expect(world.identities.attributes(row)).toBeUndefined()
  expect(world.identities.memberships(row)).toEqual([])
})

test('an identity that is stated again has what is stated, and nothing more', () => {
  const world = worldOf(identity('ann', ['crew'], { attributes: { mail: 'x' }, factors: ['word'], in: { acme: [], other: [] } }))
  world.apply({ revision: 2, facts: [identity('ann')] })
  const row = world.identities.row('ann')
  expect(world.identities.attributes(row)).toBeUndefined()
  expect(world.identities.factors(row)).toBeUndefined()
  expect(world.identities.memberships(row).length).toBe(1)
})

test('a link that three claim is nobody until two let go', () => {
  const links = [{ issuer: 'https://id.example', subject: 'a' }]
  const three = ['ann', 'bob', 'eve'].map((id) => identity(id, ['crew'], { links }))
  const world = worldOf(...three)
  const [link] = links as [(typeof links)[0]]
  expect(world.identities.find(link)).toBeUndefined()
  world.apply({ revision: 2, facts: [identity('bob')] })
  expect(world.identities.find(link)).toBeUndefined()
  world.apply({ revision: 3, facts: [gone('identity', 'ann')] })
  expect(world.identities.find(link)).toBe(world.identities.row('eve'))
  world.apply({ revision: 4, facts: [gone('identity', 'ann'), identity('eve')] })
  expect(world.identities.find(link)).toBeUndefined()
})

test('members are those of the organization, each once', () => {
  const world = worldOf(
    identity('ann'),
    identity('bob', [], { in: { other: ['crew'] } }),
    identity('eve', [], { in: { other: [], acme: [] } }),
    identity('kim', [], { in: {} }),
    seat('named-only', 0),
  )
  const members = (id: string) =>
    [...world.identities.members(world.organizationIds.find(id) as number)].map((row) => world.identities.id(row))
  expect(members('acme')).toEqual(['ann', 'eve'])
  expect(members('other')).toEqual(['bob', 'eve'])
  expect(world.identities.size).toBe(5)
})

test('a thousand of each are told apart', () => {
  const names = Array.from({ length: 1_000 }, (_, i) => `${i}`)
  const facts: Fact[] = names.flatMap((name): Fact[] => [
    identity(`i${name}`, [], { in: { [`o${name}`]: ['crew'] }, kind: Number(name) % 2 === 0 ? 'human' : 'service' }),
    license(`l${name}`, { organization: `o${name}`, starts: Number(name), ends: 2_000, trial_ends: 1_500 + Number(name) }),
  ])
  const world = worldOf(edition(terms), ...facts)
  for (const name of names) {
    const row = world.identities.row(`i${name}`)
    expect(world.identities.kind(row)).toBe(Number(name) % 2 === 0 ? 'human' : 'service')
    const [held] = world.licensesOf(world.organizationIds.find(`o${name}`) as number)
    expect([held?.id, held?.starts, held?.trial_ends, held?.past_due_since]).toEqual([
      `l${name}`,
      Number(name),
      1_500 + Number(name),
      undefined,
    ])
  }
  expect(decide(world, noUsage, { identity: 'i7', feature: 'cross' }, 1_500).allowed).toBe(true)
  expect(summary(decide(world, noUsage, { identity: 'i7', feature: 'cross', organization: 'o8' }, 1_500))).toBe('no_license')
})

test('identities have one profile when they are of one kind, status and factors, and else others', () => {
  const kinds = ['human', 'service', 'machine', 'agent'] as const
  const statuses = ['active', 'suspended', 'revoked'] as const
  const factors = [undefined, [], ['otp'], ['otp', 'key'], ['key']]
  const all = kinds.flatMap((kind) => statuses.flatMap((status) => factors.map((of) => ({ kind, status, ...(of && { factors: of }) }))))
  const facts = all.flatMap((more, i) => [identity(`a${i}`, ['crew'], more), identity(`b${i}`, ['mate'], more)])
  const { identities } = worldOf(...facts, { fact: 'seat', license: 'L', identity: 'named', order: 0 })
  const profiles = (name: string) => all.map((_, i) => identities.profile(identities.row(`${name}${i}`)))
  expect(profiles('a')).toEqual(profiles('b'))
  expect(new Set([...profiles('a'), identities.profile(identities.row('named'))]).size).toBe(all.length + 1)
})

test('an identity with an empty list of links is stated as one without', () => {
  const { identities } = worldOf(identity('ann', ['crew'], { links: [] }))
  expect(identities.fact(identities.row('ann'))).not.toHaveProperty('links')
})

test('what is tried leaves nothing behind: neither editions, nor what licences were sold as', () => {
  const without = termsOf({ plans: { day: { title: 'Day', includes: {} } } })
  const world = worldOf(edition(terms), identity('ann'), license('L'))
  const answer = () => summary(ask(world))
  expect(world.tried([edition(without)], answer)).toBe('not_entitled')
  expect(answer()).toBe('allow')
  expect(world.tried([edition(without, 2), edition(terms, 3)], () => world.product('ferry')?.newestEdition)).toBe(3)
  expect(world.product('ferry')).toMatchObject({ newestEdition: 1, editions: new Map([[1, world.product('ferry')?.newest]]) })
  expect([...world.editionFacts()]).toEqual([edition(terms)])
})

test('resources, and whether an organization has roles of its own, are there to be asked', () => {
  const host: Fact = { fact: 'resource', id: 'r1', kind: 'host' }
  const world = worldOf(host, { fact: 'organization', id: 'own', roles: { crew: ['cross'] } })
  expect([...world.allResources()]).toEqual([host])
  world.apply({ revision: 2, facts: [gone('resource', 'r1')] })
  expect([[...world.allResources()], world.resourceIds.find('r1')]).toEqual([[], 0])
  const hasOwn = (id: string) => world.hasOwnRoles(world.organizationIds.find(id) as number)
  expect([hasOwn('acme'), hasOwn('own')]).toEqual([false, true])
  world.apply({ revision: 3, facts: [{ fact: 'organization', id: 'own' }] })
  expect(hasOwn('own')).toBe(false)
})

test('a licence that nobody named has no seats', () => {
  expect([...worldOf().seatFacts('nowhere')]).toEqual([])
})

test('what is said elsewhere of one identity is said of nobody else, whatever they are called', () => {
  const said: Fact = { fact: 'elsewhere', need: 'vault', identity: 'undefined', answer: 'allow' }
  const world = worldOf(said)
  expect([world.elsewhere('vault', 'undefined'), world.elsewhere('vault', 'ann')]).toEqual([said, undefined])
})

test('a product that was only tried is unknown again, and so is what it sells', () => {
  const tram = termsOf({ product: 'tram' })
  const world = worldOf(edition(terms), identity('ann'), license('L'), license('T', { product: 'tram' }))
  const sold = { product: 'tram', edition: 1, plan: 'day' }
  expect(
    world.tried([edition(tram)], () => [world.feature('tram:cross')?.name, world.feature('cross'), world.soldAs(sold)?.plan.name]),
  ).toEqual(['cross', undefined, 'day'])
  expect([world.product('tram'), world.feature('tram:cross'), world.soldAs(sold)]).toEqual([undefined, undefined, undefined])
  expect(world.feature('cross')?.product.name).toBe('ferry')
})

test('a product of one letter is named like any other, and the authority’s own makes no bare name ambiguous', () => {
  const world = worldOf(edition(termsOf({ product: 'p' })), edition(termsOf({ product: 'writ' })))
  expect([world.feature('p:cross')?.product.name, world.feature('cross')?.product.name]).toEqual(['p', 'p'])
})

test('while all editions are staged the highest is the newest, and what only staged ones know is as the highest of them says', () => {
  const titled = (title: string) => termsOf({ features: { cross: {}, fresh: { title } } })
  const staged = (title: string, number: number): Fact => ({ ...(edition(titled(title), number) as EditionFact), staged: true })
  const world = worldOf(staged('Two', 2), staged('Three', 3))
  expect(world.product('ferry')?.newestEdition).toBe(3)
  world.apply({ revision: 2, facts: [edition(terms)] })
  expect([world.product('ferry')?.newestEdition, world.feature('ferry:fresh')?.feature.feature.title]).toEqual([1, 'Three'])
})

test('whoever has lost their last grant has none', () => {
  const world = worldOf(identity('ann'), grant, { ...grant, id: 'g2' })
  const row = world.identities.row('ann')
  world.apply({ revision: 2, facts: [gone('grant', 'g1'), gone('grant', 'g1'), gone('grant', 'none')] })
  expect([[...world.rowsWithGrants()], world.grantsOf(row).map(({ id }) => id)]).toEqual([[row], ['g2']])
  world.apply({ revision: 3, facts: [gone('grant', 'g2')] })
  expect([[...world.rowsWithGrants()], world.grantsOf(row)]).toEqual([[], []])
})
