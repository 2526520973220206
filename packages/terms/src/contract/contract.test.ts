import { expect, test } from 'vitest'
import type { Terms } from '../model.ts'
import { parse } from '../parse.ts'
import { contract } from './contract.ts'
import { number } from './document.ts'

function termsOf(source: string): Terms {
  const { terms, findings } = parse(source)
  if (terms === undefined) throw new Error(findings.map(({ message }) => message).join('; '))
  return terms
}

const FERRY = `terms: 1
product: ferry
title: Ferry
features:
  cross: { title: Cross, unreachable: open, repair: true }
  load: { title: Load, meter: cars, resource: deck, commands: [put, take], assurance: key }
  reload: { title: Load }
  store: { type: limit, unit: GiB }
  weigh: { type: limit }
  size: { type: choice, values: [small, medium, large] }
meters: { cars: { unit: car, alert_at: [80%, 100%] }, trips: { unit: trip } }
context: { ticket: { type: string, from: access_request }, sea: { type: boolean, from: enforcer }, age: { type: number, from: token }, crew: { type: list of string, from: world } }
attributes: { height: number }
properties: { subject: { mood: string }, resource: { owner: string }, action: { soft: boolean } }
assurance: { word: { acr: 'urn:1', any_of: [pwd, [otp, pin]] }, key: { acr: 'urn:2', any_of: [[hwk, user], telepathy], attested: true }, never: { acr: 'urn:3', any_of: [] } }
signals: { on_failure: refuse, calm: { allow: true }, storm: { refuse: true }, travel: { require: key, over: 1000 km/h } }
roles: { all: ['*'], crew: [load, reload, store.*], idle: [], mate: [cross], pilot: [cross, load] }
ends: { on: 'mon-thu,sat', at: '12:00', zone: Europe/Berlin }
federation: { port: { authority: 'https://port.example', product: harbour } }
`

test('everything but the plans reads so', () => {
  expect(contract(termsOf(FERRY), { hash: 'sha256:0', edition: 3 }, 'text')).toBe(`Ferry
=====

Edition 3 of the terms of ferry

sha256:0

1. What this is
---------------

1.1 These are the terms under which Ferry (ferry) is licensed.

1.2 A machine decides by the same terms. What it reads has the fingerprint at the top of this text; a signature under this text refers to edition 3 and that fingerprint.

1.3 A licence keeps the edition that it was sold under. How surely people prove who they are, the least that is asked for a feature, and warning signs protect people, and follow the newest edition at once where it is stricter.

2. Words
--------

2.1 A licence is the right of a customer to use the product under one plan of one edition, from its start to its end.

2.2 A customer is the organization, or the person, that holds a licence.

2.3 A seat is the place of one person, or of one program, in a licence.

2.4 A role is what somebody may do inside a customer. It picks from what the plan includes, and never adds to it.

2.5 A proof is one act of showing who one is. A level of proof also satisfies every weaker level.

2.6 Grace is the time for which a licence goes on although it should have stopped.

2.7 The authority is the machine that keeps the licences and decides.

2.8 Times count from and include their start, and end before their end. A day is 24 hours. A month of a licence counts from the day on which it starts, in UTC.

3. What can be used
-------------------

3.1 Cross (cross). A plan includes it or not. It stays open when a licence has ended or is unpaid, without a seat and at any hour, so that who can put things right is never locked out. It stays open while the authority cannot be reached.

3.2 Load (load). A plan includes it or not. Its use is counted as cars. It is used on resources of the kind deck. What can be done: put and take. Nobody uses it without a proof of key or stronger, whichever edition their licence has.

3.3 Load (reload). A plan includes it or not.

3.4 size. A plan includes it in one of these sizes, smallest first, and with one all before it: small, medium and large.

3.5 store. A plan includes it up to an amount, in GiB.

3.6 weigh. A plan includes it up to an amount.

4. What is counted
------------------

4.1 cars: each car, added up. Marks at 80% and 100% of what is included are kept; no notice is promised.

4.2 trips: each trip, added up.

5. Who may do what
------------------

5.1 all may use everything, what is added later included, where the plan includes it.

5.2 crew may use Load (load), Load (reload) and everything whose name begins with store., what is added later included, where the plan includes it.

5.3 idle may use nothing.

5.4 mate may use Cross, where the plan includes it.

5.5 pilot may use Cross and Load (load), where the plan includes it.

6. How surely people prove who they are
---------------------------------------

6.1 word, which sign-in calls urn:1. The weakest level. It is proven by a password (pwd); or by a one-time code (otp) and a PIN (pin).

6.2 key, which sign-in calls urn:2. Stronger than all before. It is proven by a key kept in hardware (hwk) and a test that a person is present (user); or by telepathy. What they prove it with must be attested by its maker.

6.3 never, which sign-in calls urn:3. Stronger than all before. Nothing proves it.

7. Warning signs
----------------

7.1 calm: nothing more is asked.

7.2 storm: everything is refused until the sign is withdrawn.

7.3 travel: people prove anew who they are, by key or stronger. It is raised by travel faster than 1000 km/h.

7.4 A sign that cannot be looked for: everything is refused until the sign is withdrawn.

8. When licences end
--------------------

8.1 A licence ends on Monday to Thursday or Saturday at 12:00, local time in Europe/Berlin: a date that falls otherwise is moved to the next such time when the licence is issued or renewed.

9. Plans
--------

No plan is sold.

10. Other authorities
---------------------

10.1 port is the product harbour of the authority at https://port.example.

11. Facts that conditions look at
---------------------------------

11.1 age: a number of the request, said by a verified token.

11.2 crew: a list of texts of the request, on record.

11.3 sea: a yes or no of the request, said by the application.

11.4 ticket: a text of the request, taken from an approved request.

11.5 height: a number, on record about a person.

11.6 mood: a text, which the application says of the person.

11.7 owner: a text, which the application says of the resource.

11.8 soft: a yes or no, which the application says of what is done.

12. Signatures
--------------

12.1 For the vendor: ______________________________

12.2 For the customer: ______________________________
`)
})

