import { createContext, createElement, type ReactNode, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { Notice, Reason, Remedy } from '../../decision.ts'
import type { AnyProduct, PlainFeature, Product } from '../../product.ts'
import type { VisibleDecision, VisibleEntitlements } from '../enforcement.ts'
import { EntitlementsStore, type Known, type Load } from './entitlements-store.ts'
import { fetchEntitlements } from './fetch-entitlements.ts'

/** What a page shows of one feature. `error`: why what is shown could not be heard again; it is the last known. */
export type Entitlement =
  | { readonly status: 'loading'; readonly allowed: false }
  | {
      readonly status: 'allowed'
      readonly allowed: true
      readonly value?: number | string
      readonly notices: readonly Notice[]
      readonly error?: unknown
    }
  | Refusal
  /** Nothing was ever heard. */
  | { readonly status: 'error'; readonly allowed: false; readonly error: unknown }

interface Refusal {
  readonly status: 'refused'
  readonly allowed: false
  readonly reason?: Reason
  readonly remedies: readonly Remedy[]
  readonly error?: unknown
}

/** Where it is heard: either a URL of your own back end, or a function. For another person or organization give another `key`. */
export type ProviderProps<P extends Product> = {
  /** What the server had at hand when it rendered: then neither it nor the page begins with `loading`. */
  readonly initial?: VisibleEntitlements<P>
  readonly children?: ReactNode
} & ({ readonly url: string; readonly load?: never } | { readonly load: Load<P>; readonly url?: never })

export interface EntitledProps<P extends Product> {
  readonly feature: PlainFeature<P>
  readonly children?: ReactNode
  /** Instead, where it is refused or nothing was heard; as a function it is told why. */
  readonly fallback?: ReactNode | ((refused: Extract<Entitlement, { status: 'refused' | 'error' }>) => ReactNode)
  /** Instead, until it is known. */
  readonly loading?: ReactNode
}

interface ReactEntitlements<P extends Product> {
  readonly EntitlementsProvider: (props: ProviderProps<P>) => ReactNode
  readonly useEntitlement: (feature: PlainFeature<P>) => Entitlement
  /** `refresh` hears now: after a step-up, a purchase, or a no of the server. */
  readonly useEntitlements: () => Known<P> & { readonly refresh: () => Promise<void> }
  readonly Entitled: (props: EntitledProps<P>) => ReactNode
}

/**
 * A hook and a component for what is shown. Only shown: whoever has the page can change it, so your server still requires each feature.
 * @typeParam P `typeof` what `writ terms types` wrote; the product itself need not be in the page
 */
export function createEntitlements<P extends Product = AnyProduct>(): ReactEntitlements<P> {
  const Context = createContext<EntitlementsStore<P> | undefined>(undefined)

  function EntitlementsProvider({ url, load, initial, children }: ProviderProps<P>): ReactNode {
    const [store] = useState(() => new EntitlementsStore<P>({ initial }))
    // A function written in place is another one each time: it is not heard again for that alone.
    const latest = useRef(load)
    useEffect(() => {
      latest.current = load
    })
    useEffect(() => store.follow(url === undefined ? () => (latest.current as Load<P>)() : () => fetchEntitlements<P>(url)), [store, url])
    return createElement(Context.Provider, { value: store }, children)
  }

  function useStore(): EntitlementsStore<P> {
    const store = useContext(Context)
    if (store === undefined) throw new Error('There is no EntitlementsProvider above this.')
    return store
  }

  function useKnown(store: EntitlementsStore<P>): Known<P> {
    return useSyncExternalStore(store.subscribe, store.known, () => store.initial)
  }

  function useEntitlement(feature: PlainFeature<P>): Entitlement {
    const known = useKnown(useStore())
    return useMemo(() => entitlementOf(known, feature), [known, feature])
  }

  function useEntitlements(): ReturnType<ReactEntitlements<P>['useEntitlements']> {
    const store = useStore()
    return { ...useKnown(store), refresh: store.refresh }
  }

  function Entitled({ feature, children, fallback = null, loading = null }: EntitledProps<P>): ReactNode {
    const entitlement = useEntitlement(feature)
    if (entitlement.allowed) return children
    if (entitlement.status === 'loading') return loading
    return typeof fallback === 'function' ? fallback(entitlement) : fallback
  }

  return { EntitlementsProvider, useEntitlement, useEntitlements, Entitled }
}

function entitlementOf<P extends Product>({ entitlements, error }: Known<P>, feature: PlainFeature<P>): Entitlement {
  if (entitlements === undefined) {
    return error === undefined ? { status: 'loading', allowed: false } : { status: 'error', allowed: false, error }
  }
  const decision: VisibleDecision | undefined = Object.hasOwn(entitlements, feature) ? entitlements[feature] : undefined
  const late = error === undefined ? {} : { error }
  if (decision?.allowed === true) {
    const { value, notices } = decision
    return { status: 'allowed', allowed: true, notices, ...(value !== undefined && { value }), ...late }
  }
  const reason = decision?.reason
  return { status: 'refused', allowed: false, remedies: decision?.remedies ?? [], ...(reason !== undefined && { reason }), ...late }
}
