import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { isLoopback } from './setting-forms.ts'
import { StartError } from './start-error.ts'

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof StartError && error.code === 'CONFIG_INVALID') return (error as StartError<'CONFIG_INVALID'>).details.problems
    throw error
  }
  return []
}

test('an empty environment listens on loopback and keeps its data in ./.writ', () => {
  expect(readConfig({})).toEqual({
    listen: { host: '127.0.0.1', port: 7070 },
    database: { kind: 'folder', path: resolve('.writ') },
    configHome: join(homedir(), '.config'),
    decisionRate: { count: 3_000_000, periodSeconds: 60, burst: 3_000_000 },
    managementRate: { count: 60_000, periodSeconds: 60, burst: 60_000 },
    addressRate: { count: 3_000, periodSeconds: 60, burst: 3_000 },
    stallSeconds: 120,
    drainSeconds: 0,
    guardIdentities: 5,
    guardMost: 100,
    guardPercent: 1,
    guardSecondPerson: 1000,
    importDays: 30,
    usageCorrectionDays: 3,
  })
})

test('a limit is a number in a period, or off', () => {
  expect(readConfig({ WRIT_RATE_LIMIT_ADDRESS: '5 per hour' }).addressRate).toEqual({ count: 5, periodSeconds: 3600, burst: 5 })
  expect(readConfig({ WRIT_RATE_LIMIT_DECISIONS: 'off' }).decisionRate).toBe('off')
})

test('a path may begin with the home folder, as in a file that no shell reads', () => {
  expect(readConfig({ WRIT_MASTER_KEY_FILE: '~/writ.key' }).masterKeyFile).toBe(join(homedir(), 'writ.key'))
  expect(readConfig({ WRIT_DATABASE_URL: '~other' }).database).toEqual({ kind: 'folder', path: resolve('~other') })
})

test('an empty variable counts as absent', () => {
  expect(readConfig({ WRIT_LISTEN: '', WRIT_PUBLIC_URL: ' ' }).listen.port).toBe(7070)
})

const refused: { name: string; env: Record<string, string>; word: string }[] = [
  { name: 'a limit of nothing', env: { WRIT_RATE_LIMIT_ADDRESS: '0 per minute' }, word: 'WRIT_RATE_LIMIT_ADDRESS' },
  { name: 'a limit without a period', env: { WRIT_RATE_LIMIT_DECISIONS: '100' }, word: 'WRIT_RATE_LIMIT_DECISIONS' },
  { name: 'connections without number', env: { WRIT_MAX_CONNECTIONS: '0' }, word: 'WRIT_MAX_CONNECTIONS' },
  { name: 'a time with its unit', env: { WRIT_STALL_SECONDS: '30s' }, word: 'WRIT_STALL_SECONDS' },
  { name: 'a drain that takes hours', env: { WRIT_DRAIN_SECONDS: '7200' }, word: 'WRIT_DRAIN_SECONDS' },
  { name: 'a port without a host', env: { WRIT_LISTEN: '7070' }, word: 'WRIT_LISTEN' },
  { name: 'a port past 65535', env: { WRIT_LISTEN: '127.0.0.1:65536' }, word: 'WRIT_LISTEN' },
  { name: 'another kind of database', env: { WRIT_DATABASE_URL: 'mysql://h/db' }, word: 'WRIT_DATABASE_URL' },
  { name: 'a public URL with a query', env: { WRIT_PUBLIC_URL: 'https://writ.example/?a=1' }, word: 'WRIT_PUBLIC_URL' },
  { name: 'a public URL of another scheme', env: { WRIT_PUBLIC_URL: 'ftp://writ.example' }, word: 'WRIT_PUBLIC_URL' },
  { name: 'a proxy named by word', env: { WRIT_BEHIND_PROXY: 'true' }, word: 'WRIT_BEHIND_PROXY' },
  { name: 'a network with too many bits', env: { WRIT_BEHIND_PROXY: '10.0.0.0/33' }, word: 'WRIT_BEHIND_PROXY' },
  { name: 'plain HTTP off loopback', env: { WRIT_LISTEN: '0.0.0.0:7070' }, word: 'WRIT_BEHIND_PROXY' },
]
for (const { name, env, word } of refused) {
  test(`refuses ${name}, naming the variable`, () => {
    const problems = problemsOf(env)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(word)
  })
}

test('every problem is told at once', () => {
  expect(problemsOf({ WRIT_LISTEN: 'x', WRIT_PUBLIC_URL: 'y', WRIT_BEHIND_PROXY: 'z' })).toHaveLength(3)
})

test('plain HTTP off loopback is served behind a named proxy', () => {
  const config = readConfig({ WRIT_LISTEN: '0.0.0.0:80', WRIT_BEHIND_PROXY: '10.0.0.0/8, fd00::1' })
  expect(config.behindProxy).toEqual(['10.0.0.0/8', 'fd00::1'])
})

test('TLS off loopback needs no proxy, and is both files or none', () => {
  const files = { WRIT_TLS_CERT: '/c.pem', WRIT_TLS_KEY: '/k.pem' }
  expect(readConfig({ WRIT_LISTEN: '0.0.0.0:443', ...files })).toMatchObject({ tlsCert: '/c.pem', tlsKey: '/k.pem' })
  expect(problemsOf({ WRIT_LISTEN: '0.0.0.0:443', WRIT_TLS_CERT: '/c.pem' })).toEqual([expect.stringMatching(/WRIT_TLS_KEY/)])
  expect(problemsOf({ WRIT_TLS_KEY: '/k.pem' })).toHaveLength(1)
})

test('reads a bracketed IPv6 address, a postgres URL and a public URL', () => {
  const config = readConfig({
    WRIT_LISTEN: '[::1]:1',
    WRIT_DATABASE_URL: 'postgresql://u:p@db/writ',
    WRIT_PUBLIC_URL: 'https://writ.example/',
  })
  expect(config.listen).toEqual({ host: '::1', port: 1 })
  expect(config.database).toEqual({ kind: 'postgres', url: 'postgresql://u:p@db/writ' })
  expect(config.publicUrl).toBe('https://writ.example')
})

const hosts: [string, boolean][] = [
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['localhost', true],
  ['localhost.evil.example', false],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
]
for (const [host, want] of hosts) test(`${host} is ${want ? '' : 'not '}loopback`, () => expect(isLoopback(host)).toBe(want))
