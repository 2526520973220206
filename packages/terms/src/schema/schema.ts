import { FORMS, listOf, map, mapOf, ref, type Schema } from './forms.ts'

const said = (schema: Schema, description: string): Schema => ({ ...schema, description })
const wholeFrom = (minimum: number, description?: string): Schema => ({
  type: 'integer',
  minimum,
  maximum: Number.MAX_SAFE_INTEGER,
  ...(description !== undefined && { description }),
})
const truth = (description: string): Schema => ({ type: 'boolean', description })

const feature = map({
  title: said(ref('text'), 'What people read. Default: the name.'),
  type: { enum: ['switch', 'limit', 'choice'], default: 'switch' },
  unit: said(ref('text'), 'Of a limit: what is counted.'),
  values: listOf(ref('text'), 1, 'Of a choice: the values, smallest first.'),
  meter: said(ref('name'), 'What counts its use.'),
  resource: said(ref('name'), 'The kind of resource that it is asked about.'),
  commands: listOf(ref('name'), 1, 'What may be done to the resource.'),
  assurance: said(ref('assurance'), 'A protective minimum: holds for every edition ever sold.'),
  repair: truth('Stays open when the licence has ended. Default: false.'),
  unreachable: { enum: ['closed', 'open'], default: 'closed', description: 'open: staleness alone never closes it.' },
})

const conditions = map(
  {
    hours: map({ zone: ref('zone'), open: { type: 'array', maxItems: 1000, items: ref('hours') }, closed_on: listOf(ref('date'), 0) }, [
      'zone',
      'open',
    ]),
    regions: listOf(ref('region'), 1, 'Where the caller is.'),
    networks: listOf(ref('network'), 1, 'Where the caller calls from.'),
    when: ref('expression'),
  },
  [],
  'What holds for everything under it.',
)

const labels: Schema = {
  type: 'object',
  maxProperties: 200,
  additionalProperties: listOf(ref('text')),
  description: 'A missing label matches nothing.',
}

const entry: Schema = {
  ...map({
    limit: ref('limit'),
    then: ref('then'),
    rate: ref('rate'),
    burst: wholeFrom(0, 'How many at once. Default: the count of the rate.'),
    value: { oneOf: [{ type: 'number', minimum: 0 }, ref('text')], description: 'Of a limit a number, of a choice one of its values.' },
    resources: map({ environment: listOf(ref('text')), region: listOf(ref('text')), labels }),
    commands: listOf(ref('name')),
    assurance: ref('assurance'),
    approval: map(
      { by: said(ref('name'), 'The role of those who approve.'), count: wholeFrom(1, 'How many must. Default: 1.'), for: ref('upTo') },
      ['by'],
    ),
    obligations: map({ record: truth('The session is recorded.'), mask: listOf(ref('text'), 0, 'Fields that are masked.') }),
    when: ref('expression'),
    needs: ref('need'),
    conditions: ref('conditions'),
  }),
  dependentRequired: { burst: ['rate'], then: ['limit'] },
}

const seats: Schema = {
  ...map({
    named: wholeFrom(0, 'How many identities have a place of their own.'),
    floating: wholeFrom(0, 'How many may be in use at once.'),
    overage: {
      oneOf: [wholeFrom(0), ref('percent'), { const: 'none' }],
      description: 'How many more are let in and billed. Default: none.',
    },
    for: listOf({ enum: ['human', 'service', 'machine', 'agent'] }, 1, 'The kinds of identity that need one. Default: [human].'),
    take: { enum: ['on use', 'by admin'], default: 'on use' },
    hold: { oneOf: [ref('duration'), { const: 'none' }], description: 'Shortest time before a freed seat may go to someone else.' },
    lease: said(ref('duration'), 'How long one heartbeat keeps a floating seat.'),
    outage: { enum: ['keep', 'release'], default: 'release' },
  }),
  oneOf: [{ required: ['named'] }, { required: ['floating'] }],
  dependentSchemas: { named: { properties: { lease: false, outage: false } }, floating: { properties: { take: false, hold: false } } },
}

