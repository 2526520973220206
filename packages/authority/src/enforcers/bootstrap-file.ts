import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { checkKeyText } from '@writ/license'
import { StartError } from '../app/start-error.ts'

/**
 * Writes a key to a file that only its owner reads. The key of an authority that is gone is written over; anything else is not.
 * @throws {StartError} BOOTSTRAP_FILE_TAKEN
 */
export function keepBootstrapKey(file: string, key: string): void {
  const there = contentOf(file)
  if (there !== undefined && there.trim() !== '' && !('ok' in checkKeyText(there.trim(), 'api'))) {
    throw new StartError('BOOTSTRAP_FILE_TAKEN', { file })
  }
  const draft = `${file}.${process.pid}`
  try {
    // A new file, so that a file of the name with a wider mode or a link to elsewhere does not receive the key.
    writeFileSync(draft, `${key}\n`, { mode: 0o600, flag: 'wx', flush: true })
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Writes a key to a new file that only its owner reads. @throws {StartError} BOOTSTRAP_FILE_TAKEN */
export function keepNewKey(file: string, key: string): void {
  try {
    writeFileSync(file, `${key}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new StartError('BOOTSTRAP_FILE_TAKEN', { file })
    throw error
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
