import { SETTINGS, type Setting } from '@writ/authority/settings'
import type { Command } from 'commander'
import type { Io } from '../io.ts'

interface ServeOptions {
  readonly listen?: string
  readonly database?: string
  readonly bootstrapKey?: string
  readonly logLevel: string
}

export function serveCommand(program: Command, io: Io): void {
  program
    .command('serve')
    .description('run an authority, until Ctrl-C')
    .option('--listen <host:port>', 'where it listens; over WRIT_LISTEN (default 127.0.0.1:7070)')
    .option('--database <url>', 'a postgres:// URL or a folder; over WRIT_DATABASE_URL (default ./.writ)')
    .option('--bootstrap-key <file>', "write an administrator's key to this file, 0600, while there is no administrator")
    .option('--log-level <level>', 'trace, debug, info, warn, error or silent', 'info')
    .addHelpText('after', settingsHelp)
    .action(async ({ listen, database, bootstrapKey, logLevel }: ServeOptions) => {
      // Here, since no other command needs a server.
      const { closeOnSignal, makeLog, readConfig, start } = await import('@writ/authority')
      const { consoleFolder } = await import('@writ/console/built')
      const config = readConfig({
        ...io.env,
        ...(listen !== undefined && { WRIT_LISTEN: listen }),
        ...(database !== undefined && { WRIT_DATABASE_URL: database }),
      })
      const log = makeLog(logLevel)
      const running = await start({
        config,
        log,
        consoleFolder,
        ...(bootstrapKey !== undefined && { bootstrapKeyFile: bootstrapKey }),
        // On a terminal alone: a log that is kept must not hold it.
        ...(process.stderr.isTTY === true && { showSetupCode: (code: string) => io.err(setupWords(code, io)) }),
      })
      closeOnSignal(running, log)
      io.out(
        `writ serves on ${running.url}; its console is at ${running.url}/console/, its API is described at ${running.url}/docs. Ctrl-C stops it.`,
      )
    })
}

function settingsHelp(): string {
  const settings = Object.values<Setting<unknown>>(SETTINGS)
  const lines = settings.flatMap(({ name, form, fallback, absent, meaning }) => [
    `  ${name}`,
    `      ${meaning.replaceAll('`', '')}`,
    `      ${form}; default: ${(fallback ?? absent ?? 'none').replaceAll('`', '')}`,
  ])
  return ['', 'Settings, from the environment:', ...lines].join('\n')
}

function setupWords(code: string, { paint }: Io): string {
  return [
    '',
    `  ${paint.bold('Setup code')}  ${paint.cyan(code)}`,
    `  ${paint.dim("Once, within 15 minutes, it is exchanged for an administrator's key: writ key setup")}`,
    '',
  ].join('\n')
}
