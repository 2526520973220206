import { confirm, isCancel } from '@clack/prompts'
import { CliError } from './cli-error.ts'
import type { Io } from './io.ts'

/** What cannot be taken back is asked for once more; a script says `--yes`. @throws {CliError} NOT_CONFIRMED */
export async function confirmed(io: Io, question: string, yes: boolean | undefined): Promise<void> {
  if (yes === true) return
  if (!io.interactive) throw new CliError('NOT_CONFIRMED', `${question} Nobody is here to say so.`, 'Say --yes.')
  const said = await confirm({ message: question, initialValue: false })
  if (isCancel(said) || !said) throw new CliError('NOT_CONFIRMED', 'Nothing was done.')
}
