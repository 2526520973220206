import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'writ-image-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the first stage of the image runs, in a folder that has what it copies; then what the second starts. */
test('the steps of the image lead to an authority that serves', { timeout: 600_000 }, async () => {
  const [first = '', second = ''] = readFileSync(join(root, 'examples/operations/Dockerfile'), 'utf8')
    .split(/^FROM .*$/m)
    .slice(1)
  const ignored = readFileSync(join(root, 'examples/operations/Dockerfile.dockerignore'), 'utf8').trim().split('\n')
  const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  }).split('\0')
  for (const path of tracked.filter((path) => path !== '' && !ignored.some((pattern) => matches(path, pattern)))) {
    cpSync(join(root, path), join(folder, path))
  }
  // As this machine reaches npm, and with nothing else of this run.
  const ours = /^(WRIT_|VITEST|NODE_(OPTIONS|ENV|PATH)|npm_(package|lifecycle)_)/
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name))
  const env = { ...Object.fromEntries(kept), PATH: `${dirname(process.execPath)}:${process.env.PATH}` }
  const steps = [...first.matchAll(/^RUN (.*)$/gm)].map(([, step = '']) => step)
  expect(steps.length).toBeGreaterThan(1)
  for (const step of steps) execFileSync('sh', ['-c', step], { cwd: folder, env, stdio: 'pipe' })

  const [, entry = '[]'] = /^ENTRYPOINT (.*)$/m.exec(second) ?? []
  const [command = '', ...args] = JSON.parse(entry) as string[]
  const child = spawn(command, [...args, 'serve'], {
    cwd: folder,
    env: { ...env, WRIT_LISTEN: '127.0.0.1:0', WRIT_DATABASE_URL: join(folder, 'data'), WRIT_MASTER_KEY_FILE: join(folder, 'master.key') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += String(chunk)
        const [, at] = /serves on (http:\/\/127\.0\.0\.1:\d+)/.exec(said) ?? []
        if (at !== undefined) resolve(at)
      })
    }
    child.once('exit', () => reject(new Error(said)))
  })
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  expect((await fetch(`${url}/console/`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
})

function matches(path: string, pattern: string): boolean {
  if (pattern === '**/*.test.ts') return path.endsWith('.test.ts')
  if (pattern.startsWith('**/')) return path.split('/').includes(pattern.slice(3))
  return path === pattern || path.startsWith(`${pattern}/`)
}
