import { describe, expect, test } from 'vitest'
import { parseValue } from '../src/index.ts'

type Kind = 'text' | 'words' | 'list' | 'dict' | 'flag' | 'number' | 'other'

/** A file that holds every key of the language, with a second plan for what excludes what the first has. */
const whole = () => ({
  terms: 1,
  product: 'p',
  title: 'P',
  features: {
    view: {
      title: 'View',
      type: 'switch',
      meter: 'views',
      resource: 'db',
      commands: ['select'],
      assurance: 'otp',
      repair: true,
      unreachable: 'open',
    },
    store: { type: 'limit', unit: 'GiB' },
    size: { type: 'choice', values: ['small'] },
  },
  meters: { views: { unit: 'view', aggregate: 'sum', alert_at: ['80%'] } },
  context: { ticket: { type: 'string', from: 'access_request' } },
  attributes: { team: 'string' },
  properties: { subject: { age: 'number' }, resource: { hot: 'boolean' }, action: { bulk: 'boolean' } },
  assurance: { otp: { acr: 'a', any_of: ['otp', ['hwk', 'user']], attested: true } },
  signals: { travel: { require: 'otp', over: '1000 km/h' }, bot: { refuse: true }, known: { allow: true }, on_failure: 'refuse' },
  roles: { all: ['*'] },
  ends: { on: 'mon-fri', at: '12:00', zone: 'UTC' },
  federation: { vault: { authority: 'https://vault.example', product: 'vault' } },
  plans: {
    base: {},
    x: {
      extends: 'base',
      title: 'X',
      price: { stripe: 'price_1' },
      trial: '14 days',
      seats: { named: 5, overage: '10%', for: ['human'], take: 'on use', hold: '1 day' },
      grace: { expiry: '1 day', payment: '1 day', offline: '1 day', then: 'degrade to base' },
      enforcement: 'enforce',
      includes: {
        view: {
          limit: '5 per day',
          then: 'bill',
          rate: '5 per second',
          burst: 5,
          resources: { environment: ['prod'], region: ['eu'], labels: { team: ['a'] } },
          commands: ['select'],
          assurance: 'otp',
          approval: { by: 'all', count: 1, for: 'up to 4 hours' },
          obligations: { record: true, mask: ['name'] },
          when: 'context.ticket == "a" && subject.attributes.team == "b" && subject.properties.age > 1.0 && resource.properties.hot && action.properties.bulk',
          needs: 'vault:blob',
          conditions: {
            hours: { zone: 'UTC', open: ['08:00-18:00'], closed_on: ['2026-12-25'] },
            regions: ['DE'],
            networks: ['10.0.0.0/8'],
          },
        },
        store: { value: 5 },
        size: [{ value: 'small' }],
      },
      conditions: { when: 'true' },
    },
    y: { seats: { floating: 5, lease: '1 hour', outage: 'keep' } },
  },
})