const PLANS = `terms: 1
product: ferry
features: { cross: { title: Cross }, load: { meter: cars, resource: deck, commands: [put, take] }, store: { type: limit, unit: GiB, meter: cars }, size: { type: choice, values: [small, large] }, reload: { title: Load }, unload: { title: Load } }
meters: { cars: { unit: car } }
assurance: { word: { acr: 'urn:1', any_of: [pwd] } }
roles: { mate: ['*'] }
federation: { port: { authority: 'https://port.example', product: harbour } }
plans:
  free: { title: Free }
`

/** What the section of plan x says, paragraph by paragraph, its title first. */
function plan(source: string): string[] {
  const text = contract(termsOf(`${PLANS}  x: ${source}\n`), { hash: 'sha256:0' }, 'text')
  const at = text.indexOf('\n9.2. ')
  const paragraphs = text.slice(at, text.indexOf('\n10. ', at)).split('\n\n')
  return paragraphs.map((paragraph) => paragraph.trim().replace(/^9\.2\.(\d+)? /, '')).filter((paragraph) => paragraph !== '')
}

test('a plan that says nothing of itself reads so', () => {
  expect(plan('{}')).toEqual([
    'x',
    'Nobody needs a seat.',
    'When the licence ends it stops.',
    'When a payment is missed the licence stops.',
    'Without contact to the authority it goes on for 1 day, and never beyond its end and grace.',
    'What goes beyond this plan is refused.',
    'Nothing is included.',
  ])
})

