import { linkSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { giveSignOfLife, livesBehind } from './sign-of-life.ts'
import { StartError } from './start-error.ts'

interface Holder {
  readonly pid: number
  readonly host: string
  readonly began?: string | undefined
  /** Of the socket at which the holder answers; absent: its file system has none. */
  readonly nonce?: string | undefined
}

const heldHere = new Set<string>()

/**
 * Takes a data folder for this process alone: two processes on one PGlite folder lose acknowledged rows without complaint.
 * The lock of a process of this host that is no more is taken over; one of another host never is, for we cannot look there.
 * @returns gives the folder back
 * @throws {StartError} STORE_IN_USE
 */
export async function lockFolder(name: string): Promise<() => void> {
  mkdirSync(name, { recursive: true, mode: 0o700 })
  const folder = realpathSync(name)
  const path = join(folder, 'lock')
  const holder: Holder = { pid: process.pid, host: hostname(), began: beganAt(process.pid) }
  if (heldHere.has(path)) throw inUse(name, JSON.stringify(holder))
  heldHere.add(path)
  const nonce = crypto.randomUUID()
  let mine: string
  let silence: (() => void) | undefined
  try {
    // Before the lock is there: whoever finds it hears its holder.
    silence = await giveSignOfLife(folder, socketOf(nonce))
    mine = JSON.stringify(silence === undefined ? holder : ({ ...holder, nonce } satisfies Holder))
    await take(name, folder, mine)
    // What is left over is in nobody's way, and stops no start.
    await tidy(folder).catch(() => {})
  } catch (error) {
    silence?.()
    heldHere.delete(path)
    throw error
  }
  return () => {
    if (read(path) === mine) rmSync(path, { force: true })
    silence?.()
    heldHere.delete(path)
  }
}

async function take(name: string, folder: string, mine: string): Promise<void> {
  const path = join(folder, 'lock')
  const draft = `${path}.${crypto.randomUUID()}`
  writeFileSync(draft, mine, { mode: 0o600 })
  try {
    // A hard link appears with its content or not at all, so nobody reads a half-written lock.
    if (link(draft, path)) return
    const found = read(path)
    if (found !== undefined && (await isAlive(folder, found))) throw inUse(name, found)
    takeOver(name, folder, found)
    if (!link(draft, path)) throw inUse(name, read(path) ?? mine)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Moves a dead lock aside. Another process may have replaced it since we looked: then what we moved goes back at once, for it is alive. */
function takeOver(name: string, folder: string, found: string | undefined): void {
  const path = join(folder, 'lock')
  const aside = `${path}.dead.${crypto.randomUUID()}`
  try {
    renameSync(path, aside)
  } catch {
    return // gone already: its holder left, or another process moved it
  }
  const moved = read(aside)
  const isAnother = moved !== undefined && moved !== found
  if (isAnother) link(aside, path)
  rmSync(aside, { force: true })
  if (isAnother) throw inUse(name, moved)
  const { nonce } = parse(found ?? '') ?? {}
  if (nonce !== undefined) rmSync(join(folder, socketOf(nonce)), { force: true })
}

/** Removes the sockets of the dead: a lock that somebody removed by hand named one that nobody finds any more. */
async function tidy(folder: string): Promise<void> {
  const sockets = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isSocket() && each.name.startsWith('lock.'))
  for (const { name } of sockets) if (!(await livesBehind(folder, name))) rmSync(join(folder, name), { force: true })
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
    const { pid, host, began, nonce } = JSON.parse(text) as Record<keyof Holder, unknown>
    if (typeof pid !== 'number' || typeof host !== 'string') return undefined
    const isNonce = typeof nonce === 'string' && /^[0-9a-f-]{36}$/.test(nonce)
    return { pid, host, began: typeof began === 'string' ? began : undefined, nonce: isNonce ? nonce : undefined }
  } catch {
    return undefined
  }
}

function socketOf(nonce: string): string {
  return `lock.${nonce}`
}

async function isAlive(folder: string, text: string): Promise<boolean> {
  const holder = parse(text)
  if (holder === undefined) return false
  const { pid, host, began, nonce } = holder
  if (host !== hostname()) return true
  // Two containers with one host name on one volume see nothing of each other's pids.
  if (nonce !== undefined && (await livesBehind(folder, socketOf(nonce)))) return true
  // After a restart, of the machine or of a container, the pid is another's, and often that of what starts every time.
  const now = beganAt(pid)
  const isSaid = began !== undefined && now !== undefined
  if (isSaid && began !== now) return false
  // Where nobody says when a process began: a lock under our own pid that we do not hold is one of before a restart.
  if (pid === process.pid) return isSaid
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

function inUse(folder: string, holder: string): StartError {
  const { pid, host } = parse(holder) ?? { pid: 0, host: '' }
  return new StartError('STORE_IN_USE', { folder, pid, host })
}
