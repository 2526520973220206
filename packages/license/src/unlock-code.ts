import { ALPHABET, checksum, toLetters } from './bech32m.ts'

const PREFIX = 'writ_code'
const BYTES = 15
const DATA = 24
const LETTERS = DATA + 6

export type UnlockCodeFault =
  /** Its letters, counted from 1. */
  | { readonly kind: 'bad_character'; readonly at: number }
  | { readonly kind: 'wrong_length'; readonly letters: number }
  /** Some letters are wrong or swapped. */
  | { readonly kind: 'typo' }

/** A code that a person reads over the phone: 120 random bits in six groups of five letters, the last six of them a checksum (BIP-350). */
export function makeUnlockCode(): string {
  const data = toLetters(crypto.getRandomValues(new Uint8Array(BYTES)))
  return (data + checksum(PREFIX, data)).replace(/.{5}(?=.)/g, '$&-')
}

/**
 * Whether what somebody typed can be a code, without asking anybody. Capitals, blanks and dashes do not matter.
 * @returns its letters, alike however they were typed; certain to find up to four wrong ones
 */
export function readUnlockCode(text: string): { readonly letters: string } | { readonly fault: UnlockCodeFault } {
  const letters = text.slice(0, 200).toLowerCase().replace(/[\s-]/g, '')
  const bad = Array.from(letters).findIndex((letter) => !ALPHABET.includes(letter))
  if (bad >= 0) return { fault: { kind: 'bad_character', at: bad + 1 } }
  if (letters.length !== LETTERS) return { fault: { kind: 'wrong_length', letters: letters.length } }
  if (checksum(PREFIX, letters.slice(0, DATA)) !== letters.slice(DATA)) return { fault: { kind: 'typo' } }
  return { letters }
}