const plans: { readonly source: string; readonly says: readonly string[] }[] = [
  {
    source: '{ title: Day, price: { stripe: daily, other: d2 }, trial: 14 days }',
    says: [
      'Day (x)',
      'Its price is the one called d2 at other.',
      'Its price is the one called daily at stripe.',
      'It may be tried for 14 days, once for each customer. A trial ends without grace.',
    ],
  },
  {
    source: '{ seats: { named: 1 } }',
    says: [
      'There is 1 seat, for one person by name. Every human who uses it needs one. No more are let in. A seat is taken by who first uses the product.',
    ],
  },
  {
    source: '{ seats: { named: 0, take: by admin, hold: 1 day } }',
    says: [
      'There are 0 seats, each for one person by name. Every human who uses it needs one. No more are let in. A seat is given by an administrator. A seat that was freed goes to somebody else no sooner than 1 day later.',
    ],
  },
  {
    source: '{ seats: { named: 25000, overage: 10%, for: [human, agent] } }',
    says: [
      'There are 25,000 seats, each for one person by name. Every human or agent who uses it needs one. Up to 10% more are let in, and billed. A seat is taken by who first uses the product.',
    ],
  },
  {
    source: '{ seats: { floating: 1, overage: 1, lease: 90 s } }',
    says: [
      'There is 1 seat, for one person at a time. Every human who uses it needs one. Up to 1 more is let in, and billed. A seat that is not used for 90 seconds is free again. When contact to an application is lost, the seats that were taken there are given away.',
    ],
  },
  {
    source: '{ seats: { floating: 3, overage: 2, outage: keep, for: [service, machine, agent] } }',
    says: [
      'There are 3 seats, each for one person at a time. Every service, machine or agent who uses it needs one. Up to 2 more are let in, and billed. A seat is kept until it is released. When contact to an application is lost, the seats that were taken there are kept.',
    ],
  },
  {
    source: '{ grace: { expiry: 30 days, payment: 1 hour, offline: 0 s, then: degrade to free } }',
    says: [
      'When the licence ends it goes on as before for 30 days. After that it goes on with what both this plan and the plan Free include.',
      'When a payment is missed the licence goes on for 1 hour.',
      'Without contact to the authority it stops at once.',
    ],
  },
  {
    source: '{ grace: { then: degrade to free } }',
    says: ['When the licence ends it goes on with what both this plan and the plan Free include.'],
  },
  {
    source: '{ enforcement: advise }',
    says: [
      'Use without a seat, beyond what is included, outside opening hours, beyond a limit, after the end or without payment is allowed and recorded. Everything else that goes beyond this plan is refused.',
    ],
  },
  {
    source: `{ conditions: { hours: { zone: UTC, open: [] }, regions: [EU, EEA, DE], networks: [10.0.0.0/8, '2001:db8::/32'], when: subject.kind == "human" } }`,
    says: [
      'Everything in this plan holds only at no time (hours in UTC).',
      'Everything in this plan holds only for callers who are in the European Union (EU), the European Economic Area (EEA) or the country DE.',
      'Everything in this plan holds only for calls that come from the network 10.0.0.0/8 or 2001:db8::/32.',
      'Everything in this plan holds only where this holds, as the machine reads it: subject.kind == "human".',
    ],
  },
  {
    source:
      "{ conditions: { hours: { zone: Asia/Tokyo, open: ['mon-fri 08:00-18:00', 'sat 22:00-06:00', 'sun 00:00-24:00'], closed_on: [2026-12-25, 2027-01-01] }, regions: ['continent:AF', 'continent:AN', 'continent:AS', 'continent:EU', 'continent:NA', 'continent:OC', 'continent:SA'] } }",
    says: [
      'Everything in this plan holds only on Monday to Friday from 08:00 to 18:00, Saturday from 22:00 to 06:00 of the next day and Sunday from 00:00 to 24:00, local time in Asia/Tokyo, and not on 2026-12-25 and 2027-01-01.',
      'Everything in this plan holds only for callers who are in Africa (AF), Antarctica (AN), Asia (AS), Europe, the continent (EU), North America (NA), Oceania (OC) or South America (SA).',
    ],
  },
  {
    source: "{ conditions: { hours: { zone: UTC, open: ['tue,thu 08:00-18:00'] } } }",
    says: ['Everything in this plan holds only on Tuesday and Thursday from 08:00 to 18:00, local time in UTC.'],
  },
]
for (const { source, says } of plans)
  test(`a plan of ${source}`, () => {
    const usual = new Set(plan('{}'))
    expect(plan(source).filter((sentence) => !usual.has(sentence))).toEqual(says)
  })

for (const [overage, says] of [
  ['0%', 'Up to 0% more are let in, and billed.'],
  ['1%', 'Up to 1% more are let in, and billed.'],
  ['0', 'No more are let in.'],
])
  test(`seats with ${overage} more`, () => {
    expect(plan(`{ seats: { named: 5, overage: ${overage} } }`)[1]).toContain(says)
  })

test('plans are announced', () => {
  expect(contract(termsOf(PLANS), { hash: 'sha256:0' }, 'text')).toContain('\nA licence is for one of these plans.\n')
})

test('numbers from five digits on have commas, fractions have none', () => {
  expect([9999, 10_000, 1_234_567, 12_345.5, 0.123_45].map(number)).toEqual(['9999', '10,000', '1,234,567', '12345.5', '0.12345'])
})

test('code that begins or ends with a backtick is kept apart from its fence', () => {
  const fence = (hash: string) => contract(termsOf('{ terms: 1, product: p }'), { hash }).split('\n')[4]
  expect(['`a', 'a`', 'a`b', 'a'].map(fence)).toEqual(['`` `a ``', '`` a` ``', '``a`b``', '`a`'])
})

