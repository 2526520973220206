import fc, { type Arbitrary } from 'fast-check'
import type {
  Approval,
  Assurance,
  Conditions,
  ContextFact,
  Entry,
  Feature,
  Grace,
  Hours,
  IdentityKind,
  Level,
  Limit,
  Meter,
  Plan,
  Rate,
  ResourceSelector,
  Seats,
  Signal,
  SignalEffect,
  Terms,
} from '../src/model.ts'

/**
 * Valid terms of every shape the language has. Names come from small pools, so that what refers to each other meets: roles permit
 * features that plans include, entries ask for levels that exist, and expressions see facts that are declared.
 */
export function arbitraryTerms(): Arbitrary<Terms> {
  return fc
    .record({ levels: arbitraryLevels, meters: meterNames, roles: someOf(ROLES, 0), plans: someOf(PLANS, 1), aliases: someOf(ALIASES, 0) })
    .chain((names) => {
      const levels = names.levels.map(({ name }) => name)
      return arbitraryFeatures(names.meters, levels).chain((features) =>
        fc.record(
          {
            product: fc.constantFrom('harbor', 'atlas', 'p_1'),
            title: title,
            features: fc.constant(features),
            meters: mapOf(names.meters, arbitraryMeter),
            context: fc.constant(CONTEXT),
            attributes: fc.constant(new Map([['email', 'string'] as const])),
            properties: fc.constant({
              subject: new Map([['tier', 'number'] as const]),
              resource: new Map([['ownerID', 'string'] as const]),
              action: new Map([['soft', 'boolean'] as const]),
            }),
            levels: fc.constant(names.levels),
            signals: mapOf(SIGNALS, arbitrarySignal(levels)),
            onSignalFailure: arbitraryEffect(levels),
            roles: mapOf(names.roles, someOf([...features.keys(), 'job.*', '*'], 0)),
            ends: fc.record({ days: sortedDays, minuteOfDay: fc.integer({ min: 0, max: 1439 }), zone }),
            signedOffBy: fc.uniqueArray(fc.constantFrom('legal', 'finance', 'security'), { minLength: 1 }).map((roles) => roles.sort()),
            plans: arbitraryPlans(names.plans, { features, levels, roles: names.roles, aliases: names.aliases }),
            federation: mapOf(
              names.aliases,
              fc.record({
                authority: fc.constantFrom('https://vault.example', 'https://b.example/x'),
                product: fc.constantFrom('vault', 'depot'),
              }),
            ),
          },
          {
            requiredKeys: [
              'product',
              'title',
              'features',
              'meters',
              'context',
              'attributes',
              'properties',
              'levels',
              'signals',
              'onSignalFailure',
              'roles',
              'plans',
              'federation',
            ],
          },
        ),
      )
    })
}

const FEATURES = ['job.run', 'job.list', 'report.export', 'storage', 'size', 'seat.free', 'host']
const ROLES = ['viewer', 'operator', 'admin']
const PLANS = ['free', 'mid', 'top', 'extra']
const ALIASES = ['vault', 'depot']
const SIGNALS = ['new_device', 'travel']
const COMMANDS = ['read', 'write', 'admin']
const VALUES = ['small', 'medium', 'large']
const KINDS: readonly IdentityKind[] = ['human', 'service', 'machine', 'agent']
const CONTEXT: ReadonlyMap<string, ContextFact> = new Map([
  ['country', { type: 'string', from: 'enforcer' }],
  ['ticket', { type: 'string', from: 'access_request' }],
  ['score', { type: 'number', from: 'world' }],
] as const)
const WHENS = [
  'context.country == "DE"',
  'has(context.ticket) && context.ticket.startsWith("OPS-")',
  'context.score > 0.5 || subject.kind == "human"',
  "subject.attributes.email.endsWith('@a.example')",
  'subject.properties.tier >= 2.0',
  'action.properties.soft',
  'resource.environment == "staging"',
]

