import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeKeyText } from '@writ/license'
import { describe, expect, test } from 'vitest'
import { fileText, NODE, ROOT, run, scratchFolder, WRIT, writ } from './support.ts'

const folder = scratchFolder()
const atlas = join(ROOT, 'examples/atlas.terms.yaml')
const KEY = makeKeyText('api').exposeText()
/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9'

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('the command line', () => {
  const cases: { name: string; args: string[]; exitCode: number; says: RegExp; env?: Record<string, string> }[] = [
    { name: 'nothing shows the help', args: [], exitCode: 0, says: /Exit codes:/ },
    { name: '--help', args: ['license', '--help'], exitCode: 0, says: /change-plan/ },
    { name: '--version', args: ['--version'], exitCode: 0, says: /^\d+\.\d+\.\d+$/m },
    { name: 'a mistyped command', args: ['lisence'], exitCode: 2, says: /Did you mean license\?/ },
    { name: 'a mistyped subcommand', args: ['terms', 'chekc'], exitCode: 2, says: /Did you mean check\?/ },
    { name: 'a mistyped option', args: ['check', '-f', 'x', '--identiy', 'ann'], exitCode: 2, says: /Did you mean --identity\?/ },
    { name: 'an argument too few', args: ['org', 'create'], exitCode: 2, says: /missing required argument 'title'/ },
    { name: 'a required option that is missing', args: ['check'], exitCode: 2, says: /required option '-f, --feature/ },
    { name: 'a file that is not there', args: ['terms', 'check', 'nowhere.yaml'], exitCode: 2, says: /FILE_UNREADABLE.*ENOENT/ },
    { name: 'no key', args: ['org', 'list'], exitCode: 3, says: /KEY_MISSING[\s\S]*next: .*WRIT_KEY_FILE/ },
    { name: 'a mistyped key', args: ['org', 'list'], exitCode: 3, says: /KEY_MALFORMED/, env: { WRIT_KEY: `${KEY}x` } },
    {
      name: 'nobody there',
      args: ['org', 'list'],
      exitCode: 3,
      says: /UNREACHABLE[\s\S]*npm start/,
      env: { WRIT_KEY: KEY, WRIT_URL: NOWHERE },
    },
    { name: 'a URL that is none', args: ['org', 'list'], exitCode: 2, says: /WRIT_URL/, env: { WRIT_URL: 'seventy' } },
    {
      name: 'an unconfirmed revocation',
      args: ['license', 'revoke', 'l'],
      exitCode: 2,
      says: /NOT_CONFIRMED[\s\S]*--yes/,
      env: { WRIT_KEY: KEY },
    },
    {
      name: 'a time that is none',
      args: ['explain', '-f', 'x', '--at', 'noon'],
      exitCode: 2,
      says: /--at takes a time/,
      env: { WRIT_KEY: KEY },
    },
    {
      name: 'an amount that is none',
      args: ['check', '-f', 'x', '--consume', '-1'],
      exitCode: 2,
      says: /whole number/,
      env: { WRIT_KEY: KEY },
    },
    {
      name: 'a fact that is not JSON',
      args: ['check', '-f', 'x', '--context', 'a:={'],
      exitCode: 2,
      says: /not JSON/,
      env: { WRIT_KEY: KEY },
    },
    {
      name: 'a resource without a name',
      args: ['check', '-f', 'x', '--region', 'eu'],
      exitCode: 2,
      says: /--resource/,
      env: { WRIT_KEY: KEY },
    },
    { name: 'two holders', args: ['license', 'issue', '-p', 'a', '--plan', 'b'], exitCode: 2, says: /one holder/, env: { WRIT_KEY: KEY } },
  ]
  for (const { name, args, exitCode, says, env = {} } of cases) {
    test.concurrent(`${name} ends with ${exitCode}`, async () => {
      const ran = await writ(args, env)
      expect(ran.stdout + ran.stderr).toMatch(says)
      expect(ran.exitCode).toBe(exitCode)
    })
  }

  test('a failure under --json is one line of JSON on standard error', async () => {
    const { stdout, stderr, exitCode } = await writ(['org', 'list', '--json'], { WRIT_KEY: KEY, WRIT_URL: NOWHERE })
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 3 })
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'UNREACHABLE', next: expect.stringContaining('WRIT_URL') } })
    expect(stderr.trim()).not.toContain('\n')
  })

  test('a key is in no output', async () => {
    const ran = await writ(['org', 'list', '--json'], { WRIT_KEY: KEY, WRIT_URL: NOWHERE })
    expect(ran.stdout + ran.stderr).not.toContain(KEY.slice(10))
  })

  test('without a terminal nothing is coloured', async () => {
    const { stdout } = await writ(['terms', 'check', atlas], { TERM: 'xterm-256color' })
    expect(stdout).not.toContain('\u001b')
  })

  test('an older Node is told what to do, before it meets a line that it cannot read', async () => {
    const old = "Object.defineProperty(process.versions, 'node', { value: '20.19.0' }); await import(process.argv[1])"
    const ran = await run(NODE, ['--input-type=module', '-e', old, WRIT])
    expect(ran.stderr).toMatch(/needs Node 24\.7 or newer; this is Node 20\.19\.0\.\n.*npm run -s writ/)
    expect(ran.exitCode).toBe(2)
  })

  test('npm start is writ serve, and npm run writ is writ', () => {
    const { scripts } = JSON.parse(fileText(join(ROOT, 'package.json'))) as { scripts: Record<string, string> }
    expect([scripts.start, scripts.writ]).toEqual(['writ serve', 'writ'])
  })
})

