import { TrustError } from './error.ts'

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [member: string]: Json
}
export type JsonFault = 'syntax' | 'not_unicode' | 'too_large' | 'too_deep' | 'duplicate_member' | 'reserved_member' | 'number_out_of_range'

const RESERVED = new Set(['__proto__', 'prototype', 'constructor'])
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
/** Up to the quote that closes; each character can match one way only, so a failure is found in one pass too. */
const STRING_REST = /[^"\\]*(?:\\.[^"\\]*)*"/y
const QUOTE = 0x22
const BACKSLASH = 0x5c
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }) // a BOM stays in the text, where it is refused

/**
 * JSON as RFC 8259, and stricter where parsers disagree: a repeated member (the first or the last wins, depending on who reads),
 * a name that reaches a prototype, a lone surrogate, an integer past 2^53 and a byte order mark are refused.
 * Objects are ordinary ones (those without a prototype cost a third of a verification): look names from outside up with `Object.hasOwn`.
 * @param limits.maxBytes checked before anything is read; `limits.maxDepth` counts arrays and objects, at most 64
 * @throws {TrustError} JSON_REFUSED
 */
export function parseStrictJson(bytes: Uint8Array, limits: { readonly maxBytes: number; readonly maxDepth: number }): Json {
  if (bytes.length > limits.maxBytes) throw new TrustError('JSON_REFUSED', { offset: limits.maxBytes, why: 'too_large' })
  let text: string
  try {
    text = UTF8.decode(bytes)
  } catch (cause) {
    throw new TrustError('JSON_REFUSED', { offset: 0, why: 'not_unicode' }, { cause })
  }
  const maxDepth = Math.min(limits.maxDepth, 64)
  return plainJson(text, maxDepth) ?? new Reader(text, maxDepth).read()
}

/**
 * By the platform, several times faster. May only say yes: a text that the platform writes again as it was repeats no member and leaves
 * nothing to interpretation.
 */
function plainJson(text: string, maxDepth: number): Json | undefined {
  try {
    const value = JSON.parse(text) as Json
    return isPlain(value, maxDepth) && JSON.stringify(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

function isPlain(value: Json, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER
  if (typeof value !== 'object' || value === null) return true
  if (depth === 0) return false
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth - 1))
  for (const name of Object.keys(value)) {
    if (RESERVED.has(name) || !name.isWellFormed() || !isPlain((value as JsonObject)[name] as Json, depth - 1)) return false
  }
  return true
}

class Reader {
  readonly #text: string
  readonly #maxDepth: number
  #at = 0

  constructor(text: string, maxDepth: number) {
    this.#text = text
    this.#maxDepth = maxDepth
  }

  read(): Json {
    const value = this.#value(0)
    this.#space()
    if (this.#at !== this.#text.length) this.#fail('syntax')
    return value
  }

  #fail(why: JsonFault): never {
    throw new TrustError('JSON_REFUSED', { offset: this.#at, why })
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at++
    }
  }

  /** Steps over `sign` if it comes next. */
  #took(sign: string): boolean {
    this.#space()
    if (this.#text[this.#at] !== sign) return false
    this.#at++
    return true
  }

  #value(depth: number): Json {
    this.#space()
    switch (this.#text[this.#at]) {
      case '"':
        return this.#string()
      case '{':
        return this.#object(depth + 1)
      case '[':
        return this.#array(depth + 1)
      case 't':
        return this.#word('true', true)
      case 'f':
        return this.#word('false', false)
      case 'n':
        return this.#word('null', null)
      default:
        return this.#number()
    }
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#fail('syntax')
    this.#at += word.length
    return value
  }

  #number(): number {
    NUMBER.lastIndex = this.#at
    const found = NUMBER.exec(this.#text)?.[0]
    if (found === undefined) this.#fail('syntax')
    const value = Number(found)
    if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) this.#fail('number_out_of_range')
    this.#at += found.length
    return value
  }

  #string(): string {
    const text = this.#text
    const open = this.#at + 1
    let at = open
    let code = text.charCodeAt(at)
    while (code !== QUOTE && code !== BACKSLASH && code >= 0x20 && code <= 0x7e) code = text.charCodeAt(++at)
    if (code !== QUOTE) return this.#escaped(open)
    this.#at = at + 1
    return text.slice(open, at)
  }

  /** A string with escapes, control characters or letters outside ASCII: found here, judged by the platform. */
  #escaped(open: number): string {
    const text = this.#text
    STRING_REST.lastIndex = open
    if (!STRING_REST.test(text)) this.#fail('syntax')
    const close = STRING_REST.lastIndex
    let value: string
    try {
      value = JSON.parse(text.slice(open - 1, close))
    } catch {
      return this.#fail('syntax')
    }
    if (!value.isWellFormed()) this.#fail('not_unicode')
    this.#at = close
    return value
  }

  #array(depth: number): Json[] {
    if (depth > this.#maxDepth) this.#fail('too_deep')
    this.#at++
    const items: Json[] = []
    if (this.#took(']')) return items
    do items.push(this.#value(depth))
    while (this.#took(','))
    if (!this.#took(']')) this.#fail('syntax')
    return items
  }

  #object(depth: number): JsonObject {
    if (depth > this.#maxDepth) this.#fail('too_deep')
    this.#at++
    const members: Record<string, Json> = {}
    if (this.#took('}')) return members
    do {
      this.#space()
      if (this.#text[this.#at] !== '"') this.#fail('syntax')
      const name = this.#string()
      if (RESERVED.has(name)) this.#fail('reserved_member')
      if (Object.hasOwn(members, name)) this.#fail('duplicate_member')
      if (!this.#took(':')) this.#fail('syntax')
      members[name] = this.#value(depth)
    } while (this.#took(','))
    if (!this.#took('}')) this.#fail('syntax')
    return members
  }
}