/** Titles people would write, and a few that YAML would read as something else. */
const title = fc.oneof(
  fc.constantFrom(
    'Harbor',
    'no',
    'true',
    '2026',
    '1e3',
    '- x',
    '# not a comment',
    'a: b',
    "it's",
    '"quoted"',
    ' padded ',
    'ünïcode 🚢',
    '\\',
    '*a',
    '&a',
    '{',
    '12:00',
  ),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((text) => text.trim() !== '' && !/\p{Cc}/u.test(text) && text.isWellFormed()),
)
const zone = fc.constantFrom('Europe/Berlin', 'Asia/Tokyo', 'UTC', 'America/New_York', 'Australia/Lord_Howe')
const seconds = fc.oneof(fc.constantFrom(1, 59, 60, 90, 600, 3600, 86_400, 604_800, 2_592_000), fc.integer({ min: 1, max: 40_000_000 }))
const sortedDays = fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 })
const meterNames = someOf(['exports', 'calls'], 1)

function someOf<T>(pool: readonly T[], least: number): Arbitrary<T[]> {
  return fc.shuffledSubarray([...pool], { minLength: Math.min(least, pool.length) })
}

function mapOf<T>(names: readonly string[], value: Arbitrary<T>): Arbitrary<Map<string, T>> {
  return fc.tuple(...names.map(() => value)).map((values) => new Map(names.map((name, index) => [name, values[index] as T])))
}

function maybe<T, K extends string>(key: K, value: Arbitrary<T>): Arbitrary<{ [Key in K]?: T }> {
  return fc.option(value, { nil: undefined }).map((found) => (found === undefined ? {} : { [key]: found }) as { [Key in K]?: T })
}

function all<A extends object, B extends object>(...parts: [Arbitrary<A>, ...Arbitrary<B>[]]): Arbitrary<A & B> {
  return fc.tuple(...parts).map((found) => Object.assign({}, ...found) as A & B)
}

const arbitraryLevels: Arbitrary<Level[]> = fc.integer({ min: 1, max: 4 }).chain((count) =>
  fc.tuple(
    ...['password', 'otp', 'passkey', 'hardware'].slice(0, count).map((name) =>
      fc.record<Level>({
        name: fc.constant(name),
        acr: fc.constant(`urn:acr:${name}`),
        anyOf: fc.array(fc.subarray(['pwd', 'otp', 'hwk', 'swk', 'user'], { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }),
        attested: fc.boolean(),
      }),
    ),
  ),
)

const arbitraryMeter: Arbitrary<Meter> = fc.record({
  unit: title,
  aggregate: fc.constant('sum' as const),
  alertAt: fc.subarray([0.07, 0.5, 0.55, 0.8, 0.995, 1]),
})

function arbitraryFeatures(meters: readonly string[], levels: readonly string[]): Arbitrary<Map<string, Feature>> {
  return someOf(FEATURES, 2).chain((names) =>
    fc.tuple(...names.map((name) => arbitraryFeature(name, meters, levels))).map((found) => new Map(found)),
  )
}

function arbitraryFeature(name: string, meters: readonly string[], levels: readonly string[]): Arbitrary<[string, Feature]> {
  const type = name === 'storage' ? 'limit' : name === 'size' ? 'choice' : 'switch'
  return all<Feature, Partial<Feature>>(
    fc.record({
      title,
      type: fc.constant(type as Feature['type']),
      repair: fc.boolean(),
      unreachable: fc.constantFrom('closed' as const, 'open' as const),
    }),
    maybe('meter', fc.constantFrom(...meters)),
    maybe('resource', fc.constantFrom('postgres', 'ssh')),
    maybe('commands', fc.subarray(COMMANDS, { minLength: 1 })),
    maybe(
      'assurance',
      fc.constantFrom(...levels).map((level) => ({ level })),
    ),
    fc.constant(type === 'choice' ? { values: VALUES } : type === 'limit' ? { unit: 'GiB' } : {}),
  ).map((feature) => [name, feature])
}

function arbitraryEffect(levels: readonly string[]): Arbitrary<SignalEffect> {
  return fc.oneof(
    fc.constantFrom<SignalEffect>({ kind: 'allow' }, { kind: 'refuse' }),
    fc.constantFrom(...levels).map((level): SignalEffect => ({ kind: 'require', level })),
  )
}

function arbitrarySignal(levels: readonly string[]): Arbitrary<Signal> {
  return all<Signal, Partial<Signal>>(
    fc.record({ effect: arbitraryEffect(levels) }),
    maybe('overKmPerHour', fc.constantFrom(900, 1000, 12.5)),
  )
}

interface Known {
  readonly features: ReadonlyMap<string, Feature>
  readonly levels: readonly string[]
  readonly roles: readonly string[]
  readonly aliases: readonly string[]
}

function arbitraryPlans(names: readonly string[], known: Known): Arbitrary<Map<string, Plan>> {
  return fc
    .tuple(
      ...names.map((name) =>
        arbitraryPlan(
          names.filter((other) => other !== name),
          known,
        ),
      ),
    )
    .map((plans) => new Map(names.map((name, index) => [name, plans[index] as Plan])))
}

function arbitraryPlan(others: readonly string[], known: Known): Arbitrary<Plan> {
  const included = fc
    .subarray([...known.features.keys()])
    .chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          fc
            .array(arbitraryEntry(known.features.get(name) as Feature, known), { minLength: 1, maxLength: 3 })
            .map((entries) => [name, entries] as const),
        ),
      ),
    )
  return all<Plan, Partial<Plan>>(
    fc.record({
      title,
      price: fc.constantFrom(new Map<string, string>(), new Map([['stripe', 'price_1']])),
      grace: arbitraryGrace(others),
      enforcement: fc.constantFrom('enforce' as const, 'enforce' as const, 'advise' as const),
      includes: included.map((entries) => new Map<string, readonly Entry[]>(entries)),
      conditions: arbitraryConditions,
    }),
    maybe('trialSeconds', seconds),
    maybe('seats', arbitrarySeats),
  )
}

