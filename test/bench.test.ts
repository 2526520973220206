import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BENCHMARKS } from '../bench/run.ts'
import { table } from '../bench/table.ts'

// Figures of so little work mean nothing and are not looked at: only that each line is there, both sides having run.
for (const [name, run] of Object.entries(BENCHMARKS)) {
  test(`the benchmark ${name} runs`, { timeout: 120_000 }, async () => {
    const rows = await run({ quick: true })
    expect(rows.length).toBeGreaterThan(0)
    for (const { measured, compared, beside, ratio } of rows) {
      expect(measured).toMatch(/\d/)
      if (beside === '') continue
      expect(compared).toMatch(/\d/)
      expect(ratio?.median).toBeGreaterThan(0)
    }
    expect(table(rows).split('\n')).toHaveLength(rows.length + 2)
  })
}

test('every benchmark is in the table', () => {
  const files = readdirSync(new URL('../bench', import.meta.url)).filter(
    (file) => file.endsWith('.ts') && BENCHMARKS[file.replace('.ts', '')] !== undefined,
  )
  expect(files).toHaveLength(Object.keys(BENCHMARKS).length)
})
