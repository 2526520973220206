import { expect, test } from 'vitest'
import { canonical } from '../canonical.ts'
import type { Terms } from '../model.ts'
import { parse } from '../parse.ts'
import { fitsWhenWritten } from './size.ts'

const HEAD = `terms: 1
product: p
features: { view: {}, export: { meter: exports }, store: { type: limit, unit: GiB }, size: { type: choice, values: [small, large] }, query: { resource: postgres, commands: [select, insert] } }
meters: { exports: { unit: report } }
assurance: { otp: { acr: b, any_of: [otp] } }
roles: { all: ['*'] }
federation: { vault: { authority: 'https://vault.example', product: v } }
`

function termsOf(source: string): Terms {
  const { terms, findings } = parse(source)
  if (terms === undefined) throw new Error(findings.map(({ message }) => message).join('; '))
  return terms
}

/** The canonical form, which is also read back to the same terms. */
function written(source: string): string {
  const terms = termsOf(source)
  const text = canonical(terms)
  expect(parse(text)).toEqual({ terms, findings: [] })
  return text
}

const products: readonly (readonly [source: string, form: string])[] = [
  ['title: p', ''],
  ['title: P', ',"title":"P"'],
  [
    'features: { b: { title: b }, a: { title: A, type: switch, repair: false, unreachable: closed } }',
    ',"features":{"a":{"title":"A"},"b":{}}',
  ],
  [
    `features: { a: { type: limit, unit: GiB }, b: { type: choice, values: [y, x] }, c: { resource: host, commands: [z, y], meter: m, assurance: otp within 120 s, repair: true, unreachable: open } }\nmeters: { m: { unit: u, aggregate: sum, alert_at: [80%, 12.5%] }, l: { unit: v } }\nassurance: { otp: { acr: b, any_of: [otp, [pin, hwk], [pwd]], attested: true }, a: { acr: c, any_of: [], attested: false } }`,
    ',"features":{"a":{"type":"limit","unit":"GiB"},"b":{"type":"choice","values":["y","x"]},"c":{"meter":"m","resource":"host","commands":["z","y"],"assurance":"otp within 2 minutes","repair":true,"unreachable":"open"}},"meters":{"l":{"unit":"v"},"m":{"unit":"u","alert_at":["80%","12.5%"]}},"assurance":{"otp":{"acr":"b","any_of":["otp",["pin","hwk"],"pwd"],"attested":true},"a":{"acr":"c","any_of":[]}}',
  ],
  [
    `context: { b: { type: string, from: token }, a: { from: world, type: list of string } }\nattributes: { d: number, c: boolean }\nproperties: { action: { g: boolean }, resource: { f: number }, subject: { e: string } }`,
    ',"context":{"a":{"type":"list of string","from":"world"},"b":{"type":"string","from":"token"}},"attributes":{"c":"boolean","d":"number"},"properties":{"subject":{"e":"string"},"resource":{"f":"number"},"action":{"g":"boolean"}}',
  ],
  ['properties: { action: { g: boolean }, resource: {}, subject: {} }', ',"properties":{"action":{"g":"boolean"}}'],
  ['signals: { on_failure: allow, b: { refuse: true }, a: { allow: true } }', ',"signals":{"a":{"allow":true},"b":{"refuse":true}}'],
  ['signals: { on_failure: refuse }', ',"signals":{"on_failure":"refuse"}'],
  [
    `assurance: { otp: { acr: b, any_of: [otp] } }\nsignals: { travel: { over: 12.5 km/h, require: otp }, on_failure: require otp }`,
    ',"assurance":{"otp":{"acr":"b","any_of":["otp"]}},"signals":{"travel":{"over":"12.5 km/h","require":"otp"},"on_failure":"require otp"}',
  ],
  ["roles: { b: ['*'], a: [] }", ',"roles":{"a":[],"b":["*"]}'],
  ["ends: { zone: UTC, at: '08:05', on: 'sun,mon,tue,wed' }", ',"ends":{"on":"mon-wed,sun","at":"08:05","zone":"UTC"}'],
  [
    "federation: { w: { product: b, authority: 'https://w.example' }, v: { authority: 'https://v.example', product: a } }",
    ',"federation":{"v":{"authority":"https://v.example","product":"a"},"w":{"authority":"https://w.example","product":"b"}}',
  ],
  ['publish: { signed_off_by: [legal, finance] }', ',"publish":{"signed_off_by":["finance","legal"]}'],
  ['plans: { b: {}, a: {} }', ',"plans":{"b":{},"a":{}}'],
]
for (const [source, form] of products)
  test(`terms with ${source} are written ${form}`, () => {
    expect(written(`terms: 1\nproduct: p\n${source}\n`)).toBe(`{"terms":1,"product":"p"${form}}`)
  })

