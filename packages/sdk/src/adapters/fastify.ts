import type { FastifyReply, FastifyRequest, RouteGenericInterface } from 'fastify'
import type { Decision } from '../decision.ts'
import type { FeatureName, Product } from '../product.ts'
import type { Answer } from './answer.ts'
import { type Asking, Enforcement, type EnforceOptions, type EnforcerFor } from './enforcement.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The yes by which the request came through `require`. */
    writ?: Decision
  }
}

interface FastifyEnforcement<P extends Product> {
  /** A `preHandler`: goes on with a yes, as `request.writ`, and answers a no. What is wrong with the set-up is thrown. */
  require<const F extends FeatureName<P>, G extends RouteGenericInterface = RouteGenericInterface>(
    feature: F,
    ...asks: Asking<P, F, [request: FastifyRequest<G>]>
  ): (request: FastifyRequest<G>, reply: FastifyReply) => Promise<unknown>
  /** For `setErrorHandler`: answers a `Refused` that a handler threw, and leaves every other error to the handler above. */
  readonly refused: (error: unknown, request: FastifyRequest, reply: FastifyReply) => FastifyReply
  /** A handler: what the caller may use now, as JSON for their own page. */
  readonly entitlements: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>
}

/** Fastify 5. */
export function enforce<const P extends Product>(
  enforcer: EnforcerFor<P, [request: FastifyRequest]>,
  options: EnforceOptions<P, [request: FastifyRequest]> = {},
): FastifyEnforcement<P> {
  const enforcement = new Enforcement(enforcer, options)
  return {
    require:
      <const F extends FeatureName<P>, G extends RouteGenericInterface>(feature: F, ...asks: Asking<P, F, [request: FastifyRequest<G>]>) =>
      async (request: FastifyRequest<G>, reply: FastifyReply) => {
        const of = [request] as unknown as [request: FastifyRequest]
        const { decision, answer } = await enforcement.judge(feature, asks as Asking<P, F, typeof of>, of)
        if (answer !== undefined) return send(reply, answer)
        request.writ = decision
        return undefined
      },
    refused: (error, _request, reply) => {
      const answer = enforcement.refused(error)
      if (answer === undefined) throw error
      return send(reply, answer)
    },
    entitlements: async (request, reply) => send(reply, await enforcement.entitlements([request])),
  }
}

/** As text: a schema of the route for its own answers shall not cut ours. */
function send(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  return reply.code(status).headers(headers).send(body)
}
