import { chownSync, closeSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { keptMasterKey } from './master-key.ts'
import { FORM, newMasterKeyLine, readMasterKeys } from './master-key-file.ts'

/**
 * Adds a new master key to a file, last. Nothing uses it until a rotation goes to it.
 * @returns its id
 * @throws {StartError} MASTER_KEY_MISSING, MASTER_KEY_EXPOSED, MASTER_KEY_MALFORMED
 */
export function addMasterKey(file: string): string {
  readMasterKeys(file)
  const line = newMasterKeyLine()
  const text = readFileSync(file, 'utf8')
  replace(file, `${text.endsWith('\n') ? text : `${text}\n`}${line}\n`)
  return idsOf(file).at(-1) as string
}

/**
 * Takes a master key out of a file. Whether a store still needs it only its authority knows: ask that first.
 * @returns whether it was there; the only one is never taken
 */
export function forgetMasterKey(file: string, id: string): boolean {
  const ids = idsOf(file)
  if (ids.length === 1 || !ids.includes(id)) return false
  const lines = readFileSync(file, 'utf8').split('\n')
  replace(file, lines.filter((line) => !isOf(line, id)).join('\n'))
  return true
}

function idsOf(file: string): string[] {
  return readMasterKeys(file).map((bytes) => keptMasterKey(bytes, file).id)
}

function isOf(line: string, id: string): boolean {
  const key = FORM.exec(line.trim())?.[1]
  return key !== undefined && keptMasterKey(Buffer.from(key, 'base64url'), '').id === id
}

/** Whole or not at all, whatever happens meanwhile, and for the same owner: who runs the authority reads it, whoever runs this. */
function replace(file: string, text: string): void {
  const real = realpathSync(file)
  const { uid, gid, mode } = statSync(real)
  const next = `${real}.next`
  writeFileSync(next, text, { mode: mode & 0o700, flush: true })
  if (process.getuid?.() === 0) chownSync(next, uid, gid)
  renameSync(next, real)
  const folder = openSync(dirname(real), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
