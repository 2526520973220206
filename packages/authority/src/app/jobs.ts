import type { Logger } from 'pino'
import { logFailure } from './store-fault.ts'

/** Repeats housekeeping. Nothing a decision depends on is a job: time is an input. */
export interface Jobs {
  every(milliseconds: number, name: string, job: () => Promise<unknown>): void
  /** Stops, and waits for what is under way. */
  close(): Promise<void>
}

export function startJobs(log: Logger): Jobs {
  const timers: NodeJS.Timeout[] = []
  const running = new Map<string, Promise<unknown>>()
  return {
    every(milliseconds, name, job) {
      const run = (): void => {
        if (running.has(name)) return // the last one still works
        const done = job()
          .catch((error: unknown) => logFailure(log, error, 'a job failed', { job: name }))
          .finally(() => running.delete(name))
        running.set(name, done)
      }
      timers.push(setInterval(run, milliseconds).unref())
    },
    async close() {
      for (const timer of timers) clearInterval(timer)
      await Promise.all(running.values())
    },
  }
}
