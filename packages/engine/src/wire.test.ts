import { expect, test } from 'vitest'
import { decisionToWire, requestFromWire } from './index.ts'

test('a request is read as it stands, its proofs with instants', () => {
  const wire = {
    identity: 'ann',
    feature: 'cross',
    context: { session: 's' },
    wanted: 2,
    partial: true,
    proofs: [{ level: 'word', at: '1970-01-01T00:00:01Z', session: 's', device: 'd' }],
  }
  expect(requestFromWire(wire)).toEqual({ ...wire, proofs: [{ level: 'word', at: 1000, session: 's', device: 'd' }] })
})

test('a request without proofs has none', () => {
  expect(requestFromWire({ feature: 'cross' })).toEqual({ feature: 'cross' })
})

test('a proof whose instant does not parse is none, and the others stay', () => {
  const proofs = ['yesterday', '1970-01-01T00:00:02Z', '2026-02-30T00:00:00Z'].map((at) => ({ level: 'word', at }))
  expect(requestFromWire({ feature: 'cross', proofs }).proofs).toEqual([{ level: 'word', at: 2000 }])
})

test('an answer writes every instant in RFC 3339 and keeps the rest', () => {
  const decision = {
    allowed: true,
    remedies: [{ type: 'wait', until: 1000 } as const, { type: 'wait', seconds: 3 } as const, { type: 'upgrade', plans: ['p'] } as const],
    obligations: [{ type: 'mask', fields: ['email'] } as const],
    notices: [
      { type: 'in_grace', cause: 'expiry', until: 2000 } as const,
      { type: 'stale', since: 3000 } as const,
      { type: 'overage', feature: 'seat' } as const,
    ],
    license: 'L',
    entry: 0,
    edition: 1,
    revision: 7,
    expires: 4000,
  }
  expect(decisionToWire(decision)).toEqual({
    ...decision,
    remedies: [
      { type: 'wait', until: '1970-01-01T00:00:01Z' },
      { type: 'wait', seconds: 3 },
      { type: 'upgrade', plans: ['p'] },
    ],
    notices: [
      { type: 'in_grace', cause: 'expiry', until: '1970-01-01T00:00:02Z' },
      { type: 'stale', since: '1970-01-01T00:00:03Z' },
      { type: 'overage', feature: 'seat' },
    ],
    expires: '1970-01-01T00:00:04Z',
  })
})

test('an answer that never expires has no such member, and its empty lists stay', () => {
  const decision = { allowed: false, reason: 'no_license' as const, remedies: [], obligations: [], notices: [], revision: 0 }
  expect(decisionToWire(decision)).toStrictEqual(decision)
})