function arbitraryGrace(others: readonly string[]): Arbitrary<Grace> {
  const time = fc.oneof(fc.constant(0), seconds)
  const times = fc.record({ expirySeconds: time, paymentSeconds: time, offlineSeconds: fc.oneof(fc.constant(86_400), time) })
  return others.length === 0 ? times : all<Grace, Partial<Grace>>(times, maybe('degradeTo', fc.constantFrom(...others)))
}

const arbitraryOverage: Arbitrary<Seats['overage']> = fc.oneof(
  fc.record({ kind: fc.constant('percent' as const), amount: fc.constantFrom(0, 10, 12.5, 100) }),
  fc.record({ kind: fc.constant('count' as const), amount: fc.integer({ min: 0, max: 3 }) }),
)

const arbitrarySeats: Arbitrary<Seats> = fc.constantFrom('named' as const, 'floating' as const).chain((kind) => {
  const both = fc.record({
    kind: fc.constant(kind),
    count: fc.integer({ min: 0, max: 30 }),
    overage: arbitraryOverage,
    for: fc.shuffledSubarray([...KINDS], { minLength: 1 }),
  })
  return kind === 'named'
    ? fc
        .tuple(both, fc.constantFrom('on use' as const, 'by admin' as const), fc.oneof(fc.constant(0), seconds))
        .map(([seats, take, holdSeconds]): Seats => ({ ...seats, take, holdSeconds, outage: 'release' }))
    : fc
        .tuple(both, fc.constantFrom('keep' as const, 'release' as const), maybe('leaseSeconds', seconds))
        .map(([seats, outage, lease]): Seats => ({ ...seats, ...lease, take: 'on use', holdSeconds: 0, outage }))
})

const arbitraryHours: Arbitrary<Hours> = fc
  .record({
    zone,
    lines: fc.array(fc.record({ days: sortedDays, from: fc.integer({ min: 0, max: 1439 }), length: fc.integer({ min: 1, max: 1439 }) }), {
      maxLength: 3,
    }),
    closedOn: fc.subarray(['2026-03-29', '2026-10-25', '2026-12-25', '2028-02-29']),
  })
  .map(({ zone, lines, closedOn }) => {
    const windows = lines.flatMap(({ days, from, length }) => days.map((day) => ({ day, fromMinute: from, untilMinute: from + length })))
    const unique = new Map(windows.map((window) => [JSON.stringify(window), window]))
    const open = [...unique.values()].toSorted((a, b) => a.day - b.day || a.fromMinute - b.fromMinute || a.untilMinute - b.untilMinute)
    return { zone, open, closedOn }
  })

const arbitraryConditions: Arbitrary<Conditions> = fc.oneof(
  fc.constant({}),
  all<Conditions, Conditions>(
    maybe('hours', arbitraryHours),
    maybe('regions', fc.shuffledSubarray(['EU', 'EEA', 'DE', 'NO', 'US', 'continent:AS'], { minLength: 1 })),
    maybe('networks', fc.shuffledSubarray(['10.0.0.0/8', '2001:db8::/32', '192.0.2.1/32'], { minLength: 1 })),
    maybe('when', fc.constantFrom(...WHENS)),
  ),
)

