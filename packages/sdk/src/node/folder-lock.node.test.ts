import { readFileSync, writeFileSync } from 'node:fs'
import { hostname, platform } from 'node:os'
import { join } from 'node:path'
import { scratchFolder } from '@writ/testing/scratch-folder'
import { expect, test } from 'vitest'
import { lockFolder } from './folder-lock.ts'

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
