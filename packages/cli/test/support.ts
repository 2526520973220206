import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pc from 'picocolors'
import { afterAll } from 'vitest'
import { main } from '../src/main.ts'

export const ROOT = join(import.meta.dirname, '../../..')
export const WRIT = join(import.meta.dirname, '../bin/writ.js')
export const NODE = join(ROOT, 'node_modules/.bin/node')

export interface Ran {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}
type Environment = Readonly<Record<string, string | undefined>>

/** Nothing of this run: no key, no URL, no colours asked for. */
export function bareEnvironment(more: Environment = {}): Record<string, string> {
  const ours = /^(WRIT_|VITEST|NODE_|FORCE_COLOR|NO_COLOR|npm_)/
  const kept = Object.entries({ ...process.env }).filter(([name]) => !ours.test(name))
  const all = { ...Object.fromEntries(kept), ...more, PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}` }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

export async function run(command: string, args: readonly string[], env: Environment = {}, input?: string): Promise<Ran> {
  const child = spawn(command, args, { cwd: ROOT, env: bareEnvironment(env), stdio: ['pipe', 'pipe', 'pipe'] })
  // One that ends without reading its input is judged by what it says.
  child.stdin.on('error', () => {})
  child.stdin.end(input ?? '')
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { exitCode: exitCode as number | null, stdout, stderr }
}

/** The real bin, as a child. */
export function writ(args: readonly string[], env: Environment = {}, input?: string): Promise<Ran> {
  return run(NODE, [WRIT, ...args], env, input)
}

/** The same commands within this process, without its start each time: for many in a row. Nobody sits at either end. */
export async function writHere(args: readonly string[], env: Environment): Promise<Ran> {
  const said = { out: '', err: '' }
  const to = (which: keyof typeof said) => (line: string) => {
    said[which] += `${line}\n`
  }
  await main(args, { env, paint: pc.createColors(false), interactive: false, terminal: false, out: to('out'), err: to('err') })
  const exitCode = Number(process.exitCode ?? 0)
  process.exitCode = undefined
  return { exitCode, stdout: said.out, stderr: said.err }
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = ''
  for await (const chunk of stream) all += String(chunk)
  return all
}

/** A folder that goes with the test file. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'writ-cli-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface Served {
  readonly url: string
  readonly keyFile: string
  /** What a command needs to reach it. */
  readonly env: Record<string, string>
  readonly child: ChildProcess
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

/** `writ serve` as a child, on a free port, with everything in one folder. */
/** @param more environment over ours */
export async function serve(folder: string, keyFile = join(folder, 'admin.key'), more: Environment = {}): Promise<Served> {
  const env = {
    WRIT_LISTEN: '127.0.0.1:0',
    WRIT_DATABASE_URL: join(folder, 'data'),
    WRIT_MASTER_KEY_FILE: join(folder, 'master.key'),
    ...more,
  }
  const args = [WRIT, 'serve', '--bootstrap-key', keyFile, '--log-level', 'error']
  const child = spawn(NODE, args, { cwd: ROOT, env: bareEnvironment(env), stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null) return child.exitCode
    child.kill(signal)
    const [code] = await once(child, 'close')
    return code as number | null
  }
  const [url = ''] = /http:\/\/\S+:\d+/.exec(await printed(child, /\n/)) ?? []
  return { url, keyFile, child, stop, env: { WRIT_URL: url, WRIT_KEY_FILE: keyFile } }
}

/** What a child prints, once it has printed this. It goes on being read, so that it never waits for a reader. @throws when it ends before */
export function printed(child: ChildProcess, wanted: RegExp): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      said += String(chunk)
      if (wanted.test(said)) resolve(said)
    })
    child.once('close', (code) => reject(new Error(`it ended with ${code}, having said: ${said}`)))
  })
}

export function fileText(path: string): string {
  return readFileSync(path, 'utf8')
}
