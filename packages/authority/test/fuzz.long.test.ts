import { afterAll, beforeAll, expect, test } from 'vitest'
import { fuzz, operationsOf, populate } from './fuzz/run.ts'
import { MONDAY, onBothStores, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

/** Another seed each time: a failure names it, and it is tried again with `WRIT_FUZZ_SEED`. */
const seed = Number(process.env.WRIT_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31))
const RUNS = Number(process.env.WRIT_FUZZ_RUNS ?? 150)

onBothStores(`every operation at length, seed ${seed}`, (open) => {
  const folder = scratchFolder()
  let authority: TestAuthority
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder, { clock: () => MONDAY })
  })
  afterAll(() => authority.close())

  test('answers as documented, never with a failure, and in bounded memory', async () => {
    const ids = await populate(authority)
    const before = process.memoryUsage.rss()
    for (const operation of await operationsOf(authority)) await fuzz(authority, operation, ids, { seed, numRuns: RUNS })
    expect(process.memoryUsage.rss() - before).toBeLessThan(1 << 30)
  }, 3_600_000)
})
