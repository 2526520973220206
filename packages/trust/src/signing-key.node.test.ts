import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { SigningKey } from './signing-key.ts'

test('printing a key shows no secret', async () => {
  const key = await SigningKey.generate()
  const { d } = await key.exposePrivateJwk()
  expect(inspect(key, { depth: 9, showHidden: true })).not.toContain(d)
})
