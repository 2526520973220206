import { SigningKey } from '@writ/trust'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ActivationRequest,
  armorRequest,
  readRequestText,
  signActivationRequest,
  signDeviceContact,
  unverifiedActivationOf,
  verifyActivationRequest,
  verifyDeviceContact,
} from './device-message.ts'
import { DeviceMessageError } from './device-message-error.ts'

const NOW = 1_800_000_000
const said = { aud: 'writ:test', iat: NOW, exp: NOW + 300, jti: '0'.repeat(16), name: 'laptop' }
const expected = { audience: 'writ:test', now: NOW }
const code = (run: Promise<unknown>) =>
  run.then(
    () => 'ok',
    (error: DeviceMessageError) => error.code,
  )

test('a request carries the key that signed it, also in armour', async () => {
  const device = await SigningKey.generate()
  const request = await signActivationRequest(said, device)
  expect(await verifyActivationRequest(request, expected)).toEqual({ ...said, jwk: device.publicJwk, deviceKey: device.kid })
  expect(readRequestText(armorRequest(request))).toBe(request)
  expect(readRequestText(` ${request}\n`)).toBe(request)
  expect(() => readRequestText(armorRequest(request).replace('BEGIN', 'BEGUN'))).toThrow(DeviceMessageError)
})

const times: { name: string; now: number; want: string }[] = [
  { name: 'at the tolerated difference before', now: NOW - 300, want: 'ok' },
  { name: 'beyond it', now: NOW - 301, want: 'DEVICE_MESSAGE_OUT_OF_TIME' },
  { name: 'at the tolerated difference after its end', now: NOW + 599, want: 'ok' },
  { name: 'beyond that', now: NOW + 600, want: 'DEVICE_MESSAGE_OUT_OF_TIME' },
]
for (const { name, now, want } of times)
  test(`a request ${name}: ${want}`, async () => {
    const request = await signActivationRequest(said, await SigningKey.generate())
    expect(await code(verifyActivationRequest(request, { ...expected, now }))).toBe(want)
  })

const wrong: { name: string; more: Partial<ActivationRequest>; want: string }[] = [
  { name: 'for another authority', more: { aud: 'writ:other' }, want: 'DEVICE_MESSAGE_FOR_ANOTHER' },
  { name: 'that ends before it begins', more: { exp: NOW }, want: 'DEVICE_MESSAGE_INVALID' },
  { name: 'for longer than a request lasts', more: { exp: NOW + 31 * 86_400 + 1 }, want: 'DEVICE_MESSAGE_INVALID' },
  {
    name: 'with a component twice',
    more: { fingerprint: { components: ['a'.repeat(64), 'a'.repeat(64)], at_least: 1 } },
    want: 'DEVICE_MESSAGE_INVALID',
  },
  {
    name: 'that asks for more components than it has',
    more: { fingerprint: { components: ['a'.repeat(64)], at_least: 2 } },
    want: 'DEVICE_MESSAGE_INVALID',
  },
]
for (const { name, more, want } of wrong)
  test(`a request ${name} is refused`, async () => {
    const request = await signActivationRequest({ ...said, ...more }, await SigningKey.generate())
    expect(await code(verifyActivationRequest(request, expected))).toBe(want)
  })

test('a request that carries the key of another is refused', async () => {
  const [device, other] = [await SigningKey.generate(), await SigningKey.generate()]
  const mixed = { kid: device.kid, publicJwk: other.publicJwk, sign: (bytes: Uint8Array) => device.sign(bytes) }
  expect(await code(verifyActivationRequest(await signActivationRequest(said, mixed), expected))).toBe('DEVICE_MESSAGE_INVALID')
})

test('one changed character anywhere, and any other text, is refused and never more than that', async () => {
  const device = await SigningKey.generate()
  const request = await signActivationRequest(said, device)
  const contact = await signDeviceContact({ aud: 'writ:test', iat: NOW, jti: said.jti, activation: 'act_1', counter: 1 }, device)
  expect(await unverifiedActivationOf(contact)).toBe('act_1')
  const reads = [
    (text: string) => verifyActivationRequest(text, expected),
    (text: string) => verifyDeviceContact(text, { audience: 'writ:test', jwk: device.publicJwk }),
  ]
  expect(await code(reads[1]?.(contact) as Promise<unknown>)).toBe('ok')
  // One type, one check.
  expect(await code(reads[0]?.(contact) as Promise<unknown>)).toBe('DEVICE_MESSAGE_INVALID')
  expect(await code(reads[1]?.(request) as Promise<unknown>)).toBe('DEVICE_MESSAGE_INVALID')
  const changed = fc
    .record({ of: fc.constantFrom(request, contact), at: fc.nat(request.length - 1), by: fc.constantFrom(...'Aa0-.{ ') })
    .filter(({ of, at, by }) => at < of.length && of[at] !== by)
    .map(({ of, at, by }) => of.slice(0, at) + by + of.slice(at + 1))
  await fc.assert(
    fc.asyncProperty(fc.oneof(changed, fc.string(), fc.base64String()), async (text) => {
      for (const read of reads) expect(await code(read(text))).toMatch(/^DEVICE_MESSAGE_/)
    }),
    { numRuns: 150 },
  )
})
