import type { Logger } from 'pino'

/** Why a store did not do its work, where that is no fault of what it was asked. */
export type StoreFault = 'STORE_UNAVAILABLE' | 'STORE_FULL'

/** SQLSTATE classes and codes of a server that is not there, ends, or takes nobody more. */
const UNAVAILABLE = /^(08|57P0[1-4]|53[234]00|25P03|57014|55P03|58030)/
const OF_SOCKETS: readonly unknown[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]
/** Of the driver, which gives these no code. */
const OF_THE_DRIVER =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered|was closed)|Query read timeout)/
const NO_ROOM: readonly unknown[] = ['53100', 'ENOSPC', 'EDQUOT', 'EFBIG']

/**
 * Tells a store that is away or full from every other fault.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function storeFaultOf(error: unknown): StoreFault | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, file } = error as { code?: unknown; file?: unknown }
  // Where a file may not grow, rather than the disk, PostgreSQL has no code for it; its storage manager is the one that says so.
  if (NO_ROOM.includes(code) || (file === 'md.c' && /extend|write/.test(error.message))) return 'STORE_FULL'
  if (typeof code === 'string' && (UNAVAILABLE.test(code) || OF_SOCKETS.includes(code))) return 'STORE_UNAVAILABLE'
  return OF_THE_DRIVER.test(error.message) ? 'STORE_UNAVAILABLE' : undefined
}

/**
 * Logs a failure: with its stack, so that it can be mended. A store that is away fails everything that is asked, and mending is not done here:
 * of that a line each, in its own words.
 */
export function logFailure(log: Pick<Logger, 'error' | 'warn'>, error: unknown, words: string, more: object = {}): void {
  const fault = storeFaultOf(error)
  if (fault === undefined) log.error({ err: error, ...more }, words)
  else log.warn({ fault, said: (error as Error).message, ...more }, words)
}
