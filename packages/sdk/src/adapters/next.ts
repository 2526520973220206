import type { Decision } from '../decision.ts'
import type { FeatureName, Product } from '../product.ts'
import { type Asking, Enforcement, type EnforceOptions, type EnforcerFor } from './enforcement.ts'
import { answered, toResponse } from './fetch.ts'

/** What Next hands to a route handler beside the request. */
interface RouteContext {
  readonly params: Promise<object>
}

interface NextEnforcement<P extends Product, R extends Request> {
  /**
   * Wraps a route handler, which gets the yes as its third argument; a no is answered, also a `Refused` that the handler throws. What is
   * wrong with the set-up is thrown, and so is what Next throws by itself to redirect.
   */
  require<const F extends FeatureName<P>, C extends RouteContext>(
    feature: F,
    ...asks: Asking<P, F, [request: R, context: C]>
  ): <D extends C>(
    handler: (request: R, context: D, decision: Decision) => Response | Promise<Response>,
  ) => (request: R, context: D) => Promise<Response>
  /** A route handler: what the caller may use now, as JSON for their own page. */
  readonly entitlements: (request: R) => Promise<Response>
}

/** Route handlers of the app router, Next 15 and newer. */
export function enforce<const P extends Product, R extends Request = Request>(
  enforcer: EnforcerFor<P, [request: R]>,
  options: EnforceOptions<P, [request: R]> = {},
): NextEnforcement<P, R> {
  return {
    require<const F extends FeatureName<P>, C extends RouteContext>(feature: F, ...asks: Asking<P, F, [request: R, context: C]>) {
      const enforcement = new Enforcement<P, [request: R, context: C]>(enforcer, options)
      return <D extends C>(handler: (request: R, context: D, decision: Decision) => Response | Promise<Response>) =>
        async (request: R, context: D): Promise<Response> => {
          const { decision, answer } = await enforcement.judge(feature, asks, [request, context])
          if (answer !== undefined) return toResponse(answer)
          return answered(enforcement, async () => handler(request, context, decision))
        }
    },
    entitlements: async (request) => toResponse(await new Enforcement(enforcer, options).entitlements([request])),
  }
}