function arbitraryRate(burst: Arbitrary<number | undefined>): Arbitrary<Rate> {
  return fc
    .record({ count: fc.integer({ min: 1, max: 1000 }), periodSeconds: fc.constantFrom(1 as const, 60 as const, 3600 as const), burst })
    .map((rate) => ({ ...rate, burst: rate.burst ?? rate.count }))
}

const arbitraryLimit: Arbitrary<Limit> = fc.record({ count: fc.integer({ min: 0, max: 2000 }), perSeat: fc.boolean() }).chain((limit) =>
  fc.oneof(
    fc.constantFrom('hour', 'day', 'week', 'month', 'year').map((period) => ({ ...limit, period }) as Limit),
    fc
      .tuple(fc.constantFrom('day', 'week', 'month', 'year'), zone)
      .map(([period, calendarZone]) => ({ ...limit, period, calendarZone }) as Limit),
  ),
)

const arbitraryResources: Arbitrary<ResourceSelector> = all<ResourceSelector, Partial<ResourceSelector>>(
  fc
    .constantFrom<Map<string, readonly string[]>>(
      new Map(),
      new Map([['danger', ['none', 'low']]]),
      new Map([['team/owner', ['a b', '1']]]),
    )
    .map((labels) => ({ labels })),
  maybe('environment', fc.shuffledSubarray(['staging', 'production'], { minLength: 1 })),
  maybe('region', fc.shuffledSubarray(['eu-central-1', 'no'], { minLength: 1 })),
)

const unlimited: Arbitrary<Pick<Entry, 'then'>> = fc.constant({ then: { kind: 'refuse' } })

function arbitraryQuota(feature: Feature): Arbitrary<Pick<Entry, 'limit' | 'then'>> {
  if (feature.meter === undefined) return unlimited
  const then: Arbitrary<Entry['then']> = fc.oneof(
    fc.constantFrom<Entry['then']>({ kind: 'refuse' }, { kind: 'bill' }),
    arbitraryRate(fc.constant(undefined)).map((rate): Entry['then'] => ({ kind: 'throttle', rate })),
  )
  return fc.oneof(unlimited, fc.record({ limit: arbitraryLimit, then }))
}

function arbitraryAssurance(levels: readonly string[]): Arbitrary<Assurance> {
  return all<Assurance, Partial<Assurance>>(fc.record({ level: fc.constantFrom(...levels) }), maybe('withinSeconds', seconds))
}

function arbitraryApproval(roles: readonly string[]): Arbitrary<Approval> {
  return all<Approval, Partial<Approval>>(
    fc.record({ by: fc.constantFrom(...roles), count: fc.integer({ min: 1, max: 3 }) }),
    maybe('forSeconds', seconds),
  )
}

function arbitraryEntry(feature: Feature, { levels, roles, aliases }: Known): Arbitrary<Entry> {
  const value: Arbitrary<Partial<Entry>> =
    feature.type === 'limit'
      ? fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.constantFrom(0.5, 1e-7)).map((value) => ({ value }))
      : feature.type === 'choice'
        ? fc.constantFrom(...VALUES).map((value) => ({ value }))
        : fc.constant({})
  const nothing: Arbitrary<Partial<Entry>> = fc.constant({})
  return all<Pick<Entry, 'then' | 'obligations' | 'conditions'>, Partial<Entry>>(
    fc.record({
      then: fc.constant<Entry['then']>({ kind: 'refuse' }),
      obligations: fc.record({ record: fc.boolean(), mask: fc.subarray(['email', 'iban']) }),
      conditions: arbitraryConditions,
    }),
    arbitraryQuota(feature),
    value,
    maybe('rate', arbitraryRate(fc.option(fc.integer({ min: 0, max: 2000 }), { nil: undefined }))),
    feature.resource === undefined ? nothing : maybe('resources', arbitraryResources),
    feature.commands === undefined ? nothing : maybe('commands', fc.shuffledSubarray([...feature.commands], { minLength: 1 })),
    maybe('assurance', arbitraryAssurance(levels)),
    roles.length === 0 ? nothing : maybe('approval', arbitraryApproval(roles)),
    maybe('when', fc.constantFrom(...WHENS)),
    aliases.length === 0
      ? nothing
      : maybe(
          'needs',
          fc.constantFrom(...aliases).map((alias) => `${alias}:blob.write`),
        ),
  )
}
