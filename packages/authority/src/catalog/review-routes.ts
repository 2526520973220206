import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { Finding, problems } from '../app/http/errors.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { NewlyUnprovableWire, shownNewlyUnprovable } from '../forecast/unprovable-wire.ts'
import { compareEditions, contractOf, planPublication } from './review.ts'
import { BODY_LIMIT, ByEdition, ByProduct, Consequence, EditionNumber, Named, TermsSource } from './schemas.ts'
import type { EditionRow } from './store.ts'

const config = { permission: 'manage:catalog', feature: 'catalog.read' } as const
const tags = ['catalog']

/** Looking before publishing, and at what was published: nothing here changes anything. */
export function reviewRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/products/:product/editions/plan',
    {
      config,
      bodyLimit: BODY_LIMIT,
      schema: {
        operationId: 'planEdition',
        summary: 'Say what publishing terms would come to',
        description:
          'Consequences against the newest edition, what takes away first, and how many licences there are. Changes nothing. `plan_hash` names these terms onto that edition: publish with it as `if_plan`, and nothing else is published.',
        tags,
        params: ByProduct,
        body: Type.Object({ terms: TermsSource }, { additionalProperties: false }),
        response: {
          200: Type.Object({
            product: Id,
            base: Type.Optional({ ...Named, description: 'The newest edition; absent: the product is new.' }),
            edition: Type.Integer({ minimum: 1, description: 'The edition that there would be.' }),
            hash: Type.String(),
            is_new: Type.Boolean({
              description: 'False: these terms are the newest edition already, and publishing them changes nothing.',
            }),
            plan_hash: Type.String(),
            consequences: Type.Array(Consequence),
            licenses: Type.Array(Type.Object({ edition: Type.Integer(), count: Type.Integer() }), {
              description: 'Licences that are not revoked, by edition, newest first.',
            }),
            at_once: Type.Integer({ description: 'How many of them are narrowed at once, whatever edition they have.' }),
            unprovable: Type.Array(NewlyUnprovableWire, {
              description: 'Who could not prove what they ask for and the newest edition does not.',
            }),
            sign_offs: Type.Array(Type.String(), {
              description: 'Roles that sign them off before they are published; none: nobody has to.',
            }),
            warnings: Type.Array(Finding),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { product } = request.params
      const plan = await planPublication(authority, credentialOf(request), product, request.body.terms)
      const { base, edition, hash, isNew, planHash, consequences, licenses, atOnce, unprovable, signOffs, warnings } = plan
      return {
        product,
        ...(base && { base: named(base) }),
        edition,
        hash,
        is_new: isNew,
        plan_hash: planHash,
        consequences: [...consequences],
        licenses: [...licenses],
        at_once: atOnce,
        unprovable: unprovable.map(shownNewlyUnprovable),
        sign_offs: [...signOffs],
        warnings: [...warnings],
      }
    },
  )

  server.get(
    '/v1/products/:product/editions/:edition/diff/:other',
    {
      config,
      schema: {
        operationId: 'diffEditions',
        summary: 'Say what one edition comes to for who has another',
        description: 'In consequences, not lines; what takes away first. From `edition` to `other`, in either order.',
        tags,
        params: Type.Object({ product: Id, edition: EditionNumber, other: EditionNumber }),
        response: {
          200: Type.Object({ product: Id, before: Named, after: Named, consequences: Type.Array(Consequence) }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { product, edition, other } = request.params
      const { before, after, consequences } = await compareEditions(authority, credentialOf(request), product, edition, other)
      return { product, before: named(before), after: named(after), consequences: [...consequences] }
    },
  )

  server.get(
    '/v1/products/:product/editions/:edition/contract',
    {
      config,
      schema: {
        operationId: 'readContract',
        summary: 'Read an edition as prose',
        description:
          'For legal and finance to read and sign: Markdown, numbered, complete, with the edition and its hash on top. The same edition always has the same text.',
        tags,
        params: ByEdition,
        response: {
          200: { description: 'The contract', content: { 'text/markdown': { schema: Type.String() } } },
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { product, edition } = request.params
      const text = await contractOf(authority, credentialOf(request), product, edition)
      return reply.type('text/markdown; charset=utf-8').send(text)
    },
  )
}

function named({ edition, hash }: EditionRow) {
  return { edition, hash }
}