const plans: readonly (readonly [source: string, form: string])[] = [
  ['{}', '{}'],
  ['{ title: x, price: {}, enforcement: enforce, grace: {}, conditions: {}, includes: {} }', '{}'],
  [
    '{ title: X, price: { stripe: a, other: b }, trial: 336 hours, enforcement: advise }',
    '{"title":"X","price":{"other":"b","stripe":"a"},"trial":"14 days","enforcement":"advise"}',
  ],
  ['{ seats: { named: 0, overage: none, for: [human], take: on use, hold: none } }', '{"seats":{"named":0}}'],
  [
    '{ seats: { named: 5, overage: 10%, for: [human, agent], take: by admin, hold: 48 hours } }',
    '{"seats":{"named":5,"overage":"10%","for":["human","agent"],"take":"by admin","hold":"2 days"}}',
  ],
  ['{ seats: { named: 5, overage: 2, for: [agent] } }', '{"seats":{"named":5,"overage":2,"for":["agent"]}}'],
  ['{ seats: { floating: 5, lease: 60 minutes, outage: keep } }', '{"seats":{"floating":5,"lease":"1 hour","outage":"keep"}}'],
  ['{ seats: { floating: 5, overage: 0%, outage: release } }', '{"seats":{"floating":5,"overage":"0%"}}'],
  ['{ grace: { expiry: 0 s, payment: 0 s, offline: 24 hours } }', '{}'],
  [
    '{ grace: { then: degrade to free, offline: 0 s, payment: 1 hour, expiry: 72 hours } }',
    '{"grace":{"expiry":"3 days","payment":"1 hour","offline":"0 s","then":"degrade to free"}}',
  ],
  ['{ includes: { view: {}, export: {} } }', '{"includes":{"export":{},"view":{}}}'],
]
for (const [source, form] of plans)
  test(`a plan of ${source} is written ${form}`, () => {
    expect(written(`${HEAD}plans: { free: {}, x: ${source} }\n`)).toContain(`"plans":{"free":{},"x":${form}},"federation"`)
  })

const entries: readonly (readonly [feature: string, source: string, form: string])[] = [
  ['view', '{}', '{}'],
  ['view', '[{}]', '{}'],
  ['view', '[{ assurance: otp }, {}]', '[{"assurance":"otp"},{}]'],
  ['export', '{ limit: none }', '{}'],
  ['export', '{ limit: 5 per day, then: refuse }', '{"limit":"5 per day"}'],
  [
    'export',
    "{ then: bill, limit: '5 per seat per calendar month in Asia/Tokyo' }",
    '{"limit":"5 per seat per calendar month in Asia/Tokyo","then":"bill"}',
  ],
  ['export', '{ limit: 5 per hour, then: throttle 2 per minute }', '{"limit":"5 per hour","then":"throttle 2 per minute"}'],
  ['view', '{ rate: 5 per second, burst: 5 }', '{"rate":"5 per second"}'],
  ['view', '{ rate: 5 per hour, burst: 6 }', '{"rate":"5 per hour","burst":6}'],
  ['view', '{ rate: 5 per hour, burst: 0 }', '{"rate":"5 per hour","burst":0}'],
  ['store', '{ value: 0 }', '{"value":0}'],
  ['size', '{ value: small }', '{"value":"small"}'],
  ['query', '{ resources: {} }', '{"resources":{}}'],
  [
    'query',
    '{ resources: { labels: { e: [f], d: [z, y] }, region: [b], environment: [a] }, commands: [insert, select] }',
    '{"resources":{"environment":["a"],"region":["b"],"labels":{"d":["z","y"],"e":["f"]}},"commands":["insert","select"]}',
  ],
  ['view', '{ assurance: otp within 90 s }', '{"assurance":"otp within 90 s"}'],
  ['view', '{ assurance: otp within 3600 s }', '{"assurance":"otp within 1 hour"}'],
  ['view', '{ approval: { count: 1, by: all } }', '{"approval":{"by":"all"}}'],
  ['view', '{ approval: { for: up to 120 minutes, count: 2, by: all } }', '{"approval":{"by":"all","count":2,"for":"up to 2 hours"}}'],
  ['view', '{ obligations: { record: false, mask: [] } }', '{}'],
  ['view', '{ obligations: { mask: [b, a], record: true } }', '{"obligations":{"record":true,"mask":["b","a"]}}'],
  ['view', `{ needs: 'vault:a', when: ' subject.kind == "human" ' }`, '{"when":"subject.kind == \\"human\\"","needs":"vault:a"}'],
  ['view', '{ conditions: {} }', '{}'],
  [
    'view',
    `{ conditions: { when: subject.kind == "human", networks: [10.0.0.0/8], regions: [DE], hours: { open: ['tue 08:00-18:00', 'mon 08:00-18:00', 'sun 22:00-06:00'], zone: UTC, closed_on: [2027-01-01, 2026-12-25] } } }`,
    '{"conditions":{"hours":{"zone":"UTC","open":["mon,tue 08:00-18:00","sun 22:00-06:00"],"closed_on":["2026-12-25","2027-01-01"]},"regions":["DE"],"networks":["10.0.0.0/8"],"when":"subject.kind == \\"human\\""}}',
  ],
  ['view', '{ conditions: { hours: { zone: UTC, open: [], closed_on: [] } } }', '{"conditions":{"hours":{"zone":"UTC","open":[]}}}'],
]
for (const [feature, source, form] of entries)
  test(`${feature} on the terms of ${source} is written ${form}`, () => {
    expect(written(`${HEAD}plans: { x: { includes: { ${feature}: ${source} } } }\n`)).toContain(
      `"plans":{"x":{"includes":{"${feature}":${form}}}},"federation"`,
    )
  })

