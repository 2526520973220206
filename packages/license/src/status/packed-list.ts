import { decodeBase64url, encodeBase64url } from '@writ/trust'
import { StatusError } from './error.ts'

/** How many bits one status has. */
export type StatusBits = 1 | 2 | 4 | 8

/** Of a packed list, unpacked: 2^22 statuses of two bits. What unpacks to more was made to. */
export const MAX_LIST_BYTES = 1 << 20

/** Statuses by their place, packed from the least significant bit on, as `draft-ietf-oauth-status-list` section 4.1 has them. */
export class PackedList {
  readonly bits: StatusBits
  readonly bytes: Uint8Array

  constructor(bits: StatusBits, bytes: Uint8Array) {
    this.bits = bits
    this.bytes = bytes
  }

  static empty(bits: StatusBits, size: number): PackedList {
    return new PackedList(bits, new Uint8Array(Math.ceil((size * bits) / 8)))
  }

  get size(): number {
    return (this.bytes.length * 8) / this.bits
  }

  /** @throws {StatusError} STATUS_INDEX_UNKNOWN */
  get(index: number): number {
    const { at, shift } = this.#place(index)
    return ((this.bytes[at] as number) >> shift) & this.#mask
  }

  /** @throws {StatusError} STATUS_INDEX_UNKNOWN */
  set(index: number, status: number): void {
    if (!(Number.isInteger(status) && status >= 0 && status <= this.#mask)) throw new RangeError(`no status of ${this.bits} bits`)
    const { at, shift } = this.#place(index)
    this.bytes[at] = ((this.bytes[at] as number) & ~(this.#mask << shift)) | (status << shift)
  }

  get #mask(): number {
    return (1 << this.bits) - 1
  }

  #place(index: number): { at: number; shift: number } {
    if (!(Number.isSafeInteger(index) && index >= 0 && index < this.size)) throw new StatusError('STATUS_INDEX_UNKNOWN', { index })
    const bit = index * this.bits
    return { at: Math.floor(bit / 8), shift: bit % 8 }
  }
}

/** ZLIB, base64url: the member `lst`. */
export async function packList({ bytes }: PackedList): Promise<string> {
  const packed = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('deflate'))
  return encodeBase64url(new Uint8Array(await new Response(packed).arrayBuffer()))
}

/** Unpacked piece by piece, so that a text of a few kilobytes that stands for gigabytes costs no more than the bound. @throws {StatusError} STATUS_LIST_INVALID */
export async function unpackList(bits: StatusBits, lst: string): Promise<PackedList> {
  const compressed = decodeBase64url(lst)
  if (typeof compressed === 'number') throw new StatusError('STATUS_LIST_INVALID', undefined)
  const parts: Uint8Array[] = []
  let length = 0
  try {
    const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('deflate'))
    for await (const part of stream as unknown as AsyncIterable<Uint8Array>) {
      length += part.length
      if (length > MAX_LIST_BYTES) throw new RangeError('more than a list may have')
      parts.push(part)
    }
  } catch (cause) {
    throw new StatusError('STATUS_LIST_INVALID', undefined, { cause })
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return new PackedList(bits, bytes)
}
