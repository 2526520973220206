import { expect } from 'vitest'
import { BENCHMARKS } from '../bench/run.ts'
import { table } from '../bench/table.ts'

/** Those that fetch what they are measured beside: about 100 MB, from `npm run test:all` on. */
export const FETCHING: readonly string[] = ['cerbos']

/** Runs a benchmark with next to no work. Its figures mean nothing and are not looked at: only that each line is there, both sides having run. */
export async function expectRows(name: string): Promise<void> {
  const rows = (await BENCHMARKS[name]?.({ quick: true })) ?? []
  expect(rows.length).toBeGreaterThan(0)
  for (const { measured, compared, beside, ratio } of rows) {
    expect(measured).toMatch(/\d/)
    if (beside === '') continue
    expect(compared).toMatch(/\d/)
    expect(ratio?.median).toBeGreaterThan(0)
  }
  expect(table(rows).split('\n')).toHaveLength(rows.length + 2)
}
