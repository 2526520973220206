import { type Logger, pino } from 'pino'

const BUFFER_BYTES = 8_192
const FLUSH_MILLISECONDS = 100

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
    // A write a line would cost a request more than its decision. An exit writes what is left; a kill may lose what is younger.
    pino.destination({ dest: 2, sync: false, minLength: BUFFER_BYTES, periodicFlush: FLUSH_MILLISECONDS }),
  )
}

const hidden = (): undefined => undefined

function shown(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code } = error as { code?: unknown }
  return { type: error.name, message: error.message, ...(typeof code === 'string' && { code }), stack: error.stack }
}
