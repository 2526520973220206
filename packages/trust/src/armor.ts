import { TrustError } from './error.ts'

const WIDTH = 64
const BODY = /^[A-Za-z0-9_.-]+$/

/** Wraps a compact JWS or JWE in lines of 64 characters between BEGIN and END, so that it survives mail and terminals. */
export function armor(label: string, body: string): string {
  const lines = [`-----BEGIN ${label}-----`]
  for (let at = 0; at < body.length; at += WIDTH) lines.push(body.slice(at, at + WIDTH))
  lines.push(`-----END ${label}-----`, '')
  return lines.join('\n')
}

/**
 * The reverse of `armor`, and as strict: nothing before or after, no blank or short line inside, one kind of line end
 * throughout (LF or CRLF); only the last line end may be missing.
 * @throws {TrustError} ARMOR_TOO_LARGE, ARMOR_MALFORMED
 */
export function unarmor(label: string, text: string, maxLength: number): string {
  if (typeof text !== 'string') throw malformed(0)
  if (text.length > maxLength) throw new TrustError('ARMOR_TOO_LARGE', { length: text.length, limit: maxLength })
  const begin = `-----BEGIN ${label}-----`
  const lines = text.split(text.startsWith(`${begin}\r\n`) ? '\r\n' : '\n')
  if (lines.at(-1) === '') lines.pop()
  const last = lines.length - 1
  if (lines[0] !== begin) throw malformed(0)
  if (last < 2 || lines[last] !== `-----END ${label}-----`) throw malformed(last)
  for (let at = 1; at < last; at++) {
    const line = lines[at] ?? ''
    if (at < last - 1 ? line.length !== WIDTH : line.length > WIDTH || line.length === 0) throw malformed(at)
    if (!BODY.test(line)) throw malformed(at)
  }
  return lines.slice(1, last).join('')
}

function malformed(index: number): TrustError {
  return new TrustError('ARMOR_MALFORMED', { line: index + 1 })
}
