import { linkSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { WritError } from '../../writ-error.ts'

const heldHere = new Set<string>()

/**
 * Takes a spool folder for this process alone: two would send, and clear away, what the other writes. The lock of a process of this host
 * that is no more is taken over; one of another host never is, for we cannot look there.
 * @returns gives the folder back
 * @throws {WritError} SPOOL_LOCKED
 */
export function lockFolder(folder: string): () => void {
  const path = join(realpathSync(folder), 'lock')
  const mine = JSON.stringify({ pid: process.pid, host: hostname() })
  const draft = `${path}.${process.pid}`
  if (heldHere.has(path)) throw lockedBy(mine)
  writeFileSync(draft, mine, { mode: 0o600 })
  try {
    // A hard link appears with its content or not at all, so nobody reads a half-written lock.
    if (!link(draft, path)) {
      const found = read(path)
      if (found !== undefined && isAlive(found)) throw lockedBy(found)
      takeOver(path, found)
      if (!link(draft, path)) throw lockedBy(read(path) ?? mine)
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
function takeOver(path: string, found: string | undefined): void {
  const aside = `${path}.dead.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return // gone already: its holder left, or another process moved it
  }
  const moved = read(aside)
  const replaced = moved !== found && moved !== undefined && isAlive(moved)
  if (replaced) link(aside, path)
  rmSync(aside, { force: true })
  if (replaced) throw lockedBy(moved)
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

function holderOf(text: string): { pid?: unknown; host?: unknown } {
  try {
    return (JSON.parse(text) as object | null) ?? {}
  } catch {
    return {}
  }
}

function isAlive(text: string): boolean {
  const { pid, host } = holderOf(text)
  if (typeof pid !== 'number') return false
  if (host !== hostname()) return true
  // A restarted container gives the same pid to the new process: a lock under our own pid that we do not hold is a dead one.
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function lockedBy(text: string): WritError<'SPOOL_LOCKED'> {
  const { pid, host } = holderOf(text)
  return new WritError('SPOOL_LOCKED', { pid: Number(pid ?? 0), host: String(host ?? '') })
}
