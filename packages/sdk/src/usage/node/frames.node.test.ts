import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frame, plainCrc32, scan } from './frames.ts'

const payloads = fc.array(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).map((text) => text.toWellFormed()),
  { minLength: 1, maxLength: 20 },
)
const found = (bytes: Buffer) => scan(bytes).records.map(({ payload }) => payload)
const isPartOf = (part: readonly string[], whole: readonly string[]) => {
  let at = -1
  return part.every((each) => {
    at = whole.indexOf(each, at + 1)
    return at !== -1
  })
}

test('what was written is found, in order, and nothing is damaged', () => {
  fc.assert(
    fc.property(payloads, (texts) => {
      const { records, damaged } = scan(Buffer.concat(texts.map(frame)))
      expect([records.map(({ payload }) => payload), damaged]).toEqual([texts, []])
    }),
  )
})

test('cut off anywhere, every whole record before the cut is found, and nothing else', () => {
  fc.assert(
    fc.property(payloads, fc.nat(), (texts, seed) => {
      const frames = texts.map(frame)
      const bytes = Buffer.concat(frames)
      const cut = seed % (bytes.length + 1)
      let end = 0
      const whole = texts.filter((_, place) => {
        end += (frames[place] as Buffer).length
        return end <= cut
      })
      expect(found(bytes.subarray(0, cut))).toEqual(whole)
    }),
  )
})

test('with bits flipped anywhere, it finds no record that was not written, and loses only those that were hit', () => {
  fc.assert(
    fc.property(payloads, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (texts, flips) => {
      const frames = texts.map(frame)
      const bytes = Buffer.concat(frames)
      const hit = new Set<number>()
      for (const flip of flips) {
        const at = (flip >> 3) % bytes.length
        bytes[at] = (bytes[at] as number) ^ (1 << (flip & 7))
        let end = 0
        hit.add(
          frames.findIndex(({ length }) => {
            end += length
            return end > at
          }),
        )
      }
      const survivors = texts.filter((_, place) => !hit.has(place))
      const left = found(bytes)
      // A bit that was flipped twice is as it was.
      expect([isPartOf(survivors, left), isPartOf(left, texts)]).toEqual([true, true])
      const { records, damaged } = scan(bytes)
      const sum = [...records, ...damaged].reduce((length, { from, to }) => length + to - from, 0)
      expect(sum).toBe(bytes.length)
    }),
    { numRuns: 300 },
  )
})

test('junk is no record, however it begins', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (junk) => found(Buffer.from(junk)).length === 0))
  const whole = frame('a')
  const lies = Buffer.from(whole)
  lies.writeUInt32LE(0xffffffff, 4)
  expect(found(Buffer.concat([lies, whole.subarray(0, 5), whole]))).toEqual(['a'])
})

test('the checksum is that of ISO 3309, by the platform or without it', () => {
  // The check value of the catalogues, and CRC-32 as zlib has it.
  expect(plainCrc32(Buffer.from('123456789'), 0, 9)).toBe(0xcbf43926)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(400), (bytes, from) => {
      const all = Buffer.from(bytes)
      expect(plainCrc32(all, Math.min(from, all.length), all.length)).toBe(crc32(all.subarray(from)))
    }),
  )
})
