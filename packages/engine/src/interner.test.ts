import { expect, test } from 'vitest'
import { Interner } from './interner.ts'

test('names whose hashes are the same are told apart', () => {
  // So many that among their hashes of 32 bits some eighteen pairs are alike, whatever the seed.
  const many = 400_000
  const names = new Interner()
  for (let each = 0; each < many; each++) names.intern(`person-${each}`)
  expect(names.size).toBe(many)
  let found = 0
  for (let each = 0; each < many; each++) if (names.find(`person-${each}`) === each && names.name(each) === `person-${each}`) found++
  expect(found).toBe(many)
  expect(names.find('nobody')).toBeUndefined()
})
