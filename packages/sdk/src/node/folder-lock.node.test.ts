import type * as fs from 'node:fs'
import { readFileSync, writeFileSync } from 'node:fs'
import { hostname, platform } from 'node:os'
import { join } from 'node:path'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { expect, test, vi } from 'vitest'
import { lockFolder } from './folder-lock.ts'

let isSilent = false
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>()
  return {
    ...real,
    readFileSync: (path: string, encoding: 'utf8') => {
      if (isSilent && path.startsWith('/proc/')) throw new Error('as on all but Linux')
      return real.readFileSync(path, encoding)
    },
  }
})

const inUse = ({ pid, host }: { pid: number; host: string }) => new Error(`in use by ${pid} of ${host}`)
const locked = (folder: string) => {
  try {
    lockFolder(folder, inUse)()
    return 'taken'
  } catch (error) {
    return (error as Error).message
  }
}

test('after a restart of the machine, or of a container, another process that was given the pid has no lock', () => {
  const folder = scratchFolder()
  const release = lockFolder(folder, inUse)
  const mine = JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))
  release()
  const of = (more: object) => {
    writeFileSync(join(folder, 'lock'), JSON.stringify({ ...mine, pid: process.ppid, nonce: 'n', ...more }))
    return locked(folder)
  }
  const alive = `in use by ${process.ppid} of ${hostname()}`
  // Where a system does not say when a process began, its pid alone counts.
  expect(of({ began: 'at another start 17' })).toBe(platform() === 'linux' ? 'taken' : alive)
  expect(of({ began: undefined })).toBe(alive)
  expect(of({ host: 'elsewhere' })).toBe(`in use by ${process.ppid} of elsewhere`)
  expect(of({ pid: 2 ** 22 + 1 })).toBe('taken')
})

test('of one process a second copy of this module has no folder that the first has, also where nobody says when it began', async () => {
  vi.resetModules()
  const copy = await import('./folder-lock.ts')
  for (isSilent of [false, true]) {
    const folder = scratchFolder()
    const release = copy.lockFolder(folder, inUse)
    expect(locked(folder)).toBe(`in use by ${process.pid} of ${hostname()}`)
    release()
    expect(locked(folder)).toBe('taken')
  }
  isSilent = false
})

test.runIf(platform() === 'linux')('nor has another thread, which has globals of its own', () => {
  const folder = scratchFolder()
  lockFolder(folder, inUse)
  const lock = readFileSync(join(folder, 'lock'), 'utf8')
  writeFileSync(join(folder, 'lock'), JSON.stringify({ ...JSON.parse(lock), nonce: 'of the thread' }))
  expect(locked(folder)).toBe(`in use by ${process.pid} of ${hostname()}`)
})
