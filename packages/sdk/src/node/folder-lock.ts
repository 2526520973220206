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
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), began: beganAt(process.pid), nonce: crypto.randomUUID() })
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

const HELD = Symbol.for('writ.folder-lock.held')
const shared = globalThis as { [HELD]?: Set<string> }
/** What this thread holds, by whichever copy of this module: where nobody says when a process began, a restarted container gives its pid to the next. */
shared[HELD] ??= new Set()
const held = shared[HELD]

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
  const { pid, host, began } = holderOf(text)
  if (pid === 0) return false
  if (host !== hostname()) return true // nobody can look there
  // After a restart, of the machine or of a container, the pid is another's, and often that of what starts every time.
  const now = beganAt(pid)
  const isSaid = began !== undefined && now !== undefined
  if (isSaid && began !== now) return false
  // Of this process: perhaps by another thread, which has globals of its own.
  if (pid === process.pid) return isSaid || held.has(text)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process began, and since which start of the machine. @returns `undefined`: the system does not say, as all but Linux */
function beganAt(pid: number): string | undefined {
  const boot = read('/proc/sys/kernel/random/boot_id')
  const stat = read(`/proc/${pid}/stat`)
  // The name in parentheses may have blanks; from there on it is field 22 of proc(5).
  const ticks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return boot === undefined || ticks === undefined ? undefined : `${boot.trim()} ${ticks}`
}

/** Of what is no lock: nobody. */
function holderOf(text: string): Holder & { readonly began?: string } {
  try {
    const { pid, host, began } = (JSON.parse(text) ?? {}) as { pid?: unknown; host?: unknown; began?: unknown }
    return { pid: typeof pid === 'number' ? pid : 0, host: String(host ?? ''), ...(typeof began === 'string' && { began }) }
  } catch {
    return { pid: 0, host: '' }
  }
}
