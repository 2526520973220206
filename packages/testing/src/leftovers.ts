import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** Names the folders of our servers, so that a later run knows them again. */
export const RUN_PREFIX = 'writ-postgres-'

/** The file that names the process which started the server. */
export const OWNER_FILE = 'owner.pid'

/**
 * Ends the servers and removes the folders of runs that were killed before they could. Only our own account's
 * folders are looked at, and only a process that was started on that very folder is ended.
 * @returns the folders removed
 */
export async function removeLeftovers(base: string): Promise<string[]> {
  const removed: string[] = []
  for (const name of readdirSync(base)) {
    if (!name.startsWith(RUN_PREFIX)) continue
    const folder = join(base, name)
    try {
      if (statSync(folder).uid !== process.getuid?.()) continue
      if (isAlive(ownerOf(folder))) continue
      await endServer(join(folder, 'data'))
      rmSync(folder, { recursive: true, force: true })
      removed.push(folder)
    } catch {
      // Gone meanwhile, taken by a run that is starting, or not ours to remove.
    }
  }
  return removed
}

/** A folder without the file is one that a run is making at this moment; its age tells. */
function ownerOf(folder: string): number {
  try {
    return Number(readFileSync(join(folder, OWNER_FILE), 'utf8'))
  } catch {
    return Date.now() - statSync(folder).mtimeMs < 60_000 ? process.pid : 0
  }
}

async function endServer(dataFolder: string): Promise<void> {
  let pid: number
  try {
    pid = Number(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return
  }
  // The number may meanwhile belong to a stranger.
  if (!isAlive(pid) || !commandOf(pid).includes(dataFolder)) return
  process.kill(pid, 'SIGQUIT')
  // It still writes to the folder until it is gone.
  for (let waited = 0; waited < 5_000 && isAlive(pid); waited += 50) await setTimeout(50)
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
