export type Fetch = (request: Request) => Promise<Response>

const TIMEOUT_MILLISECONDS = 5_000
/** Of a key set, a status list, a list of files: each is refused beyond this anyhow, and is not read to its end. */
const MOST_BYTES = 1 << 20

/**
 * Something signed, from where it is published: within five seconds and a mebibyte, and from there alone.
 * @throws what `fetch` throws; {@link Error} for an answer that is no 200, or too long
 */
export async function fetched(uri: string, accept: string, fetch: Fetch = (request) => globalThis.fetch(request)): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS)
  const response = await fetch(new Request(uri, { headers: { accept }, redirect: 'error', signal }))
  if (!response.ok) throw new Error(`answered with ${response.status}`)
  return bodyOf(response, MOST_BYTES)
}

/** The body of an answer, which is not read beyond a length. @throws what reading throws; {@link Error} for one that is too long */
export async function bodyOf(response: Response, most: number): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array()
  const parts: Uint8Array[] = []
  let length = 0
  const reader = response.body.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length
    if (length > most) {
      await reader.cancel()
      throw new Error('too long')
    }
    parts.push(next.value)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
