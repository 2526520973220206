export { type AtHand, LeasePool, type LeasePoolOptions } from './lease-pool.ts'
export { type Freshness, type LiveOptions, LiveWrit, openLive } from './live-writ.ts'
export { RatePool, type RatePoolOptions } from './rate-pool.ts'
export type { UsageSink } from './soft-counts.ts'
