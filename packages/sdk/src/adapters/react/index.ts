export { createEntitlements, type EntitledProps, type Entitlement, type ProviderProps } from './create-entitlements.ts'
export type { Load } from './entitlements-store.ts'
export { EntitlementsUnheard } from './fetch-entitlements.ts'
