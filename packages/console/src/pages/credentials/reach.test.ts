import { expect, test } from 'vitest'
import { does, sees } from './reach.ts'

test('scopes read as what one may do', () => {
  expect(does(['decide', 'consume', 'assert:identity'])).toBe('ask, consume, and say who asks')
  expect(does(['manage:license_files', 'manage:audit'])).toBe('manage license files and audit')
  expect(does(['decide', 'manage:*'])).toBe('manage everything')
})

test('a reach reads as what one sees', () => {
  expect(sees({})).toBe('everything')
  expect(sees({ products: ['atlas'] })).toBe('only the product atlas')
  expect(sees({ products: ['atlas', 'vault'], organizations: ['a', 'b', 'c', 'd'] })).toBe(
    'only the products atlas and vault and 4 organizations',
  )
})
