import { expect, test } from 'vitest'
import { rosterId } from './roster-id.ts'

test('the name of an identity in a file is fixed, so that other implementations can make it', async () => {
  // printf 'roster\0lic_northwind\0ann' | sha256sum, the first 16 bytes
  expect(await rosterId('lic_northwind', 'ann')).toBe('p_LRIzH7-QfewjbbDvmrVl6g')
})

test('it is another one in another licence, and of another identity', async () => {
  const names = await Promise.all([rosterId('a', 'b'), rosterId('b', 'a'), rosterId('a', 'c'), rosterId('ab', ''), rosterId('', 'ab')])
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^p_[A-Za-z0-9_-]{22}$/)
})
