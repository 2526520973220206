import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { scratchFolder } from '@writ/testing/scratch-folder'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WritError } from '../../writ-error.ts'
import { Spool, type SpoolOptions } from './spool.ts'

const scratch = scratchFolder()
let made = 0
const newFolder = () => join(scratch, `spool-${made++}`)

function opened(folder: string, more: Partial<SpoolOptions> = {}) {
  const errors: WritError[] = []
  const spool = Spool.open({ folder, sync: 'always', maxBytes: 1 << 20, onError: (error) => errors.push(error), ...more })
  return spool.then((spool) => ({ spool, errors }))
}
const codeOf = (work: Promise<unknown> | (() => unknown)) =>
  (async () => (typeof work === 'function' ? work() : work))().then(
    () => 'fine',
    ({ code, details }: WritError) => [code, ...Object.values(details ?? {})].join(' '),
  )

/** Reads and takes away all there is. */
async function drain(spool: Spool, most = 1000): Promise<string[]> {
  const all: string[] = []
  for (;;) {
    const batch = await spool.read(most, 100_000)
    if (batch.events.length === 0) return all
    all.push(...batch.events)
    await spool.done(batch)
  }
}
const files = (folder: string) => readdirSync(folder).filter((name) => name !== 'lock')

test('gives back what was put in, in order, and keeps no file of what is done', async () => {
  const folder = newFolder()
  const { spool } = await opened(folder)
  const texts = Array.from({ length: 5_000 }, (_, n) => `event ${n} ${'x'.repeat(180)}`)
  await Promise.all(texts.map((text) => spool.append(text)))
  expect(spool.state).toMatchObject({ pending: 5_000 })
  expect(files(folder).length).toBeGreaterThan(0)
  expect(await drain(spool, 700)).toEqual(texts)
  expect([spool.state, files(folder)]).toEqual([{ pending: 0, bytes: 0, damagedBytes: 0 }, []])
  await spool.append('more')
  expect(await drain(spool)).toEqual(['more'])
  await spool.close()
  expect(readdirSync(folder)).toEqual([])
}, 30_000)

test('is there again when it is opened again, and what was done is not', async () => {
  const folder = newFolder()
  const first = await opened(folder)
  for (const text of ['a', 'b', 'c']) await first.spool.append(text)
  first.spool.note('noted')
  await first.spool.close()
  expect(await codeOf(() => first.spool.admit(4, 1))).toBe('SPOOL_CLOSED')
  const { spool } = await opened(folder)
  expect(spool.state.pending).toBe(4)
  await spool.append('d')
  expect(await drain(spool, 2)).toEqual(['a', 'b', 'c', 'noted', 'd'])
  await spool.close()
})

test('is one process’s: a second is refused, also in the same, and the lock of a dead one is taken over', async () => {
  const folder = newFolder()
  const { spool } = await opened(folder)
  expect(await codeOf(opened(folder))).toMatch(/^SPOOL_LOCKED \d+ /)
  await spool.close()
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: 1, host: 'elsewhere' }))
  expect(await codeOf(opened(folder))).toBe('SPOOL_LOCKED 1 elsewhere')
  for (const dead of [{ pid: 2 ** 22 + 1, host: (await import('node:os')).hostname() }, 'half wri']) {
    writeFileSync(join(folder, 'lock'), typeof dead === 'string' ? dead : JSON.stringify(dead))
    const again = await opened(folder)
    await again.spool.close()
  }
  expect(existsSync(join(folder, 'lock'))).toBe(false)
})

test('when it is full says so, and overwrites nothing', async () => {
  const { spool } = await opened(newFolder(), { maxBytes: 4_096 })
  const kept: string[] = []
  for (let n = 0; n < 60; n++) {
    const text = `${n}`.padEnd(100)
    const code = await codeOf(spool.append(text))
    if (code === 'fine') kept.push(text)
    else expect(code).toMatch(/^SPOOL_FULL \d+/)
  }
  expect(kept).toHaveLength(36)
  expect(await codeOf(() => spool.admit(100, 1))).toMatch(/^SPOOL_FULL/)
  expect(await drain(spool)).toEqual(kept)
  await spool.append('there is room again')
  await spool.close()
})

