import type { Logger } from 'pino'
import type { Running } from './start.ts'

/**
 * Drains on SIGTERM and SIGINT and ends the process with 0; a second signal ends it at once. Ends it with 1 when the store was replaced
 * under it, so that whoever keeps it running starts it anew on what is there now.
 */
export function closeOnSignal(running: Running, log: Logger): void {
  const end = (exitCode: number): void => {
    running.close().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly')
        process.exit(1)
      },
    )
  }
  // A file that may not grow is a failed write, told as such, and not the end of the process.
  process.on('SIGXFSZ', () => {})
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping')
      end(0)
    })
  }
  void running.authority.feed.replaced.then(() => end(1))
}
