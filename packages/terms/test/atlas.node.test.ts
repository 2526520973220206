/** `examples/atlas.terms.yaml` is the model of the language: what its comments say of the terms must hold of what is read. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Document, isMap, isScalar, parseDocument, parse as parseYaml, visit } from 'yaml'
import { canonical, check, type Entry, hash, type Plan, parse, parseValue, show, type Terms } from '../src/index.ts'

const root = join(import.meta.dirname, '../../..')
const source = readFileSync(join(root, 'examples/atlas.terms.yaml'), 'utf8')

function read(text: string): Terms {
  const { terms, findings } = parse(text)
  if (terms === undefined) throw new Error(JSON.stringify(findings))
  return terms
}

const atlas = read(source)
function plan(name: string): Plan {
  const found = atlas.plans.get(name)
  if (found === undefined) throw new Error(`no plan ${name}`)
  return found
}
function entries(of: string, feature: string): readonly Entry[] {
  return plan(of).includes.get(feature) ?? []
}

test('there is nothing to say of it: no fault and no warning', () => {
  expect(check(source).findings).toEqual([])
})

describe('features', () => {
  test('viewing dashboards stays open on staleness, everything else is closed by it', () => {
    const open = [...atlas.features].filter(([, { unreachable }]) => unreachable === 'open').map(([name]) => name)
    expect(open).toEqual(['dashboard.view'])
  })
  test('those who can repair are changing the plan and freeing a seat', () => {
    expect([...atlas.features].filter(([, { repair }]) => repair).map(([name]) => name)).toEqual(['plan.change', 'seat.release'])
  })
  test('the warehouse is asked about a resource and has a protective minimum', () => {
    expect(atlas.features.get('warehouse.query')).toEqual({
      title: 'Query the warehouse',
      type: 'switch',
      resource: 'postgres',
      commands: ['select', 'insert', 'update', 'delete', 'ddl'],
      assurance: { level: 'otp' },
      repair: false,
      unreachable: 'closed',
    })
  })
  test('storage is a limit in GiB and the model size a choice, smallest first', () => {
    expect(atlas.features.get('storage')).toMatchObject({ type: 'limit', unit: 'GiB' })
    expect(atlas.features.get('model.size')).toMatchObject({ type: 'choice', values: ['small', 'large'] })
  })
  test('meters keep the shares at which somebody wants to know', () => {
    expect(atlas.meters.get('exports')).toEqual({ unit: 'report', aggregate: 'sum', alertAt: [0.8, 1] })
  })
})

test('a ticket is taken from the approved request', () => {
  expect(atlas.context).toEqual(new Map([['ticket', { type: 'string', from: 'access_request' }]]))
})

describe('assurance and signals', () => {
  test('levels stand weakest first', () => {
    expect(atlas.levels.map(({ name }) => name)).toEqual(['password', 'otp', 'passkey', 'hardware'])
  })
  test('a passkey is hardware or software with its user verified, and only the top level asks for attestation', () => {
    expect(atlas.levels[2]?.anyOf).toEqual([
      ['hwk', 'user'],
      ['swk', 'user'],
    ])
    expect(atlas.levels.map(({ attested }) => attested)).toEqual([false, false, false, true])
  })
  test('signals raise the bar or refuse, and one that cannot be computed asks for otp', () => {
    expect(atlas.signals.get('impossible_travel')).toEqual({ effect: { kind: 'require', level: 'passkey' }, overKmPerHour: 1000 })
    expect(atlas.signals.get('reported_compromise')).toEqual({ effect: { kind: 'refuse' } })
    expect(atlas.onSignalFailure).toEqual({ kind: 'require', level: 'otp' })
    expect(atlas.signals.has('on_failure')).toBe(false)
  })
})

test('licences end from Monday to Thursday at noon in Berlin, never at midnight or before a weekend', () => {
  expect(atlas.ends).toEqual({ days: [0, 1, 2, 3], minuteOfDay: 720, zone: 'Europe/Berlin' })
})

test('roles name features exactly, and an admin may everything', () => {
  expect(atlas.roles.get('operator')).toEqual(['host.shell', 'warehouse.query'])
  expect(atlas.roles.get('admin')).toEqual(['*'])
})

describe('plans', () => {
  test('stand in the order in which they are written', () => {
    expect([...atlas.plans.keys()]).toEqual(['free', 'standard', 'enterprise', 'enterprise_vault'])
  })
  test('free has three seats by the defaults, and says only how long it works offline', () => {
    expect(plan('free').seats).toEqual({
      kind: 'named',
      count: 3,
      overage: { kind: 'count', amount: 0 },
      for: ['human'],
      take: 'on use',
      holdSeconds: 0,
      outage: 'release',
    })
    expect(plan('free').grace).toEqual({ expirySeconds: 0, paymentSeconds: 0, offlineSeconds: 24 * 3600 })
    expect(plan('free').enforcement).toBe('enforce')
    expect(plan('free').trialSeconds).toBeUndefined()
  })
  test('a rate without a burst may burst to its count', () => {
    expect(entries('free', 'api.call')[0]?.rate).toEqual({ count: 2, periodSeconds: 1, burst: 2 })
    expect(entries('standard', 'api.call')[0]?.rate).toEqual({ count: 10, periodSeconds: 1, burst: 20 })
  })
  test('standard lets in the 26th and 27th and bills them, the 28th is not let in', () => {
    const { seats } = plan('standard')
    expect(seats?.overage).toEqual({ kind: 'percent', amount: 10 })
    expect(Math.floor((seats?.count ?? 0) * (1 + (seats?.overage.amount ?? 0) / 100))).toBe(27)
    expect(seats?.holdSeconds).toBe(86_400)
  })
  test('standard has one grace term per cause and nothing after', () => {
    expect(plan('standard').grace).toEqual({ expirySeconds: 3 * 86_400, paymentSeconds: 7 * 86_400, offlineSeconds: 72 * 3600 })
  })
  test('the limit of exports is hard, that of calls is billed', () => {
    expect(entries('standard', 'report.export')[0]).toMatchObject({
      limit: { count: 1000, period: 'month', perSeat: false },
      then: { kind: 'refuse' },
    })
    expect(entries('standard', 'api.call')[0]?.then).toEqual({ kind: 'bill' })
  })
  test('the conditions of standard hold for everything it includes', () => {
    const { conditions } = plan('standard')
    expect(conditions.hours?.open).toEqual([0, 1, 2, 3, 4].map((day) => ({ day, fromMinute: 480, untilMinute: 1080 })))
    expect(conditions.hours?.closedOn).toEqual(['2026-12-25', '2026-12-26'])
    expect(conditions.regions).toEqual(['EU'])
  })
})

describe('extends', () => {
  test('price and trial are never inherited', () => {
    expect(plan('enterprise').price).toEqual(new Map([['stripe', 'atlas_enterprise_yearly']]))
    expect(plan('enterprise').trialSeconds).toBeUndefined()
    expect(read(source.replace('    price: { stripe: atlas_enterprise_yearly }\n', '')).plans.get('enterprise')?.price.size).toBe(0)
  })
  test('includes are inherited feature by feature', () => {
    expect(entries('enterprise', 'dashboard.view')).toBe(entries('standard', 'dashboard.view'))
    expect(entries('enterprise', 'seat.release')).toBe(entries('standard', 'seat.release'))
    expect(entries('enterprise', 'report.export')[0]?.limit).toBeUndefined()
    expect(entries('enterprise', 'model.size')[0]?.value).toBe('large')
    expect(entries('enterprise', 'plan.change')[0]?.assurance).toEqual({ level: 'passkey', withinSeconds: 300 })
    expect(entries('standard', 'plan.change')[0]?.assurance).toEqual({ level: 'otp', withinSeconds: 600 })
  })
  test('a key given replaces the inherited one whole: no hours, no regions, other seats', () => {
    expect(plan('enterprise').conditions).toEqual({})
    expect(plan('enterprise').seats).toEqual({
      kind: 'floating',
      count: 100,
      overage: { kind: 'count', amount: 0 },
      for: ['human'],
      take: 'on use',
      holdSeconds: 0,
      leaseSeconds: 600,
      outage: 'keep',
    })
  })
  test('a key not given is inherited', () => {
    expect(plan('enterprise_vault').seats).toBe(plan('enterprise').seats)
    expect(plan('enterprise_vault').grace).toEqual({
      expirySeconds: 2_592_000,
      paymentSeconds: 2_592_000,
      offlineSeconds: 2_592_000,
      degradeTo: 'free',
    })
    expect(entries('enterprise_vault', 'host.shell')).toBe(entries('enterprise', 'host.shell'))
    expect(plan('enterprise').enforcement).toBe('enforce')
  })
  test('through two plans the nearest word counts', () => {
    expect(entries('enterprise_vault', 'storage').map(({ value, needs }) => [value, needs])).toEqual([
      [20_000, 'vault:blob.write'],
      [2000, undefined],
    ])
    expect(entries('enterprise', 'storage').map(({ value }) => value)).toEqual([2000])
  })
  test('an empty list drops what would be inherited', () => {
    const without = read(source.replace('      storage: { value: 2000 }\n', '      storage: []\n'))
    expect(without.plans.get('enterprise')?.includes.has('storage')).toBe(false)
  })
})

describe('the warehouse of enterprise', () => {
  const [staging, hardware, passkey, change] = entries('enterprise', 'warehouse.query')
  test('has its alternatives in the order in which they are written', () => {
    expect(staging?.resources).toEqual({ environment: ['staging'], labels: new Map() })
    expect([hardware, passkey, change].map((entry) => entry?.assurance)).toEqual([
      { level: 'hardware', withinSeconds: 1800 },
      { level: 'passkey', withinSeconds: 1800 },
      { level: 'hardware', withinSeconds: 900 },
    ])
  })
  test('shows more to a stronger proof', () => {
    expect(hardware?.obligations).toEqual({ record: true, mask: [] })
    expect(passkey?.obligations).toEqual({ record: true, mask: ['email', 'iban'] })
  })
  test('lets change production only who is approved by an admin for up to four hours, with a ticket', () => {
    expect(change?.approval).toEqual({ by: 'admin', count: 1, forSeconds: 14_400 })
    expect(change?.when).toBe('has(context.ticket) && context.ticket.startsWith("OPS-")')
  })
  test('would warn of the weaker proof standing first', () => {
    const turned = source
      .replace('assurance: hardware within 30 minutes', 'assurance: TURN')
      .replace('assurance: passkey within 30 minutes', 'assurance: hardware within 30 minutes')
      .replace('assurance: TURN', 'assurance: passkey within 30 minutes')
    expect(check(turned).findings).toEqual([expect.objectContaining({ severity: 'warning', code: 'ENTRY_DEAD', line: 114 })])
  })
})

test('a tool is asked about by its labels', () => {
  expect(entries('enterprise', 'agent.tool').map(({ resources }) => resources?.labels)).toEqual([
    new Map([['danger', ['none', 'low']]]),
    new Map([['danger', ['high']]]),
  ])
})

test('needs names another authority by its alias', () => {
  expect(atlas.federation).toEqual(new Map([['vault', { authority: 'https://vault.example', product: 'vault' }]]))
})

describe('the same terms written differently have the same hash:', () => {
  const text = (style: Parameters<Document['toString']>[0], change: (document: Document) => void = () => undefined) => {
    const document = parseDocument(source)
    change(document)
    return document.toString(style)
  }
  const ways: Record<string, string> = {
    'without comments and blank lines': source.replace(/ +#.*$|^#.*$/gm, '').replace(/\n\s*\n/g, '\n'),
    'with another comment on each line': source.replace(/$/gm, ' # why'),
    'with Windows line ends': source.replaceAll('\n', '\r\n'),
    'with every text in double quotes': text({ defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 }, (document) => {
      visit(document, { Scalar: (_, node) => void delete node.type })
    }),
    'in flow style': text({ lineWidth: 0 }, (document) => {
      visit(document, { Collection: (_, node) => void Object.assign(node, { flow: true }) })
    }),
    'as JSON': JSON.stringify(parseYaml(source)),
    'in canonical form': canonical(atlas),
    'as it is shown': show(atlas),
    'with features, meters and roles upside down': text({}, (document) => {
      for (const section of ['features', 'meters', 'roles', 'signals']) {
        const map = document.get(section)
        if (isMap(map)) map.items.reverse()
      }
    }),
    'with every map of an entry upside down': text({}, (document) => {
      visit(document, {
        Pair: (_, { key, value }) => {
          if (isScalar(key) && key.value === 'includes' && isMap(value)) visit(value, { Map: (_, map) => void map.items.reverse() })
        },
      })
    }),
    'in other short forms': source
      .replace('72 hours', '3 days')
      .replace('hold: 24 hours', 'hold: 1440 minutes')
      .replace('trial: 14 days', 'trial: 2 weeks')
      .replace('on: mon-thu', "on: 'mon,tue,wed-thu'"),
    'with the defaults written out': source
      .replace('seats: { named: 3 }', 'seats: { named: 3, overage: none, take: on use, hold: none, for: [human] }')
      .replace(
        'report.export: { limit: 1000 per month }',
        'report.export: { limit: 1000 per month, then: refuse, obligations: { record: false } }',
      ),
  }
  for (const [name, way] of Object.entries(ways)) {
    test(name, async () => {
      expect(way).not.toBe(source)
      expect(await hash(read(way))).toBe(await hash(atlas))
    })
  }
  test('and a changed number has another', async () => {
    expect(await hash(read(source.replace('named: 25', 'named: 26')))).not.toBe(await hash(atlas))
  })
})

test('as a plain value it is the same terms', () => {
  expect(parseValue(parseYaml(source))).toEqual({ terms: atlas, findings: [] })
})

test('as a node of a larger file it is the same terms', () => {
  const inside = parseDocument(`terms:\n${source.replace(/^(?=.)/gm, '  ')}`)
  expect(parseValue(inside.get('terms', true))).toEqual({ terms: atlas, findings: [] })
})
