import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bareEnvironment, NODE, printed, type Ran, ROOT, run, scratchFolder } from './support.ts'

const DEMO = join(import.meta.dirname, '../src/demo/main.ts')

describe('npm run demo -- --once', () => {
  const folder = scratchFolder()
  let ran: Ran
  beforeAll(async () => {
    // No home at all: whatever it writes is in its temporary folder.
    ran = await run('npm', ['run', 'demo', '--', '--once'], { HOME: '/nonexistent', XDG_CONFIG_HOME: undefined, TMPDIR: folder })
  }, 180_000)

  test('everything comes out as stated, and it ends with 0', () => {
    expect(ran.stdout).toMatch(/✓ Everything came out as stated: \d+ steps, \d+ statements/)
    expect(ran.stdout + ran.stderr).not.toContain('NOT AS STATED')
    expect(ran.exitCode).toBe(0)
  })

  const reasons = [
    ['not_entitled', /what would help: upgrade to standard or enterprise/],
    ['outside_hours', /what would help: wait until \S+Z/],
    ['outside_region', /from the United States/],
    ['step_up_required', /what would help: step up to phr or phrh, at most 15 minutes old/],
    ['seats_exhausted', /is the 28th/],
    ['quota_exhausted', /the 1,001st/],
    ['license_expired', /what would help: renew the licence/],
    ['license_suspended', /what would help: contact the vendor/],
    ['identity_revoked', /the next question/],
  ] as const
  for (const [reason, beside] of reasons) {
    test(`${reason} is shown in words, with what would help`, () => {
      expect(ran.stdout).toMatch(new RegExp(`✗ refused {2}${reason} {2}[A-Z]`))
      expect(ran.stdout).toMatch(beside)
    })
  }

  test('what depends on the time of day or on dates says simulated', () => {
    for (const line of ran.stdout.split('\n').filter((text) => /outside_hours|outside_region|license_expired/.test(text))) {
      expect(line).toMatch(/simulated$/)
    }
  })

  test('a license file verifies without a network, and a flipped byte does not', () => {
    expect(ran.stdout).toMatch(/it is given no URL and no key/)
    expect(ran.stdout).toMatch(/✓ verified: lic_\w+, enterprise; exit code 0/)
    expect(ran.stdout).toMatch(/✓ refused: LICENSE_SIGNATURE_INVALID; exit code 1/)
  })

  test('an application decides by itself, hears of a suspension, goes on without the authority, and misses nothing', () => {
    expect(ran.stdout).toMatch(/✓ all of them were decided in this process, and none was asked/)
    expect(ran.stdout).toMatch(/✓ refused: license_suspended, \d+ ms after the vendor had its answer/)
    expect(ran.stdout).toMatch(/✓ an application that only asks is told facts_stale, and that it is an outage/)
    expect(ran.stdout).toMatch(/✓ refused: license_suspended, \d+ ms after the wire was mended/)
  })

  test('a device’s file is of use nowhere else, and hears by a list that it ended', () => {
    expect(ran.stdout).toMatch(/✓ refused: DEVICE_MISMATCH/)
    expect(ran.stdout).toMatch(/✓ with the list: refused, license_suspended/)
  })

  test('what a change would take is said before it is made, and so is what time will take', () => {
    expect(ran.stdout).toMatch(/✓ 27 people would lose what they have/)
    expect(ran.stdout).toMatch(/✓ held: CONFIRMATION_REQUIRED, until somebody confirms just that/)
    expect(ran.stdout).toMatch(/✓ the licence of acme ends: 27 people lose it from \S+Z on/)
  })

  test('without a terminal there are no colours, and nothing is left behind', () => {
    expect(ran.stdout).not.toContain('\u001b')
    expect(readdirSync(folder).filter((name) => name.startsWith('writ-demo-'))).toEqual([])
  })
})

describe('npm run demo', () => {
  const folder = scratchFolder()
  const child = spawn(NODE, [DEMO], { cwd: ROOT, env: bareEnvironment({ TMPDIR: folder }), stdio: ['ignore', 'pipe', 'inherit'] })
  afterAll(() => child.kill('SIGKILL'))

  test('goes on serving after the tour, names a key file that works, and Ctrl-C ends it with 0, leaving nothing', async () => {
    const said = await printed(child, /Ctrl-C stops it/)
    const url = /WRIT_URL=(\S+)/.exec(said)?.[1] ?? ''
    const keyFile = /WRIT_KEY_FILE=(\S+)/.exec(said)?.[1] ?? ''
    expect(existsSync(keyFile)).toBe(true)
    const { stdout, exitCode } = await run(NODE, [join(ROOT, 'packages/cli/bin/writ.js'), 'license', 'list'], {
      WRIT_URL: url,
      WRIT_KEY_FILE: keyFile,
    })
    expect({ rows: stdout.trim().split('\n').length, exitCode }).toEqual({ rows: 4, exitCode: 0 })
    child.kill('SIGINT')
    const [code] = await once(child, 'close')
    expect(code).toBe(0)
    expect(readdirSync(folder).filter((name) => name.startsWith('writ-demo-'))).toEqual([])
  }, 180_000)
})

describe('a process that is cut off by the preload alone', () => {
  const noNetwork = pathToFileURL(join(import.meta.dirname, '../src/demo/no-network.ts')).href
  const attempts: [name: string, code: string][] = [
    ['fetches nothing', "await fetch('http://127.0.0.1:9')"],
    ['opens no connection', "(await import('node:net')).connect(9, '127.0.0.1')"],
    ['sends no datagram', "(await import('node:dgram')).createSocket('udp4').send('x', 9, '127.0.0.1')"],
    ['asks no name server', "await (await import('node:dns/promises')).lookup('localhost')"],
    ['makes no request', "(await import('node:http')).get('http://127.0.0.1:9')"],
  ]
  for (const [name, code] of attempts) {
    test(name, async () => {
      const { stderr, exitCode } = await run(NODE, ['--import', noNetwork, '--input-type=module', '-e', code])
      expect(stderr).toContain('this process has no network')
      expect(exitCode).toBe(1)
    })
  }
})
