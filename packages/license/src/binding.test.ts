import { expect, test } from 'vitest'
import { checkBinding, type DeviceFacts, fingerprintComponent } from './binding.ts'
import type { Binding } from './claims.ts'
import { LicenseError } from './error.ts'

const [A, B, C] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)] as const
const two: Binding = { fingerprint: { components: [A, B, C], at_least: 2 } }

const cases: { name: string; binding?: Binding; device: DeviceFacts; want?: string }[] = [
  { name: 'a file without a binding fits a device of which nothing is known', device: {} },
  { name: 'the device key fits', binding: { device_key: 'k' }, device: { deviceKey: 'k' } },
  { name: 'another device key does not', binding: { device_key: 'k' }, device: { deviceKey: 'l' }, want: 'device_key' },
  { name: 'an unknown device key does not', binding: { device_key: 'k' }, device: {}, want: 'device_key' },
  { name: 'two of three components are enough', binding: two, device: { fingerprint: [C, 'x', A] } },
  { name: 'one of three is not', binding: two, device: { fingerprint: [A, 'x'] }, want: 'fingerprint' },
  { name: 'one of three said twice is not', binding: two, device: { fingerprint: [A, A] }, want: 'fingerprint' },
  { name: 'no component is not', binding: two, device: {}, want: 'fingerprint' },
  { name: 'the organization fits', binding: { organization: 'o' }, device: { organization: 'o' } },
  { name: 'another organization does not', binding: { organization: 'o' }, device: { organization: 'p' }, want: 'organization' },
  { name: 'the identity fits', binding: { identity: 'i' }, device: { identity: 'i' } },
  { name: 'another identity does not', binding: { identity: 'i' }, device: { identity: 'j' }, want: 'identity' },
  { name: 'both of two must fit', binding: { device_key: 'k', identity: 'i' }, device: { deviceKey: 'k', identity: 'i' } },
  { name: 'one of two is not enough', binding: { device_key: 'k', identity: 'i' }, device: { deviceKey: 'k' }, want: 'identity' },
]
for (const { name, binding, device, want } of cases)
  test(name, () => {
    const check = () => checkBinding(binding ? { binding } : {}, device)
    if (want === undefined) return expect(check()).toBeUndefined()
    expect(check).toThrow(expect.objectContaining({ code: 'DEVICE_MISMATCH', details: { binding: want } }))
    expect(check).toThrow(LicenseError)
  })

test('a component is tied to its licence and its name', async () => {
  const mac = await fingerprintComponent('lic_1', 'mac', '00:11:22:33:44:55')
  expect(mac).toMatch(/^[0-9a-f]{64}$/)
  expect(await fingerprintComponent('lic_1', 'mac', '00:11:22:33:44:55')).toBe(mac)
  expect(await fingerprintComponent('lic_2', 'mac', '00:11:22:33:44:55')).not.toBe(mac)
  expect(await fingerprintComponent('lic_1', 'disk', '00:11:22:33:44:55')).not.toBe(mac)
})
