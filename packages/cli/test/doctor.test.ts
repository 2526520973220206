import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scratchFolder, serve, writ } from './support.ts'

const folder = scratchFolder()

test('looks through what is there, says what to mend, and ends with 1 while something is', { timeout: 120_000 }, async () => {
  const served = await serve(folder)
  const env = { WRIT_MASTER_KEY_FILE: join(folder, 'master.key'), WRIT_DATABASE_URL: join(folder, 'data'), NO_COLOR: '1' }
  const doctor = (...args: string[]) => writ(['doctor', '--url', served.url, ...args], env)

  const running = await doctor('--json')
  const { findings, failed } = JSON.parse(running.stdout) as { findings: { check: string; level: string; fix?: string }[]; failed: number }
  expect([running.exitCode, failed]).toEqual([0, 0])
  expect(findings.find(({ check }) => check === 'server.ready')).toMatchObject({ level: 'ok' })
  // Whatever is not well says what to do.
  expect(findings.filter(({ level, fix }) => level !== 'ok' && fix === undefined)).toEqual([])

  chmodSync(env.WRIT_MASTER_KEY_FILE, 0o644)
  await served.stop()
  const stopped = await doctor()
  expect(stopped.exitCode).toBe(1)
  expect(stopped.stdout).toMatch(/^fail {2}server\.ready .*\n +do: /m)
  expect(stopped.stdout).toMatch(/^fail {2}keys\.master .*\n +do: chmod 600 /m)
  expect(stopped.stdout).toMatch(/^warn {2}store\.fsync .*\n +do: .*PostgreSQL/m)
  expect(stopped.stdout).toMatch(/\d to mend, \d to think about\.$/m)

  const odd = await writ(['doctor'], { ...env, WRIT_LISTEN: 'nowhere' })
  expect([odd.exitCode, odd.stdout]).toEqual([1, expect.stringContaining('WRIT_LISTEN must be HOST:PORT')])
})
