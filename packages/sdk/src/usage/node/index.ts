import { WritError } from '../../writ-error.ts'
import type { Sync } from '../queue.ts'
import { type RecorderOptions, UsageRecorder } from '../recorder.ts'
import { Spool } from './spool.ts'

export {
  type CountedUsage,
  type UsageLine,
  type UsageReceipt,
  UsageReceiptError,
  type UsageReceiptErrorCode,
  usageDigest,
  verifyUsageReceipt,
} from '@writ/license'
export type { RefusedUsage } from '../queue.ts'
export type { RecorderOptions, UsageRecorder, UsageStats } from '../recorder.ts'
export type { Usage } from '../usage.ts'

export interface UsageOptions extends RecorderOptions {
  /** Of this process alone. Made if it is not there; it must outlive the process. */
  readonly folder: string
  /**
   * When the disk has a record for certain. `always`: before `record` resolves. `{ milliseconds }` (default: 1,000): what was recorded in
   * the last so many may be lost when the machine dies, nothing when the process does. `never`: as the system pleases, often half a minute.
   */
  readonly sync?: Sync
  /** The spool takes no more than this; default 64 MiB, some 250,000 events. Beyond it recording throws SPOOL_FULL: what is there is never overwritten. */
  readonly maxBytes?: number
}

const LEAST_BYTES = 4_096

/**
 * Records usage into a folder, from where it is brought to the authority, once each, also by a process that comes after this one.
 * @throws {WritError} OPTION_INVALID, SPOOL_LOCKED, SPOOL_UNWRITABLE
 */
export async function openUsage(options: UsageOptions): Promise<UsageRecorder> {
  const { folder, sync = { milliseconds: 1_000 }, maxBytes = 64 << 20, onError = () => {} } = options
  if (typeof folder !== 'string' || folder === '') throw new WritError('OPTION_INVALID', { option: 'folder' })
  if (!(maxBytes >= LEAST_BYTES)) throw new WritError('OPTION_INVALID', { option: 'maxBytes' })
  const isPolicy = sync === 'always' || sync === 'never' || (sync.milliseconds >= 1 && sync.milliseconds <= 3_600_000)
  if (!isPolicy) throw new WritError('OPTION_INVALID', { option: 'sync' })
  const spool = await Spool.open({ folder, sync, maxBytes, onError })
  try {
    return new UsageRecorder(spool, options)
  } catch (error) {
    await spool.close()
    throw error
  }
}
