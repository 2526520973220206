/** One server-sent event; HTML, section 9.2.6. */
export interface ServerSent {
  /** Of this event or of one before it. */
  readonly id: string | undefined
  readonly event: string
  readonly data: string
}

/** Beyond it whoever sends is no authority. */
const LONGEST = 64 << 20

/**
 * Reads lines, without their ends (`\n`, `\r\n`, `\r`).
 * @throws {RangeError} for a line that has no end within 64 Mi characters
 */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  // Parts of a line that is not whole yet: joined once, or a long one would be copied again with every part.
  let parts: string[] = []
  let length = 0
  let endedWithReturn = false
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) break
      let text = decoder.decode(value, { stream: true })
      if (endedWithReturn && text.startsWith('\n')) text = text.slice(1)
      endedWithReturn = text.endsWith('\r')
      const lines = text.split(/\r\n|\n|\r/)
      for (const line of lines.slice(0, -1)) {
        yield parts.length === 0 ? line : [...parts, line].join('')
        parts = []
        length = 0
      }
      const rest = lines.at(-1) as string
      if (rest === '') continue
      parts.push(rest)
      length += rest.length
      if (length > LONGEST) throw new RangeError('a line has no end')
    }
    if (parts.length > 0) yield parts.join('')
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** Reads events. One that is not ended by an empty line is none. */
export async function* serverSent(body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<ServerSent> {
  let id: string | undefined
  let event = ''
  let data: string[] = []
  for await (const line of linesOf(body)) {
    heard()
    if (line === '') {
      if (data.length > 0) yield { id, event: event === '' ? 'message' : event, data: data.join('\n') }
      event = ''
      data = []
      continue
    }
    const colon = line.indexOf(':')
    const name = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (name === 'event') event = value
    else if (name === 'data') data.push(value)
    else if (name === 'id' && !value.includes('\0')) id = value
  }
}
