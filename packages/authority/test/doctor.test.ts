import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { freshDatabase } from '@writ/testing/fresh-database'
import { afterAll, expect, test } from 'vitest'
import { openStore } from '../src/app/database.ts'
import { ofSkew } from '../src/doctor/finding.ts'
import { ofMemory, ofNode } from '../src/doctor/machine.ts'
import { ofMigrations, ofRecords, ofState } from '../src/doctor/of-store.ts'
import type { StoreState } from '../src/doctor/store.ts'
import { doctor } from '../src/index.ts'
import { migrations } from '../src/migrations/index.ts'
import { scratchFolder, startAuthority, testConfig } from './support.ts'

const levels = (found: readonly { check: string; level: string }[]) => Object.fromEntries(found.map(({ check, level }) => [check, level]))

test('a running authority on PostgreSQL is looked through, and nothing is changed', async () => {
  const folder = scratchFolder()
  const url = await freshDatabase()
  const config = testConfig(folder, { database: { kind: 'postgres', url } })
  const authority = await startAuthority(await openStore(config.database), folder, { config })
  afterAll(() => authority.close())
  const env = { WRIT_DATABASE_URL: url, XDG_CONFIG_HOME: config.configHome }
  const before = authority.authority.feed.revision
  const found = await doctor({ env, url: authority.url, peer: authority.url })
  expect(levels(found)).toMatchObject({
    'machine.node': 'ok',
    configuration: 'ok',
    'store.reachable': 'ok',
    'store.layout': 'ok',
    'clock.store': 'ok',
    'clock.server': 'ok',
    'clock.peer': 'ok',
    'keys.master': 'ok',
    'keys.root': 'warn',
    'keys.signing': 'ok',
    'store.backup': 'warn',
    'server.ready': 'ok',
  })
  expect(found.filter(({ level, fix }) => level !== 'ok' && fix === undefined)).toEqual([])
  expect(authority.authority.feed.revision).toBe(before)

  const elsewhere = await doctor({ env: { ...env, XDG_CONFIG_HOME: join(folder, 'elsewhere') }, url: authority.url })
  expect(elsewhere.find(({ check }) => check === 'keys.master')).toMatchObject({
    level: 'fail',
    says: expect.stringContaining('MASTER_KEY_MISSING'),
  })
})

test('faults are found, each with what to do, and no password is shown', async () => {
  const nobody = await doctor({
    env: { WRIT_DATABASE_URL: 'postgres://writ:secret-password@127.0.0.1:9/writ', WRIT_LISTEN: '127.0.0.1:9' },
    url: 'http://127.0.0.1:9',
  })
  expect(levels(nobody)).toMatchObject({ 'store.reachable': 'fail', 'server.ready': 'fail' })
  expect(JSON.stringify(nobody)).not.toContain('secret-password')
  const faulty = await doctor({ env: { WRIT_LISTEN: 'seventy', WRIT_PUBLIC_URL: 'ftp://x', WRIT_TLS_CERT: '/nowhere' } })
  expect(faulty.filter(({ check, level }) => check === 'configuration' && level === 'fail').length).toBe(3)
  for (const { level, fix } of [...nobody, ...faulty]) expect(level === 'ok' || (fix ?? '').length > 10).toBe(true)
})

test('an authority whose store is away, and a clock that is off, are told', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json', date: new Date(Date.now() + 120_000).toUTCString() })
    response.end(JSON.stringify({ status: 'store unavailable' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const found = await doctor({ env: { WRIT_DATABASE_URL: join(scratchFolder(), 'new') }, url })
  expect(levels(found)).toMatchObject({ 'server.ready': 'fail', 'clock.server': 'fail', 'store.reachable': 'ok' })
  expect(found.find(({ check }) => check === 'server.ready')?.fix).toMatch(/PostgreSQL/)
})

const well: StoreState = {
  version: '18.1',
  now: 0,
  bytes: 0,
  fsync: 'on',
  synchronousCommit: 'on',
  fullPageWrites: 'on',
  oldestTransaction: 0,
  isStandby: false,
  recordBytes: 0,
}
const cases: [name: string, state: Partial<StoreState>, want: string][] = [
  ['all is well', {}, 'clock.store ok'],
  ['fsync is off', { fsync: 'off' }, 'store.fsync fail'],
  ['commits are not waited for', { synchronousCommit: 'off' }, 'store.synchronous_commit fail'],
  ['torn pages', { fullPageWrites: 'off' }, 'store.full_page_writes fail'],
  ['a standby', { isStandby: true }, 'store.primary fail'],
  ['a transaction of an hour', { oldestTransaction: 3_600 }, 'store.transactions warn'],
  ['a clock ten seconds off', { now: 10_000 }, 'clock.store warn'],
]
for (const [name, state, want] of cases) {
  test(`${name}: ${want}`, () => {
    const [check = '', level] = want.split(' ')
    expect(levels(ofState({ ...well, ...state }, 0, 'postgres'))[check]).toBe(level)
  })
}

test('versions, memory, layouts and clocks are judged', () => {
  expect([ofNode('24.6.0').level, ofNode('24.7.0').level, ofNode('25.0.0').level]).toEqual(['fail', 'ok', 'ok'])
  expect([ofMemory(1 << 29).level, ofMemory(2 ** 32).level]).toEqual(['warn', 'ok'])
  const all = migrations.map(({ number }) => number)
  expect([undefined, all, all.slice(1), [...all, 9_999]].map((applied) => ofMigrations(applied, migrations).level)).toEqual([
    'ok',
    'ok',
    'warn',
    'fail',
  ])
  expect([1_000, -3_000, 31_000].map((skew) => ofSkew('c', 'it', skew).level)).toEqual(['ok', 'warn', 'fail'])
})

test('the embedded store never waits for its disk, and nobody is told to change that there', () => {
  const found = ofState({ ...well, fsync: 'off', fullPageWrites: 'off' }, 0, 'folder')
  expect(levels(found)).toEqual({ 'clock.store': 'ok', 'store.fsync': 'warn' })
})

test('records of decisions that grow for ever are told, unless somebody said how long they are kept', () => {
  expect(ofRecords({ recordBytes: 10 * 2 ** 30 - 1 }, {})).toEqual([])
  expect(ofRecords({ recordBytes: 30 * 2 ** 30 }, { decisionDays: 30 })).toEqual([])
  const [found] = ofRecords({ recordBytes: 30 * 2 ** 30 }, {})
  expect(found).toMatchObject({ check: 'store.records', level: 'warn', says: 'Decision records take 30 GiB and are kept for ever.' })
})
