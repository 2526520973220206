import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')
const WRIT = join(ROOT, 'packages/cli/bin/writ.js')
const NODE = join(ROOT, 'node_modules/.bin/node')

export interface Served {
  readonly url: string
  /** The administrator's key. */
  readonly key: string
  /** Calls the API as the administrator. @throws unless it succeeds */
  readonly done: (method: string, path: string, body?: unknown, key?: string) => Promise<ReturnType<typeof JSON.parse>>
  readonly stop: () => Promise<void>
}

/** A real authority as a process of its own, on a free port and an embedded store, with the built console. */
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
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += String(chunk)
      const [found] = /http:\/\/[^\s/]+:\d+/.exec(said) ?? []
      if (found !== undefined && said.includes('\n')) resolve(found)
    })
    child.once('close', (code) => reject(new Error(`it ended with ${code}, having said: ${said}`)))
  })
  const key = readFileSync(keyFile, 'utf8').trim()
  return {
    url,
    key,
    done: async (method, path, body, as = key) => {
      const response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${as}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return text === '' ? undefined : JSON.parse(text)
    },
    stop: async () => {
      if (child.exitCode !== null) return
      const closed = once(child, 'close')
      child.kill('SIGTERM')
      await closed
    },
  }
}