/** What stands at a path, and what it is called where another kind of value stands there. */
const members: readonly [path: string, kind: Kind, name: string][] = [
  ['', 'dict', 'A terms file'],
  ['terms', 'other', ''],
  ['product', 'text', 'Product'],
  ['title', 'text', 'Title'],
  ['features', 'dict', 'Features'],
  ['features.view', 'dict', 'Feature view'],
  ['features.view.title', 'text', 'Title'],
  ['features.view.type', 'words', 'Type'],
  ['features.view.meter', 'text', 'Meter'],
  ['features.view.resource', 'text', 'Resource'],
  ['features.view.commands', 'list', 'Commands'],
  ['features.view.commands.0', 'text', 'A command'],
  ['features.view.assurance', 'words', 'Assurance'],
  ['features.view.repair', 'flag', 'Repair'],
  ['features.view.unreachable', 'words', 'Unreachable'],
  ['features.store.unit', 'text', 'Unit'],
  ['features.size.values', 'list', 'Values'],
  ['features.size.values.0', 'text', 'A value'],
  ['meters', 'dict', 'Meters'],
  ['meters.views', 'dict', 'Meter views'],
  ['meters.views.unit', 'text', 'Unit'],
  ['meters.views.aggregate', 'words', 'Aggregate'],
  ['meters.views.alert_at', 'list', 'Alert_at'],
  ['meters.views.alert_at.0', 'words', 'A share of the limit'],
  ['context', 'dict', 'Context'],
  ['context.ticket', 'dict', 'Fact ticket'],
  ['context.ticket.type', 'words', 'Type'],
  ['context.ticket.from', 'words', 'From'],
  ['attributes', 'dict', 'Attributes'],
  ['attributes.team', 'words', 'The type of team'],
  ['properties', 'dict', 'Properties'],
  ['properties.subject', 'dict', 'Properties of the subject'],
  ['properties.resource', 'dict', 'Properties of the resource'],
  ['properties.action', 'dict', 'Properties of the action'],
  ['properties.action.bulk', 'words', 'The type of bulk'],
  ['assurance', 'dict', 'Assurance'],
  ['assurance.otp', 'dict', 'Level otp'],
  ['assurance.otp.acr', 'text', 'Acr'],
  ['assurance.otp.any_of', 'list', 'Any_of'],
  ['assurance.otp.any_of.0', 'other', 'A method'],
  ['assurance.otp.any_of.1.0', 'text', 'A method'],
  ['assurance.otp.attested', 'flag', 'Attested'],
  ['signals', 'dict', 'Signals'],
  ['signals.travel', 'dict', 'Signal travel'],
  ['signals.travel.require', 'words', 'Require'],
  ['signals.travel.over', 'words', 'Over'],
  ['signals.bot.refuse', 'flag', 'Refuse'],
  ['signals.known.allow', 'flag', 'Allow'],
  ['signals.on_failure', 'words', 'On_failure'],
  ['roles', 'dict', 'Roles'],
  ['roles.all', 'list', 'Role all'],
  ['roles.all.0', 'text', 'A feature'],
  ['ends', 'dict', 'Ends'],
  ['ends.on', 'words', 'On'],
  ['ends.at', 'words', 'At'],
  ['ends.zone', 'words', 'Zone'],
  ['federation', 'dict', 'Federation'],
  ['federation.vault', 'dict', 'Authority vault'],
  ['federation.vault.authority', 'text', 'Authority'],
  ['federation.vault.product', 'text', 'Product'],
  ['plans', 'dict', 'Plans'],
  ['plans.x', 'dict', 'Plan x'],
  ['plans.x.extends', 'text', 'Extends'],
  ['plans.x.title', 'text', 'Title'],
  ['plans.x.price', 'dict', 'Price'],
  ['plans.x.price.stripe', 'text', 'The price at stripe'],
  ['plans.x.trial', 'words', 'Trial'],
  ['plans.x.seats', 'dict', 'Seats'],
  ['plans.x.seats.named', 'number', 'The number of named seats'],
  ['plans.x.seats.overage', 'words', 'Overage'],
  ['plans.x.seats.for', 'list', 'For'],
  ['plans.x.seats.for.0', 'words', 'A kind of identity'],
  ['plans.x.seats.take', 'words', 'Take'],
  ['plans.x.seats.hold', 'words', 'Hold'],
  ['plans.y.seats.floating', 'number', 'The number of floating seats'],
  ['plans.y.seats.lease', 'words', 'Lease'],
  ['plans.y.seats.outage', 'words', 'Outage'],
  ['plans.x.grace', 'dict', 'Grace'],
  ['plans.x.grace.expiry', 'words', 'Expiry'],
  ['plans.x.grace.payment', 'words', 'Payment'],
  ['plans.x.grace.offline', 'words', 'Offline'],
  ['plans.x.grace.then', 'words', 'Then'],
  ['plans.x.enforcement', 'words', 'Enforcement'],
  ['plans.x.includes', 'dict', 'Includes'],
  ['plans.x.includes.view', 'other', 'An entry of view'],
  ['plans.x.includes.size.0', 'dict', 'An entry of size'],
  ['plans.x.includes.view.limit', 'words', 'Limit'],
  ['plans.x.includes.view.then', 'words', 'Then'],
  ['plans.x.includes.view.rate', 'words', 'Rate'],
  ['plans.x.includes.view.burst', 'number', 'Burst'],
  ['plans.x.includes.view.resources', 'dict', 'Resources'],
  ['plans.x.includes.view.resources.environment', 'list', 'Environment'],
  ['plans.x.includes.view.resources.environment.0', 'text', 'A environment'],
  ['plans.x.includes.view.resources.region', 'list', 'Region'],
  ['plans.x.includes.view.resources.region.0', 'text', 'A region'],
  ['plans.x.includes.view.resources.labels', 'dict', 'Labels'],
  ['plans.x.includes.view.resources.labels.team', 'list', 'Label team'],
  ['plans.x.includes.view.resources.labels.team.0', 'text', 'A label value'],
  ['plans.x.includes.view.commands', 'list', 'Commands'],
  ['plans.x.includes.view.commands.0', 'text', 'A command'],
  ['plans.x.includes.view.assurance', 'words', 'Assurance'],
  ['plans.x.includes.view.approval', 'dict', 'Approval'],
  ['plans.x.includes.view.approval.by', 'text', 'By'],
  ['plans.x.includes.view.approval.count', 'number', 'The count of an approval'],
  ['plans.x.includes.view.approval.for', 'words', 'For'],
  ['plans.x.includes.view.obligations', 'dict', 'Obligations'],
  ['plans.x.includes.view.obligations.record', 'flag', 'Record'],
  ['plans.x.includes.view.obligations.mask', 'list', 'Mask'],
  ['plans.x.includes.view.obligations.mask.0', 'text', 'A field'],
  ['plans.x.includes.view.when', 'other', 'When'],
  ['plans.x.includes.view.needs', 'text', 'Needs'],
  ['plans.x.includes.view.conditions', 'dict', 'Conditions'],
  ['plans.x.includes.view.conditions.hours', 'dict', 'Hours'],
  ['plans.x.includes.view.conditions.hours.zone', 'words', 'Zone'],
  ['plans.x.includes.view.conditions.hours.open', 'list', 'Openings'],
  ['plans.x.includes.view.conditions.hours.open.0', 'words', 'An opening'],
  ['plans.x.includes.view.conditions.hours.closed_on', 'list', 'Closed_on'],
  ['plans.x.includes.view.conditions.hours.closed_on.0', 'words', 'A date'],
  ['plans.x.includes.view.conditions.regions', 'list', 'Regions'],
  ['plans.x.includes.view.conditions.regions.0', 'words', 'A region'],
  ['plans.x.includes.view.conditions.networks', 'list', 'Networks'],
  ['plans.x.includes.view.conditions.networks.0', 'words', 'A network'],
  ['plans.x.includes.store.value', 'other', 'The value of store'],
  ['plans.x.conditions', 'dict', 'Conditions'],
]

