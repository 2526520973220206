import type { Entry, Rate, Terms } from '@writ/terms'
import { arbitraryTerms } from '@writ/terms/test/arbitrary-terms'
import fc, { type Arbitrary } from 'fast-check'
import type { Context, Proof, Request } from '../src/decision.ts'
import type { Fact, FactValue, GrantFact, IdentityFact, Instant, LicenseFact, SeatFact } from '../src/facts.ts'
import type { FloatingSeat, Usage } from '../src/usage.ts'
import { type Standing, World } from '../src/world.ts'
import { DAY, HOUR, SECOND } from './sample.ts'

/** A world, what is spent in it, questions about it, and when they are asked. */
export interface Scene {
  readonly terms: Terms
  readonly facts: readonly Fact[]
  readonly standing: Standing
  readonly usage: Usage
  /** Several, since a world is dearer to make than a question. */
  readonly requests: readonly Request[]
  readonly now: Instant
}

export function worldOf({ facts, standing }: Pick<Scene, 'facts' | 'standing'>): World {
  const world = new World()
  world.apply({ revision: 1, facts })
  world.standing = standing
  return world
}

const IDENTITIES = ['ann', 'bob', 'bot']
const ORGANIZATIONS = ['acme', 'globex']
const LICENSES = ['L1', 'L2', 'L3']
const SESSIONS = ['s1', 's2']

/** Around clock changes of Berlin, New York and Lord Howe, ends of months and of years. */
const BASES = [
  '2026-03-29T01:00:00Z',
  '2026-10-25T01:00:00Z',
  '2026-03-08T07:00:00Z',
  '2026-04-04T15:00:00Z',
  '2026-10-03T15:30:00Z',
  '2026-12-31T23:00:00Z',
  '2028-02-29T12:00:00Z',
].map((text) => Date.parse(text))
const arbitraryNow = fc
  .tuple(fc.constantFrom(...BASES), fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }))
  .map(([base, minutes]) => base + minutes * 60_000)

const SPANS = [0, 1, SECOND, 300 * SECOND, HOUR, 7 * HOUR, DAY, 3 * DAY, 40 * DAY]

function around(now: Instant): Arbitrary<Instant> {
  return fc.tuple(fc.constantFrom(...SPANS), fc.constantFrom(-1, 1)).map(([span, sign]) => now + sign * span)
}
const past = (now: Instant): Arbitrary<Instant> => fc.constantFrom(...SPANS).map((span) => now - span)
const later = (now: Instant): Arbitrary<Instant> => fc.constantFrom(...SPANS.slice(1)).map((span) => now + span)

/** `value` this often in a hundred. */
function often<T>(percent: number, value: T, otherwise: Arbitrary<T>): Arbitrary<T> {
  return fc.oneof({ weight: percent, arbitrary: fc.constant(value) }, { weight: 100 - percent, arbitrary: otherwise })
}
function optional<K extends string, T>(percent: number, key: K, value: Arbitrary<T>): Arbitrary<{ [P in K]?: T }> {
  return fc.oneof(
    { weight: percent, arbitrary: value.map((found) => ({ [key]: found }) as { [P in K]?: T }) },
    { weight: 100 - percent, arbitrary: fc.constant({}) },
  )
}
function merged<T>(...parts: Arbitrary<Partial<T>>[]): Arbitrary<T> {
  return fc.tuple(...parts).map((found) => Object.assign({}, ...found) as T)
}

export interface SceneOptions {
  /** Odd names and numbers as well, which no authority would state. */
  readonly odd?: boolean
  /** Mostly questions that are allowed, or nearly. */
  readonly kind?: boolean
  /** Few seats and low limits, most of them taken. */
  readonly tight?: boolean
}

/** Scenes in which what refers to each other meets; about one in three is allowed. */
export function arbitraryScene(options: SceneOptions = {}): Arbitrary<Scene> {
  const editions = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(arbitraryTerms()) },
    { weight: 1, arbitrary: fc.tuple(arbitraryTerms(), arbitraryTerms()) },
  )
  return fc.tuple(editions, arbitraryNow).chain(([found, now]) => {
    const all = found.map((terms) => ({ ...forScenes(terms, options), product: found[0].product }))
    const terms = all[0] as Terms
    return fc.record<Scene>({
      terms: fc.constant(terms),
      facts: arbitraryFacts(all, now, options),
      standing: arbitraryStanding(now),
      usage: arbitraryUsage(now, options),
      requests: fc.array(arbitraryRequest(terms, now, options), { minLength: 1, maxLength: 12, size: 'max' }),
      now: options.odd === true ? often(70, now, oddNumber) : fc.constant(now),
    })
  })
}

