import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from './folder-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const lockFile = () => join(folder, 'lock')
const holder = () => JSON.parse(readFileSync(lockFile(), 'utf8')) as Record<string, unknown>
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid

test('a lock names its process and goes when given back', () => {
  const release = lockFolder(folder)
  expect(holder()).toMatchObject({ pid: process.pid, host: hostname() })
  release()
  expect(readdirSync(folder)).toEqual([])
})

test('the same process does not open a folder twice', () => {
  const release = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'STORE_IN_USE' }))
  release()
  lockFolder(folder)()
})

test('a folder that a living process holds is refused', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(other.stdout, 'data')
  writeFileSync(lockFile(), JSON.stringify({ pid: other.pid, host: hostname() }))
  expect(() => lockFolder(folder)).toThrow(
    expect.objectContaining({ code: 'STORE_IN_USE', details: { folder, pid: other.pid, host: hostname() } }),
  )
  other.kill('SIGKILL')
  await once(other, 'exit')
  lockFolder(folder)()
})

test('the lock of a dead process is taken over', () => {
  writeFileSync(lockFile(), JSON.stringify({ pid: deadPid(), host: hostname() }))
  const release = lockFolder(folder)
  expect(holder()).toMatchObject({ pid: process.pid, host: hostname() })
  release()
})

test('a lock under our own pid that we never took is a dead one, as in a restarted container', () => {
  writeFileSync(lockFile(), JSON.stringify({ pid: process.pid, host: hostname() }))
  lockFolder(folder)()
})

test('after a restart of the machine, or of a container, another process that was given the pid has no lock', () => {
  const release = lockFolder(folder)
  const mine = holder()
  release()
  const taken = (more: object) => {
    writeFileSync(lockFile(), JSON.stringify({ ...mine, ...more, nonce: 'of another' }))
    try {
      lockFolder(folder)()
      return true
    } catch (error) {
      expect(error).toMatchObject({ code: 'STORE_IN_USE' })
      return false
    }
  }
  // Where a system does not say when a process began, its pid alone counts.
  const isSaid = platform() === 'linux'
  expect(taken({ pid: process.ppid, began: 'at another start 17' })).toBe(isSaid)
  expect(taken({ pid: process.ppid, began: undefined })).toBe(false)
  expect(taken({ pid: deadPid() })).toBe(true)
  // Of this very process, though another copy of this module took it, as in a worker thread.
  expect(taken({ pid: process.pid })).toBe(!isSaid)
  expect(taken({ pid: process.pid, began: 'at another start 17' })).toBe(true)
})

test('a folder whose lock was removed by hand, and taken by another since, stays with the other', () => {
  const release = lockFolder(folder)
  const other = JSON.stringify({ pid: process.ppid, host: hostname() })
  writeFileSync(lockFile(), other)
  release()
  expect(readFileSync(lockFile(), 'utf8')).toBe(other)
})

test('the lock of another host is never taken over', () => {
  writeFileSync(lockFile(), JSON.stringify({ pid: deadPid(), host: `not-${hostname()}` }))
  expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'STORE_IN_USE' }))
})

test('an unreadable lock is taken over, for a lock is only ever written whole', () => {
  writeFileSync(lockFile(), '{')
  lockFolder(folder)()
  expect(existsSync(lockFile())).toBe(false)
})
