import { expect, test } from 'vitest'
import { edition, HOUR, identity, license, noUsage, summary, termsOf, worldOf } from '../test/sample.ts'
import { decide, type ElsewhereFact, type Fact } from './index.ts'

const terms = termsOf({
  plans: { day: { title: 'Day', includes: { cross: { needs: 'port:dock' } } } },
  federation: { port: { authority: 'https://port.example', product: 'port' } },
})
const now = 10 * HOUR
const said = (answer: ElsewhereFact['answer'], more: Partial<ElsewhereFact> = {}): Fact => ({
  fact: 'elsewhere',
  need: 'port:dock',
  answer,
  ...more,
})

function ask(...facts: readonly Fact[]) {
  return decide(worldOf(edition(terms), identity('ann'), license('L'), ...facts), noUsage, { identity: 'ann', feature: 'cross' }, now)
}

const cases: { name: string; facts: Fact[]; want: string; remedies?: object[] }[] = [
  { name: 'an allow of everybody', facts: [said('allow')], want: 'allow' },
  { name: 'a refusal of everybody', facts: [said('refuse')], want: 'needs_refused' },
  { name: 'what lies outside its mandate', facts: [said('outside_mandate')], want: 'outside_mandate' },
  { name: 'an authority out of reach', facts: [said('unreachable')], want: 'needs_unreachable', remedies: [{ type: 'reconnect' }] },
  { name: 'an authority that said nothing', facts: [], want: 'needs_unreachable', remedies: [{ type: 'reconnect' }] },
  {
    name: 'an allow of this identity against a refusal of everybody',
    facts: [said('refuse'), said('allow', { identity: 'ann' })],
    want: 'allow',
  },
  {
    name: 'a refusal of this identity against an allow of everybody',
    facts: [said('refuse', { identity: 'ann' }), said('allow')],
    want: 'needs_refused',
  },
  {
    name: 'an allow of somebody else',
    facts: [said('allow', { identity: 'bob' })],
    want: 'needs_unreachable',
    remedies: [{ type: 'reconnect' }],
  },
  { name: 'an answer to its last millisecond', facts: [said('allow', { until: now + 1 })], want: 'allow' },
  {
    name: 'an answer that has ended',
    facts: [said('allow', { until: now })],
    want: 'needs_unreachable',
    remedies: [{ type: 'reconnect' }],
  },
  {
    name: 'a refusal that has ended',
    facts: [said('refuse', { until: now })],
    want: 'needs_unreachable',
    remedies: [{ type: 'reconnect' }],
  },
  {
    name: 'an answer of its own that has ended, whatever is said of everybody',
    facts: [said('allow'), said('allow', { identity: 'ann', until: now })],
    want: 'needs_unreachable',
    remedies: [{ type: 'reconnect' }],
  },
  {
    name: 'an answer that was withdrawn',
    facts: [said('allow'), { fact: 'removed', of: 'elsewhere', id: 'port:dock' }],
    want: 'needs_unreachable',
    remedies: [{ type: 'reconnect' }],
  },
  {
    name: 'an answer of its own that was withdrawn leaves the one of everybody',
    facts: [said('refuse'), said('allow', { identity: 'ann' }), { fact: 'removed', of: 'elsewhere', id: 'port:dock', identity: 'ann' }],
    want: 'needs_refused',
  },
  {
    name: 'another of its features',
    facts: [said('allow', { need: 'port:crane' })],
    want: 'needs_unreachable',
    remedies: [{ type: 'reconnect' }],
  },
]
for (const { name, facts, want, remedies = [] } of cases)
  test(`${name}: ${want}`, () => {
    const decision = ask(...facts)
    expect(summary(decision)).toBe(want)
    expect(decision.remedies).toEqual(remedies)
  })

test('an answer holds as long as the other authority’s', () => {
  expect(ask(said('allow', { until: now + HOUR })).expires).toBe(now + HOUR)
  expect(ask(said('allow'))).not.toHaveProperty('expires')
})
