import type { Decision } from '../decision.ts'
import type { FeatureName, Product } from '../product.ts'
import type { Answer } from './answer.ts'
import { type Asking, Enforcement, type EnforceOptions, type EnforcerFor } from './enforcement.ts'

/** Some runtimes hand more to a handler than the request: `env` and `ctx`, `info`, `server`. */
type Handler<Rest extends readonly unknown[]> = (request: Request, ...rest: Rest) => Promise<Response>

interface FetchEnforcement<P extends Product> {
  /**
   * Wraps a handler, which gets the yes as its second argument; a no is answered, also a `Refused` that the handler throws. What is wrong
   * with the set-up is thrown.
   */
  require<const F extends FeatureName<P>>(
    feature: F,
    ...asks: Asking<P, F, [request: Request]>
  ): <Rest extends readonly unknown[]>(
    handler: (request: Request, decision: Decision, ...rest: Rest) => Response | Promise<Response>,
  ) => Handler<Rest>
  /** A handler: what the caller may use now, as JSON for their own page. */
  readonly entitlements: Handler<[]>
}

/** Whatever takes a `Request` and gives a `Response`: workers, Deno, Bun, service workers. */
export function enforce<const P extends Product>(
  enforcer: EnforcerFor<P, [request: Request]>,
  options: EnforceOptions<P, [request: Request]> = {},
): FetchEnforcement<P> {
  const enforcement = new Enforcement(enforcer, options)
  return {
    require:
      (feature, ...asks) =>
      (handler) =>
      async (request, ...rest) => {
        const { decision, answer } = await enforcement.judge(feature, asks, [request])
        if (answer !== undefined) return toResponse(answer)
        return answered(enforcement, async () => handler(request, decision, ...rest))
      },
    entitlements: async (request) => toResponse(await enforcement.entitlements([request])),
  }
}

/** With the answer to a `Refused` where the handler throws one. */
export async function answered(
  enforcement: Pick<Enforcement<never, never>, 'refused'>,
  handle: () => Promise<Response>,
): Promise<Response> {
  try {
    return await handle()
  } catch (error) {
    const answer = enforcement.refused(error)
    if (answer === undefined) throw error
    return toResponse(answer)
  }
}

export function toResponse({ status, headers, body }: Answer): Response {
  return new Response(body, { status, headers })
}
