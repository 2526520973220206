import { existsSync, statfsSync } from 'node:fs'
import { tmpdir, totalmem } from 'node:os'
import { dirname } from 'node:path'
import type { Config } from '../app/config.ts'
import { mostConnections } from '../app/http/connections.ts'
import { type Finding, fail, ok, warn } from './finding.ts'

const GIBIBYTE = 1 << 30

export function ofMachine(config: Config | undefined): Finding[] {
  return [ofNode(process.versions.node), ofMemory(totalmem()), ofFiles(mostConnections()), ...foldersOf(config).map(ofDisk)]
}

export function ofNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isNew = major > 24 || (major === 24 && minor >= 7)
  return isNew ? ok('machine.node', `Node ${version}.`) : fail('machine.node', `Node ${version} is too old.`, 'Install Node 24.7 or newer.')
}

export function ofMemory(bytes: number): Finding {
  const says = `${(bytes / GIBIBYTE).toFixed(1)} GiB of memory.`
  return bytes >= GIBIBYTE
    ? ok('machine.memory', says)
    : warn('machine.memory', says, 'Give it 1 GiB: all entitlements are kept in memory.')
}

function ofFiles(connections: number): Finding {
  const says = `Open files allow ${connections} connections at once.`
  return connections >= 4_000
    ? ok('machine.files', says)
    : warn('machine.files', says, 'Raise the limit: LimitNOFILE=65536 in the systemd unit, or ulimit -n 65536.')
}

function foldersOf(config: Config | undefined): [check: string, folder: string][] {
  const data: [string, string][] = config?.database.kind === 'folder' ? [['machine.disk.data', config.database.path]] : []
  return [...data, ['machine.disk.temporary', tmpdir()]]
}

function ofDisk([check, folder]: [string, string]): Finding {
  const { bavail, bsize } = statfsSync(nearest(folder))
  const free = bavail * bsize
  const says = `${(free / GIBIBYTE).toFixed(1)} GiB free for ${folder}.`
  const fix = 'Free some, or move it to a larger disk. A full disk refuses every write; decisions that take nothing go on.'
  if (free < 0.1 * GIBIBYTE) return fail(check, says, fix)
  return free < 2 * GIBIBYTE ? warn(check, says, fix) : ok(check, says)
}

/** The folder, or what it will be made in. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder))
}
