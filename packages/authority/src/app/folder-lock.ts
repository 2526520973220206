import { linkSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { StartError } from './start-error.ts'

interface Holder {
  readonly pid: number
  readonly host: string
}

const heldHere = new Set<string>()

/**
 * Takes a data folder for this process alone: two processes on one PGlite folder lose acknowledged rows without complaint.
 * The lock of a process of this host that is no more is taken over; one of another host never is, for we cannot look there.
 * @returns gives the folder back
 * @throws {StartError} STORE_IN_USE
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(realpathSync(folder), 'lock')
  const mine = JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder)
  const draft = `${path}.${process.pid}`

  if (heldHere.has(path)) throw inUse(folder, mine)
  writeFileSync(draft, mine, { mode: 0o600 })
  try {
    // A hard link appears with its content or not at all, so nobody reads a half-written lock.
    if (!link(draft, path)) {
      const found = read(path)
      if (found !== undefined && alive(found)) throw inUse(folder, found)
      takeOver(folder, path, found)
      if (!link(draft, path)) throw inUse(folder, read(path) ?? mine)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  heldHere.add(path)
  return () => {
    heldHere.delete(path)
    rmSync(path, { force: true })
  }
}

/** Moves a dead lock aside. Another process may have replaced it since we looked: then what we moved is alive and goes back. */
function takeOver(folder: string, path: string, found: string | undefined): void {
  const aside = `${path}.dead.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return // gone already: its holder left, or another process moved it
  }
  const moved = read(aside)
  const replaced = moved !== found && moved !== undefined && alive(moved)
  if (replaced) link(aside, path)
  rmSync(aside, { force: true })
  if (replaced) throw inUse(folder, moved)
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function parse(text: string): Holder | undefined {
  try {
    const { pid, host } = JSON.parse(text) as Partial<Holder>
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host } : undefined
  } catch {
    return undefined
  }
}

function alive(text: string): boolean {
  const holder = parse(text)
  if (holder === undefined) return false
  if (holder.host !== hostname()) return true
  // A restarted container gives the same pid to the new process: a lock under our own pid that we do not hold is a dead one.
  if (holder.pid === process.pid) return false
  try {
    process.kill(holder.pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function inUse(folder: string, holder: string): StartError {
  const { pid, host } = parse(holder) ?? { pid: 0, host: '' }
  return new StartError('STORE_IN_USE', { folder, pid, host })
}
