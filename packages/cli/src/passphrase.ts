import { password } from '@clack/prompts'
import { CliError } from './cli-error.ts'
import { readText } from './connection.ts'
import type { Io } from './io.ts'

/**
 * From a file, or asked for. Never from the command line.
 * @param instead how to say it without a terminal
 */
export async function passphraseOf(
  file: string | undefined,
  io: Io,
  twice: boolean,
  instead = 'Give it by --passphrase-file.',
): Promise<string> {
  if (file !== undefined) return readText(file).replace(/\r?\n$/, '')
  if (!io.interactive) throw new CliError('USAGE', 'Nobody is here to type a passphrase.', instead)
  const said = await password({ message: 'Passphrase of the backup' })
  if (typeof said !== 'string') throw new CliError('NOT_CONFIRMED', 'Nothing was done.')
  if (twice && (await password({ message: 'Once more' })) !== said) throw new CliError('USAGE', 'The two are not the same.')
  return said
}
