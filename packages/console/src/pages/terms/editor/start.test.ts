import { parse } from '@writ/terms'
import { expect, test } from 'vitest'
import { START } from './start.ts'

test('what a vendor begins with has no fault and no warning', () => {
  expect(parse(START)).toMatchObject({ findings: [], terms: { product: 'my_product' } })
})
