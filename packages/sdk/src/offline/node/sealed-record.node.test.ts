import { createCipheriv, hkdfSync } from 'node:crypto'
import type * as fs from 'node:fs'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { armor } from '@writ/trust'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { MOST_SEATS } from './kept-seats.ts'
import { type DeviceRecord, SealedRecord } from './sealed-record.ts'
import { MOST_WINDOWS } from './spent.ts'

const done: string[] = []
let folderFault: string | undefined
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>()
  const isFolder = (descriptor: number) => real.fstatSync(descriptor).isDirectory()
  return {
    ...real,
    fsyncSync: (descriptor: number) => {
      done.push(isFolder(descriptor) ? 'folder synced' : 'file synced')
      if (isFolder(descriptor) && folderFault !== undefined) throw Object.assign(new Error(folderFault), { code: folderFault })
      real.fsyncSync(descriptor)
    },
    // As on a disk that is nearly full: it takes what it has room for, and says how much.
    writeSync: (descriptor: number, content: string) => real.writeSync(descriptor, content.slice(0, 100)),
    renameSync: (from: string, to: string) => {
      done.push('renamed')
      real.renameSync(from, to)
    },
  }
})

const empty: DeviceRecord = { version: 1, x: 'x'.repeat(43), proven: 0, seen: 0, counter: 0, spent: [] }
const window = { meter: 'm'.repeat(128), from: 0, until: 3_600_000, used: 1 }

test('the largest record is read back, and what would not be is not written', () => {
  const sealed = new SealedRecord(scratchFolder(), 'of the test')
  const key = { iss: 'i'.repeat(512), kid: 'k'.repeat(43), at: 1 }
  const spent = Array.from({ length: MOST_WINDOWS }, (_, n) => ({ ...window, license: 'L'.repeat(128), from: n }))
  const seats = Array.from({ length: MOST_SEATS }, () => ({
    license: 'L'.repeat(128),
    identity: 'i'.repeat(128),
    until: 9,
    leaseSeconds: 600,
  }))
  const full: DeviceRecord = { ...empty, spent, seats, closed: 9, revoked: Array.from({ length: 1_024 }, () => key) }
  sealed.write(full)
  expect(sealed.read()).toEqual(full)
  for (const wrong of [
    { ...full, spent: [...spent, window] },
    { ...empty, spent: [{ ...window, used: 1.5 }] },
  ])
    expect(() => sealed.write(wrong)).toThrow(expect.objectContaining({ code: 'DEVICE_RECORD_UNWRITABLE' }))
  expect(sealed.read()).toEqual(full)
})

test('a record of a version before is read, whose windows name no licence', () => {
  const sealed = new SealedRecord(scratchFolder(), '')
  const old: DeviceRecord = { ...empty, activation: { id: 'act_1', license: 'A', issuer: 'writ:test' }, spent: [window] }
  sealed.write(old)
  expect(sealed.read()).toEqual(old)
})

test('what was written is on the disk before it counts, its name too: a power cut brings no older record back', () => {
  const folder = scratchFolder()
  done.length = 0
  new SealedRecord(folder, '').write(empty)
  expect(done).toEqual(['file synced', 'renamed', ...(process.platform === 'win32' ? [] : ['folder synced'])])
  expect(readdirSync(folder)).toEqual(['device'])
})

test('what is written is read back, whatever a name is made of, and what would not be is refused and harms nothing', () => {
  const sealed = new SealedRecord(scratchFolder(), '')
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('a', '\ud800', '\udc00', '"', '\u0000') }))
  let last = empty
  sealed.write(last)
  const told = { taken: 0, refused: 0 }
  fc.assert(
    fc.property(anything, anything, (identity, id) => {
      const activation = { id, license: 'L', issuer: 'writ:test' }
      const next = { ...empty, seats: [{ license: 'L', identity }], ...(id !== '' && { activation }) }
      try {
        sealed.write(next)
        last = next
        told.taken++
      } catch (error) {
        expect(error).toMatchObject({ code: 'DEVICE_RECORD_UNWRITABLE' })
        told.refused++
      }
      expect(sealed.read()).toEqual(last)
    }),
    { numRuns: 200, seed: 3, examples: [['\ud800', 'act_1']] },
  )
  expect(Math.min(told.taken, told.refused)).toBeGreaterThan(20)
})

test.skipIf(process.platform === 'win32')(
  'where a file system cannot sync a folder the record is written all the same; a disk that fails is told',
  () => {
    const sealed = new SealedRecord(scratchFolder(), '')
    const written = (fault: string) => {
      folderFault = fault
      try {
        sealed.write(empty)
        return 'written'
      } catch (error) {
        return (error as { details: { why: string } }).details.why
      } finally {
        folderFault = undefined
      }
    }
    expect(['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR', 'EBADF'].map(written)).toEqual(Array(5).fill('written'))
    expect(['EIO', 'ENOSPC'].map(written)).toEqual(['EIO', 'ENOSPC'])
  },
)

test('the record of a later version is told from one that was altered', () => {
  const folder = scratchFolder()
  const [salt, iv] = [Buffer.alloc(16), Buffer.alloc(12)]
  const sealer = createCipheriv('aes-256-gcm', Buffer.from(hkdfSync('sha256', '', salt, 'writ device record', 32)), iv)
  const body = Buffer.concat([sealer.update(JSON.stringify({ ...empty, version: 2, news: true })), sealer.final()])
  const sealed = armor('WRIT DEVICE RECORD', Buffer.concat([salt, iv, sealer.getAuthTag(), body]).toString('base64url'))
  writeFileSync(join(folder, 'device'), sealed)
  expect(() => new SealedRecord(folder, '').read()).toThrow(
    expect.objectContaining({ code: 'DEVICE_RECORD_NEWER', details: { version: 2 } }),
  )
  expect(() => new SealedRecord(folder, 'another').read()).toThrow(expect.objectContaining({ code: 'DEVICE_RECORD_UNREADABLE' }))
})
