import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RecordWriter } from './record-json.ts'
import type { DecisionRecord } from './store.ts'

/** As the store reads it. */
function written(records: readonly DecisionRecord[]): object[] {
  const writer = new RecordWriter()
  const json = records.map((each, i) => (i === 0 ? writer.first(each) : writer.next(each))).join('') + RecordWriter.end
  return (JSON.parse(json) as { each: object[] }[]).flatMap(({ each, ...common }) => each.map((own) => ({ ...common, ...own })))
}

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
      expect(written(records)).toEqual(records.map((each) => JSON.parse(JSON.stringify(each))))
    }),
  )
})

test.each(['at', 'requestId', 'credential', 'feature', 'resource', 'revision'] as const)(
  'another %s is not taken for the one before',
  (name) => {
    const absent = {
      identity: undefined,
      actor: undefined,
      resource: undefined,
      reason: undefined,
      license: undefined,
      organization: undefined,
    }
    const first = { ...absent, at: 1, requestId: 'r', credential: 'k', feature: 'kit:view', allowed: true, revision: 1 }
    const second = { ...first, [name]: typeof first[name] === 'number' ? 2 : 'other' }
    expect(written([first, second])).toEqual(JSON.parse(JSON.stringify([first, second])))
  },
)

test('an array begun anew has all of its first record, also of one that is like the one before', () => {
  const writer = new RecordWriter()
  const absent = {
    identity: undefined,
    actor: undefined,
    resource: undefined,
    reason: undefined,
    license: undefined,
    organization: undefined,
  }
  const record = { ...absent, at: 1, requestId: 'r', credential: 'k', feature: 'kit:view', allowed: true, revision: 1 }
  const first = writer.first(record)
  writer.next(record)
  expect(writer.first(record)).toBe(first)
})
