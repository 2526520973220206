import { Command } from 'commander'
import { activationCommands } from './commands/activation.ts'
import { auditCommands } from './commands/audit.ts'
import { backupCommands } from './commands/backup.ts'
import { bulkCommands } from './commands/bulk.ts'
import { decisionCommands } from './commands/decisions.ts'
import { doctorCommand } from './commands/doctor.ts'
import { forecastCommand } from './commands/forecast.ts'
import { identityCommands } from './commands/identity.ts'
import { impactCommands } from './commands/impact.ts'
import { keyCommands } from './commands/key.ts'
import { dataKeyCommands, keyStateCommand, masterKeyCommands } from './commands/key-state.ts'
import { licenseCommands } from './commands/license.ts'
import { organizationCommands } from './commands/organization.ts'
import { recoverCommand } from './commands/recover.ts'
import { rootCommands, signingKeyCommands } from './commands/root.ts'
import { seatCommands } from './commands/seat.ts'
import { serveCommand } from './commands/serve.ts'
import { termsCommands } from './commands/terms.ts'
import { usageCommands } from './commands/usage.ts'
import { webhookCommands } from './commands/webhook.ts'
import { EXIT_MEANINGS } from './exit-code.ts'
import type { Io } from './io.ts'

/** The whole tree. Nothing runs, reads or connects before a command is parsed, so that the reference can be written from it. */
export function buildProgram(io: Io): Command {
  const program = new Command('writ')
    .description('Who may use what, on what terms, proven how strongly.')
    .version('0.1.0', '-V, --version')
    .helpCommand(false)
    .showHelpAfterError('(--help says what there is)')
    .addHelpText('after', ENVIRONMENT)
  // Before the commands, which take it over from here.
  program.exitOverride()
  // An option after a subcommand is the subcommand's, though its parent has one of the same name.
  program.enablePositionalOptions()
  serveCommand(program, io)
  recoverCommand(program, io)
  termsCommands(program, io)
  organizationCommands(program, io)
  identityCommands(program, io)
  licenseCommands(program, io)
  activationCommands(program, io)
  seatCommands(program, io)
  usageCommands(program, io)
  forecastCommand(program, io)
  impactCommands(program, io)
  decisionCommands(program, io)
  bulkCommands(program, io)
  keyCommands(program, io)
  keyStateCommand(program, io)
  rootCommands(program, io)
  signingKeyCommands(program, io)
  masterKeyCommands(program, io)
  dataKeyCommands(program, io)
  webhookCommands(program, io)
  auditCommands(program, io)
  backupCommands(program, io)
  doctorCommand(program, io)
  return program
}

const ENVIRONMENT = `
Environment:
  WRIT_URL       the authority (default http://127.0.0.1:7070)
  WRIT_KEY_FILE  a file that holds an API key
  WRIT_KEY       the key itself; a key is never taken from the command line
  WRIT_CONFIRM   the confirmation of a change that was held, to say the same again
  NO_COLOR       no colours, also on a terminal

Exit codes:
${EXIT_MEANINGS.map(([code, means]) => `  ${code}  ${means}`).join('\n')}`
