import { closeSync, openSync, unlinkSync, writeFileSync } from 'node:fs'
import { CliError } from './cli-error.ts'

/** Writes what is made to a new file, for its owner alone. The file is made first, so that nothing is made that nobody can keep. */
export async function intoNewFile<T>(path: string, make: () => Promise<T>, textOf: (made: T) => string): Promise<T> {
  const file = newFile(path)
  try {
    const made = await make()
    writeFileSync(file, textOf(made), { flush: true })
    return made
  } catch (error) {
    unlinkSync(path)
    throw error
  } finally {
    closeSync(file)
  }
}

function newFile(path: string): number {
  try {
    return openSync(path, 'wx', 0o600)
  } catch (error) {
    throw new CliError(
      'FILE_UNWRITABLE',
      `${path} cannot be made (${(error as NodeJS.ErrnoException).code}).`,
      'Name a new file, in a folder that is yours.',
    )
  }
}