const plan = map({
  extends: said(ref('name'), 'A plan to inherit from: a key given here replaces the inherited one, includes feature by feature.'),
  title: said(ref('text'), 'What people read. Default: the name.'),
  price: mapOf(ref('text'), 'Names of prices, by billing provider. Never inherited.'),
  trial: said(ref('duration'), 'Never inherited.'),
  seats,
  grace: map(
    { expiry: ref('duration'), payment: ref('duration'), offline: ref('duration'), then: ref('degrade') },
    [],
    'One term per cause. Defaults: 0 s, 0 s, 24 hours.',
  ),
  enforcement: { enum: ['enforce', 'advise'], default: 'enforce' },
  includes: mapOf(
    { oneOf: [ref('entry'), { type: 'array', maxItems: 100, items: ref('entry') }] },
    'Entries by feature; a list is alternatives, the first that passes is used.',
    1000,
  ),
  conditions: ref('conditions'),
})

const signal: Schema = {
  ...map({
    require: ref('name'),
    refuse: { const: true },
    allow: { const: true },
    over: said(ref('speed'), 'Of a travel signal: faster than this raises it.'),
  }),
  oneOf: [{ required: ['require'] }, { required: ['refuse'] }, { required: ['allow'] }],
}

const level = map(
  {
    acr: { type: 'string', minLength: 1, maxLength: 200, pattern: '^\\S+$', description: 'Its name in OpenID Connect.' },
    any_of: {
      type: 'array',
      maxItems: 1000,
      items: { oneOf: [ref('text'), listOf(ref('text'))] },
      description: 'Values of amr (RFC 8176); a nested list means all of it.',
    },
    attested: truth('Asks for an attested authenticator. Default: false.'),
  },
  ['acr', 'any_of'],
)

const facts = (description: string) => mapOf(ref('factType'), description)

/** JSON Schema (draft 2020-12) of a terms file, for editors. It knows forms and keys; what refers to what is for `check` to say. */
export const termsSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Writ terms',
  ...map(
    {
      terms: { const: 1, description: 'The version of the language.' },
      product: ref('name'),
      title: ref('text'),
      features: mapOf(feature, 'What can be sold.', 1000),
      meters: mapOf(
        map({ unit: ref('text'), aggregate: { const: 'sum' }, alert_at: listOf(ref('percent'), 0) }, ['unit']),
        'What is counted.',
        1000,
      ),
      context: mapOf(
        map({ type: ref('factType'), from: { enum: ['enforcer', 'token', 'access_request', 'world'] } }, ['type', 'from']),
        'What a request may say beyond the standard facts.',
      ),
      attributes: facts('Facts about an identity.'),
      properties: map(
        { subject: facts('Of the subject.'), resource: facts('Of the resource.'), action: facts('Of the action.') },
        [],
        'Facts that an enforcer sends.',
      ),
      assurance: mapOf(level, 'Levels, weakest first.'),
      signals: {
        type: 'object',
        maxProperties: 200,
        propertyNames: ref('name'),
        properties: { on_failure: ref('failure'), failed: false },
        additionalProperties: signal,
      },
      roles: mapOf(listOf(ref('pattern'), 0), 'Who may do what inside a customer.', 1000),
      ends: map(
        { on: ref('days'), at: ref('time'), zone: ref('zone') },
        ['on', 'at', 'zone'],
        'When licences end; applied once, when one is issued or renewed.',
      ),
      publish: map({ signed_off_by: listOf(ref('name')) }, ['signed_off_by'], 'Who signs off an edition before it is published.'),
      plans: mapOf(plan, 'What is sold.'),
      federation: mapOf(
        map({ authority: { type: 'string', pattern: '^https?://[^?#\\s]+$' }, product: ref('name') }, ['authority', 'product']),
        'Other authorities, by the alias that needs uses.',
      ),
    },
    ['terms', 'product'],
    'The machine-readable contract of a product.',
  ),
  $defs: { ...FORMS, entry, conditions },
}
