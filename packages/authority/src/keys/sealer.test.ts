import { expect, test } from 'vitest'
import { makeSealer } from './sealer.ts'

const sealer = makeSealer(new Uint8Array(32).fill(1))

test('what is sealed opens for its purpose, and twice is two texts', () => {
  const sealed = sealer.seal({ key: 'secret' }, 'a')
  expect(sealer.unseal(sealed, 'a')).toEqual({ key: 'secret' })
  expect(sealer.seal({ key: 'secret' }, 'a')).not.toBe(sealed)
  expect(Buffer.from(sealed.slice(3), 'base64url').toString('latin1')).not.toContain('secret')
  expect(sealer.unseal(sealer.seal(undefined, 'a'), 'a')).toBeNull()
})

test('it does not open for another purpose or under another key', () => {
  const sealed = sealer.seal('x', 'a')
  expect(() => sealer.unseal(sealed, 'b')).toThrow()
  expect(() => makeSealer(new Uint8Array(32)).unseal(sealed, 'a')).toThrow()
})

test('with any bit turned, cut short, or of another form, it does not open', () => {
  const sealed = sealer.seal('x', 'a')
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (let i = 0; i < bytes.length; i++) {
    const turned = Buffer.from(bytes)
    turned[i] = (turned[i] as number) ^ 1
    expect(() => sealer.unseal(`v1.${turned.toString('base64url')}`, 'a'), `byte ${i}`).toThrow()
  }
  expect(() => sealer.unseal(`v1.${bytes.subarray(0, 27).toString('base64url')}`, 'a')).toThrow('not a sealed text')
  expect(() => sealer.unseal(sealed.replace('v1.', 'v2.'), 'a')).toThrow('not a sealed text')
})
