import type { StoreFault } from './store-fault.ts'

/** What is counted where it happens and shown at `/metrics`. Never an id of anybody. */
export class Counts {
  /** By reason; `''`: allowed. */
  readonly decisions = new Map<string, number>()
  /** Entitlement tokens signed. */
  tokens = 0
  /** Mutations that were held until somebody confirms them. */
  held = 0
  /** Attempts to deliver to webhooks. */
  readonly deliveries = { delivered: 0, failed: 0 }
  readonly storeFaults: Record<StoreFault, number> = { STORE_UNAVAILABLE: 0, STORE_FULL: 0 }

  delivered(is: boolean): void {
    this.deliveries[is ? 'delivered' : 'failed']++
  }

  decided({ allowed, reason }: { readonly allowed: boolean; readonly reason?: string }): void {
    const key = allowed ? '' : (reason ?? 'unknown')
    this.decisions.set(key, (this.decisions.get(key) ?? 0) + 1)
  }
}