/** Everybody has a role that permits everything; of the kind sort, half of the plans do without conditions. */
function forScenes(terms: Terms, options: SceneOptions): Terms {
  return options.tight === true ? tightened(withCrew(terms, options)) : withCrew(terms, options)
}

function tightened(terms: Terms): Terms {
  const meter = [...terms.meters.keys()][0]
  const features = [...terms.features].map(([name, feature]) => [name, { ...feature, ...(meter !== undefined && { meter }) }] as const)
  const plans = [...terms.plans].map(([name, plan]) => {
    const includes = [...plan.includes].map(([feature, entries]) => [feature, entries.map(limited)] as const)
    return [name, { ...plan, ...(plan.seats && { seats: { ...plan.seats, count: 1 } }), includes: new Map(includes) }] as const
  })
  return { ...terms, features: new Map(features), plans: new Map(plans) }
}

function limited(entry: Entry): Entry {
  return { ...entry, limit: { perSeat: false, period: 'day', ...entry.limit, count: 3 } }
}

function withCrew(terms: Terms, { kind }: SceneOptions): Terms {
  const roles = new Map([...terms.roles, ['crew', ['*']]])
  if (kind !== true) return { ...terms, roles }
  const plans = [...terms.plans].map(([name, plan], index) => {
    const conditions = index % 2 === 0 ? (plan.conditions.hours ? { hours: plan.conditions.hours } : {}) : plan.conditions
    const includes = [...terms.features].map(([feature, { type }]) => {
      const value = type === 'limit' ? { value: 50 } : type === 'choice' ? { value: 'medium' } : {}
      const whole: Entry = { then: { kind: 'refuse' }, obligations: { record: false, mask: [] }, conditions: {}, ...value }
      const [first = whole, ...others] = plan.includes.get(feature) ?? []
      const { when: _when, needs: _needs, resources: _resources, approval: _approval, ...easy } = first
      return [feature, [...others, { ...easy, conditions: {} }]] as const
    })
    return [name, { ...plan, conditions, includes: new Map(includes) }] as const
  })
  return { ...terms, roles, plans: new Map(plans) }
}

const ODD_NAMES = ['', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'nobody', 'a\nb', ':', 'x:y:z', '*']
const oddName = fc.oneof(fc.constantFrom(...ODD_NAMES), fc.string({ maxLength: 5 }))
const oddNumber = fc.constantFrom(
  Number.NaN,
  -1,
  0,
  0.5,
  1e300,
  -1e300,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MAX_SAFE_INTEGER,
)

function name(pool: readonly string[], { odd }: SceneOptions): Arbitrary<string> {
  const known = fc.constantFrom(...(pool.length > 0 ? pool : ['none']))
  return odd === true ? fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: oddName }) : known
}
function time(arbitrary: Arbitrary<Instant>, { odd }: SceneOptions): Arbitrary<Instant> {
  return odd === true ? fc.oneof({ weight: 4, arbitrary }, { weight: 1, arbitrary: oddNumber }) : arbitrary
}

function arbitraryFacts(editions: readonly Terms[], now: Instant, options: SceneOptions): Arbitrary<Fact[]> {
  const sold = editions[0] as Terms
  const roles = fc.oneof(
    { weight: 3, arbitrary: fc.constant<readonly string[]>(['crew']) },
    { weight: 2, arbitrary: fc.array(name([...sold.roles.keys(), 'guide'], options), { maxLength: 3 }) },
  )
  const published: Fact[] = editions.map((terms, index) => ({ fact: 'edition', product: terms.product, edition: index + 1, terms }))
  return fc
    .tuple(
      arbitraryOrganizations(sold),
      fc.tuple(...IDENTITIES.map((id) => arbitraryIdentity(id, roles, sold, options))),
      fc.subarray(LICENSES, { minLength: 1 }).chain((ids) => fc.tuple(...ids.map((id) => arbitraryLicense(id, editions, now, options)))),
      arbitrarySeats(now, options),
      fc.array(arbitraryGrant(sold, now, options), { maxLength: 3 }),
      often<Fact[]>(60, [], fc.array(arbitrarySignal(sold, now, options), { maxLength: 2 })),
      fc.array(arbitraryAnswerElsewhere(sold, now), { maxLength: 2 }),
      fc.array(arbitraryResource(options), { maxLength: 2 }),
    )
    .map((parts) => [...published, ...parts.flat()])
}

