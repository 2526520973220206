import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guarded, unguarded } from './cells.ts'
import { KINDS, type KindName } from './kinds.ts'
import { type Format, RowFault, readLines } from './reader.ts'
import { headOf, textOf } from './writer.ts'

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,20}$/)
const role = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,10}$/)
const attribute = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.]{0,10}$/)
/** What spreadsheets and parsers trip over is drawn more often than chance would. */
const words = fc
  .array(
    fc.oneof(
      fc.constantFrom('=', "'", '"', ',', ';', '+', '-', '@', ' ', '＝', '\u2028', '😀'),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''))
  .filter((text) => text !== '' && text.isWellFormed() && !/[\p{Cc}\ufffd]/u.test(text))
const value = fc.oneof(
  words,
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
  fc.array(words, { maxLength: 3 }),
)
const optional = <T>(record: Record<string, fc.Arbitrary<T>>, requiredKeys: string[]) =>
  fc.record(record as never, { requiredKeys } as never)

const ROWS: { [Kind in KindName]?: fc.Arbitrary<unknown> } = {
  organizations: optional<unknown>(
    { id, title: words, roles: fc.dictionary(role, fc.array(role, { maxLength: 3 }), { noNullPrototype: true }) },
    ['id', 'title'],
  ),
  identities: optional<unknown>(
    {
      id,
      kind: fc.constantFrom('human', 'service', 'machine', 'agent'),
      status: fc.constantFrom('active', 'suspended', 'revoked'),
      name: words,
      in: fc.dictionary(id, fc.uniqueArray(role, { maxLength: 3 }), { noNullPrototype: true }),
      factors: fc.uniqueArray(role, { maxLength: 3 }),
      attributes: fc.dictionary(attribute, value, { noNullPrototype: true }),
      links: fc.array(fc.record({ issuer: fc.webUrl(), subject: words }), { maxLength: 2 }),
    },
    ['id'],
  ),
  resources: optional<unknown>(
    {
      id,
      kind: fc.stringMatching(/^[a-z][a-z0-9_.-]{0,10}$/),
      environment: words,
      region: words,
      labels: fc.dictionary(
        id.filter((key) => /^[\w.-]+$/.test(key)),
        words,
        { noNullPrototype: true },
      ),
    },
    ['id', 'kind'],
  ),
  licenses: optional<unknown>(
    {
      id,
      product: attribute,
      plan: attribute,
      edition: fc.integer({ min: 1, max: 9 }),
      organization: id,
      ends: fc.constant('2027-01-01T00:00:00Z'),
      trial: fc.boolean(),
    },
    ['id', 'product', 'plan'],
  ),
  seats: fc.record({ license: id, identity: id }),
}

async function readBack(kind: KindName, format: Format, text: string, cut: number): Promise<unknown[]> {
  const bytes = Buffer.from(text)
  const chunks = Array.from({ length: Math.ceil(bytes.length / cut) }, (_, i) => bytes.subarray(i * cut, (i + 1) * cut))
  const rows: unknown[] = []
  for await (const { row } of readLines(Readable.from(chunks), format, KINDS[kind])) rows.push(row)
  return rows
}

/** In a cell nothing and an empty list or object are one. */
function withoutEmpty(row: object): object {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => typeof value !== 'object' || value === null || Object.keys(value).length > 0),
  )
}

for (const kind of Object.keys(KINDS) as KindName[]) {
  for (const format of ['csv', 'jsonl'] as const) {
    test(`what is exported of ${kind} as ${format} is imported as the same, however the bytes are cut`, async () => {
      const rows = ROWS[kind]
      if (rows === undefined) throw new Error(`no rows of ${kind} to try`)
      await fc.assert(
        fc.asyncProperty(
          fc.array(rows as fc.Arbitrary<Record<string, unknown>>, { maxLength: 5 }),
          fc.integer({ min: 1, max: 64 }),
          async (all, cut) => {
            const text = headOf(format, KINDS[kind]) + textOf(format, KINDS[kind], all)
            const back = await readBack(kind, format, text, cut)
            expect(back.find((row) => row instanceof RowFault)).toBeUndefined()
            expect(back).toEqual(format === 'csv' ? all.map(withoutEmpty) : all)
          },
        ),
        { numRuns: 60 },
      )
    })
  }
}

test('a spreadsheet takes no cell for a formula, and the mark that keeps it from doing so comes off again', () => {
  for (const cell of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', "'=1", "''-", '＝1']) {
    expect(guarded(cell)).toMatch(/^'/)
    expect(unguarded(guarded(cell))).toBe(cell)
  }
  for (const cell of ["'", "'quoted'", 'a=1', '']) expect([guarded(cell), unguarded(cell)]).toEqual([cell, cell])
  fc.assert(fc.property(fc.string(), (cell) => unguarded(guarded(cell)) === cell && !/^[=+\-@\t\r]/.test(guarded(cell))))
})
