import { TrustError } from './error.ts'

const WIDTH = 64
/** What a compact JWS or JWE is made of. */
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
 * throughout (LF or CRLF); only the last line end may be missing. The characters inside are for whoever decodes them to judge.
 * @throws {TrustError} ARMOR_TOO_LARGE, ARMOR_MALFORMED
 */
export function unarmor(label: string, text: string, maxLength: number): string {
  if (typeof text !== 'string') throw malformed(1)
  if (text.length > maxLength) throw new TrustError('ARMOR_TOO_LARGE', { length: text.length, limit: maxLength })
  const begin = `-----BEGIN ${label}-----`
  const lineEnd = text.startsWith('\r\n', begin.length) ? '\r\n' : '\n'
  const end = `${lineEnd}-----END ${label}-----`
  if (!text.startsWith(begin + lineEnd)) throw malformed(1)
  const stop = text.length - end.length - (text.endsWith(lineEnd) ? lineEnd.length : 0)
  const wrapped = text.slice(begin.length + lineEnd.length, Math.max(stop, 0))
  const body = wrapped.replaceAll(lineEnd, '')
  // One fast pass says yes; which line is to blame is looked for only when it says no.
  const breaks = Math.ceil(body.length / WIDTH) - 1
  const whole = text.startsWith(end, stop) && wrapped.length === body.length + breaks * lineEnd.length
  if (!whole || !breaksAtWidth(wrapped, lineEnd)) throw malformed(badLine(text, lineEnd, end))
  return body
}

function breaksAtWidth(wrapped: string, lineEnd: string): boolean {
  for (let at = WIDTH; at < wrapped.length; at += WIDTH + lineEnd.length) if (!wrapped.startsWith(lineEnd, at)) return false
  return true
}

/** The first line that cannot stand where it stands, counted from 1. */
function badLine(text: string, lineEnd: string, end: string): number {
  const lines = text.split(lineEnd)
  const isEnd = (at: number) => at > 1 && lineEnd + lines[at] === end
  const odd = lines.findIndex((line, at) => at > 0 && (line.length !== WIDTH || !BODY.test(line)))
  if (odd < 0) return lines.length
  if (isEnd(odd)) return odd + 2
  const shortLast = isEnd(odd + 1) && BODY.test(lines[odd] ?? '') && (lines[odd] ?? '').length < WIDTH
  return shortLast ? odd + 3 : odd + 1
}

function malformed(line: number): TrustError {
  return new TrustError('ARMOR_MALFORMED', { line })
}
