import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recordWriter } from './record-json.ts'
import type { DecisionRecord } from './store.ts'

test('whatever came before it, a record is written as JSON writes it', () => {
  // Few values, so that neighbours have much in common; and whatever somebody may send.
  const text = fc.oneof(fc.constantFrom('a', 'b', '"', '\\', '\0', '\ud800', 'é\u2028'), fc.string({ unit: 'binary', maxLength: 5 }))
  const optional = fc.option(text, { nil: undefined })
  const record: fc.Arbitrary<DecisionRecord> = fc.record({
    at: fc.integer({ min: 0, max: 2 }),
    requestId: text,
    credential: text,
    identity: optional,
    actor: optional,
    feature: text,
    resource: optional,
    allowed: fc.boolean(),
    reason: optional,
    license: optional,
    revision: fc.integer({ min: 0, max: 2 }),
    organization: optional,
  })
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), (records) => {
      const write = recordWriter()
      expect(records.map((each) => JSON.parse(write(each)))).toEqual(records.map((each) => JSON.parse(JSON.stringify(each))))
    }),
  )
})

test.each(['at', 'requestId', 'credential', 'feature', 'resource', 'revision'] as const)(
  'another %s is not taken for the one before',
  (name) => {
    const write = recordWriter()
    const absent = {
      identity: undefined,
      actor: undefined,
      resource: undefined,
      reason: undefined,
      license: undefined,
      organization: undefined,
    }
    const first = { ...absent, at: 1, requestId: 'r', credential: 'k', feature: 'kit:view', allowed: true, revision: 1 }
    write(first)
    const second = { ...first, [name]: typeof first[name] === 'number' ? 2 : 'other' }
    expect(JSON.parse(write(second))).toEqual(JSON.parse(JSON.stringify(second)))
  },
)
