import { afterAll, beforeAll, expect, test } from 'vitest'
import { fuzz, operationsOf, populate } from './fuzz/run.ts'
import { MONDAY, onBothStores, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

onBothStores('every operation, asked by its own schema and beside it', (open) => {
  const folder = scratchFolder()
  let authority: TestAuthority
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder, { clock: () => MONDAY })
  })
  afterAll(() => authority.close())

  test('answers as documented, and never with a failure', async () => {
    const ids = await populate(authority)
    const operations = await operationsOf(authority)
    expect(operations.length).toBeGreaterThan(80)
    const faults: string[] = []
    for (const operation of operations) {
      await fuzz(authority, operation, ids, { seed: 7070, numRuns: 4 }).catch((error: Error) => {
        faults.push(`${operation.method} ${operation.path}\n${error.message}\n${String((error as { cause?: Error }).cause?.message ?? '')}`)
      })
    }
    expect(faults.join('\n\n')).toBe('')
  }, 120_000)
})
