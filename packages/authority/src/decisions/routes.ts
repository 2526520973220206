import { decisionToWire, parseInstant, requestFromWire, type WireRequest } from '@writ/engine'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { CheckRequest, DecisionSchema, ExplainRequest } from './schemas.ts'
import { check, explain } from './service.ts'

export function decisionRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/check',
    {
      config: { permission: 'decide' },
      schema: {
        tags: ['decisions'],
        operationId: 'check',
        summary: 'Ask whether somebody may use a feature, and take what the answer spends',
        description:
          'A refusal is an answer too: its status is 200. Takes a seat and a rate unit where the terms say so, and quota when `consume` is given.',
        body: CheckRequest,
        response: { 200: DecisionSchema, ...problems },
      },
    },
    async (request) => {
      const caller = { credential: credentialOf(request), requestId: request.id }
      return decisionToWire(await check(authority, caller, requestFromWire(request.body as WireRequest), 'whatever it spends'))
    },
  )

  server.post(
    '/v1/explain',
    {
      config: { permission: 'decide', feature: 'decisions.explain' },
      schema: {
        tags: ['decisions'],
        operationId: 'explain',
        summary: 'Show every gate of every candidate for a question',
        description:
          'Consumes nothing. With `at`, asks about another instant: needs the scope `simulate`, and the answer says `simulated`.',
        body: ExplainRequest,
        response: { 200: DecisionSchema, ...problems },
      },
    },
    async (request) => {
      const { at, ...asked } = request.body
      const instant = at === undefined ? undefined : parseInstant(at)
      if (at !== undefined && instant === undefined) {
        throw new ApiError('REQUEST_INVALID', { errors: [{ in: 'body', pointer: '/at', detail: 'must be an RFC 3339 instant' }] })
      }
      const caller = { credential: credentialOf(request), requestId: request.id }
      return explain(authority, caller, requestFromWire(asked as WireRequest), instant)
    },
  )
}
