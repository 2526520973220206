import type { Json } from './strict-json.ts'

/**
 * Judges a JSON value: `undefined` when it has the shape, else the path to the first fault (empty: the value itself).
 * Paths are built on the way out of a fault, so a value that fits costs no text.
 */
export type Shape = (value: Json) => string | undefined

/** A string of 1 to `max` UTF-16 units, without control characters unless a pattern says otherwise. */
export function text(max: number, pattern?: RegExp): Shape {
  const fits = pattern === undefined ? isPrintable : (value: string) => pattern.test(value)
  return (value) => (typeof value === 'string' && value.length > 0 && value.length <= max && fits(value) ? undefined : '')
}

/** No control characters, neither the old ones nor U+0080 to U+009F. */
function isPrintable(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return false
  }
  return true
}

/** A string of 0 to `max` UTF-16 units, whatever they are. */
export function anyText(max: number): Shape {
  return (value) => (typeof value === 'string' && value.length <= max ? undefined : '')
}

export function integer(min: number, max: number): Shape {
  return (value) => (Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max ? undefined : '')
}

/** Seconds since 1970; five digits of years, so that milliseconds given by mistake are refused instead of believed. */
export const epochSeconds: Shape = integer(0, 99_999_999_999)

export const bool: Shape = (value) => (typeof value === 'boolean' ? undefined : '')
export const number: Shape = (value) => (typeof value === 'number' ? undefined : '')

export function oneOf(...values: readonly string[]): Shape {
  return (value) => (typeof value === 'string' && values.includes(value) ? undefined : '')
}

export function list(item: Shape, min: number, max: number): Shape {
  return (value) => {
    if (!Array.isArray(value) || value.length < min || value.length > max) return ''
    for (let at = 0; at < value.length; at++) {
      const fault = item(value[at])
      if (fault !== undefined) return `[${at}]${fault}`
    }
    return undefined
  }
}

/** An object whose names are data. They are not repeated in the path. */
export function mapOf(name: Shape, item: Shape, max: number): Shape {
  return (value) => {
    if (!isObject(value)) return ''
    const names = Object.keys(value)
    if (names.length > max) return ''
    for (const key of names) {
      if (name(key) !== undefined) return '.*'
      const fault = item(value[key] as Json)
      if (fault !== undefined) return `.*${fault}`
    }
    return undefined
  }
}

/** An object with exactly these members. An unknown member is a fault: it may be a limit that this version cannot see. */
export function record(required: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape {
  const needed = Object.entries(required)
  const allowed = Object.entries(optional)
  return (value) => {
    if (!isObject(value)) return ''
    let known = needed.length
    for (const [name, shape] of needed) {
      const member = value[name]
      const fault = member === undefined ? '' : shape(member)
      if (fault !== undefined) return `.${name}${fault}`
    }
    for (const [name, shape] of allowed) {
      const member = value[name]
      if (member === undefined) continue
      known++
      const fault = shape(member)
      if (fault !== undefined) return `.${name}${fault}`
    }
    return Object.keys(value).length === known ? undefined : '.*'
  }
}

export function anyOf(...shapes: readonly Shape[]): Shape {
  return (value) => (shapes.some((shape) => shape(value) === undefined) ? undefined : '')
}

export function isObject(value: Json | undefined): value is { readonly [member: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
