import { expect, test } from 'vitest'
import { keptMasterKey } from './master-key.ts'
import { derive, encrypt, openWith, partsOf, sealWith } from './sealer.ts'

const key = new Uint8Array(32).fill(1)
const dataKey = { id: 'dk_0123456789abcdef', key }
const open = (sealed: string, purpose: string, under = key) => openWith(under, partsOf(sealed).bytes, purpose)

test('what is sealed opens for its purpose, names its data key, and twice is two texts', () => {
  const sealed = sealWith(dataKey, { key: 'secret' }, 'a')
  expect(open(sealed, 'a')).toEqual({ key: 'secret' })
  expect(sealWith(dataKey, { key: 'secret' }, 'a')).not.toBe(sealed)
  expect(sealed).toMatch(/^v2\.dk_0123456789abcdef\.[A-Za-z0-9_-]+$/)
  expect(partsOf(sealed).bytes.toString('latin1')).not.toContain('secret')
  expect(open(sealWith(dataKey, undefined, 'a'), 'a')).toBeNull()
})

test('it does not open for another purpose or under another key', () => {
  const sealed = sealWith(dataKey, 'x', 'a')
  expect(() => open(sealed, 'b')).toThrow()
  expect(() => open(sealed, 'a', new Uint8Array(32))).toThrow()
})

test('a text of the first form opens under the key that was derived from the master key', () => {
  const first = derive(key, 'writ sealing v1')
  const { dataKey, bytes } = partsOf(`v1.${encrypt(first, Buffer.from('"old"'), 'a').toString('base64url')}`)
  expect([dataKey, openWith(first, bytes, 'a')]).toEqual(['v1', 'old'])
  expect(keptMasterKey(key, 'here').firstDataKey?.()).toEqual(first)
})

test('with any bit turned, cut short, or of another form, it does not open', () => {
  const sealed = sealWith(dataKey, 'x', 'a')
  const { bytes } = partsOf(sealed)
  for (let i = 0; i < bytes.length; i++) {
    const turned = Buffer.from(bytes)
    turned[i] = (turned[i] as number) ^ 1
    expect(() => openWith(key, turned, 'a'), `byte ${i}`).toThrow()
  }
  expect(() => openWith(key, bytes.subarray(0, 27), 'a')).toThrow('not a sealed text')
  for (const other of [
    '',
    'v1.',
    'v2.dk_1',
    'v2.dk_1.',
    'v3.dk_1.AAAA',
    'v2..AAAA',
    'v2.DK.AAAA',
    `${sealed}\n`,
    `v2.${'a'.repeat(65)}.AAAA`,
  ]) {
    expect(() => partsOf(other), other).toThrow('not a sealed text')
  }
})

test('a master key unwraps what it wrapped, for the place that it was wrapped for', async () => {
  const master = keptMasterKey(key, 'here')
  const wrapped = await master.wrap(dataKey.key, 'one')
  expect(await master.unwrap(wrapped, 'one')).toEqual(Buffer.from(dataKey.key))
  await expect(master.unwrap(wrapped, 'two')).rejects.toThrow()
  const other = keptMasterKey(new Uint8Array(32), 'there')
  await expect(other.unwrap(wrapped, 'one')).rejects.toThrow()
  expect(master.id).toMatch(/^mk_[0-9a-f]{16}$/)
  expect(other.id).not.toBe(master.id)
  expect(JSON.stringify(master)).not.toContain(Buffer.from(key).toString('base64url'))
})
