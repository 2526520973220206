import { CommanderError } from 'commander'
import { EXIT, type ExitCode } from './exit-code.ts'
import { type Failure, failureOf } from './failure.ts'
import { type Io, processIo } from './io.ts'
import { buildProgram } from './program.ts'

/** Runs one command line and sets the process's exit code. Never throws. */
export async function main(args: readonly string[], io: Io = processIo()): Promise<void> {
  try {
    const program = buildProgram(io)
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.OK : usage(args)
      return
    }
    const failure = failureOf(error)
    const exitCode = failure?.exitCode ?? EXIT.FAILED
    process.exitCode = exitCode === EXIT.USAGE ? usage(args) : exitCode
    if (failure !== undefined) tell(failure, args.includes('--json'), io)
  }
}

/** `terms plan` says with 2 that there are changes: a mistyped option must not look like them. */
function usage([group, command]: readonly string[]): ExitCode {
  return group === 'terms' && command === 'plan' ? EXIT.NO : EXIT.USAGE
}

function tell({ code, detail, more, next, requestId }: Failure, asJson: boolean, io: Io): void {
  if (asJson) {
    io.err(
      JSON.stringify({
        error: { code, detail, ...(more.length > 0 && { more }), ...(next && { next }), ...(requestId && { request_id: requestId }) },
      }),
    )
    return
  }
  io.err(`${io.paint.red('✗')} ${io.paint.bold(code)}  ${detail}`)
  for (const line of more) io.err(`  ${line}`)
  if (next !== undefined) io.err(`  ${io.paint.dim('next:')} ${next}`)
  if (requestId !== undefined) io.err(`  ${io.paint.dim(`request: ${requestId}`)}`)
}
