import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ALPHABET } from './bech32m.ts'
import { checkKeyText, encodeKeyText, hashKeyText, KEY_TEXT_PATTERN, type KeyTextFault, makeKeyText, redactKeyText } from './key-text.ts'

const LICENSE = encodeKeyText(
  'license',
  Uint8Array.from({ length: 20 }, (_, at) => at * 13),
)
const API = encodeKeyText(
  'api',
  Uint8Array.from({ length: 20 }, (_, at) => at * 13),
)
const START = 'writ_lic_'.length

function fault(text: string, kind: 'license' | 'api' = 'license'): KeyTextFault['kind'] | undefined {
  const result = checkKeyText(text, kind)
  return 'fault' in result ? result.fault.kind : undefined
}

test('a new key is a key, of its kind, and not the last one', () => {
  for (const kind of ['license', 'api'] as const) {
    const text = makeKeyText(kind).exposeText()
    expect(checkKeyText(text, kind)).toEqual({ ok: true })
    expect(makeKeyText(kind).exposeText()).not.toBe(text)
  }
})

test('twenty bytes become 32 characters, all different keys different', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), fc.uint8Array({ minLength: 20, maxLength: 20 }), (one, other) => {
      expect(encodeKeyText('api', one).length).toBe('writ_key_'.length + 38)
      expect(encodeKeyText('api', one) === encodeKeyText('api', other)).toBe(one.every((byte, at) => byte === other[at]))
    }),
  )
})

test('every wrong character is caught', () => {
  let tried = 0
  for (const key of [LICENSE, API])
    for (let at = START; at < key.length; at++)
      for (const letter of '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_ .') {
        if (letter === key[at]) continue
        tried++
        expect(fault(key.slice(0, at) + letter + key.slice(at + 1), key === API ? 'api' : 'license')).toBeDefined()
      }
  expect(tried).toBe(2 * 38 * 65)
})

test('every two neighbours swapped are caught', () => {
  let tried = 0
  for (const key of [LICENSE, API])
    for (let at = 0; at + 1 < key.length; at++) {
      if (key[at] === key[at + 1]) continue
      tried++
      expect(fault(key.slice(0, at) + key[at + 1] + key[at] + key.slice(at + 2), key === API ? 'api' : 'license')).toBeDefined()
    }
  expect(tried).toBeGreaterThan(2 * 40)
})

test('up to four wrong characters are caught', () => {
  const wrong = fc.uniqueArray(fc.record({ at: fc.integer({ min: START, max: START + 37 }), by: fc.integer({ min: 1, max: 31 }) }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ at }) => at,
  })
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), wrong, (bytes, changes) => {
      const letters = Array.from(encodeKeyText('license', bytes))
      for (const { at, by } of changes) letters[at] = ALPHABET.charAt((ALPHABET.indexOf(letters[at] ?? '') + by) % 32)
      expect(fault(letters.join(''))).toBe('typo')
    }),
    { numRuns: 2000 },
  )
})

const faults: { name: string; text: string; want: KeyTextFault }[] = [
  { name: 'nothing', text: '', want: { kind: 'not_a_key' } },
  { name: 'another vendor', text: 'ghp_0123456789', want: { kind: 'not_a_key' } },
  { name: 'a space before it', text: ` ${LICENSE}`, want: { kind: 'not_a_key' } },
  { name: 'an API key', text: API, want: { kind: 'wrong_kind', found: 'api' } },
  { name: 'capitals', text: LICENSE.toUpperCase(), want: { kind: 'upper_case' } },
  { name: 'the last two characters missing', text: LICENSE.slice(0, -2), want: { kind: 'truncated', missing: 2 } },
  { name: 'a character too many', text: `${LICENSE}q`, want: { kind: 'too_long', extra: 1 } },
  { name: 'a line end', text: `${LICENSE}\n`, want: { kind: 'bad_character', at: LICENSE.length } },
  { name: 'an o for a 0', text: `${LICENSE.slice(0, START)}o${LICENSE.slice(START + 1)}`, want: { kind: 'bad_character', at: START } },
  { name: 'the prefix of the other kind', text: LICENSE.replace('lic', 'key'), want: { kind: 'wrong_kind', found: 'api' } },
]
for (const { name, text, want } of faults)
  test(`says what is wrong with ${name}`, () => expect(checkKeyText(text, 'license')).toEqual({ fault: want }))

test('the prefix is under the checksum too', () => expect(fault(LICENSE.replace('lic', 'key'), 'api')).toBe('typo'))

test('the pattern for secret scanners finds every new key and nothing shorter', () => {
  const pattern = new RegExp(KEY_TEXT_PATTERN)
  for (const kind of ['license', 'api'] as const)
    expect(pattern.exec(`Authorization: Bearer ${makeKeyText(kind).exposeText()}.`)).not.toBeNull()
  expect(pattern.test(API.slice(0, -1))).toBe(false)
  expect(pattern.test(redactKeyText(API))).toBe(false)
})

test('the hash is SHA-256 of the text', async () => {
  expect(await hashKeyText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('a key in hand shows itself redacted', () => {
  const key = makeKeyText('api')
  const text = key.exposeText()
  expect(key.redacted).toBe(`${text.slice(0, 13)}…`)
  for (const shown of [`${key}`, String(key), JSON.stringify({ key })]) {
    expect(shown).toContain(key.redacted)
    expect(shown).not.toContain(text.slice(0, 16))
  }
})

test('redacting shows at most four characters of anything', () => {
  expect(redactKeyText('hunter2')).toBe('…')
  expect(redactKeyText('')).toBe('…')
  expect(redactKeyText('writ_key_abc')).not.toContain('abc')
})