function arbitraryOrganizations(terms: Terms): Arbitrary<Fact[]> {
  const features = fc.subarray([...terms.features.keys(), '*', 'job.*'])
  const roles = fc.oneof(
    fc.dictionary(fc.constantFrom('crew', 'guide', ...terms.roles.keys()), features, { maxKeys: 2 }),
    fc.record({ guide: fc.record({ from: fc.subarray(['crew', ...terms.roles.keys()]), features }) }),
  )
  return fc.tuple(...ORGANIZATIONS.map((id) => merged<Fact>(fc.constant({ fact: 'organization', id }), optional(20, 'roles', roles))))
}

function arbitraryIdentity(id: string, roles: Arbitrary<readonly string[]>, terms: Terms, options: SceneOptions): Arbitrary<Fact> {
  const attributes = fc.record<Record<string, FactValue>>(
    { email: fc.constantFrom('a@a.example', 'b@b.example'), score: fc.constantFrom(0.2, 0.9) },
    { requiredKeys: [] },
  )
  return merged<IdentityFact>(
    fc.constant({ fact: 'identity', id }),
    fc.record({
      kind: often<IdentityFact['kind']>(80, 'human', fc.constantFrom('service', 'machine', 'agent')),
      status: often<IdentityFact['status']>(98, 'active', fc.constantFrom('suspended', 'revoked')),
      in: fc.oneof(
        { weight: 8, arbitrary: roles.map((held) => ({ acme: held })) },
        { weight: 1, arbitrary: fc.dictionary(name(ORGANIZATIONS, options), roles, { maxKeys: 3 }) },
      ),
    }),
    optional(15, 'factors', fc.subarray(terms.levels.map((level) => level.name))),
    optional(50, 'attributes', attributes),
    optional(
      20,
      'links',
      fc.constantFrom([{ issuer: 'https://id.example', subject: id }], [{ issuer: 'https://id.example', subject: 'one' }]),
    ),
  )
}

function arbitraryLicense(id: string, editions: readonly Terms[], now: Instant, options: SceneOptions): Arbitrary<LicenseFact> {
  return fc.integer({ min: 1, max: editions.length }).chain((edition) =>
    merged<LicenseFact>(
      fc.constant({ fact: 'license', id, product: editions[0]?.product ?? '', edition }),
      fc.record({
        plan: name([...(editions[edition - 1]?.plans.keys() ?? [])], options),
        starts: often(80, now - 100 * DAY, time(around(now), options)),
      }),
      fc.oneof(
        { weight: 4, arbitrary: fc.constant({ organization: 'acme' }) },
        { weight: 1, arbitrary: fc.constant({ organization: 'globex' }) },
        { weight: 1, arbitrary: fc.constantFrom(...IDENTITIES).map((holder) => ({ holder })) },
      ),
      optional(50, 'ends', time(around(now), options)),
      optional(10, 'trial_ends', time(around(now), options)),
      optional(4, 'suspended', fc.constant(true)),
      optional(8, 'revoked_at', time(around(now), options)),
      optional(10, 'past_due_since', time(past(now), options)),
    ),
  )
}

function arbitrarySeats(now: Instant, options: SceneOptions): Arbitrary<Fact[]> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...LICENSES), fc.constantFrom(...IDENTITIES, 'x1', 'x2', 'x3')), {
      maxLength: 9,
      selector: ([license, identity]) => `${license} ${identity}`,
    })
    .chain((places) =>
      fc.tuple(
        ...places.map(([license, identity], order) =>
          merged<SeatFact>(fc.constant({ fact: 'seat', license, identity, order }), optional(25, 'freed_at', time(past(now), options))),
        ),
      ),
    )
}

function arbitraryGrant(terms: Terms, now: Instant, options: SceneOptions): Arbitrary<GrantFact> {
  const features = [...terms.features.keys()]
  const approver = fc.record({
    identity: name(['bob', 'bot', 'ann', 'x1'], options),
    roles: fc.subarray([...terms.roles.keys()], { minLength: 1 }),
  })
  return merged<GrantFact>(
    fc.record({
      fact: fc.constant('grant' as const),
      id: fc.constantFrom('g1', 'g2', 'g3'),
      identity: often(70, 'ann', fc.constantFrom(...IDENTITIES)),
      organization: often(80, 'acme', fc.constantFrom(...ORGANIZATIONS)),
      feature: fc.oneof(
        name(features, options),
        name(features, options).map((feature) => `${terms.product}:${feature}`),
      ),
      from: time(past(now), options),
      until: time(around(now), options),
      approved_by: fc.array(approver, { maxLength: 3 }),
    }),
    optional(20, 'commands', fc.subarray(['read', 'write', 'admin'])),
    optional(30, 'resource', fc.constantFrom('r1', { environment: ['staging'] }, { labels: { danger: ['low'] } })),
    optional(60, 'context', fc.constantFrom<Record<string, FactValue>>({ ticket: 'OPS-1' }, { ticket: 'X' }, { ticket: 1 })),
  )
}

