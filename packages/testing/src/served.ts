import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../../..')
export const WRIT = join(ROOT, 'packages/cli/bin/writ.js')
export const NODE = join(ROOT, 'node_modules/.bin/node')

export interface Served {
  readonly url: string
  readonly child: ChildProcess
  /** The administrator's key. */
  readonly key: string
  /** Calls the API, as the administrator unless another key is given. @throws unless it succeeds */
  readonly done: (method: string, path: string, body?: unknown, key?: string) => Promise<ReturnType<typeof JSON.parse>>
  /** A key for an application: it may ask, consume and say what it knows, and manages nothing. */
  readonly appKey: () => Promise<{ readonly id: string; readonly key: string }>
  readonly stop: () => Promise<void>
}

/**
 * A real authority as a process of its own, on an embedded store, with the built console if there is one.
 * @param folder of its store and keys; given again, the same authority comes back
 * @param port default: a free one @param database the URL of a PostgreSQL; default: a store in the folder
 */
export async function serve(folder: string, port = 0, database = join(folder, 'data'), settings: object = {}): Promise<Served> {
  const keyFile = join(folder, 'admin.key')
  const env = {
    PATH: process.env.PATH ?? '',
    WRIT_LISTEN: `127.0.0.1:${port}`,
    WRIT_DATABASE_URL: database,
    WRIT_MASTER_KEY_FILE: join(folder, 'master.key'),
    ...settings,
  }
  const first = existsSync(keyFile) ? [] : ['--bootstrap-key', keyFile]
  const child = spawn(NODE, [WRIT, 'serve', ...first, '--log-level', 'error'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await printedUrl(child)
  const key = readFileSync(keyFile, 'utf8').trim()
  const done: Served['done'] = async (method, path, body, as = key) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${as}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
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
    key,
    done,
    appKey: () => done('POST', '/v1/api-keys', { name: 'app', scopes }),
    stop: async () => {
      child.kill('SIGCONT')
      if (child.exitCode !== null || child.signalCode !== null) return
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
      const [url] = /http:\/\/[^\s/]+:\d+/.exec(said) ?? []
      if (url !== undefined && said.includes('\n')) resolve(url)
    })
    child.once('close', (code) => reject(new Error(`it ended with ${code}, having said: ${said}`)))
  })
}
