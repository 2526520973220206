import type { Logger } from 'pino'

/** Drains on SIGTERM and SIGINT and ends the process with 0; a second signal ends it at once. */
export function closeOnSignal(running: { close(): Promise<void> }, log: Logger): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping')
      running.close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'did not stop cleanly')
          process.exit(1)
        },
      )
    })
  }
}
