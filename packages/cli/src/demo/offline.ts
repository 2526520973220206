import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const noNetwork = pathToFileURL(join(import.meta.dirname, 'no-network.ts')).href
const writ = join(import.meta.dirname, '../../bin/writ.js')

interface Ran {
  readonly exitCode: number
  readonly stdout: string
}

/** Runs Node where there is no network, with nothing of this process's environment: no URL, no key. */
export interface Offline {
  /** How the network is cut, for people. */
  readonly how: string
  readonly writ: (args: readonly string[]) => Promise<Ran>
  /** Whether that process reaches a URL, asked for by its own code. */
  readonly reaches: (url: string) => Promise<boolean>
}

/**
 * Sockets, name service and fetch are taken away inside the process; where the system allows it, the process also lives in a network
 * namespace of its own, without an interface.
 */
export async function offline(): Promise<Offline> {
  const alone = (await run('unshare', ['--user', '--map-root-user', '--net', 'true'])).exitCode === 0
  const node = (args: readonly string[]) => {
    const all = ['--import', noNetwork, ...args]
    return alone ? run('unshare', ['--user', '--map-root-user', '--net', process.execPath, ...all]) : run(process.execPath, all)
  }
  return {
    how: alone
      ? 'in a network namespace without an interface, and without sockets, name service or fetch'
      : 'without sockets, name service or fetch',
    writ: (args) => node([writ, ...args]),
    reaches: async (url) => (await node(['--input-type=module', '-e', `await fetch(${JSON.stringify(url)})`])).exitCode === 0,
  }
}

function run(command: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(command, args, { env: { PATH: process.env.PATH ?? '' }, timeout: 30_000 }, (error, stdout) => {
      resolve({ exitCode: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout })
    })
  })
}
