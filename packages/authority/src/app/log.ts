import { type Logger, pino } from 'pino'
import { type BytesDestination, inBulk } from './log-bulk.ts'

/**
 * JSON lines on standard error. What a log must not hold is not handed to it: no header, no URL, no body. Of an error only what its
 * class is, its code, and where it happened, since drivers hang rows and parameters on theirs.
 */
export function makeLog(level = 'info'): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: { err: shown, req: hidden, res: hidden },
      redact: { paths: ['authorization', 'headers', 'req.headers', 'key', 'code'], remove: true },
    },
    inBulk(pino.destination({ dest: 2, sync: false, contentMode: 'buffer' }) as unknown as BytesDestination),
  )
}

/** Takes a whole line from somebody who writes so many that composing each from an object would cost more than what it tells of. */
export function writeLine(log: Logger, line: string): void {
  const { [pino.symbols.streamSym]: stream } = log as unknown as Record<symbol, { write(line: string): void }>
  stream?.write(line)
}

const hidden = (): undefined => undefined

function shown(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code } = error as { code?: unknown }
  return { type: error.name, message: error.message, ...(typeof code === 'string' && { code }), stack: error.stack }
}
