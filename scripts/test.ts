/**
 * Everything that must hold, in one run: `npm test`. `--all` adds the long tests (`*.long.test.ts`).
 * The last line says `N passed, N failed`: each check counts as one, each test as one.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { needChromium } from './chromium.ts'
import { type Count, countTests } from './count-tests.ts'

const root = join(import.meta.dirname, '..')
const bin = join(root, 'node_modules', '.bin')
// Also right when started without `npm run`: every child gets the pinned Node and tools.
process.env.PATH = `${bin}${delimiter}${process.env.PATH ?? ''}`
if (process.argv.includes('--all')) process.env.WRIT_TEST_ALL = '1'

const CHECKS: [name: string, command: string, ...args: string[]][] = [
  ['types', 'tsc', '-p', '.'],
  ['types of the console', 'tsc', '-p', 'packages/console'],
  ['types of the page among the examples', 'tsc', '-p', 'examples/react'],
  ['format and lint', 'biome', 'ci', '--colors=off', '--max-diagnostics=100', '.'],
  ['imports and source rules', 'node', 'scripts/check-imports.ts'],
  ['documentation', 'node', 'scripts/check-docs.ts'],
  ['unused code', 'knip', '--no-progress', '--no-config-hints'],
]

async function run(name: string, command: string, args: string[]): Promise<boolean> {
  console.log(`\n> ${name}`)
  const started = performance.now()
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  const [code] = await Promise.race([once(child, 'close'), once(child, 'error')])
  console.log(`${code === 0 ? 'ok' : 'FAILED'}: ${name}, ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return code === 0
}

async function runTests(): Promise<Count> {
  try {
    process.env.WRIT_CHROMIUM = needChromium(console.log)
  } catch (error) {
    console.log(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1 }
  }
  const report = join(root, '.cache', 'vitest.json')
  mkdirSync(join(root, '.cache'), { recursive: true })
  rmSync(report, { force: true })
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const good = await run('tests', 'vitest', args)
  try {
    return countTests(JSON.parse(readFileSync(report, 'utf8')), good)
  } catch {
    return { passed: 0, failed: 1 }
  }
}

const total: Count = { passed: 0, failed: 0 }
for (const [name, command, ...args] of CHECKS) total[(await run(name, command, args)) ? 'passed' : 'failed'] += 1
const tests = await runTests()
total.passed += tests.passed
total.failed += tests.failed
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
