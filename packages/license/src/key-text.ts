import { ALPHABET, checksum, toLetters } from './bech32m.ts'
import { hex } from './binding.ts'
import { SecretText } from './secret-text.ts'

/** `license`: what a customer types to activate. `api`: a credential of an enforcer or an administrator. */
export type KeyTextKind = 'license' | 'api'

export type KeyTextFault =
  | { readonly kind: 'not_a_key' }
  | { readonly kind: 'wrong_kind'; readonly found: KeyTextKind }
  | { readonly kind: 'upper_case' }
  | { readonly kind: 'truncated'; readonly missing: number }
  | { readonly kind: 'too_long'; readonly extra: number }
  /** Index of the first character that no key contains. */
  | { readonly kind: 'bad_character'; readonly at: number }
  /** Every character is possible, but some are wrong or swapped. */
  | { readonly kind: 'typo' }

const PREFIXES: Record<KeyTextKind, string> = { license: 'writ_lic', api: 'writ_key' }
const BYTES = 20
const LETTERS = 32 + 6

/** For secret scanners. */
export const KEY_TEXT_PATTERN = '\\bwrit_(?:lic|key)_[02-9ac-hj-np-z]{38}\\b'

/** A new key: 160 bits from the platform's random source. Store `hashKeyText` of it; show it once. */
export function makeKeyText(kind: KeyTextKind): SecretText {
  return secretOf(encodeKeyText(kind, crypto.getRandomValues(new Uint8Array(BYTES))))
}

/** `writ_lic_` or `writ_key_`, 32 characters for 20 bytes, 6 of checksum over all of it. */
export function encodeKeyText(kind: KeyTextKind, bytes: Uint8Array): string {
  if (bytes.length !== BYTES) throw new RangeError('A key has 20 bytes.')
  const data = toLetters(bytes)
  return `${PREFIXES[kind]}_${data}${checksum(PREFIXES[kind], data)}`
}

/**
 * Says without asking anybody whether a text can be a key. Certain for up to four wrong characters and for two neighbours swapped.
 * The one accepted form is the one that `makeKeyText` writes, or scanners and hashes would miss the others.
 */
export function checkKeyText(text: string, kind: KeyTextKind): { readonly ok: true } | { readonly fault: KeyTextFault } {
  const found = (['license', 'api'] as const).find((each) => text.toLowerCase().startsWith(`${PREFIXES[each]}_`))
  if (found === undefined) return { fault: { kind: 'not_a_key' } }
  if (found !== kind) return { fault: { kind: 'wrong_kind', found } }
  if (text !== text.toLowerCase()) return { fault: { kind: 'upper_case' } }
  const start = PREFIXES[kind].length + 1
  const letters = text.slice(start)
  const bad = Array.from(letters).findIndex((letter) => !ALPHABET.includes(letter))
  if (bad >= 0) return { fault: { kind: 'bad_character', at: start + bad } }
  if (letters.length < LETTERS) return { fault: { kind: 'truncated', missing: LETTERS - letters.length } }
  if (letters.length > LETTERS) return { fault: { kind: 'too_long', extra: letters.length - LETTERS } }
  if (checksum(PREFIXES[kind], letters.slice(0, 32)) !== letters.slice(32)) return { fault: { kind: 'typo' } }
  return { ok: true }
}

/** What is stored instead of a key. Plain SHA-256 will do: 160 random bits cannot be searched. @returns 64 hex digits */
export async function hashKeyText(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

/** `writ_key_abcd…`: enough for a person to tell keys apart, 140 bits short of the key. */
export function redactKeyText(text: string): string {
  const prefix = Object.values(PREFIXES).find((each) => text.startsWith(`${each}_`))
  return prefix === undefined ? '…' : `${text.slice(0, Math.min(prefix.length + 5, text.length - 6))}…`
}

function secretOf(text: string): SecretText {
  return new SecretText(text, redactKeyText(text))
}
