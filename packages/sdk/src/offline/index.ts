export { OfflineWrit, type Person } from './offline-writ.ts'
export { type Fault, type OpenOptions, openLicense } from './open-license.ts'
