import { expect, test } from 'vitest'
import { check } from '../check.ts'

const head = `terms: 1
product: p
features:
  run: { meter: runs, resource: host, commands: [start, stop], assurance: otp }
  size: { type: choice, values: [small, medium, large] }
  store: { type: limit, unit: GiB }
meters: { runs: { unit: run } }
context: { ticket: { type: string, from: access_request }, device: { type: string, from: enforcer } }
assurance: { password: { acr: a, any_of: [pwd] }, otp: { acr: b, any_of: [otp] }, passkey: { acr: c, any_of: [[hwk, user]] } }
roles: { all: ['*'], other: ['*'] }
federation: { v: { authority: 'https://v.example', product: v } }
`

function isDead(feature: string, earlier: string, later: string): boolean {
  const { terms, findings } = check(
    `${head}plans: { x: { includes: { ${feature}: [${earlier}, ${later}] } }, y: { includes: { run: { needs: 'v:x' } } } }\n`,
  )
  expect(terms).toBeDefined()
  return findings.some(({ code }) => code === 'ENTRY_DEAD')
}

/** Each pair is a later entry that is never used, and its nearest neighbour that sometimes is. */
const pairs: { readonly rule: string; readonly feature?: string; readonly dead: [string, string]; readonly alive: [string, string] }[] = [
  {
    rule: 'everything covers a selection',
    dead: ['{}', '{ resources: { environment: [a] } }'],
    alive: ['{ resources: { environment: [a] } }', '{}'],
  },
  {
    rule: 'more environments cover fewer',
    dead: ['{ resources: { environment: [a, b] } }', '{ resources: { environment: [b] } }'],
    alive: ['{ resources: { environment: [a, b] } }', '{ resources: { environment: [b, c] } }'],
  },
  {
    rule: 'regions count as well',
    dead: ['{ resources: { region: [a] } }', '{ resources: { region: [a], environment: [b] } }'],
    alive: ['{ resources: { region: [a] } }', '{ resources: { environment: [b] } }'],
  },
  {
    rule: 'a label covers more labels',
    dead: ['{ resources: { labels: { d: [low] } } }', '{ resources: { labels: { d: [low], e: [f] } } }'],
    alive: ['{ resources: { labels: { d: [low] } } }', '{ resources: { labels: { e: [f] } } }'],
  },
  {
    rule: 'a selector that selects everything',
    dead: ['{ resources: {} }', '{}'],
    alive: ['{ resources: { labels: { d: [low] } } }', '{}'],
  },
  { rule: 'all commands cover one', dead: ['{}', '{ commands: [stop] }'], alive: ['{ commands: [stop] }', '{}'] },
  {
    rule: 'all commands by name cover all of them',
    dead: ['{ commands: [start, stop] }', '{}'],
    alive: ['{ commands: [start] }', '{ commands: [start, stop] }'],
  },
  {
    rule: 'a weaker level covers a stronger',
    dead: ['{ assurance: otp }', '{ assurance: passkey }'],
    alive: ['{ assurance: passkey }', '{ assurance: otp }'],
  },
  {
    rule: "the feature's minimum makes weaker levels alike",
    dead: ['{ assurance: otp }', '{ assurance: password }'],
    alive: ['{ assurance: passkey }', '{ assurance: password }'],
  },
  {
    rule: 'an older proof covers a fresher',
    dead: ['{ assurance: otp within 1 hour }', '{ assurance: otp within 5 minutes }'],
    alive: ['{ assurance: otp within 5 minutes }', '{ assurance: otp within 1 hour }'],
  },
  {
    rule: 'no age covers every age',
    dead: ['{ assurance: otp }', '{ assurance: otp within 5 minutes }'],
    alive: ['{ assurance: otp within 5 minutes }', '{ assurance: otp }'],
  },
  { rule: 'no approval covers an approval', dead: ['{}', '{ approval: { by: all } }'], alive: ['{ approval: { by: all } }', '{}'] },
  {
    rule: 'an approval covers a stricter one',
    dead: ['{ approval: { by: all } }', '{ approval: { by: all, count: 2, for: up to 1 hour } }'],
    alive: ['{ approval: { by: all, count: 2 } }', '{ approval: { by: all } }'],
  },
  {
    rule: 'an approval covers a shorter one',
    dead: ['{ approval: { by: all, for: up to 2 hours } }', '{ approval: { by: all, for: up to 1 hour } }'],
    alive: ['{ approval: { by: all, for: up to 1 hour } }', '{ approval: { by: all, for: up to 2 hours } }'],
  },
  {
    rule: 'an approval covers one as long, and no endless one',
    dead: ['{ approval: { by: all, for: up to 1 hour } }', '{ approval: { by: all, for: up to 1 hour } }'],
    alive: ['{ approval: { by: all, for: up to 1 hour } }', '{ approval: { by: all } }'],
  },
  {
    rule: 'roles that approve are not compared',
    dead: ['{ approval: { by: all } }', '{ approval: { by: all } }'],
    alive: ['{ approval: { by: all } }', '{ approval: { by: other } }'],
  },
  { rule: 'no need covers a need', dead: ['{}', "{ needs: 'v:x' }"], alive: ["{ needs: 'v:x' }", '{}'] },
  { rule: 'the same need covers itself', dead: ["{ needs: 'v:x' }", "{ needs: 'v:x' }"], alive: ["{ needs: 'v:x' }", "{ needs: 'v:y' }"] },
  {
    rule: 'no condition covers a condition',
    dead: ['{}', '{ when: context.device == "a" }'],
    alive: ['{ when: context.device == "a" }', '{}'],
  },
  {
    rule: 'a condition covers itself wherever it stands',
    dead: ['{ when: context.device == "a" }', '{ conditions: { when: context.device == "a" } }'],
    alive: ['{ when: context.device == "a" }', '{ conditions: { when: context.device == "b" } }'],
  },
  {
    rule: 'no condition covers two',
    dead: ['{}', '{ when: context.device == "a", conditions: { when: context.device != "b" } }'],
    alive: ['{ when: context.device == "a", conditions: { when: context.device != "b" } }', '{ when: context.device == "a" }'],
  },
  {
    rule: 'more regions cover fewer',
    dead: ['{ conditions: { regions: [DE, FR] } }', '{ conditions: { regions: [FR] } }'],
    alive: ['{ conditions: { regions: [DE] } }', '{ conditions: { regions: [FR] } }'],
  },
  {
    rule: 'no networks cover some',
    dead: ['{}', '{ conditions: { networks: [10.0.0.0/8] } }'],
    alive: ['{ conditions: { networks: [10.0.0.0/8] } }', '{}'],
  },
  {
    rule: 'longer hours cover shorter',
    dead: [
      '{ conditions: { hours: { zone: UTC, open: [mon-fri 08:00-18:00] } } }',
      '{ conditions: { hours: { zone: UTC, open: [tue 09:00-12:00] } } }',
    ],
    alive: [
      '{ conditions: { hours: { zone: UTC, open: [mon-fri 08:00-18:00] } } }',
      '{ conditions: { hours: { zone: UTC, open: [tue 09:00-19:00] } } }',
    ],
  },
  {
    rule: 'no hours cover some',
    dead: ['{}', '{ conditions: { hours: { zone: UTC, open: [mon 08:00-18:00] } } }'],
    alive: ['{ conditions: { hours: { zone: UTC, open: [mon 08:00-18:00] } } }', '{}'],
  },
  {
    rule: 'a day covers itself from end to end, and no other day',
    dead: [
      '{ conditions: { hours: { zone: UTC, open: [mon 08:00-18:00] } } }',
      '{ conditions: { hours: { zone: UTC, open: [mon 08:00-18:00] } } }',
    ],
    alive: [
      '{ conditions: { hours: { zone: UTC, open: [mon 08:00-18:00] } } }',
      '{ conditions: { hours: { zone: UTC, open: [tue 08:00-18:00] } } }',
    ],
  },
  {
    rule: 'hours that begin sooner cover less than those that begin with them',
    dead: [
      '{ conditions: { hours: { zone: UTC, open: [mon 07:00-18:00] } } }',
      '{ conditions: { hours: { zone: UTC, open: [mon 08:00-18:00] } } }',
    ],
    alive: [
      '{ conditions: { hours: { zone: UTC, open: [mon 08:00-18:00] } } }',
      '{ conditions: { hours: { zone: UTC, open: [mon 07:00-18:00] } } }',
    ],
  },
  {
    rule: 'every later opening is covered, not some',
    dead: [
      '{ conditions: { hours: { zone: UTC, open: [mon-tue 08:00-18:00] } } }',
      '{ conditions: { hours: { zone: UTC, open: [mon-tue 09:00-10:00] } } }',
    ],
    alive: [
      '{ conditions: { hours: { zone: UTC, open: [mon 08:00-18:00] } } }',
      '{ conditions: { hours: { zone: UTC, open: [mon-tue 09:00-10:00] } } }',
    ],
  },
  {
    rule: 'hours of two zones are not compared',
    dead: [
      '{ conditions: { hours: { zone: UTC, open: [mon 08:00-18:00] } } }',
      '{ conditions: { hours: { zone: UTC, open: [mon 08:00-18:00] } } }',
    ],
    alive: [
      '{ conditions: { hours: { zone: UTC, open: [mon 08:00-18:00] } } }',
      '{ conditions: { hours: { zone: Asia/Tokyo, open: [mon 09:00-10:00] } } }',
    ],
  },
  {
    rule: 'a closed day leaves room',
    dead: [
      "{ conditions: { hours: { zone: UTC, open: ['08:00-18:00'], closed_on: [2026-12-25] } } }",
      "{ conditions: { hours: { zone: UTC, open: ['08:00-18:00'], closed_on: [2026-12-25] } } }",
    ],
    alive: [
      "{ conditions: { hours: { zone: UTC, open: ['08:00-18:00'], closed_on: [2026-12-25] } } }",
      "{ conditions: { hours: { zone: UTC, open: ['08:00-18:00'] } } }",
    ],
  },
  { rule: 'no limit covers a limit', dead: ['{}', '{ limit: 5 per day }'], alive: ['{ limit: 5 per day }', '{}'] },
  {
    rule: 'a higher limit covers a lower',
    dead: ['{ limit: 9 per day }', '{ limit: 5 per day }'],
    alive: ['{ limit: 5 per day }', '{ limit: 9 per day }'],
  },
  {
    rule: 'limits of two windows are not compared',
    dead: ['{ limit: 5 per day }', '{ limit: 5 per day }'],
    alive: ['{ limit: 9 per day }', '{ limit: 5 per week }'],
  },
  {
    rule: 'a soft limit covers a hard',
    dead: ['{ limit: 5 per day, then: bill }', '{ limit: 5 per day }'],
    alive: ['{ limit: 5 per day }', '{ limit: 5 per day, then: bill }'],
  },
  {
    rule: 'a soft limit covers a soft; slowed ones are not compared',
    dead: ['{ limit: 5 per day, then: bill }', '{ limit: 5 per day, then: bill }'],
    alive: ['{ limit: 9 per day, then: throttle 1 per second }', '{ limit: 5 per day, then: throttle 1 per second }'],
  },
  {
    rule: 'a limit that bills says nothing of one that slows',
    dead: ['{ limit: 9 per day, then: bill }', '{ limit: 5 per day }'],
    alive: ['{ limit: 9 per day, then: bill }', '{ limit: 5 per day, then: throttle 1 per second }'],
  },
  {
    rule: 'a limit that slows says nothing of a hard one',
    dead: ['{ limit: 9 per day }', '{ limit: 5 per day }'],
    alive: ['{ limit: 9 per day, then: throttle 1 per second }', '{ limit: 5 per day }'],
  },
  {
    rule: 'a limit of each seat is not compared with one of all',
    dead: ['{ limit: 9 per seat per day }', '{ limit: 5 per seat per day }'],
    alive: ['{ limit: 9 per seat per day }', '{ limit: 5 per day }'],
  },
  {
    rule: 'calendars of two zones are not compared',
    dead: ['{ limit: 9 per calendar day in UTC }', '{ limit: 5 per calendar day in UTC }'],
    alive: ['{ limit: 9 per calendar day in UTC }', '{ limit: 5 per day }'],
  },
  { rule: 'no rate covers a rate', dead: ['{}', '{ rate: 5 per second }'], alive: ['{ rate: 5 per second }', '{}'] },
  {
    rule: 'another rate fills another bucket',
    dead: ['{ rate: 5 per second }', '{ rate: 5 per second }'],
    alive: ['{ rate: 9 per second }', '{ rate: 5 per second }'],
  },
  {
    rule: 'a rate by the second is none by the minute',
    dead: ['{ rate: 5 per minute }', '{ rate: 5 per minute }'],
    alive: ['{ rate: 5 per second, burst: 5 }', '{ rate: 5 per minute, burst: 5 }'],
  },
  {
    rule: 'a rate covers itself with the burst that it has when none is given',
    dead: ['{ rate: 5 per second }', '{ rate: 5 per second, burst: 5 }'],
    alive: ['{ rate: 5 per second }', '{ rate: 5 per second, burst: 6 }'],
  },
  {
    rule: 'a rate of the same burst is another',
    dead: ['{ rate: 5 per second }', '{ rate: 5 per second }'],
    alive: ['{ rate: 9 per second, burst: 5 }', '{ rate: 5 per second }'],
  },
  { rule: 'a rate covers none that is free of it', dead: ['{}', '{}'], alive: ['{ rate: 5 per second }', '{}'] },
  {
    rule: 'a larger number covers a smaller',
    feature: 'store',
    dead: ['{ value: 9 }', '{ value: 5 }'],
    alive: ['{ value: 5 }', '{ value: 9 }'],
  },
  {
    rule: 'a later value covers an earlier',
    feature: 'size',
    dead: ['{ value: large }', '{ value: medium }'],
    alive: ['{ value: medium }', '{ value: large }'],
  },
  { rule: 'a number covers itself', feature: 'store', dead: ['{ value: 5 }', '{ value: 5 }'], alive: ['{ value: 5 }', '{}'] },
  { rule: 'two that say nothing of how much are alike', feature: 'store', dead: ['{}', '{}'], alive: ['{}', '{ value: 5 }'] },
  { rule: 'a choice covers itself', feature: 'size', dead: ['{ value: small }', '{ value: small }'], alive: ['{ value: small }', '{}'] },
]

for (const { rule, feature = 'run', dead, alive } of pairs) {
  test(`${rule}: the later entry is dead`, () => expect(isDead(feature, ...dead)).toBe(true))
  test(`${rule}: and its neighbour is not`, () => expect(isDead(feature, ...alive)).toBe(false))
}

test('two entries together may cover a third, and that is left unsaid', () => {
  const source = `${head}plans: { x: { includes: { run: [{ commands: [start] }, { commands: [stop] }, {}] } }, y: { includes: { run: { needs: 'v:x' } } } }\n`
  expect(check(source).findings).toEqual([])
})
