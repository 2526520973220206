import { WritError } from '../writ-error.ts'
import { MemoryQueue } from './memory-queue.ts'
import { type RecorderOptions, UsageRecorder } from './recorder.ts'

export type { RefusedUsage } from './queue.ts'
export type { RecorderOptions, UsageRecorder, UsageStats } from './recorder.ts'
export type { Usage } from './usage.ts'

export interface MemoryUsageOptions extends RecorderOptions {
  /** So many events are kept at most; default 10,000. Beyond them recording throws SPOOL_FULL. */
  readonly mostEvents?: number
}

/**
 * Records usage in memory, for pages, workers and whatever has no disk: what was not sent when the process ends is lost.
 * @throws {WritError} OPTION_INVALID
 */
export function openMemoryUsage(options: MemoryUsageOptions): UsageRecorder {
  const { mostEvents = 10_000 } = options
  if (!(Number.isInteger(mostEvents) && mostEvents > 0)) throw new WritError('OPTION_INVALID', { option: 'mostEvents' })
  return new UsageRecorder(new MemoryQueue(mostEvents), options)
}