const inherited: readonly (readonly [rule: string, source: string, form: string])[] = [
  [
    'entries feature by feature, and no price',
    'y: { extends: x, includes: { export: {} } }, x: { price: { stripe: a }, trial: 1 day, includes: { view: { assurance: otp } } }',
    '"y":{"includes":{"export":{},"view":{"assurance":"otp"}}},"x":{"price":{"stripe":"a"},"trial":"1 day","includes":{"view":{"assurance":"otp"}}}',
  ],
  [
    'no entry that is dropped',
    'x: { includes: { view: {}, export: {} } }, y: { extends: x, includes: { view: [] } }',
    '"x":{"includes":{"export":{},"view":{}}},"y":{"includes":{"export":{}}}',
  ],
  ['a title', 'x: { title: X }, y: { extends: x }, z: { extends: y }', '"x":{"title":"X"},"y":{"title":"X"},"z":{"title":"X"}'],
  ['no name in place of a title', 'x: {}, y: { extends: x }, z: { extends: y }', '"x":{},"y":{},"z":{}'],
  [
    'seats, grace, enforcement and conditions, each whole',
    'x: { seats: { named: 5 }, grace: { expiry: 1 day }, enforcement: advise, conditions: { regions: [DE] } }, y: { extends: x }',
    '"x":{"seats":{"named":5},"grace":{"expiry":"1 day"},"enforcement":"advise","conditions":{"regions":["DE"]}},"y":{"seats":{"named":5},"grace":{"expiry":"1 day"},"enforcement":"advise","conditions":{"regions":["DE"]}}',
  ],
  [
    'nothing that is given anew',
    'x: { seats: { named: 5 }, grace: { expiry: 1 day }, enforcement: advise, conditions: { regions: [DE] } }, y: { extends: x, title: Y, seats: { named: 6 }, grace: { payment: 1 day }, enforcement: enforce, conditions: {} }',
    '"x":{"seats":{"named":5},"grace":{"expiry":"1 day"},"enforcement":"advise","conditions":{"regions":["DE"]}},"y":{"title":"Y","seats":{"named":6},"grace":{"payment":"1 day"}}',
  ],
]
for (const [rule, source, form] of inherited)
  test(`what is inherited is written out: ${rule}`, () => {
    expect(written(`${HEAD}plans: { ${source} }\n`)).toContain(`"plans":{${form}},"federation"`)
  })

test('terms fit up to one mebibyte of their canonical form, in bytes', () => {
  const terms = termsOf('{ terms: 1, product: p, title: t }')
  const room = 1_048_576 - canonical({ ...terms, title: '' }).length
  expect(fitsWhenWritten({ ...terms, title: 'x'.repeat(room) })).toBe(true)
  expect(fitsWhenWritten({ ...terms, title: 'x'.repeat(room + 1) })).toBe(false)
  expect(fitsWhenWritten({ ...terms, title: 'ü'.repeat(room / 2 + 1) })).toBe(false)
})

test('what plans share counts once for each of them', () => {
  const terms = termsOf(`${HEAD}plans: { a: { includes: { view: {} } } }\n`)
  const [name, plan] = [...terms.plans][0] ?? expect.fail()
  const [entry] = plan.includes.get('view') ?? []
  const long = { ...plan, includes: new Map([['view', [{ ...(entry ?? expect.fail()), when: 'x'.repeat(400_000) }]]]) }
  const sold = (count: number) => new Map(Array.from({ length: count }, (_, i) => [`${name}${i}`, long]))
  expect([2, 3].map((count) => fitsWhenWritten({ ...terms, plans: sold(count) }))).toEqual([true, false])
})
