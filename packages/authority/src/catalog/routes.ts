import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { Finding, problems } from '../app/http/errors.ts'
import { listOf, Part } from '../app/http/list.ts'
import { byOf, DryRunQuery } from '../app/http/mutation.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { Publication, shownPublication } from './publication-routes.ts'
import { BODY_LIMIT, ByEdition, ByProduct, Edition, HASH_PATTERN, TermsSource } from './schemas.ts'
import { pageOfEditions, pageOfProducts, publish, readEdition, readProduct } from './service.ts'
import type { EditionListed, ProductRow } from './store.ts'

const Product = Type.Object({
  id: Id,
  title: Type.String(),
  newest_edition: Type.Integer(),
  published_at: Type.String({ format: 'date-time', description: 'Of the newest edition.' }),
})
const Published = Type.Object({ ...Edition.properties, warnings: Type.Array(Finding) })
const products = listOf({ id: 'text', title: 'text', published_at: 'number' }, { q: Part('the id or the title') }, 'id')
const editions = listOf({ edition: 'number' }, {}, '-edition', 'number')
const config = { permission: 'manage:catalog' } as const
const tags = ['catalog']

export function catalogRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/products/:product/editions',
    {
      config,
      bodyLimit: BODY_LIMIT,
      schema: {
        operationId: 'publishEdition',
        summary: 'Publish terms as the next edition of a product',
        description:
          'The same terms as the newest edition, whatever their comments and layout, change nothing and are answered with 200. Where they or the newest edition name sign-offs, they wait for these: 202.',
        tags,
        params: ByProduct,
        querystring: DryRunQuery,
        body: Type.Object(
          {
            terms: TermsSource,
            staged: Type.Optional(
              Type.Boolean({
                description:
                  'Publish for a roll-out: nobody is on it, new licences do not get it, and its protective terms bind nobody else until it is promoted.',
              }),
            ),
            if_plan: Type.Optional(
              Type.String({
                pattern: HASH_PATTERN,
                description:
                  'The `plan_hash` of `planEdition`: publish only these terms, and only if no other edition came since; else `PUBLICATION_PLAN_OUTDATED`.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Published, 201: Published, 202: Type.Object({ publication: Publication }), ...problems },
      },
    },
    async (request, reply) => {
      const { product } = request.params
      const { terms, if_plan: ifPlan, staged = false } = request.body
      const done = await publish(authority, byOf(request), credentialOf(request), product, terms, { ifPlan, staged })
      if ('waiting' in done) {
        const publication = shownPublication(done.waiting)
        return reply.code(202).header('location', `/v1/products/${product}/publications/${publication.id}`).send({ publication })
      }
      const { isNew, warnings, ...edition } = done
      const sent = { ...shown(edition), warnings: [...warnings] }
      if (!isNew) return reply.code(200).send(sent)
      return reply.code(201).header('location', `/v1/products/${product}/editions/${edition.edition}`).send(sent)
    },
  )

  server.get(
    '/v1/products',
    {
      config,
      schema: {
        operationId: 'listProducts',
        summary: 'List products, by id',
        tags,
        querystring: products.query,
        response: { 200: Page(Product), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = products.read(request)
      return page(await pageOfProducts(authority, credentialOf(request), filter, listing), shownProduct)
    },
  )

  server.get(
    '/v1/products/:product',
    {
      config,
      schema: {
        operationId: 'readProduct',
        summary: 'Read a product',
        tags,
        params: ByProduct,
        response: { 200: Product, ...problems },
      },
    },
    async (request) => shownProduct(await readProduct(authority, credentialOf(request), request.params.product)),
  )

  server.get(
    '/v1/products/:product/editions',
    {
      config,
      schema: {
        operationId: 'listEditions',
        summary: 'List the editions of a product, newest first',
        tags,
        params: ByProduct,
        querystring: editions.query,
        response: { 200: Page(Edition), ...problems },
      },
    },
    async (request) => {
      const { listing, page } = editions.read(request)
      return page(await pageOfEditions(authority, credentialOf(request), request.params.product, listing), shown)
    },
  )

  server.get(
    '/v1/products/:product/editions/:edition',
    {
      config,
      schema: {
        operationId: 'readEdition',
        summary: 'Read an edition, its terms included',
        tags,
        params: ByEdition,
        response: {
          200: Type.Object({
            ...Edition.properties,
            terms: Type.String({ description: 'The canonical form, what `hash` is of.' }),
            source: Type.String({ description: 'The text as it was published.' }),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { product, edition } = request.params
      const row = await readEdition(authority, credentialOf(request), product, edition)
      return { ...shown(row), terms: row.terms, source: row.source }
    },
  )
}

function shown({ published_at, staged, ...row }: EditionListed) {
  return { ...row, published_at: formatInstant(published_at), ...(staged && { staged }) }
}

function shownProduct({ published_at, ...row }: ProductRow) {
  return { ...row, published_at: formatInstant(published_at) }
}
