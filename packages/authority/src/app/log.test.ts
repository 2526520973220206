import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const module = JSON.stringify(new URL('./log.ts', import.meta.url).href)

for (const [how, end, status] of [
  ['ends by itself', '', 0],
  ['is told to exit', 'process.exit(3)', 3],
  ['dies of an error', 'throw new Error("boom")', 1],
] as const) {
  test(`no line is lost when the process ${how}`, () => {
    const script = `import { makeLog } from ${module}; const log = makeLog(); for (let i = 0; i < 3; i++) log.info({ i }, 'line'); ${end}`
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(run.status).toBe(status)
    expect(run.stderr.split('\n').filter((line) => line.startsWith('{"level":30') && line.endsWith('"msg":"line"}'))).toHaveLength(3)
  })
}
