import { expect, test } from 'vitest'
import { edition, HOUR, identity, license, noUsage, SECOND, summary, termsOf, worldOf } from '../test/sample.ts'
import { decide, type Fact, type IdentityFact, type Proof, type SignalFact } from './index.ts'

const now = 10 * HOUR
const at = now - 60 * SECOND
const signals = (onFailure?: string) => ({
  new_device: { require: 'key' },
  stolen: { refuse: true },
  ...(onFailure !== undefined && { on_failure: onFailure }),
})
const assurance = { word: { acr: 'urn:1', any_of: ['pwd'] }, key: { acr: 'urn:2', any_of: ['hwk'] } }
const raised = (more: Partial<SignalFact> = {}): Fact => ({ fact: 'signal', id: 's', name: 'new_device', identity: 'ann', at, ...more })
const here = { session: 's1', device: 'd1' }
const proof = (more: Partial<Proof> = {}): Proof => ({ level: 'word', at: now, session: 's1', ...more })

interface Question {
  facts?: Fact[]
  proofs?: Proof[]
  context?: Record<string, string>
  who?: Partial<IdentityFact>
  onFailure?: string
  actor?: string
}
function ask({ facts = [raised()], proofs = [proof()], context = here, who = {}, onFailure, actor }: Question) {
  const terms = termsOf({
    assurance,
    signals: signals(onFailure),
    plans: { day: { title: 'Day', includes: { cross: { assurance: 'word' } } } },
  })
  const world = worldOf(edition(terms), identity('ann', ['crew'], who), identity('bob'), license('L'), ...facts)
  return decide(world, noUsage, { identity: 'ann', feature: 'cross', context, proofs, ...(actor !== undefined && { actor }) }, now)
}

const cases: (Question & { name: string; want: string })[] = [
  { name: 'no signal asks for nothing more', facts: [], want: 'allow' },
  { name: 'a signal raises the bar', want: 'step_up_required' },
  { name: 'a stronger proof meets it', proofs: [proof({ level: 'key' })], want: 'allow' },
  { name: 'a proof at the time of the signal answers it', proofs: [proof({ level: 'key', at })], want: 'allow' },
  { name: 'a proof a millisecond before does not', proofs: [proof({ level: 'key', at: at - 1 })], want: 'step_up_required' },
  { name: 'a signal of this session holds', facts: [raised({ session: 's1' })], want: 'step_up_required' },
  { name: 'a signal of another session does not', facts: [raised({ session: 's2' })], want: 'allow' },
  { name: 'a signal of this device holds', facts: [raised({ device: 'd1' })], want: 'step_up_required' },
  { name: 'a signal of another device does not', facts: [raised({ device: 'd2' })], want: 'allow' },
  { name: 'a signal of this session on another device does not', facts: [raised({ session: 's1', device: 'd2' })], want: 'allow' },
  { name: 'a signal of nobody here does not', facts: [raised({ identity: 'bob' })], want: 'allow' },
  { name: 'a signal from the future is none', facts: [raised({ at: now + 1 })], want: 'allow' },
  { name: 'a signal now holds', facts: [raised({ at: now })], proofs: [proof({ at: now - 1 })], want: 'step_up_required' },
  { name: 'a signal that was withdrawn is none', facts: [raised(), { fact: 'removed', of: 'signal', id: 's' }], want: 'allow' },
  { name: 'a signal that the terms do not know is none', facts: [raised({ name: 'full_moon' })], want: 'allow' },
  { name: 'a proof of another session answers nothing', proofs: [proof({ level: 'key', session: 's2' })], want: 'step_up_required' },
  { name: 'a proof without a session answers no session', proofs: [{ level: 'key', at: now }], want: 'step_up_required' },
  { name: 'without a session a proof without one counts', context: {}, facts: [], proofs: [{ level: 'word', at: now }], want: 'allow' },
  { name: 'a proof of this device counts', facts: [], proofs: [proof({ device: 'd1' })], want: 'allow' },
  { name: 'a proof of another device does not', facts: [], proofs: [proof({ device: 'd2' })], want: 'step_up_required' },
  { name: 'a level that nobody declared proves nothing', facts: [], proofs: [proof({ level: 'gold' })], want: 'step_up_required' },
  { name: 'a proof from the future is none', facts: [], proofs: [proof({ at: now + 1 })], want: 'step_up_required' },
  { name: 'a service has no bar to raise', who: { kind: 'service' }, want: 'allow' },
  { name: 'who cannot reach the level must enrol', who: { factors: ['word'] }, want: 'assurance_unreachable' },
  { name: 'a refusing signal closes everything', facts: [raised({ name: 'stolen' })], want: 'risk_denied' },
  { name: 'whatever its session', facts: [raised({ name: 'stolen', session: 's2', device: 'd9' })], want: 'risk_denied' },
  { name: 'whatever the kind', facts: [raised({ name: 'stolen' })], who: { kind: 'machine' }, want: 'risk_denied' },
  { name: 'whatever the proof', facts: [raised({ name: 'stolen' })], proofs: [proof({ level: 'key' })], want: 'risk_denied' },
  { name: 'of the actor too', facts: [raised({ name: 'stolen', identity: 'bob' })], actor: 'bob', want: 'risk_denied' },
  { name: 'but not of somebody else', facts: [raised({ name: 'stolen', identity: 'bob' })], want: 'allow' },
  { name: 'and not before its time', facts: [raised({ name: 'stolen', at: now + 1 })], want: 'allow' },
  { name: 'a signal that could not be computed does nothing by default', facts: [raised({ name: 'failed' })], want: 'allow' },
  { name: 'or asks for a level', facts: [raised({ name: 'failed' })], onFailure: 'require key', want: 'step_up_required' },
  { name: 'or refuses', facts: [raised({ name: 'failed' })], onFailure: 'refuse', want: 'risk_denied' },
  { name: 'or allows, said aloud', facts: [raised({ name: 'failed' })], onFailure: 'allow', want: 'allow' },
]
for (const { name, want, ...question } of cases)
  test(`${name}: ${want}`, () => {
    expect(summary(ask(question))).toBe(want)
  })

