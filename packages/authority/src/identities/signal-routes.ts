import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { instantIn } from '../app/http/instants.ts'
import { listOf } from '../app/http/list.ts'
import { byOf, DryRunQuery } from '../app/http/mutation.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Text } from '../app/http/text.ts'
import { Id } from '../app/ids.ts'
import { SignalSchema, TermsName } from './schemas.ts'
import { pageOfSignals, raiseSignal, withdrawSignal } from './signals.ts'
import type { SignalRow } from './store.ts'

const ById = Type.Object({ id: Id })

const reading = { permission: 'manage:identities', feature: 'signals.read' } as const
const list = listOf({ id: 'text', at: 'number' }, {}, 'id')
const config = { permission: 'manage:identities', feature: 'signals.write' } as const
const tags = ['identities']

export function signalRoutes(server: Server, authority: Authority): void {
  server.post(
    '/v1/identities/:id/signals',
    {
      config,
      schema: {
        operationId: 'raiseSignal',
        summary: 'Raise a signal against an identity',
        description: 'It stands until it is withdrawn; a proof that is newer answers it, where terms ask for a proof.',
        tags,
        params: ById,
        body: Type.Object(
          {
            name: TermsName,
            session: Type.Optional({ ...Text(256), description: 'Absent: every session.' }),
            device: Type.Optional({ ...Text(256), description: 'Absent: every device.' }),
            at: Type.Optional(Type.String({ format: 'date-time', description: 'When it was seen. Default: now.' })),
          },
          { additionalProperties: false },
        ),
        response: { 201: SignalSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { at, ...body } = request.body
      const input = { ...body, ...(at !== undefined && { at: instantIn(at, '/at') }) }
      const row = await raiseSignal(authority, byOf(request), credentialOf(request), request.params.id, input)
      return reply.code(201).header('location', `/v1/identities/${row.identity_id}/signals/${row.id}`).send(shown(row))
    },
  )

  server.get(
    '/v1/identities/:id/signals',
    {
      config: reading,
      schema: {
        operationId: 'listSignals',
        summary: 'List the signals that stand against an identity, by id',
        tags,
        params: ById,
        querystring: list.query,
        response: { 200: Page(SignalSchema), ...problems },
      },
    },
    async (request) => {
      const { listing, page } = list.read(request)
      return page(await pageOfSignals(authority, credentialOf(request), request.params.id, listing), shown)
    },
  )

  server.delete(
    '/v1/identities/:id/signals/:signal',
    {
      config,
      schema: {
        operationId: 'withdrawSignal',
        summary: 'Withdraw a signal',
        tags,
        params: Type.Object({ id: Id, signal: Id }),
        querystring: DryRunQuery,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const { id, signal } = request.params
      await withdrawSignal(authority, byOf(request), credentialOf(request), id, signal)
      return reply.code(204).send(null)
    },
  )
}

function shown({ identity_id, session, device, at, ...row }: SignalRow) {
  return {
    ...row,
    identity: identity_id,
    ...(session !== null && { session }),
    ...(device !== null && { device }),
    at: formatInstant(at),
  }
}
