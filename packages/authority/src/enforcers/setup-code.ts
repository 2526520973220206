import { hash, randomBytes } from 'node:crypto'

/** Crockford's: nothing in it looks like something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 80 random bits in four groups: enough that guessing for fifteen minutes is hopeless, short enough to type. */
export function makeSetupCode(): string {
  const letters = Array.from(randomBytes(16), (byte) => ALPHABET[byte & 31])
  return [0, 4, 8, 12].map((start) => letters.slice(start, start + 4).join('')).join('-')
}

/** As typed: case and separators do not matter, nor O for 0 and I or L for 1. */
export function hashSetupCode(typed: string): string {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return hash('sha256', letters)
}
