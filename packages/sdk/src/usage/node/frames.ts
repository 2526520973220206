import * as zlib from 'node:zlib'

/**
 * Records in a file: a marker, the length and the CRC-32 of the payload (little endian, 4 bytes each), and the payload in UTF-8. The marker
 * begins with a byte that UTF-8 never has, so a damaged record hides none of those after it.
 */
const MARKER = Buffer.from([0xf5, 0x57, 0x55, 0x01])
export const HEADER_BYTES = 12
/** Beyond what an event can be: a length that was damaged is not believed. */
const MOST_PAYLOAD_BYTES = 65_536

export function frame(payload: string): Buffer {
  const length = Buffer.byteLength(payload)
  if (length > MOST_PAYLOAD_BYTES) throw new RangeError('a record is at most 64 KiB')
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + length)
  MARKER.copy(bytes)
  bytes.writeUInt32LE(length, 4)
  bytes.write(payload, HEADER_BYTES)
  bytes.writeUInt32LE(crc32(bytes, HEADER_BYTES, bytes.length), 8)
  return bytes
}

export interface Found {
  readonly payload: string
  /** Of its first byte, and of the byte after its last. */
  readonly from: number
  readonly to: number
}

export interface Scan {
  readonly records: readonly Found[]
  /** What belongs to no whole record, in order. */
  readonly damaged: readonly { readonly from: number; readonly to: number }[]
}

/** Finds every whole record, whatever lies between them. */
export function scan(bytes: Buffer): Scan {
  const records: Found[] = []
  const damaged: { from: number; to: number }[] = []
  let at = 0
  while (at < bytes.length) {
    const record = recordAt(bytes, at)
    if (record !== undefined) {
      records.push(record)
      at = record.to
      continue
    }
    const from = at
    do {
      at = bytes.indexOf(MARKER, at + 1)
    } while (at !== -1 && recordAt(bytes, at) === undefined)
    if (at === -1) at = bytes.length
    damaged.push({ from, to: at })
  }
  return { records, damaged }
}

function recordAt(bytes: Buffer, from: number): Found | undefined {
  if (bytes.length - from < HEADER_BYTES || bytes.compare(MARKER, 0, MARKER.length, from, from + MARKER.length) !== 0) return undefined
  const length = bytes.readUInt32LE(from + 4)
  const start = from + HEADER_BYTES
  const to = start + length
  if (length > MOST_PAYLOAD_BYTES || to > bytes.length || bytes.readUInt32LE(from + 8) !== crc32(bytes, start, to)) return undefined
  return { payload: bytes.toString('utf8', start, to), from, to }
}

/** Of ISO 3309, as gzip has it: by the platform, where its Node has that. */
const crc32: (bytes: Buffer, from: number, to: number) => number =
  typeof zlib.crc32 === 'function' ? (bytes, from, to) => zlib.crc32(bytes.subarray(from, to)) : plainCrc32

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** The same for a Node 20 that does not have it yet. */
export function plainCrc32(bytes: Buffer, from: number, to: number): number {
  let crc = 0xffffffff
  for (let at = from; at < to; at++) crc = (TABLE[(crc ^ (bytes[at] as number)) & 0xff] as number) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
