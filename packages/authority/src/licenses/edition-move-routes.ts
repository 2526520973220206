import type { Consequence as TermsConsequence } from '@writ/terms'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { cursorsOf } from '../app/http/list.ts'
import { byOf, DryRunQuery } from '../app/http/mutation.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { Consequence } from '../catalog/schemas.ts'
import { moveBatch, previewMove, type Refusal } from './edition-moves.ts'
import { Name } from './routes.ts'
import { whyItStays } from './why-it-stays.ts'

const Edition = Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 })
const DEFAULT_BATCH = 50

const Refused = Type.Object({
  license: Id,
  code: Type.String({ description: 'Why it stays: PLAN_UNKNOWN, OVERRIDES_INVALID, NO_TRIAL.' }),
  detail: Type.String({ description: 'That in words, and what would help.' }),
  plans: Type.Optional(Type.Array(Type.String(), { description: 'That the edition has.' })),
  errors: Type.Optional(
    Type.Array(Type.Object({ in: Type.String(), pointer: Type.String(), detail: Type.String(), code: Type.Optional(Type.String()) })),
  ),
})
const Group = Type.Object({
  plan: Type.String(),
  edition: Type.Integer({ description: 'That they are on now.' }),
  licenses: Type.Integer(),
  organizations: Type.Integer(),
  identities: Type.Integer({ description: 'Active members of those organizations, and holders.' }),
  stays: Type.Optional(Type.Literal(true, { description: 'The new edition has no such plan: put them on another plan first.' })),
  consequences: Type.Array(Type.Unsafe<TermsConsequence>(Consequence), {
    description: 'What changes for them; what takes away comes first.',
  }),
})
const Answer = Type.Object({
  product: Type.String(),
  edition: Edition,
  moved: Type.Array(Id, { description: 'In this batch. In a dry run none.' }),
  refused: Type.Array(Refused, { description: 'Of this batch; in a dry run those whose overrides do not fit.' }),
  next: Type.Optional(Type.String({ description: 'Send it as `after` for the next batch. Absent: all are looked at.' })),
  preview: Type.Optional(Type.Array(Group, { description: 'In a dry run: what the whole move comes to, by plan and edition.' })),
})

export function editionMoveRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/edition-moves',
    {
      config: { permission: 'manage:licenses', cost: 20 },
      schema: {
        operationId: 'moveToEdition',
        summary: 'Move licences to another edition of their terms, a batch at a time',
        description:
          'Each licence is a change of its own, keeps its plan, dates, seats, overrides and what was used; one that cannot go stays, and is named with the reason. Ask again with `next` until there is none. It is held by what all of it would take, and confirmed once, with whichever batch is the first. With `dry_run`, says for the whole move who is on what and what changes for them, and moves nobody. For one licence, `POST /v1/licenses/{id}/change-plan`.',
        tags: ['licenses'],
        querystring: DryRunQuery,
        body: Type.Object(
          {
            product: Name,
            edition: Type.Optional({ ...Edition, description: 'Absent: the newest.' }),
            plan: Type.Optional(Name),
            organization: Type.Optional(Id),
            from: Type.Optional({ ...Edition, description: 'Only those of this edition.' }),
            after: Type.Optional(Type.String({ minLength: 1, maxLength: 512, description: 'The `next` of the batch before.' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: DEFAULT_BATCH })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Answer, ...problems },
      },
    },
    async (request) => {
      const { after, limit = DEFAULT_BATCH, ...move } = request.body
      const { product } = move
      const by = byOf(request)
      const credential = credentialOf(request)
      if (by.dryRun === true) {
        const { edition, groups, refused } = await previewMove(authority, by, credential, move)
        const preview = groups.map((group) => ({ ...group, consequences: [...group.consequences] }))
        return { product, edition, moved: [], refused: refused.map(shown), preview }
      }
      // Whose licences those are comes first: a cursor of an older version names a place by id alone.
      const cursors = cursorsOf([request.routeOptions.url, 'whose', Object.entries(move).sort()], 'text', 'text')
      const { edition, moved, refused, last } = await moveBatch(authority, by, credential, move, cursors.open(after), limit)
      return { product, edition, moved: [...moved], refused: refused.map(shown), ...cursors.next(last) }
    },
  )
}

function shown({ plans, errors, ...rest }: Refusal) {
  return { ...rest, detail: whyItStays(rest.code), ...(plans && { plans: [...plans] }), ...(errors && { errors: [...errors] }) }
}
