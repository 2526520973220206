import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { StartError } from '../app/start-error.ts'
import { KEY_BYTES } from './sealer.ts'

export const FORM = /^writ-master-key-v1 ([A-Za-z0-9_-]{43})$/
/** Nobody rotates through more at a time; and a wrong path is not read whole. */
const MOST_KEYS = 8
const MOST_BYTES = 4_096

/**
 * Reads the master keys of a file, one a line, each 32 bytes. While the master key is rotated there are two; else there is one.
 * @throws {StartError} MASTER_KEY_MISSING, MASTER_KEY_EXPOSED, MASTER_KEY_MALFORMED
 */
export function readMasterKeys(file: string): readonly Uint8Array[] {
  if (!existsSync(file)) throw new StartError('MASTER_KEY_MISSING', { file })
  const { mode, size } = statSync(file)
  if ((mode & 0o077) !== 0 && process.platform !== 'win32') throw new StartError('MASTER_KEY_EXPOSED', { file })
  if (size > MOST_BYTES) throw new StartError('MASTER_KEY_MALFORMED', { file })
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  const keys = lines.map((line) => Buffer.from(FORM.exec(line)?.[1] ?? '', 'base64url'))
  if (keys.length === 0 || keys.length > MOST_KEYS || keys.some((key) => key.length !== KEY_BYTES)) {
    throw new StartError('MASTER_KEY_MALFORMED', { file })
  }
  return keys
}

/** Makes a master key for a new authority, unless an operator put one there. */
export function ensureMasterKey(file: string): void {
  if (existsSync(file)) return
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  // `wx`: of two that start together one makes it, and the other reads it.
  writeFileSync(file, `${newMasterKeyLine()}\n`, { mode: 0o600, flag: 'wx', flush: true })
}

export function newMasterKeyLine(): string {
  return `writ-master-key-v1 ${randomBytes(KEY_BYTES).toString('base64url')}`
}

/** @throws {StartError} MASTER_KEY_BESIDE_DATA */
export function refuseBesideData(file: string, folder: string): void {
  const within = relative(real(folder), real(file))
  if (!within.startsWith('..') && resolve(within) !== within) throw new StartError('MASTER_KEY_BESIDE_DATA', { file })
}

/** A link into the data folder lies in the data folder. */
function real(path: string): string {
  const full = resolve(path)
  if (existsSync(full)) return realpathSync(full)
  return dirname(full) === full ? full : join(real(dirname(full)), full.slice(dirname(full).length))
}
