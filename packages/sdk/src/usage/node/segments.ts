import { type FileHandle, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Scan, scan } from './frames.ts'

/** A file of the spool. What lies before `to` is whole records. */
export interface Segment {
  readonly path: string
  readonly number: number
  to: number
  /** Records that the authority does not have yet. */
  pending: number
}

const NAME = /^(\d{8})\.spool$/

export function segmentPath(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(8, '0')}.spool`)
}

export interface Recovered {
  readonly segments: readonly Segment[]
  /** The number for the next file. */
  readonly next: number
  readonly damagedBytes: number
}

/**
 * Reads what an earlier process left. What belongs to no whole record (a write that was torn off, a damaged disk) is moved into
 * `NUMBER.damaged` beside it; every whole record stays, those after it too.
 */
export async function recoverSegments(folder: string): Promise<Recovered> {
  const numbers = (await readdir(folder)).flatMap((name) => NAME.exec(name)?.[1] ?? []).sort()
  const segments: Segment[] = []
  let damagedBytes = 0
  for (const text of numbers) {
    const number = Number(text)
    const path = segmentPath(folder, number)
    const bytes = await readFile(path)
    const found = scan(bytes)
    if (found.damaged.length > 0) damagedBytes += await setAside(folder, path, bytes, found)
    const last = found.records.reduce((length, { from, to }) => length + to - from, 0)
    if (found.records.length === 0) await rm(path)
    else segments.push({ path, number, to: last, pending: found.records.length })
  }
  return { segments, next: Number(numbers.at(-1) ?? 0) + 1, damagedBytes }
}

async function setAside(folder: string, path: string, bytes: Buffer, { records, damaged }: Scan): Promise<number> {
  // Aside before away: a crash between the two leaves the bytes twice rather than nowhere.
  const kept = await keepAside(path, bytes, damaged)
  const draft = `${path}.draft`
  await writeThrough(draft, 'w', Buffer.concat(records.map(({ from, to }) => bytes.subarray(from, to))))
  await rename(draft, path)
  await syncFolder(folder)
  return kept
}

/** @returns how many bytes */
export async function keepAside(path: string, bytes: Buffer, damaged: Scan['damaged']): Promise<number> {
  const parts = Buffer.concat(damaged.map(({ from, to }) => bytes.subarray(from, to)))
  await writeThrough(path.replace(/\.spool$/, '.damaged'), 'a', parts)
  return parts.length
}

async function writeThrough(path: string, flags: 'w' | 'a', bytes: Buffer): Promise<void> {
  const file = await open(path, flags, 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A new name is only as durable as its folder. Not every system can: there it is as good as it gets. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined
  try {
    handle = await open(folder, 'r')
    await handle.sync()
  } catch {
    // As above.
  } finally {
    await handle?.close().catch(() => {})
  }
}

export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
