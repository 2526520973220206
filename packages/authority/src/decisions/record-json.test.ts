import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RecordWriter } from './record-json.ts'
import type { DecisionRecord } from './store.ts'

const sample: DecisionRecord = {
  at: 1,
  requestId: 'r',
  credential: 'k',
  identity: undefined,
  actor: undefined,
  feature: 'kit:view',
  resource: undefined,
  allowed: true,
  reason: undefined,
  license: undefined,
  revision: 1,
  organization: undefined,
}

/** As the store reads it. */
function written(records: readonly DecisionRecord[]): object[] {
  const writer = new RecordWriter()
  const json = records.map((each, i) => (i === 0 ? writer.first(each) : writer.next(each))).join('') + writer.end
  return (JSON.parse(json) as { each?: object[] }[]).flatMap(
    ({ each, ...record }) => each?.map((own) => ({ ...record, ...own })) ?? [record],
  )
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
    const other = { ...sample, [name]: typeof sample[name] === 'number' ? 2 : 'other' }
    for (const records of [
      [sample, other],
      [sample, sample, other, other],
    ])
      expect(written(records)).toEqual(JSON.parse(JSON.stringify(records)))
  },
)

test('an array begun anew has all of its first record, also of one that is like the one before', () => {
  const writer = new RecordWriter()
  const first = writer.first(sample)
  writer.next(sample)
  expect(writer.end).toBe(']}]')
  expect(writer.first(sample)).toBe(first)
  expect(JSON.parse(first + writer.end)).toEqual([JSON.parse(JSON.stringify(sample))])
})

test('of a hundred alike ones what they have in common stands twice', () => {
  const writer = new RecordWriter()
  const json = writer.first(sample) + Array.from({ length: 99 }, () => writer.next(sample)).join('') + writer.end
  expect(json.split('kit:view')).toHaveLength(3)
})