test('the remedy names every level that would do, and how fresh the proof must be', () => {
  expect(ask({}).remedies).toEqual([{ type: 'step_up', acr_values: ['urn:2'], max_age: 60 }])
  expect(ask({ facts: [], proofs: [] }).remedies).toEqual([{ type: 'step_up', acr_values: ['urn:1', 'urn:2'] }])
  expect(ask({ who: { factors: [] } }).remedies).toEqual([{ type: 'enrol' }])
})

test('an answer holds until a signal that is on its way', () => {
  expect(ask({ facts: [raised({ at: now + HOUR })] }).expires).toBe(now + HOUR)
  expect(ask({ facts: [raised({ name: 'stolen', at: now + HOUR })] }).expires).toBe(now + HOUR)
})

test('a refusing signal is found before a feature that nobody sells', () => {
  const world = worldOf(edition(termsOf({ assurance, signals: signals() })), identity('ann'), raised({ name: 'stolen' }))
  expect(summary(decide(world, noUsage, { identity: 'ann', feature: 'nothing' }, now))).toBe('risk_denied')
  expect(summary(decide(world, noUsage, { identity: 'ann', feature: 'nothing' }, at - 1))).toBe('feature_unknown')
})

test('a signal closes what its product’s terms refuse, and what any terms refuse where nobody sells the feature', () => {
  const tram = termsOf({ product: 'tram', assurance, signals: signals() })
  const facts: Fact[] = [edition(termsOf({})), edition(tram), identity('ann'), license('L'), raised({ name: 'stolen' })]
  const asked = (feature: string) => summary(decide(worldOf(...facts), noUsage, { identity: 'ann', feature }, now))
  expect([asked('ferry:cross'), asked('tram:cross'), asked('nothing')]).toEqual(['allow', 'risk_denied', 'risk_denied'])
})

test('signals to come that raise nothing hide no end behind them, however many', () => {
  const terms = termsOf({ assurance, signals: signals() })
  const storm = Array.from({ length: 99 }, (_, i) => raised({ id: `s${i}`, name: i % 2 === 0 ? 'full_moon' : 'failed', at: now + 1 + i }))
  const world = worldOf(edition(terms), identity('ann'), license('L', { ends: now + HOUR }), ...storm)
  expect(decide(world, noUsage, { identity: 'ann', feature: 'cross' }, now).expires).toBe(now + HOUR)
})
