import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { StartError } from '../app/start-error.ts'

const FORM = 'writ-master-key-v1 '

/**
 * Reads the master key, 32 bytes.
 * @throws {StartError} MASTER_KEY_MISSING, MASTER_KEY_EXPOSED, MASTER_KEY_MALFORMED
 */
export function readMasterKey(file: string): Uint8Array {
  if (!existsSync(file)) throw new StartError('MASTER_KEY_MISSING', { file })
  if ((statSync(file).mode & 0o077) !== 0 && process.platform !== 'win32') throw new StartError('MASTER_KEY_EXPOSED', { file })
  const text = readFileSync(file, 'utf8').trim()
  const key = Buffer.from(text.slice(FORM.length), 'base64url')
  if (!text.startsWith(FORM) || key.length !== 32) throw new StartError('MASTER_KEY_MALFORMED', { file })
  return key
}

/** Makes a master key for a new authority, or takes the one that an operator put there. */
export function ensureMasterKey(file: string): Uint8Array {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    // `wx`: of two that start together one makes it, and the other reads it.
    writeFileSync(file, `${FORM}${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  }
  return readMasterKey(file)
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