const entries: { readonly feature: string; readonly entry: string; readonly says: readonly string[] }[] = [
  { feature: 'cross', entry: '{}', says: ['Cross: included.'] },
  { feature: 'load', entry: '{}', says: ['load: as often as wanted.'] },
  { feature: 'store', entry: '{ value: 50000 }', says: ['store: up to 50,000 GiB, as often as wanted.'] },
  { feature: 'size', entry: '{ value: small }', says: ['size: up to small.'] },
  {
    feature: 'load',
    entry: '{ limit: 12345 per month }',
    says: ['load: up to 12,345 (unit: car) in each month of the licence. More is refused.'],
  },
  {
    feature: 'load',
    entry: '{ limit: 1 per seat per day, then: bill }',
    says: ['load: up to 1 (unit: car) for each seat that is taken, at least one, in each day of the licence. More is allowed, and billed.'],
  },
  {
    feature: 'load',
    entry: '{ limit: 5 per calendar week in Asia/Tokyo, then: throttle 1 per minute }',
    says: ['load: up to 5 (unit: car) in each calendar week in Asia/Tokyo. More is allowed, no faster than 1 per minute.'],
  },
  {
    feature: 'store',
    entry: '{ value: 5, limit: 9999 per seat per calendar year in UTC }',
    says: [
      'store: up to 5 GiB, up to 9999 (unit: car) for each seat that is taken, at least one, in each calendar year in UTC. More is refused.',
    ],
  },
  { feature: 'cross', entry: '{ rate: 5 per second }', says: ['Cross: included. No faster than 5 per second.'] },
  {
    feature: 'cross',
    entry: '{ rate: 5 per second, burst: 10000 }',
    says: ['Cross: included. No faster than 5 per second, 10,000 at once.'],
  },
  { feature: 'load', entry: '{ resources: {}, commands: [put] }', says: ['load: as often as wanted. Only on a resource. Only to put.'] },
  {
    feature: 'load',
    entry: '{ resources: { environment: [test, live], region: [eu, us], labels: { b: [x], a: [y, z], c: [x] } }, commands: [put, take] }',
    says: [
      'load: as often as wanted. Only on resources with the environment test or live, the region eu or us, the label a: y or z, the label b: x and the label c: x. Only to put and take.',
    ],
  },
  {
    feature: 'cross',
    entry: '{ assurance: word }',
    says: ['Cross: included. Only after a proof of word or stronger, given in the same session.'],
  },
  {
    feature: 'cross',
    entry: '{ assurance: word within 1 s }',
    says: ['Cross: included. Only after a proof of word or stronger, given no longer than 1 second ago.'],
  },
  {
    feature: 'cross',
    entry: '{ assurance: word within 15 minutes, approval: { by: mate } }',
    says: [
      'Cross: included. Only after a proof of word or stronger, given no longer than 15 minutes ago. Only after approval by one other person with the role mate.',
    ],
  },
  {
    feature: 'cross',
    entry: '{ approval: { by: mate, count: 2, for: up to 4 hours }, obligations: { record: true, mask: [iban, name] } }',
    says: [
      'Cross: included. Only after approval by 2 other people with the role mate, for up to 4 hours. Every use is recorded. What is shown is without iban and name.',
    ],
  },
  {
    feature: 'cross',
    entry: `{ needs: 'port:dock.use', when: subject.kind == "human", conditions: { networks: [10.0.0.0/8], when: subject.id != "a" } }`,
    says: [
      'Cross: included. Only while another authority allows port:dock.use. Only where this holds, as the machine reads it: subject.kind == "human". For this alone: only for calls that come from the network 10.0.0.0/8. For this alone: only where this holds, as the machine reads it: subject.id != "a".',
    ],
  },
  {
    feature: 'cross',
    entry: '[{ rate: 5 per second, assurance: word }, {}]',
    says: [
      'Cross, by the first of these that fits:',
      '(a) included. No faster than 5 per second. Only after a proof of word or stronger, given in the same session.',
      '(b) included.',
    ],
  },
  { feature: 'reload', entry: '{}', says: ['Load (reload): included.'] },
]
for (const { feature, entry, says } of entries)
  test(`${feature} on the terms of ${entry}`, () => {
    const usual = new Set(plan('{}'))
    const said = plan(`{ includes: { ${feature}: ${entry} } }`).filter((sentence) => !usual.has(sentence))
    expect(said.slice(0, -1)).toEqual(says)
    expect(said.at(-1)).toMatch(/^Not included: /)
  })

