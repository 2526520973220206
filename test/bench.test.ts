import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BENCHMARKS } from '../bench/run.ts'
import { expectRows, FETCHING } from './bench-rows.ts'

for (const name of Object.keys(BENCHMARKS)) {
  if (!FETCHING.includes(name)) test(`the benchmark ${name} runs`, { timeout: 120_000 }, () => expectRows(name))
}

test('every benchmark is in the table', () => {
  const files = readdirSync(new URL('../bench', import.meta.url)).filter(
    (file) => file.endsWith('.ts') && BENCHMARKS[file.replace('.ts', '')] !== undefined,
  )
  expect(files).toHaveLength(Object.keys(BENCHMARKS).length)
  expect(FETCHING.every((name) => name in BENCHMARKS)).toBe(true)
})
