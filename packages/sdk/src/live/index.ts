export { type Freshness, type LiveOptions, LiveWrit, openLive } from './live-writ.ts'
