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
import { ByProduct, EditionNumber } from '../catalog/schemas.ts'
import {
  DifferenceWire,
  Kind,
  MoveWire,
  Percent,
  Rollout,
  RolloutListed,
  State,
  shareOf,
  shownDifference,
  shownListed,
  shownMove,
  shownRollout,
} from './schemas.ts'
import { pageOfDifferences, pageOfMoves, pageOfRollouts, readRollout, startRollout } from './service.ts'
import { promoteRollout, raiseRollout, rollBack } from './stages.ts'

const ById = Type.Object({ product: Id, id: Id })
const list = listOf({ started_at: 'number' }, {}, '-started_at')
const differences = listOf(
  { counted: 'number', last_seen: 'number' },
  { kind: Type.Optional(Kind), license: Type.Optional(Id), feature: Type.Optional(Text(256)) },
  '-counted',
)
const moves = listOf({ license: 'text', at: 'number' }, { state: Type.Optional(State) }, 'license')
const MOVING = 'Licences are moved behind the answer, each batch a change of its own: `is_moving` says whether some are on their way.'
const config = { permission: 'manage:catalog' } as const
const tags = ['rollouts']
/** It looks at everybody who has a licence of the product. */
const COST = 20

export function rolloutRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/products/:product/rollouts',
    {
      config,
      schema: {
        operationId: 'startRollout',
        summary: 'Begin to roll an edition out: compare live decisions with those that there would be on it, and move nobody',
        description:
          'For the newest edition, or one published with `staged` after it. Checks, evaluations, flags and reservations are answered as ever, and once more as they would be with the licence on the edition, on the same facts and usage at the same instant. The second answer spends nothing.',
        tags,
        params: ByProduct,
        querystring: DryRunQuery,
        body: Type.Object(
          {
            edition: EditionNumber,
            sample_percent: Type.Optional({ ...Percent, description: 'Of the decisions to compare. Absent: all of them.' }),
          },
          { additionalProperties: false },
        ),
        response: { 201: RolloutListed, ...problems },
      },
    },
    async (request, reply) => {
      const { product } = request.params
      const { edition, sample_percent = 100 } = request.body
      const started = await startRollout(authority, byOf(request), credentialOf(request), {
        product,
        edition,
        sample: shareOf(sample_percent),
      })
      return reply.code(201).header('location', `/v1/products/${product}/rollouts/${started.id}`).send(shownListed(started))
    },
  )

  server.get(
    '/v1/products/:product/rollouts',
    {
      config,
      schema: {
        operationId: 'listRollouts',
        summary: 'List the roll-outs of a product, the latest first',
        tags,
        params: ByProduct,
        querystring: list.query,
        response: { 200: Page(RolloutListed), ...problems },
      },
    },
    async (request) => {
      const { listing, page } = list.read(request)
      return page(await pageOfRollouts(authority, credentialOf(request), request.params.product, listing), shownListed)
    },
  )

  server.get(
    '/v1/products/:product/rollouts/:id',
    {
      config,
      schema: {
        operationId: 'readRollout',
        summary: 'Read how far a roll-out is, and what was or would be different',
        tags,
        params: ById,
        response: { 200: Rollout, ...problems },
      },
    },
    async (request) => {
      const { product, id } = request.params
      return shownRollout(await readRollout(authority, credentialOf(request), product, id))
    },
  )

  server.get(
    '/v1/products/:product/rollouts/:id/differences',
    {
      config,
      schema: {
        operationId: 'listRolloutDifferences',
        summary: 'List the differences that a roll-out would make, by licence and feature',
        tags,
        params: ById,
        querystring: differences.query,
        response: { 200: Page(DifferenceWire), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = differences.read(request)
      return page(await pageOfDifferences(authority, credentialOf(request), request.params, filter, listing), shownDifference)
    },
  )

  server.get(
    '/v1/products/:product/rollouts/:id/moves',
    {
      config,
      schema: {
        operationId: 'listRolloutMoves',
        summary: 'List the licences that a roll-out was to move, and what became of each',
        tags,
        params: ById,
        querystring: moves.query,
        response: { 200: Page(MoveWire), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = moves.read(request)
      return page(await pageOfMoves(authority, credentialOf(request), request.params, filter, listing), shownMove)
    },
  )

  server.post(
    '/v1/products/:product/rollouts/:id/raise',
    {
      config: { ...config, cost: COST },
      schema: {
        operationId: 'raiseRollout',
        summary: 'Move a share of the licences to the edition, or a larger one',
        description: `Which they are hangs on their ids alone: a larger share has all of a smaller one. ${MOVING} Needs \`manage:licenses\` too.`,
        tags,
        params: ById,
        querystring: DryRunQuery,
        body: Type.Object({ percent: { ...Percent, description: 'Of the licences; it only rises.' } }, { additionalProperties: false }),
        response: { 200: RolloutListed, ...problems },
      },
    },
    async (request) => {
      const { params, body } = request
      return shownListed(await raiseRollout(authority, byOf(request), credentialOf(request), params, shareOf(body.percent)))
    },
  )

  server.post(
    '/v1/products/:product/rollouts/:id/promote',
    {
      config: { ...config, cost: COST },
      schema: {
        operationId: 'promoteRollout',
        summary: 'Move all licences that are left, and make the edition that of new ones',
        description: `${MOVING} Needs \`manage:licenses\` too.`,
        tags,
        params: ById,
        querystring: DryRunQuery,
        response: { 200: RolloutListed, ...problems },
      },
    },
    async (request) => shownListed(await promoteRollout(authority, byOf(request), credentialOf(request), request.params)),
  )

  server.post(
    '/v1/products/:product/rollouts/:id/roll-back',
    {
      config: { ...config, cost: COST },
      schema: {
        operationId: 'rollBack',
        summary: 'Take back those that the roll-out has moved, each to the edition that it came from',
        description: `Who was put elsewhere since stays there. Promoted, the edition is staged again, and new licences get the one before. ${MOVING} Needs \`manage:licenses\` too.`,
        tags,
        params: ById,
        querystring: DryRunQuery,
        response: { 200: RolloutListed, ...problems },
      },
    },
    async (request) => shownListed(await rollBack(authority, byOf(request), credentialOf(request), request.params)),
  )
}
