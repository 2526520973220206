import { linkSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Who has the folder. */
export interface Holder {
  readonly pid: number
  readonly host: string
}

/**
 * Takes a folder for this process alone. The lock of a process of this host that is no more is taken over; one of another host never is, for
 * nobody can look there.
 * @param inUse makes the error that is thrown when somebody has it
 * @returns gives it back
 */
export function lockFolder(folder: string, inUse: (holder: Holder) => Error): () => void {
  const path = join(realpathSync(folder), 'lock')
  const draft = `${path}.${process.pid}.${crypto.randomUUID()}`
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), nonce: crypto.randomUUID() })
  writeFileSync(draft, mine, { mode: 0o600 })
  try {
    // A hard link appears with its content or not at all.
    if (!linked(draft, path)) {
      const found = read(path)
      if (found !== undefined && isAlive(found)) throw inUse(holderOf(found))
      moveAside(path, found, inUse)
      if (!linked(draft, path)) throw inUse(holderOf(read(path) ?? ''))
    }
  } finally {
    rmSync(draft, { force: true })
  }
  held.add(mine)
  return () => {
    held.delete(mine)
    if (read(path) === mine) rmSync(path, { force: true })
  }
}

/** What this process holds: a restarted container gives its pid to the next. */
const held = new Set<string>()

/** Another may have taken over since we looked: then what we moved is alive, and goes back. */
function moveAside(path: string, found: string | undefined, inUse: (holder: Holder) => Error): void {
  const aside = `${path}.dead.${crypto.randomUUID()}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  const moved = read(aside)
  const isAnother = moved !== undefined && moved !== found && isAlive(moved)
  if (isAnother) linked(aside, path)
  rmSync(aside, { force: true })
  if (isAnother) throw inUse(holderOf(moved))
}

function linked(from: string, to: string): boolean {
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

function isAlive(text: string): boolean {
  const { pid, host } = holderOf(text)
  if (pid === 0) return false
  if (host !== hostname()) return true // nobody can look there
  if (pid === process.pid) return held.has(text)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Of what is no lock: nobody. */
function holderOf(text: string): Holder {
  try {
    const { pid, host } = (JSON.parse(text) ?? {}) as { pid?: unknown; host?: unknown }
    return { pid: typeof pid === 'number' ? pid : 0, host: String(host ?? '') }
  } catch {
    return { pid: 0, host: '' }
  }
}