test('what a plan leaves out is named, and nothing is where it leaves nothing out', () => {
  expect(plan('{ includes: { cross: {} } }').at(-1)).toBe('Not included: load, Load (reload), size, store and Load (unload).')
  const all = plan('{ includes: { cross: {}, load: {}, store: { value: 1 }, size: { value: small }, reload: {}, unload: {} } }')
  expect(all.slice(6)).toEqual([
    'Cross: included.',
    'load: as often as wanted.',
    'Load (reload): included.',
    'size: up to small.',
    'store: up to 1 GiB, as often as wanted.',
    'Load (unload): included.',
  ])
})

test('alternatives are lettered, after z with two letters', () => {
  const rates = Array.from({ length: 28 }, (_, index) => `{ rate: ${28 - index} per second }`)
  const said = plan(`{ includes: { cross: [${rates.join(', ')}] } }`)
  expect(said.filter((sentence) => sentence.startsWith('(')).map((sentence) => sentence.slice(0, sentence.indexOf(' ')))).toEqual([
    ...Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => `(${letter})`),
    '(aa)',
    '(ab)',
  ])
})

test('terms without anything agreed say so section by section, and a draft that it is one', () => {
  expect(contract(termsOf('{ terms: 1, product: p }'), { hash: 'sha256:0' }, 'text').replace(/\n2\. Words[\s\S]*?\n3\. /, '\n3. ')).toBe(`p
=

Draft of the terms of p, not published

sha256:0

1. What this is
---------------

1.1 These are the terms under which p is licensed.

1.2 A machine decides by the same terms. What it reads has the fingerprint at the top of this text; a signature under this text refers to that fingerprint.

1.3 A licence keeps the edition that it was sold under. How surely people prove who they are, the least that is asked for a feature, and warning signs protect people, and follow the newest edition at once where it is stricter.

3. What can be used
-------------------

3.1 Nothing is agreed about this.

4. What is counted
------------------

4.1 Nothing is agreed about this.

5. Who may do what
------------------

5.1 Nothing is agreed about this.

6. How surely people prove who they are
---------------------------------------

6.1 Nothing is agreed about this.

7. Warning signs
----------------

7.1 A sign that cannot be looked for: nothing more is asked.

8. When licences end
--------------------

8.1 A licence ends at the date and time that it says.

9. Plans
--------

No plan is sold.

10. Other authorities
---------------------

10.1 Nothing is agreed about this.

11. Facts that conditions look at
---------------------------------

11.1 Nothing is agreed about this.

12. Signatures
--------------

12.1 For the vendor: ______________________________

12.2 For the customer: ______________________________
`)
})

test('in Markdown headings have marks, numbers do not become lists, and what people wrote is no markup', () => {
  const backtick = `{ includes: { cross: [{ when: "subject.id == '\`'" }, { when: '"\`\`" == subject.id' }, { when: "subject.id ==\\n'a'" }, {}] } }`
  const terms = { ...termsOf(`${PLANS}  x: ${backtick}\n`), title: '1) A *b* & <c>', product: '- p' }
  const lines = contract(terms, { hash: '`sha256`', edition: 12 }).split('\n')
  for (const line of [
    '# 1\\) A \\*b\\* \\& \\<c\\>',
    '**Edition 12** of the terms of \\- p',
    '`` `sha256` ``',
    '## 1\\. What this is',
    '1\\.1 These are the terms under which **1\\) A \\*b\\* \\& \\<c\\>** (\\- p) is licensed.',
    '### 9.1. Free (free)',
    '### 9.2. x',
    '9\\.2\\.6 **Cross**, by the first of these that fits:',
    "   (a) included. Only where this holds, as the machine reads it: ``subject.id == '`'``.",
    '   (b) included. Only where this holds, as the machine reads it: ```"``" == subject.id```.',
    "   (c) included. Only where this holds, as the machine reads it: `subject.id == 'a'`.",
    '   (d) included.',
    '9\\.2\\.7 **Not included**: **load**, **Load** (reload), **size**, **store** and **Load** (unload).',
    '3\\.1 **Cross** (cross). A plan includes it or not.',
  ])
    expect(lines).toContain(line)
})
