import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

export const ROOT = join(import.meta.dirname, '../../..')
export const WRIT = join(ROOT, 'packages/cli/bin/writ.js')
export const NODE = join(ROOT, 'node_modules/.bin/node')

/** A folder that goes with the test file. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'writ-sdk-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface Served {
  readonly url: string
  readonly child: ChildProcess
  /** Calls the management API as the administrator. @throws unless it succeeds */
  readonly done: (method: string, path: string, body?: unknown) => Promise<ReturnType<typeof JSON.parse>>
  /** A key for an application: it may ask, consume and say what it knows, and manages nothing. */
  readonly appKey: () => Promise<{ readonly id: string; readonly key: string }>
  readonly stop: () => Promise<void>
}

/** A real authority as a process of its own, on a free port and an embedded store. */
export async function serve(folder: string): Promise<Served> {
  const keyFile = join(folder, 'admin.key')
  const env = {
    PATH: process.env.PATH ?? '',
    WRIT_LISTEN: '127.0.0.1:0',
    WRIT_DATABASE_URL: join(folder, 'data'),
    WRIT_MASTER_KEY_FILE: join(folder, 'master.key'),
  }
  const child = spawn(NODE, [WRIT, 'serve', '--bootstrap-key', keyFile, '--log-level', 'error'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await printedUrl(child)
  const admin = readFileSync(keyFile, 'utf8').trim()
  const done: Served['done'] = async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${admin}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const scopes = ['decide', 'consume', 'assert:identity', 'assert:resource', 'assert:context', 'assert:proofs']
  return {
    url,
    child,
    done,
    appKey: () => done('POST', '/v1/api-keys', { name: 'app', scopes }),
    stop: async () => {
      child.kill('SIGCONT')
      if (child.exitCode !== null) return
      const closed = once(child, 'close')
      child.kill('SIGTERM')
      await closed
    },
  }
}

function printedUrl(child: ChildProcess): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      said += String(chunk)
      const [url] = /http:\/\/\S+:\d+/.exec(said) ?? []
      if (url !== undefined && said.includes('\n')) resolve(url)
    })
    child.once('close', (code) => reject(new Error(`it ended with ${code}, having said: ${said}`)))
  })
}
