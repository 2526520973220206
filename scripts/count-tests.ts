export interface Count {
  passed: number
  failed: number
}

/** What we read of Vitest's JSON report. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

/**
 * Counts a run. A skipped test is a failed one: what is in the suite must run. A file that could not be loaded, a fault
 * outside any test and a run without tests count as failures as well, or they would hide behind the sum.
 * @param good whether Vitest itself ended with exit code 0
 */
export function countTests(report: Report, good: boolean): Count {
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests + unloaded
  const unseen = failed === 0 && (!good || report.numPassedTests === 0)
  return { passed: report.numPassedTests, failed: failed + (unseen ? 1 : 0) }
}
