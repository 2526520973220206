import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { makeKeyText } from './key-text.ts'

test('printing a key does not show it', () => {
  const key = makeKeyText('license')
  expect(inspect({ key }, { depth: 9, showHidden: true })).not.toContain(key.exposeText())
})