/** A disk of so many bytes: what does not fit is written in part, as a file system does, and refused. */
function smallDisk() {
  const disk = { free: 0 }
  const openFile = (async (...args: Parameters<typeof open>) => {
    const file = await open(...args)
    const write = file.write.bind(file) as (bytes: Buffer, from: number, length: number, at: number) => Promise<{ bytesWritten: number }>
    file.write = (async (bytes: Buffer, from: number, length: number, at: number) => {
      if (disk.free === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      const fits = Math.min(length, disk.free)
      disk.free -= fits
      return write(bytes, from, fits, at)
    }) as never
    return file
  }) as typeof open
  return { disk, openFile }
}

test('on a full disk tells whoever waits, keeps what is noted, and goes on when there is space', async () => {
  const folder = newFolder()
  const { disk, openFile } = smallDisk()
  disk.free = 50
  const { spool, errors } = await opened(folder, { openFile })
  expect(await codeOf(spool.append('fits'))).toBe('fine')
  expect(await codeOf(spool.append('x'.repeat(100)))).toBe('SPOOL_UNWRITABLE ENOSPC')
  spool.note('noted')
  expect(await codeOf(spool.settled())).toBe('SPOOL_UNWRITABLE ENOSPC')
  expect([errors[0]?.code, spool.state.pending]).toEqual(['SPOOL_UNWRITABLE', 2])
  disk.free = 1_000
  expect(await codeOf(spool.append('after'))).toBe('fine')
  await spool.settled()
  await spool.close()
  const again = await opened(folder)
  expect(again.errors).toEqual([])
  expect((await drain(again.spool)).sort()).toEqual(['after', 'fits', 'noted'])
  await again.spool.close()
})

test('damaged in any way it gives back what is whole, and keeps the rest aside, and says so', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 15 }),
      fc.oneof(fc.record({ cut: fc.nat() }), fc.record({ flip: fc.nat() })),
      async (texts, harm) => {
        const folder = newFolder()
        const { spool } = await opened(folder, { sync: 'never' })
        for (const text of texts) spool.note(text)
        await spool.close()
        const [name = ''] = files(folder)
        const path = join(folder, name)
        const bytes = readFileSync(path)
        if ('cut' in harm) truncateSync(path, harm.cut % bytes.length)
        else {
          const at = (harm.flip >> 3) % bytes.length
          bytes[at] = (bytes[at] as number) ^ (1 << (harm.flip & 7))
          writeFileSync(path, bytes)
        }
        const left = 'cut' in harm ? harm.cut % bytes.length : bytes.length
        const again = await opened(folder)
        const { damagedBytes } = again.spool.state
        const events = await drain(again.spool)
        if ('flip' in harm) expect(events.length).toBe(texts.length - 1)
        expect(events.every((event) => texts.includes(event))).toBe(true)
        const aside = files(folder).filter((each) => each.endsWith('.damaged'))
        expect(aside.reduce((sum, each) => sum + readFileSync(join(folder, each)).length, 0)).toBe(damagedBytes)
        expect(damagedBytes + events.reduce((sum, event) => sum + 12 + Buffer.byteLength(event), 0)).toBe(left)
        expect(again.errors.map(({ code }) => code)).toEqual(damagedBytes > 0 ? ['SPOOL_DAMAGED'] : [])
        await again.spool.close()
      },
    ),
    { numRuns: 60 },
  )
})

test('damaged while it is open it holds nothing up', async () => {
  const folder = newFolder()
  const { spool, errors } = await opened(folder)
  for (const text of ['one', 'two', 'three']) await spool.append(text)
  const path = join(folder, files(folder)[0] as string)
  const bytes = readFileSync(path)
  bytes[28] = 0
  writeFileSync(path, bytes)
  expect(await drain(spool)).toEqual(['one', 'three'])
  expect([errors.map(({ code }) => code), spool.state.pending]).toEqual([['SPOOL_DAMAGED'], 0])
  await spool.close()
})
