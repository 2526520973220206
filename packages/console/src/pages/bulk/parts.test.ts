import { expect, test } from 'vitest'
import { type Format, partsOf } from './parts.ts'

async function* inChunks(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}
async function cut(text: string, format: Format, { size = 7, skip = 0 } = {}): Promise<string[]> {
  const parts: string[] = []
  for await (const { text: part } of partsOf(inChunks(text, size), format, skip)) parts.push(part)
  return parts
}

for (const size of [1, 2, 7, 1000]) {
  test(`a quoted cell keeps its lines, in chunks of ${size}`, async () => {
    const row = (n: number) => `a${n},"first\nsecond ""quoted"",\nthird"\r\n`
    const csv = `id,title\n${Array.from({ length: 501 }, (_, n) => row(n)).join('')}`
    const parts = await cut(csv, 'csv', { size })
    expect(parts).toHaveLength(2)
    expect(parts[1]).toBe(`id,title\n${row(500)}`)
    expect(parts[0]?.endsWith(row(499))).toBe(true)
  })
}

test('a quote within a cell opens nothing', async () => {
  const rows = Array.from({ length: 501 }, (_, n) => `a${n},five" pipe\n`)
  expect(await cut(`id,title\n${rows.join('')}`, 'csv')).toHaveLength(2)
})

test('rows that are done are passed over, empty lines are none, and the last needs no end', async () => {
  expect(await cut('id\n\na\nb\nc', 'csv', { skip: 2 })).toEqual(['id\nc\n'])
  expect(await cut('{"id":1}\n\n{"id":2}\n', 'jsonl', { skip: 1 })).toEqual(['\n{"id":2}\n'])
  expect(await cut('id,title\n', 'csv')).toEqual([])
})