const FILL_IN = 'Fill it in, or leave the key out.'
const LINES = 'Write "key: value" lines, or {} for an empty one.'

/** Values of another kind, with what is said about each. */
const others: Readonly<Record<Kind, readonly [value: unknown, says: string, suggestion: string | undefined][]>> = {
  text: [
    [['a'], 'must be a single value, not a list.', 'Write one value.'],
    [5, 'must be text.', "Put it in quotes: '5'."],
    [null, 'must be text.', FILL_IN],
  ],
  words: [
    [{}, 'must be a single value, not a map of keys.', 'Write one value.'],
    [true, 'must be text.', undefined],
    [null, 'must be text.', FILL_IN],
  ],
  list: [
    ['a', 'must be a list, not a single value.', 'Write [a].'],
    [null, 'must be a list, not nothing.', 'Write [a, b], or one "- " a line.'],
  ],
  dict: [
    ['a', 'must be a map of keys, not a single value.', LINES],
    [[], 'must be a map of keys, not a list.', LINES],
    [null, 'must be a map of keys, not nothing.', LINES],
  ],
  flag: [
    ['yes', 'must be true or false.', undefined],
    [{}, 'must be true or false.', undefined],
  ],
  number: [],
  other: [],
}

function having(path: string, value: unknown): unknown {
  if (path === '') return value
  const all = whole()
  const keys = path.split('.')
  const last = keys.pop() as string
  let at: Record<string, unknown> = all
  for (const key of keys) at = at[key] as Record<string, unknown>
  if (!Object.hasOwn(at, last)) throw new Error(`nothing stands at ${path}`)
  at[last] = value
  return all
}

test('the file around them has no fault', () => {
  expect(parseValue(whole()).findings).toEqual([])
})

describe('another kind of value is refused by name', () => {
  for (const [path, kind, name] of members)
    test(path, () => {
      for (const [value, says, suggestion] of others[kind]) {
        const { findings, terms } = parseValue(having(path, value))
        expect(findings).toEqual([
          { severity: 'error', code: 'WRONG_TYPE', line: 0, column: 0, message: `${name} ${says}`, ...(suggestion && { suggestion }) },
        ])
        expect(terms).toBeUndefined()
      }
    })
})

describe('what is at fault by itself is told once, and nothing is said of what it might have been', () => {
  for (const [path] of members)
    test(path, () => {
      expect(parseValue(having(path, 5n)).findings.map(({ message }) => message)).toEqual(['A value of type bigint cannot stand in terms.'])
    })
})
