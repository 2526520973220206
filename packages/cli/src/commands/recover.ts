import type { Command } from 'commander'
import { act } from '../act.ts'
import { confirmed } from '../confirm.ts'
import type { Io } from '../io.ts'

interface RecoverOptions {
  readonly out: string
  readonly database?: string
  readonly yes?: true
}

export function recoverCommand(program: Command, io: Io): void {
  const recover = program
    .command('recover')
    .description('on the host of an authority: make one more owner, when nobody who is one can get in; it is audited')
    .requiredOption('--out <file>', 'a new file, 0600, for the API key of the owner')
    .option('--database <url>', 'a postgres:// URL or a folder; over WRIT_DATABASE_URL (default ./.writ)')
    .option('-y, --yes', 'do not ask')
    .addHelpText(
      'after',
      '\nReads the settings of `writ serve` from the environment. On PostgreSQL the authority may go on running; on a data folder stop it first.',
    )
  act<RecoverOptions>(recover, io, async (_args, { out, database, yes }) => {
    await confirmed(io, 'Make one more owner of this authority, who may do everything?', yes)
    const { readConfig, recoverOwner } = await import('@writ/authority')
    const config = readConfig({ ...io.env, ...(database !== undefined && { WRIT_DATABASE_URL: database }) })
    const identity = await recoverOwner({ config }, out)
    const text = `${io.paint.green('✓')} ${identity} is an owner; its API key is in ${out}. Revoke it when it has done its work: writ identity revoke ${identity}`
    return { data: { identity, file: out }, text }
  })
}
