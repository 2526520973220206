import type { Command } from 'commander'
import { EXIT, type ExitCode } from './exit-code.ts'
import type { Io } from './io.ts'

/** What a command has to say: to a script, to a person, to the shell. */
export interface Outcome {
  /** Printed by `--json`, as it is. */
  readonly data: unknown
  readonly text: string
  readonly exitCode?: ExitCode
}

/** Gives a command its work, `--json`, and one way to print. `work` prints nothing itself. */
export function act<Options>(
  command: Command,
  io: Io,
  work: (args: readonly string[], options: Options) => Promise<Outcome> | Outcome,
): void {
  command.option('--json', 'print JSON, for scripts')
  command.action(async () => {
    // A variadic argument arrives as a list.
    const {
      data,
      text,
      exitCode = EXIT.OK,
    } = await work((command.processedArgs as (string | string[] | undefined)[]).flat() as string[], command.opts() as Options)
    if (command.opts<{ json?: boolean }>().json === true) io.out(JSON.stringify(data ?? null, null, 2))
    else if (text !== '') io.out(text)
    process.exitCode = exitCode
  })
}
