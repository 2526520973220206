import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generate } from '../vectors/generate.ts'
import good from '../vectors/good.json' with { type: 'json' }
import hostile from '../vectors/hostile.json' with { type: 'json' }

test('the vector files are what the generator writes', async () => {
  expect(JSON.parse(JSON.stringify(await generate()))).toEqual({ good, hostile })
})

test('every vector file is run', () => {
  const found = readdirSync(new URL('../vectors', import.meta.url)).filter((name) => name.endsWith('.json'))
  // The third, by the test of status lists.
  expect(found.sort()).toEqual(['good.json', 'hostile.json', 'token-status-list.json'])
})
