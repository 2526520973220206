import { expect, test } from 'vitest'
import { bodyOf, readQuestion } from './question.ts'

const NOW = Date.parse('2026-11-23T09:00:00Z')

test('a question in the address is the question on the wire', () => {
  const question = readQuestion({
    identity: 'ann',
    feature: 'atlas:warehouse.query',
    resource: 'warehouse',
    commands: 'select, insert',
    context: 'country=DE, seats:=3, new:=true',
    proofs: 'passkey, otp@2026-11-23T08:00:00+01:00',
    wanted: '12',
    at: '2026-12-01T10:00:00+01:00',
    unknown: 'x',
    organization: '',
  })
  expect(bodyOf(question, NOW)).toEqual({
    identity: 'ann',
    feature: 'atlas:warehouse.query',
    resource: 'warehouse',
    commands: ['select', 'insert'],
    context: { country: 'DE', seats: 3, new: true },
    proofs: [
      { level: 'passkey', at: '2026-11-23T09:00:00.000Z' },
      { level: 'otp', at: '2026-11-23T08:00:00+01:00' },
    ],
    wanted: 12,
    at: '2026-12-01T09:00:00.000Z',
  })
})

const faults: [question: object, field: string][] = [
  [{}, 'feature'],
  [{ feature: 'f', context: 'country' }, 'context'],
  [{ feature: 'f', context: 'n:={' }, 'context'],
  [{ feature: 'f', proofs: '@2026-11-23T08:00:00Z' }, 'proofs'],
  [{ feature: 'f', proofs: 'otp@yesterday' }, 'proofs'],
  [{ feature: 'f', at: 'tomorrow' }, 'at'],
]
for (const [question, field] of faults) {
  test(`what is wrong is said at its field: ${JSON.stringify(question)}`, () => {
    expect(bodyOf(question, NOW)).toMatchObject({ field, says: expect.stringMatching(/\.$/) })
  })
}
