import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname, platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lockFolder } from './folder-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const lockFile = () => join(folder, 'lock')
const holder = () => JSON.parse(readFileSync(lockFile(), 'utf8')) as Record<string, unknown>
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid

test('a lock names its process and goes when given back', async () => {
  const release = await lockFolder(folder)
  expect(holder()).toMatchObject({ pid: process.pid, host: hostname() })
  release()
  expect(readdirSync(folder)).toEqual([])
})

test('the same process does not open a folder twice', async () => {
  const release = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(expect.objectContaining({ code: 'STORE_IN_USE' }))
  release()
  ;(await lockFolder(folder))()
})

test('a folder that a living process holds is refused', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(other.stdout, 'data')
  writeFileSync(lockFile(), JSON.stringify({ pid: other.pid, host: hostname() }))
  await expect(lockFolder(folder)).rejects.toThrow(
    expect.objectContaining({ code: 'STORE_IN_USE', details: { folder, pid: other.pid, host: hostname() } }),
  )
  other.kill('SIGKILL')
  await once(other, 'exit')
  ;(await lockFolder(folder))()
})

test('the lock of a dead process is taken over', async () => {
  writeFileSync(lockFile(), JSON.stringify({ pid: deadPid(), host: hostname() }))
  const release = await lockFolder(folder)
  expect(holder()).toMatchObject({ pid: process.pid, host: hostname() })
  release()
})

test('a lock under our own pid that we never took is a dead one, as in a restarted container', async () => {
  writeFileSync(lockFile(), JSON.stringify({ pid: process.pid, host: hostname() }))
  ;(await lockFolder(folder))()
})

test('after a restart of the machine, or of a container, another process that was given the pid has no lock', async () => {
  const release = await lockFolder(folder)
  const mine = holder()
  release()
  const taken = async (more: object) => {
    writeFileSync(lockFile(), JSON.stringify({ ...mine, ...more, nonce: 'of another' }))
    try {
      ;(await lockFolder(folder))()
      return true
    } catch (error) {
      expect(error).toMatchObject({ code: 'STORE_IN_USE' })
      return false
    }
  }
  // Where a system does not say when a process began, its pid alone counts.
  const isSaid = platform() === 'linux'
  expect(await taken({ pid: process.ppid, began: 'at another start 17' })).toBe(isSaid)
  expect(await taken({ pid: process.ppid, began: undefined })).toBe(false)
  expect(await taken({ pid: deadPid() })).toBe(true)
  // Of this very process, though another copy of this module took it, as in a worker thread.
  expect(await taken({ pid: process.pid })).toBe(!isSaid)
  expect(await taken({ pid: process.pid, began: 'at another start 17' })).toBe(true)
})

test('a living process is heard though its pid is not seen, as of another container with the same host name; killed, it is not', async () => {
  const code = `import(${JSON.stringify(new URL('folder-lock.ts', import.meta.url))}).then(({ lockFolder }) => lockFolder(${JSON.stringify(folder)}))
    .then(() => { setInterval(() => {}, 1000); console.log('up') })`
  const other = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(other.stdout, 'data')
  writeFileSync(lockFile(), JSON.stringify({ ...holder(), pid: deadPid() }))
  if (platform() === 'linux') await expect(lockFolder(folder)).rejects.toThrow(expect.objectContaining({ code: 'STORE_IN_USE' }))
  other.kill('SIGKILL')
  await once(other, 'exit')
  ;(await lockFolder(folder))()
  expect(readdirSync(folder)).toEqual([])
})

test('a folder whose lock was removed by hand, and taken by another since, stays with the other', async () => {
  const release = await lockFolder(folder)
  const other = JSON.stringify({ pid: process.ppid, host: hostname() })
  writeFileSync(lockFile(), other)
  release()
  expect(readFileSync(lockFile(), 'utf8')).toBe(other)
})

test('where no socket can be had the lock names none, and pids alone count', async () => {
  const taken = '00000000-0000-4000-8000-000000000000'
  writeFileSync(join(folder, `lock.${taken}`), '')
  vi.spyOn(crypto, 'randomUUID').mockReturnValueOnce(taken)
  const release = await lockFolder(folder)
  vi.restoreAllMocks()
  expect(holder()).toMatchObject({ pid: process.pid })
  expect(holder()).not.toHaveProperty('nonce')
  release()
})

test('whoever takes a folder removes the sockets of the dead, and none that answers', async () => {
  const name = (n: number) => `lock.00000000-0000-4000-8000-00000000000${n}`
  // One that is killed: who ends in order removes it.
  const code = `require('node:net').createServer().listen(${JSON.stringify(join(folder, name(1)))}, () => process.kill(process.pid, 'SIGKILL'))`
  spawnSync(process.execPath, ['-e', code])
  const living = createServer((socket) => socket.destroy()).listen(join(folder, name(2)))
  await once(living, 'listening')
  expect(readdirSync(folder)).toEqual([name(1), name(2)])
  const release = await lockFolder(folder)
  release()
  expect(readdirSync(folder)).toEqual(platform() === 'linux' ? [name(2)] : [name(1), name(2)])
  living.close()
})

test('the lock of another host is never taken over', async () => {
  writeFileSync(lockFile(), JSON.stringify({ pid: deadPid(), host: `not-${hostname()}` }))
  await expect(lockFolder(folder)).rejects.toThrow(expect.objectContaining({ code: 'STORE_IN_USE' }))
})

test('an unreadable lock is taken over, for a lock is only ever written whole', async () => {
  writeFileSync(lockFile(), '{')
  ;(await lockFolder(folder))()
  expect(existsSync(lockFile())).toBe(false)
})
