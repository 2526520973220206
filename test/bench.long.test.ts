import { test } from 'vitest'
import { expectRows, FETCHING } from './bench-rows.ts'

for (const name of FETCHING) test(`the benchmark ${name} runs`, { timeout: 300_000 }, () => expectRows(name))
