import { expect, test } from 'vitest'
import { countTests } from './count-tests.ts'

const clean = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }

const cases: { name: string; report: Partial<Record<keyof typeof clean, unknown>>; good: boolean; want: [number, number] }[] = [
  { name: 'a clean run has no failures', report: {}, good: true, want: [3, 0] },
  { name: 'failed tests are counted', report: { numFailedTests: 2 }, good: false, want: [3, 2] },
  { name: 'skipped and planned tests are failures', report: { numPendingTests: 1, numTodoTests: 1 }, good: true, want: [3, 2] },
  {
    name: 'a file that could not be loaded is a failure',
    report: { testResults: [{ status: 'failed', assertionResults: [] }] },
    good: false,
    want: [3, 1],
  },
  { name: 'a fault outside any test is a failure', report: {}, good: false, want: [3, 1] },
  { name: 'a run without tests is a failure', report: { numPassedTests: 0 }, good: true, want: [0, 1] },
]
for (const { name, report, good, want } of cases)
  test(name, () => {
    const { passed, failed } = countTests({ ...clean, ...report } as unknown as Parameters<typeof countTests>[0], good)
    expect([passed, failed]).toEqual(want)
  })
