import { closeSync, openSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { platform } from 'node:os'
import { join } from 'node:path'

/**
 * Answers at a socket in a folder for as long as this process lives. Every process of the same kernel hears it, also one that cannot see this
 * one's pid, as of another container on the same volume.
 * @returns makes it end; `undefined`: the system or the file system has no such sockets
 */
export async function giveSignOfLife(folder: string, name: string): Promise<(() => void) | undefined> {
  if (platform() !== 'linux') return undefined
  const fd = openSync(folder, 'r')
  const server = createServer((socket) => socket.destroy()).unref()
  const end = () => {
    server.close(() => closeSync(fd))
    rmSync(join(folder, name), { force: true })
  }
  const { promise, resolve } = Promise.withResolvers<(() => void) | undefined>()
  server.once('listening', () => resolve(end))
  server.once('error', () => {
    closeSync(fd)
    resolve(undefined)
  })
  server.listen(inFolder(fd, name))
  return promise
}

/** Whether whoever gave this sign of life lives. @returns false also where none was given */
export async function livesBehind(folder: string, name: string): Promise<boolean> {
  if (platform() !== 'linux') return false
  const fd = openSync(folder, 'r')
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(inFolder(fd, name))
  socket.once('connect', () => resolve(true))
  // What else may be the matter says nothing of a death.
  socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'))
  const lives = await promise
  socket.destroy()
  closeSync(fd)
  return lives
}

/** The address of a socket has room for 107 bytes (unix(7)): folders have longer names. */
function inFolder(fd: number, name: string): string {
  return `/proc/self/fd/${fd}/${name}`
}