function arbitrarySignal(terms: Terms, now: Instant, options: SceneOptions): Arbitrary<Fact> {
  return merged<Fact>(
    fc.record({
      fact: fc.constant('signal' as const),
      id: fc.constantFrom('i1', 'i2', 'i3'),
      name: name([...terms.signals.keys(), 'failed'], options),
      identity: fc.constantFrom(...IDENTITIES),
      at: time(around(now), options),
    }),
    optional(50, 'session', fc.constantFrom(...SESSIONS)),
    optional(20, 'device', fc.constantFrom('d1', 'd2')),
  )
}

function arbitraryAnswerElsewhere(terms: Terms, now: Instant): Arbitrary<Fact> {
  const needs = [...terms.plans.values()].flatMap(({ includes }) =>
    [...includes.values()].flat().map(({ needs: need }) => need ?? 'vault:blob.write'),
  )
  return merged<Fact>(
    fc.record({
      fact: fc.constant('elsewhere' as const),
      need: fc.constantFrom('vault:blob.write', ...needs),
      answer: often<'allow' | 'refuse' | 'unreachable' | 'outside_mandate'>(
        70,
        'allow',
        fc.constantFrom('refuse', 'unreachable', 'outside_mandate'),
      ),
    }),
    optional(30, 'identity', fc.constantFrom(...IDENTITIES)),
    optional(30, 'until', around(now)),
  )
}

function arbitraryResource(options: SceneOptions): Arbitrary<Fact> {
  return merged<Fact>(
    fc.record({ fact: fc.constant('resource' as const), id: name(['r1', 'r2'], options), kind: fc.constantFrom('postgres', 'ssh') }),
    optional(70, 'environment', fc.constantFrom('staging', 'production')),
    optional(50, 'region', fc.constantFrom('eu-central-1', 'no', 'us')),
    optional(50, 'labels', fc.constantFrom<Record<string, string>>({ danger: 'low' }, { danger: 'high' }, { 'team/owner': '1' })),
  )
}

function arbitraryStanding(now: Instant): Arbitrary<Standing> {
  return fc.oneof(
    { weight: 20, arbitrary: fc.constant({}) },
    { weight: 3, arbitrary: around(now).map((staleSince) => ({ staleSince })) },
    { weight: 1, arbitrary: fc.constantFrom<Standing>({ fault: 'clock_turned_back' }, { fault: 'device_mismatch' }) },
  )
}

function arbitraryUsage(now: Instant, options: SceneOptions): Arbitrary<Usage> {
  const amount = fc.oneof(fc.constantFrom<number | undefined>(0, 0, 0, 1, 5, 40, 1000, undefined), fc.nat(2100))
  const few = fc.constantFrom<number | undefined>(0, 2, 3, 4)
  const used = options.tight === true ? few : options.odd === true ? fc.oneof<Arbitrary<number | undefined>[]>(amount, oddNumber) : amount
  const arrival = fc.oneof(fc.constant(Number.NEGATIVE_INFINITY), around(now), later(now))
  const lease = merged<FloatingSeat>(
    fc.record({ identity: fc.constantFrom(...IDENTITIES, 'x8', 'x9') }),
    optional(70, 'until', around(now)),
  )
  return fc
    .record({
      used: fc.array(used, { minLength: 3, maxLength: 3 }),
      arrival,
      reserved: fc.array(fc.record({ amount: fc.nat(400), until: around(now) }), { maxLength: 2 }),
      floating: fc.uniqueArray(lease, { maxLength: 4, selector: ({ identity }) => identity }),
    })
    .map((spent) => ({
      // What has not begun is unspent; what cannot be known cannot be known later either.
      used: (license: string, _meter: string, from: Instant, until: Instant) => {
        const units = spent.used[LICENSES.indexOf(license)] as number | undefined
        return units === undefined || (from <= now && now < until) ? units : 0
      },
      reserved: (license: string) => (license === 'L1' ? spent.reserved : []),
      arrival: (_license: string, _feature: string, _rate: Rate) => spent.arrival,
      floating: (license: string) => (license === 'L1' || options.tight === true ? spent.floating : []),
    }))
}

