import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { listOf } from '../app/http/list.ts'
import { byOf, DryRunQuery } from '../app/http/mutation.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Text } from '../app/http/text.ts'
import { Id } from '../app/ids.ts'
import { NewlyUnprovableWire, shownNewlyUnprovable } from '../forecast/unprovable-wire.ts'
import { planPublication, proseOf } from './review.ts'
import { ByProduct, Consequence, HASH_PATTERN } from './schemas.ts'
import { pageOfPublications, type Publication as Row, readPublication, refuse, signOff, withdraw } from './sign-offs.ts'

const Time = Type.String({ format: 'date-time' })
const Role = Type.String({ minLength: 1, maxLength: 100 })
export const Publication = Type.Object({
  id: Id,
  product: Id,
  state: Type.Unsafe<Row['state']>({
    type: 'string',
    enum: ['waiting', 'published', 'withdrawn', 'refused', 'outdated'],
    description: '`refused`: somebody would not sign it. `outdated`: another edition was published since, so it never will be.',
  }),
  base: Type.Integer({ description: 'The edition that it follows; 0: the product is new.' }),
  hash: Type.String({ description: 'Of the canonical form: what is signed off.' }),
  title: Type.String(),
  waits_for: Type.Array(Type.String(), { description: 'Roles that have not signed it off yet.' }),
  sign_offs: Type.Array(Type.Object({ role: Type.String(), identity: Id, at: Time })),
  refused: Type.Optional(Type.Object({ role: Type.String(), identity: Id, at: Time, reason: Type.String() })),
  edition: Type.Optional(Type.Integer({ description: 'That it was published as.' })),
  staged: Type.Optional(Type.Literal(true, { description: 'For a roll-out.' })),
  created_at: Time,
  created_by: Type.String(),
  identity: Type.Optional(Type.String({ description: 'Whom the key acted for that asked for it.' })),
})
const Whole = Type.Object({
  ...Publication.properties,
  terms: Type.String({ description: 'The canonical form.' }),
  source: Type.String(),
  consequences: Type.Array(Consequence, { description: 'Of one that waits: against the newest edition, what takes away first.' }),
  unprovable: Type.Array(NewlyUnprovableWire, {
    description: 'Of one that waits: who could not prove what it asks for and the newest edition does not.',
  }),
  contract: Type.String({ description: 'The terms in prose, Markdown.' }),
})
const ById = Type.Object({ product: Id, id: Id })
const list = listOf({ created_at: 'number' }, {}, '-created_at')
const all = listOf(
  { created_at: 'number' },
  { product: Type.Optional(Id), waiting: Type.Optional(Type.Boolean({ description: 'Only those that can still be signed off.' })) },
  '-created_at',
)

const tags = ['catalog']
const reading = { permission: 'manage:catalog' } as const
const signing = { permission: 'manage:catalog', feature: 'catalog.sign_off' } as const

export function publicationRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/publications',
    {
      config: reading,
      schema: {
        operationId: 'listAllPublications',
        summary: 'List terms of whichever product that wait for sign-offs, and those that did',
        description: 'Those of products that are not there yet too: a product is there once its first edition is signed off.',
        tags,
        querystring: all.query,
        response: { 200: Page(Publication), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = all.read(request)
      return page(await pageOfPublications(authority, credentialOf(request), filter, listing), shownPublication)
    },
  )

  server.get(
    '/v1/products/:product/publications',
    {
      config: reading,
      schema: {
        operationId: 'listPublications',
        summary: 'List terms that wait for sign-offs, and those that did',
        tags,
        params: ByProduct,
        querystring: list.query,
        response: { 200: Page(Publication), ...problems },
      },
    },
    async (request) => {
      const { listing, page } = list.read(request)
      return page(await pageOfPublications(authority, credentialOf(request), request.params, listing), shownPublication)
    },
  )

  server.get(
    '/v1/products/:product/publications/:id',
    {
      config: reading,
      schema: {
        operationId: 'readPublication',
        summary: 'Read what is to be signed off: the terms, what they come to, and the contract in prose',
        tags,
        params: ById,
        response: { 200: Whole, ...problems },
      },
    },
    async (request) => {
      const { product, id } = request.params
      const reach = credentialOf(request)
      const row = await readPublication(authority, reach, product, id)
      // Whoever sees some organizations alone sees the terms, and not what they come to for all.
      const plan =
        row.state === 'waiting' && reach.organizations === undefined
          ? await planPublication(authority, reach, product, row.terms)
          : undefined
      return {
        ...shownPublication(row),
        terms: row.terms,
        source: row.source,
        consequences: [...(plan?.consequences ?? [])],
        unprovable: (plan?.unprovable ?? []).map(shownNewlyUnprovable),
        contract: proseOf(row),
      }
    },
  )

  server.post(
    '/v1/products/:product/publications/:id/sign-off',
    {
      config: signing,
      schema: {
        operationId: 'signOff',
        summary: 'Sign off exactly these terms in a role of your own; the last sign-off publishes them',
        description:
          'By a key that acts for a person who has the role in the authority, who is not the one that asked for the publication, and who signs it in one role.',
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: Type.Object(
          { role: Role, hash: Type.String({ pattern: HASH_PATTERN, description: 'Of the terms that were read.' }) },
          { additionalProperties: false },
        ),
        response: { 200: Publication, ...problems },
      },
    },
    async (request) =>
      shownPublication(await signOff(authority, byOf(request), credentialOf(request), { ...request.params, ...request.body })),
  )

  server.post(
    '/v1/products/:product/publications/:id/refuse',
    {
      config: signing,
      schema: {
        operationId: 'refusePublication',
        summary: 'Say in a role of your own that you do not sign these terms off, and why; they wait no longer',
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: Type.Object({ role: Role, reason: Text(2_000) }, { additionalProperties: false }),
        response: { 200: Publication, ...problems },
      },
    },
    async (request) =>
      shownPublication(await refuse(authority, byOf(request), credentialOf(request), { ...request.params, ...request.body })),
  )

  server.post(
    '/v1/products/:product/publications/:id/withdraw',
    {
      config: reading,
      schema: {
        operationId: 'withdrawPublication',
        summary: 'Take back terms that wait for sign-offs',
        tags,
        params: ById,
        querystring: DryRunQuery,
        response: { 200: Publication, ...problems },
      },
    },
    async (request) => {
      const { product, id } = request.params
      return shownPublication(await withdraw(authority, byOf(request), credentialOf(request), product, id))
    },
  )
}

export function shownPublication({
  id,
  product,
  state,
  base_edition,
  hash,
  title,
  required,
  signOffs,
  edition,
  withdrawn_at,
  refused_role,
  refused_by,
  refused_reason,
  staged,
  created_at,
  created_by,
  identity,
}: Row) {
  return {
    id,
    product,
    state,
    base: base_edition,
    hash,
    title,
    waits_for: state === 'waiting' ? required.filter((role) => !signOffs.some((each) => each.role === role)) : [],
    sign_offs: signOffs.map(({ role, identity, at }) => ({ role, identity, at: formatInstant(at) })),
    ...(refused_role !== null && {
      refused: { role: refused_role, identity: refused_by ?? '', at: formatInstant(withdrawn_at ?? 0), reason: refused_reason ?? '' },
    }),
    ...(edition !== null && { edition }),
    ...(staged && { staged }),
    created_at: formatInstant(created_at),
    created_by,
    ...(identity !== null && { identity }),
  }
}
