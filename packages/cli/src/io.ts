import pc from 'picocolors'

/** Where a command reads its surroundings from and writes to. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly paint: Paint
  /** A person sits at both ends. */
  readonly interactive: boolean
  /** A person reads what is printed; else a file or another program does. */
  readonly terminal: boolean
  out(text: string): void
  err(text: string): void
}
export type Paint = ReturnType<typeof pc.createColors>

/** Colours go to a terminal only, and not where NO_COLOR forbids them (no-color.org) or TERM is dumb. */
function wantsColours(env: Io['env'], isTerminal: boolean): boolean {
  return isTerminal && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb'
}

export function processIo(): Io {
  const { env, stdin, stdout, stderr } = process
  // `writ … | head` closes the pipe early, which is no failure of ours.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  return {
    env,
    paint: pc.createColors(wantsColours(env, stdout.isTTY === true)),
    terminal: stdout.isTTY === true,
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
  }
}
