export { CLOCK_SKEW_MILLISECONDS, type ClockFinding, ClockGuard, type ClockState } from './clock-guard.ts'
export type { DeviceGuard } from './device-guard.ts'
export { OfflineWrit, type Person } from './offline-writ.ts'
export { type Fault, type OpenOptions, openLicense } from './open-license.ts'