describe('writ terms', () => {
  test('check passes the example and ends with 0', async () => {
    const { stdout, exitCode } = await writ(['terms', 'check', atlas])
    expect({ stdout, exitCode }).toEqual({ stdout: '✓ 1 file: 0 errors, 0 warnings\n', exitCode: 0 })
  })

  test('check shows every fault at its place with the line, a caret and a suggestion, and ends with 1', async () => {
    const source =
      'terms: 1\nproduct: shop\nfeatures:\n  a.view: {}\nroles:\n  user: [a.veiw]\nplans:\n  one: { includes: { a.view: { rate: fast } } }\n'
    const path = file('faulty.yaml', source)
    const { stdout, exitCode } = await writ(['terms', 'check', path])
    expect(stdout).toContain(
      `${path}:6:10 error UNKNOWN_FEATURE There is no feature "a.veiw".\n    user: [a.veiw]\n           ^\n  help: Did you mean "a.view"?`,
    )
    expect(stdout).toMatch(/:8:\d+ error /)
    expect(stdout).toMatch(/✗ 1 file: 2 errors, 0 warnings\n$/)
    expect(exitCode).toBe(1)
  })

  test('check --json gives the findings of each file', async () => {
    const path = file('bad.yaml', 'terms: 1\n')
    const { stdout, exitCode } = await writ(['terms', 'check', atlas, path, '--json'])
    const { files, errors } = JSON.parse(stdout) as {
      files: { file: string; findings: { line: number; code: string }[] }[]
      errors: number
    }
    expect(files.map((each) => each.file)).toEqual([atlas, path])
    expect(files[0]?.findings).toEqual([])
    expect(files[1]?.findings.length).toBe(errors)
    expect(errors).toBeGreaterThan(0)
    expect(exitCode).toBe(1)
  })

  test('check reads standard input as -', async () => {
    expect(await writ(['terms', 'check', '-'], {}, fileText(atlas))).toMatchObject({ exitCode: 0 })
  })

  test('show prints the canonical form, which shows as itself', async () => {
    const first = await writ(['terms', 'show', atlas])
    const second = await writ(['terms', 'show', '-'], {}, first.stdout)
    expect(first.exitCode).toBe(0)
    expect(first.stdout).toContain('product: atlas')
    expect(second.stdout).toBe(first.stdout)
  })
})
