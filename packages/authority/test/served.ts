import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readConfig, type StartOptions, start } from '../src/index.ts'
import { type Call, caller, initData, silent, type TestAuthority } from './support.ts'

const ROOT = join(import.meta.dirname, '../../..')
export const NODE = join(ROOT, 'node_modules/.bin/node')
export const WRIT = join(ROOT, 'packages/cli/bin/writ.js')

/** The settings of one authority, all in one folder but for its store where that is a PostgreSQL. */
export type Settings = Readonly<Record<string, string>>

export async function settingsIn(folder: string, postgresUrl?: string): Promise<Settings> {
  if (postgresUrl === undefined) await initData(folder)
  return {
    WRIT_LISTEN: '127.0.0.1:0',
    WRIT_DATABASE_URL: postgresUrl ?? join(folder, 'data'),
    WRIT_MASTER_KEY_FILE: join(folder, 'master.key'),
  }
}

export interface Served {
  readonly url: string
  /** The administrator's. */
  readonly key: string
  readonly call: Call
  readonly child: ChildProcess
  /** What it has logged so far. */
  readonly log: () => string
  /** Sends the signal, if any. @returns the exit code, `null` where a signal ended it */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

/** A real `writ serve`, as a process of its own. It goes with the test. */
export async function serve(folder: string, settings: Settings): Promise<Served> {
  const keyFile = join(folder, 'admin.key')
  const kept = Object.entries(process.env).filter(([name]) => !/^(WRIT_|VITEST|NODE_|npm_)/.test(name))
  const child = spawn(NODE, [WRIT, 'serve', '--bootstrap-key', keyFile, '--log-level', 'warn'], {
    cwd: ROOT,
    env: { ...Object.fromEntries(kept), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  let log = ''
  child.stderr.on('data', (chunk) => {
    log += String(chunk)
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const said = /http:\/\/[\d.]+:\d+/.exec(String(chunk))
      if (said !== null) resolve(said[0])
    })
    void exited.then(([code]) => reject(new Error(`it ended with ${code}: ${log}`)))
  })
  const key = readFileSync(keyFile, 'utf8').trim()
  const end = async (signal?: NodeJS.Signals): Promise<number | null> => {
    if (signal !== undefined) child.kill(signal)
    return (await exited)[0] as number | null
  }
  return { url, key, call: caller(url, key), child, log: () => log, end }
}

/** The authority of a process that has ended, started in this one to be looked into. */
export async function startHere(folder: string, settings: Settings, more: Partial<StartOptions> = {}): Promise<TestAuthority> {
  const running = await start({ config: readConfig(settings), log: silent, ...more })
  const as = (key: string | undefined): Call => caller(running.url, key)
  const key = readFileSync(join(folder, 'admin.key'), 'utf8').trim()
  return { ...running, as, key, call: as(key) }
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20))
}
