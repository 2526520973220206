import Type from 'typebox'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { unfit } from '../app/body-field.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { BODY_LIMIT, TermsSource } from '../catalog/schemas.ts'
import { NewlyUnprovableWire, shownNewlyUnprovable } from '../forecast/unprovable-wire.ts'
import { installForetelling } from './foretelling.ts'
import { forecast, impactOfTerms } from './service.ts'
import { ImpactWire, shownTo } from './wire.ts'

const DAY_MILLISECONDS = 86_400_000
/** An impact may look at everybody. */
const COST = 20

const Change = Type.Object(
  {
    method: Type.Union([Type.Literal('POST'), Type.Literal('PUT'), Type.Literal('PATCH'), Type.Literal('DELETE')]),
    path: Type.String({ pattern: '^/v1/[^\\s?#]*$', maxLength: 1_024, description: 'As it would be asked for: /v1/licenses/lic_1/revoke' }),
    body: Type.Optional(Type.Unknown({ description: 'As it would be sent.' })),
  },
  { additionalProperties: false },
)
const Publish = Type.Object(
  {
    product: Id,
    terms: TermsSource,
    move: Type.Optional(Type.Boolean({ description: 'And every licence moved to them. Absent: those that there are keep their edition.' })),
  },
  { additionalProperties: false },
)

const Foretold = Type.Object({
  ...ImpactWire.properties,
  unprovable: Type.Optional(
    Type.Array(NewlyUnprovableWire, {
      description:
        'Of terms: who could not prove what they ask for and the newest edition does not. Also who could not use it before, so it need not be a loss.',
    }),
  ),
})

export function guardRoutes(server: Server, authority: Authority): void {
  const attempt = installForetelling(server)

  server.post(
    '/v1/impact',
    {
      config: { permission: 'manage:guard', feature: 'guard.read', cost: COST },
      bodyLimit: BODY_LIMIT,
      schema: {
        operationId: 'foretellImpact',
        summary: 'Say who would lose or gain what by a change, or by time alone, and when',
        description:
          'With `change`, any request that offers `dry_run`: it is tried as yours and undone. With `publish`, terms. With neither, what will happen by itself. Somebody "loses" a feature who could use it under the most favourable circumstances before and could not after. Changes nothing; told as far as your credential sees.',
        tags: ['guard'],
        body: Type.Object(
          {
            change: Type.Optional(Change),
            publish: Type.Optional(Publish),
            horizon_days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650, default: 90 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Foretold, ...problems },
      },
    },
    async (request, reply) => {
      const { change, publish, horizon_days = 90 } = request.body
      const horizonMilliseconds = horizon_days * DAY_MILLISECONDS
      const credential = credentialOf(request)
      if (change !== undefined && publish !== undefined) throw unfit('/publish', 'goes without change')
      if (publish !== undefined) {
        const { product, terms: source, move = false } = publish
        const { impact, unprovable } = await impactOfTerms(authority, credential, { product, source, move }, horizonMilliseconds)
        return { ...shownTo(impact, credential), unprovable: unprovable.map(shownNewlyUnprovable) }
      }
      if (change === undefined) return shownTo(await forecast(authority, horizonMilliseconds), credential)
      const { method, path, body } = change
      const tried = await attempt(request, { method, url: `${path}?dry_run=true`, body, horizonMilliseconds })
      if (tried.impact !== undefined) return shownTo(tried.impact, credential)
      if (tried.status < 400)
        throw new ApiError('REQUEST_INVALID', { errors: [{ in: 'body', pointer: '/change/path', detail: 'has no impact to tell' }] })
      // As it would be answered: whoever may not do it may not try it either.
      return reply
        .code(tried.status as 400)
        .type('application/problem+json')
        .serializer((text: unknown) => String(text))
        .send(tried.body as never)
    },
  )
}
