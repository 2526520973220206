import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, reachable, serverAccount } from './account.ts'
import { postgresBinaries } from './binaries.ts'
import { OWNER_FILE, RUN_PREFIX, removeLeftovers } from './leftovers.ts'

export interface StartOptions {
  /** `false` drops fsync: faster, and lost with the machine. Default `true`, PostgreSQL's own setting. */
  durable?: boolean
  /** Further server settings, as `{ max_connections: '300' }`. */
  settings?: Record<string, string>
}

export interface Postgres {
  /** `postgres://` URL of a superuser on the database `postgres`, on 127.0.0.1. */
  url: string
  /** The server process: for tests that kill it. */
  pid: number
  /** Ends the server and removes its data. Safe to call twice. */
  stop(): Promise<void>
  /** Ends the server as a crash would, its data kept, until {@link Postgres.revive}. */
  crash(): Promise<void>
  /** How large a file of these processes of the server may become: a write beyond fails as on a full disk. Linux only. */
  mayGrow(pids: readonly number[], to: number | 'unlimited'): void
  /** Starts it again, on the same data, port and password. */
  revive(): Promise<void>
}

/**
 * Starts a PostgreSQL of its own, on an empty data folder and a free port of 127.0.0.1. Works as root too.
 * A server left by a killed run is ended first.
 * @throws when no PostgreSQL is to be had, or it does not come up; the message holds the server's own words
 */
export async function startPostgres({ durable = true, settings = {} }: StartOptions = {}): Promise<Postgres> {
  const account = serverAccount()
  const base = baseFolder(account)
  await removeLeftovers(base)
  const folder = mkdtempSync(join(base, RUN_PREFIX))
  writeFileSync(join(folder, OWNER_FILE), String(process.pid))
  chmodSync(folder, 0o755)
  try {
    const bin = postgresBinaries(account, folder)
    const password = randomBytes(16).toString('hex')
    const data = await initialise(bin, folder, password, account)
    const all = {
      ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
      max_connections: '200',
      ...settings,
    }
    let { server, port } = await listen(bin, data, account, all)
    const onExit = () => server.kill('SIGQUIT')
    process.once('exit', onExit)
    const stop = async () => {
      process.removeListener('exit', onExit)
      await end(server)
      rmSync(folder, { recursive: true, force: true })
    }
    return {
      url: `postgres://writ:${password}@127.0.0.1:${port}/postgres`,
      get pid() {
        return server.pid as number
      },
      stop,
      mayGrow(pids, to) {
        for (const pid of [server.pid, ...pids]) execFileSync('prlimit', ['--pid', String(pid), `--fsize=${to}:`], { ...account })
      },
      crash: () => end(server, 'SIGQUIT'),
      async revive() {
        ;({ server, port } = await listen(bin, data, account, all, port))
      },
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** A folder for temporary files that the server's account can walk into; `TMPDIR` is often private. */
function baseFolder(account: Account | undefined): string {
  const found = [tmpdir(), '/tmp', '/var/tmp'].find((folder) => {
    try {
      return reachable(realpathSync(folder), account)
    } catch {
      return false
    }
  })
  if (found === undefined) throw new Error('no folder for temporary files that the account of PostgreSQL can reach')
  return realpathSync(found)
}

async function initialise(bin: string, folder: string, password: string, account: Account | undefined): Promise<string> {
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account !== undefined) for (const path of [data, passwordFile]) chownSync(path, account.uid, account.gid)
  const flags = ['--username=writ', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--no-locale', '--no-sync']
  const initdb = spawn(join(bin, 'initdb'), ['-D', data, ...flags], { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const words = collect(initdb)
  const [code] = await once(initdb, 'close')
  rmSync(passwordFile)
  if (code !== 0) throw new Error(`initdb failed: ${words()}`)
  return data
}

/** Between finding a free port and taking it another process may be faster, so a lost race is run again. */
async function listen(
  bin: string,
  data: string,
  account: Account | undefined,
  settings: Record<string, string>,
  given?: number,
  tries = 5,
) {
  const port = given ?? (await freePort())
  const all = { ...settings, listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(port) }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...flags], { ...account, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] })
  const words = collect(server)
  const ready = Promise.withResolvers<boolean>()
  server.stderr?.on('data', () => words().includes('ready to accept connections') && ready.resolve(true))
  server.once('close', () => ready.resolve(false))
  if (await ready.promise) {
    // Read on, or the server would block on a full pipe; nothing is kept, or a long run would keep it all.
    server.stderr?.removeAllListeners('data').resume()
    return { server, port }
  }
  if (tries > 1 && words().includes('could not bind')) return listen(bin, data, account, settings, given, tries - 1)
  throw new Error(`PostgreSQL did not start: ${words()}`)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1')
  return address.port
}

/** Fast shutdown; where that hangs, the hard one. */
async function end(server: ChildProcess, signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const closed = once(server, 'close')
  server.kill(signal)
  const late = setTimeout(() => server.kill('SIGQUIT'), 10_000)
  await closed
  clearTimeout(late)
}

function collect(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  child.on('error', (error) => {
    text += error.message
  })
  return () => text.trim()
}
