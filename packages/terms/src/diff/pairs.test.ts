import { expect, test } from 'vitest'
import type { Entry } from '../model.ts'
import { parse } from '../parse.ts'
import { pairs } from './pairs.ts'

function entries(source: string): readonly Entry[] {
  const { terms, findings } = parse(`terms: 1
product: p
features: { a: { meter: m, resource: r, commands: [get, put, drop] } }
meters: { m: { unit: u } }
assurance: { otp: { acr: o, any_of: [otp] }, key: { acr: k, any_of: [hwk] } }
roles: { all: ['*'] }
plans: { x: { includes: { a: ${source} } } }
`)
  return terms?.plans.get('x')?.includes.get('a') ?? expect.fail(findings.map(({ message }) => message).join('; '))
}

const cases: {
  readonly rule: string
  readonly was: string
  readonly now: string
  readonly kept: readonly (readonly [number, number])[]
  readonly lost?: readonly number[]
  readonly added?: readonly number[]
}[] = [
  { rule: 'the only one becomes the only one, whatever it covers', was: '{ commands: [get] }', now: '{ commands: [put] }', kept: [[0, 0]] },
  {
    rule: 'with a second one, what covers other commands is another',
    was: '[{ commands: [get] }]',
    now: '[{ commands: [put] }, { commands: [drop] }]',
    kept: [],
    lost: [0],
    added: [0, 1],
  },
  {
    rule: 'one command in common is enough',
    was: '[{ commands: [get, put] }]',
    now: '[{ commands: [drop] }, { commands: [put, drop] }]',
    kept: [[0, 1]],
    added: [0],
  },
  {
    rule: 'no commands are all of them',
    was: '[{}]',
    now: '[{ commands: [drop], assurance: otp }, { commands: [get] }]',
    kept: [[0, 1]],
    added: [0],
  },
  {
    rule: 'another environment is another',
    was: '[{ resources: { environment: [e] } }]',
    now: '[{ resources: { environment: [f] } }, { resources: { environment: [g] } }]',
    kept: [],
    lost: [0],
    added: [0, 1],
  },
  {
    rule: 'another region is another, in the same environment too',
    was: '[{ resources: { environment: [e], region: [f] } }]',
    now: '[{ resources: { environment: [e], region: [g] } }, { resources: { environment: [e], region: [f, g] } }]',
    kept: [[0, 1]],
    added: [0],
  },
  {
    rule: 'another label value is another, and another label may be the same',
    was: '[{ resources: { labels: { l: [x] } } }]',
    now: '[{ resources: { labels: { l: [y] } } }, { resources: { labels: { m: [y] } } }]',
    kept: [[0, 1]],
    added: [0],
  },
  {
    rule: 'of two labels each must fit',
    was: '[{ resources: { labels: { l: [x], m: [y] } } }]',
    now: '[{ resources: { labels: { l: [x], m: [z] } } }, { resources: { labels: { l: [z], m: [y] } } }]',
    kept: [],
    lost: [0],
    added: [0, 1],
  },
  {
    rule: 'no resources are any',
    was: '[{ assurance: otp }]',
    now: '[{ approval: { by: all }, rate: 5 per second, limit: 5 per day }, { resources: { environment: [e] }, assurance: otp }]',
    kept: [[0, 1]],
    added: [0],
  },
  {
    rule: 'equals find each other, whatever stands between',
    was: '[{ assurance: otp }, { assurance: key }, {}]',
    now: '[{}, { assurance: key }, { assurance: otp }]',
    kept: [
      [2, 0],
      [1, 1],
      [0, 2],
    ],
  },
  {
    rule: 'an equal of nothing comes before what has more in common',
    was: '[{}, { limit: 5 per day, assurance: otp, rate: 5 per second }]',
    now: '[{ limit: 5 per day, assurance: otp, rate: 6 per second }, {}]',
    kept: [
      [1, 0],
      [0, 1],
    ],
  },
  {
    rule: 'the one with most in common is kept, the other is new',
    was: '[{ limit: 5 per day, assurance: otp }]',
    now: '[{ limit: 6 per day, assurance: key }, { limit: 5 per day, assurance: key }]',
    kept: [[0, 1]],
    added: [0],
  },
  {
    rule: 'a difference counts as much as a likeness, and a key on either side',
    was: '[{ limit: 5 per day }]',
    now: '[{ limit: 5 per day, assurance: otp, rate: 5 per second }, { limit: 5 per day, assurance: otp }]',
    kept: [[0, 1]],
    added: [0],
  },
  {
    rule: 'what the old one had and the new one lacks is a difference too',
    was: '[{ limit: 5 per day, assurance: otp, rate: 5 per second }]',
    now: '[{ limit: 5 per day }, { limit: 5 per day, assurance: otp }]',
    kept: [[0, 1]],
    added: [0],
  },
  {
    rule: 'the same resources count more than two other likenesses',
    was: '[{ resources: { environment: [e] }, assurance: otp, limit: 5 per day }]',
    now: '[{ assurance: otp, limit: 5 per day }, { resources: { environment: [e] }, assurance: key, limit: 6 per day }]',
    kept: [[0, 1]],
    added: [0],
  },
  {
    rule: 'the same commands count as much',
    was: '[{ commands: [get], assurance: otp, limit: 5 per day }]',
    now: '[{ assurance: otp, limit: 5 per day }, { commands: [get], assurance: key, limit: 6 per day }]',
    kept: [[0, 1]],
    added: [0],
  },
  {
    rule: 'of two that are as like, the first is taken, on both sides',
    was: '[{ rate: 1 per second }, { rate: 2 per second }]',
    now: '[{ rate: 3 per second }, { rate: 4 per second }]',
    kept: [
      [0, 0],
      [1, 1],
    ],
  },
  {
    rule: 'where one is left, it is the one that covers the same',
    was: '[{ commands: [put] }, { commands: [get] }]',
    now: '{ commands: [get] }',
    kept: [[1, 0]],
    lost: [0],
  },
  {
    rule: 'one more old than new loses the last',
    was: '[{ rate: 1 per second }, { rate: 2 per second }, { rate: 3 per second }]',
    now: '[{ rate: 4 per second }, { rate: 5 per second }]',
    kept: [
      [0, 0],
      [1, 1],
    ],
    lost: [2],
  },
]
for (const { rule, was, now, kept, lost = [], added = [] } of cases)
  test(rule, () => expect(pairs(entries(was), entries(now))).toEqual({ kept, lost, added }))
