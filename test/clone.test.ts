import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')
const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

/** What a newcomer has: the machine's own Node and npm, and nothing of this run. */
const env = Object.fromEntries(
  Object.entries(process.env)
    .filter(([name]) => !/^(npm_|WRIT_|VITEST|NODE_|VITE_|TEST$|DEV$|PROD$|MODE$|INIT_CWD$)/i.test(name))
    .map(([name, value]) => [name, name === 'PATH' ? withoutOurTools(value ?? '') : value]),
)

function withoutOurTools(path: string): string {
  return path
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter)
}

const minutes = (n: number) => n * 60_000
let clone: string

/** `mktemp -d` is open to its owner alone, as a newcomer's may be: what needs another account must cope. */
beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'writ-clone-'))
  await run('git', ['clone', '--quiet', root, clone], { env })
  await run('npm', ['ci'], { cwd: clone, env, timeout: minutes(8) })
}, minutes(9))

afterAll(() => rm(clone, { recursive: true, force: true }), minutes(1))

test('a clone installs with npm ci, and the tree stays clean', async () => {
  const { stdout } = await run('git', ['status', '--porcelain'], { cwd: clone, env })
  expect(stdout).toBe('')
})

test('in a clone npm run has the pinned Node, whatever the machine has', async () => {
  const { devDependencies } = JSON.parse(await readFile(join(clone, 'package.json'), 'utf8')) as { devDependencies: { node: string } }
  const { stdout } = await run('npm', ['exec', '--silent', '--call', 'node --version'], { cwd: clone, env })
  expect(stdout.trim()).toBe(`v${devDependencies.node}`)
})

test('in a clone PostgreSQL starts, though its account cannot enter the folder', async () => {
  const script = `const { startPostgres } = await import('./packages/testing/src/postgres.ts')
    const { pid, stop } = await startPostgres({ durable: false })
    await stop()
    console.log(pid > 0)`
  const { stdout } = await run('npm', ['exec', '--silent', '--', 'node', '--input-type=module', '-e', script], { cwd: clone, env })
  expect(stdout.trim()).toBe('true')
})

if (scripts.demo !== undefined) {
  test(
    'in a clone the demo runs to its end and shows each refusal with its reason',
    async () => {
      const { stdout } = await run('npm', ['run', 'demo', '--', '--once'], {
        cwd: clone,
        env,
        timeout: minutes(4),
        maxBuffer: 64 * 1024 * 1024,
      })
      const reasons = ['not_entitled', 'outside_hours', 'quota_exhausted', 'seats_exhausted', 'license_expired', 'step_up_required']
      for (const reason of [...reasons, 'license_suspended', 'identity_revoked', 'simulated']) expect(stdout).toContain(reason)
    },
    minutes(5),
  )
}
