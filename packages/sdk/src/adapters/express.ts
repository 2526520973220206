import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Decision } from '../decision.ts'
import type { FeatureName, Product } from '../product.ts'
import type { Answer } from './answer.ts'
import { type Asking, Enforcement, type EnforceOptions, type EnforcerFor } from './enforcement.ts'

declare module 'express-serve-static-core' {
  interface Request {
    /** The yes by which the request came through `require`. */
    writ?: Decision
  }
}

interface ExpressEnforcement<P extends Product> {
  /** Middleware: goes on with a yes, as `request.writ`, and answers a no. What is wrong with the set-up goes to `next`. */
  require<const F extends FeatureName<P>>(feature: F, ...asks: Asking<P, F, [request: Request]>): RequestHandler
  /** Error middleware: answers a `Refused` that a handler threw, and hands on every other error. */
  readonly refused: ErrorRequestHandler
  /** What the caller may use now, as JSON for their own page. */
  readonly entitlements: RequestHandler
}

/** Express 5. */
export function enforce<const P extends Product>(
  enforcer: EnforcerFor<P, [request: Request]>,
  options: EnforceOptions<P, [request: Request]> = {},
): ExpressEnforcement<P> {
  const enforcement = new Enforcement(enforcer, options)
  return {
    require:
      (feature, ...asks) =>
      async (request, response, next) => {
        const { decision, answer } = await enforcement.judge(feature, asks, [request])
        if (answer !== undefined) return send(response, answer)
        request.writ = decision
        next()
      },
    refused: (error, _request, response, next) => {
      const answer = response.headersSent ? undefined : enforcement.refused(error)
      if (answer === undefined) next(error)
      else send(response, answer)
    },
    entitlements: async (request, response) => send(response, await enforcement.entitlements([request])),
  }
}

function send(response: Response, { status, headers, body }: Answer): void {
  response.status(status).set(headers).end(body)
}
