import type { Context, Env, Handler, MiddlewareHandler } from 'hono'
import type { Decision } from '../decision.ts'
import type { FeatureName, Product } from '../product.ts'
import { type Asking, Enforcement, type EnforceOptions, type EnforcerFor } from './enforcement.ts'
import { toResponse } from './fetch.ts'

interface HonoEnforcement<P extends Product, E extends Env> {
  /** Middleware: goes on with a yes, as `c.var.writ`, and answers a no. What is wrong with the set-up is thrown. */
  require<const F extends FeatureName<P>>(
    feature: F,
    ...asks: Asking<P, F, [c: Context<E>]>
  ): MiddlewareHandler<E & { Variables: { writ: Decision } }>
  /** For `onError`: the answer to a `Refused` that a handler threw; of any other error none. */
  readonly refused: (error: Error) => Response | undefined
  /** A handler: what the caller may use now, as JSON for their own page. */
  readonly entitlements: Handler<E>
}

/** Hono 4. */
export function enforce<const P extends Product, E extends Env = Env>(
  enforcer: EnforcerFor<P, [c: Context<E>]>,
  options: EnforceOptions<P, [c: Context<E>]> = {},
): HonoEnforcement<P, E> {
  const enforcement = new Enforcement(enforcer, options)
  return {
    require:
      (feature, ...asks) =>
      async (c, next) => {
        const { decision, answer } = await enforcement.judge(feature, asks, [c as Context])
        if (answer !== undefined) return toResponse(answer)
        c.set('writ', decision)
        return await next()
      },
    refused: (error) => {
      const answer = enforcement.refused(error)
      return answer && toResponse(answer)
    },
    entitlements: async (c) => toResponse(await enforcement.entitlements([c])),
  }
}