function arbitraryRequest(terms: Terms, now: Instant, options: SceneOptions): Arbitrary<Request> {
  return name([...terms.features.keys()], options).chain((feature) => arbitraryRequestFor(feature, terms, now, options))
}

function arbitraryRequestFor(feature: string, terms: Terms, now: Instant, options: SceneOptions): Arbitrary<Request> {
  const strongest: Proof = { level: terms.levels.at(-1)?.name ?? '', at: now - SECOND, session: 's1' }
  const { resource: kind, commands = [] } = terms.features.get(feature) ?? {}
  const identity = often<Exclude<Request['identity'], undefined>>(
    85,
    'ann',
    fc.oneof(name(IDENTITIES, options), fc.constant({ issuer: 'https://id.example', subject: 'one' })),
  )
  const context = merged<Context>(
    optional(90, 'country', fc.constantFrom('DE', 'DE', 'NO', 'US')),
    optional(90, 'ip', fc.constantFrom('10.1.2.3', '::ffff:10.1.2.3', '192.0.2.1', '2001:db8::1', '203.0.113.9', 'x')),
    optional(90, 'session', fc.constantFrom('s1', 's1', 's1', 's2')),
    optional(40, 'device', fc.constantFrom('d1', 'd2')),
    optional(20, 'ticket', fc.constant('OPS-9')),
    optional(20, 'score', fc.constant(1)),
  )
  const number = fc.oneof(fc.constantFrom(0, 1, 2, 40), fc.nat(3000))
  const amount = options.odd === true ? fc.oneof(number, oddNumber) : number
  const wanted = fc.oneof<Arbitrary<number | string>[]>(amount, fc.constantFrom('small', 'large'))
  return merged<Request>(
    fc.record({ feature: fc.constantFrom(feature, `${terms.product}:${feature}`) }),
    identity.map((found) => ({ identity: found })),
    context.map((found) => ({ context: found })),
    optional(10, 'actor', name(['bob', 'bot'], options)),
    optional(70, 'organization', often(85, 'acme', name(ORGANIZATIONS, options))),
    optional(
      commands.length === 0 ? 3 : 50,
      'commands',
      fc.array(name(commands.length === 0 ? ['read'] : commands, options), { maxLength: 2 }),
    ),
    optional(kind === undefined ? 15 : 97, 'resource', arbitraryAskedResource(kind ?? 'postgres', options)),
    optional(
      80,
      'proofs',
      fc.tuple(fc.subarray([strongest]), fc.array(arbitraryProof(terms, now, options), { maxLength: 3 })).map((lists) => lists.flat()),
    ),
    optional(
      40,
      'consume',
      amount.map((units) => ({ amount: units, id: 'c1' })),
    ),
    optional(12, 'wanted', wanted),
    optional(20, 'partial', fc.boolean()),
    optional(2, 'locally_refused', fc.boolean()),
    optional(50, 'properties', fc.constant({ subject: { tier: 3 }, action: { soft: true }, resource: { ownerID: 'o' } })),
  )
}

function arbitraryAskedResource(kind: string, options: SceneOptions): Arbitrary<Exclude<Request['resource'], undefined>> {
  const described = fc.record({
    id: fc.constantFrom('r8', 'r9'),
    kind: often(95, kind, fc.constantFrom('postgres', 'ssh')),
    environment: fc.constantFrom('staging', 'production'),
    region: fc.constantFrom('eu-central-1', 'no'),
    labels: fc.constantFrom<Record<string, string>>({ danger: 'low' }, { danger: 'none', 'team/owner': '1' }),
  })
  return fc.oneof({ weight: 6, arbitrary: described }, { weight: 1, arbitrary: name(['r1', 'r2'], options) })
}

export function arbitraryProof(terms: Terms, now: Instant, options: SceneOptions = {}): Arbitrary<Proof> {
  return merged<Proof>(
    fc.record({
      level: name(
        terms.levels.map((level) => level.name),
        options,
      ),
      at: time(around(now), options),
    }),
    optional(90, 'session', fc.constantFrom('s1', 's1', 's1', 's2')),
    optional(20, 'device', fc.constantFrom('d1', 'd2')),
  )
}
