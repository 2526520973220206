import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { listOf } from '../app/http/list.ts'
import { byOf, DryRunQuery } from '../app/http/mutation.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { parkedPurpose } from '../keys/sealed-places.ts'
import type { ParkedRow } from './parked-store.ts'
import { confirmable, discard, pageOfParked, readParked, settle } from './parking.ts'
import type { Replay } from './replay.ts'
import { ImpactWire, meanwhileWire } from './wire.ts'

const At = Type.String({ format: 'date-time' })
const Parked = Type.Object({
  id: Id,
  at: At,
  expires_at: { ...At, description: 'From then on nobody confirms it any more.' },
  api_key: Type.String({ description: 'Who asked for it. It is done as theirs.' }),
  identity: Type.Optional(Id),
  action: Type.String({ description: 'As the audit calls it: license.suspend' }),
  subject: Type.String(),
  organization: Type.Optional(Id),
  method: Type.String(),
  url: Type.String(),
  impact: ImpactWire,
  ...meanwhileWire,
  state: Type.Union([Type.Literal('waiting'), Type.Literal('confirmed'), Type.Literal('discarded')]),
  decided_at: Type.Optional(At),
  decided_by: Type.Optional(
    Type.String({ description: '`replaced`: it was asked for again and came to something else. `expired`: it waited too long.' }),
  ),
})
const list = listOf(
  { id: 'text', at: 'number' },
  { state: Type.Optional(Type.Union([Type.Literal('waiting'), Type.Literal('confirmed'), Type.Literal('discarded')])) },
  '-at',
)
const ById = Type.Object({ id: Id })
const read = { permission: 'manage:guard', feature: 'guard.read' } as const
const write = { permission: 'manage:guard', feature: 'guard.write' } as const
const tags = ['guard']

export function parkedRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/parked-changes',
    {
      config: read,
      schema: {
        operationId: 'listParkedChanges',
        summary: 'List changes that wait for somebody else to confirm them, and what became of others',
        tags,
        querystring: list.query,
        response: { 200: Page(Parked), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = list.read(request)
      return page(await pageOfParked(authority, credentialOf(request), filter, listing), shown)
    },
  )

  server.get(
    '/v1/parked-changes/:id',
    {
      config: read,
      schema: {
        operationId: 'readParkedChange',
        summary: 'Read a parked change',
        tags,
        params: ById,
        response: { 200: Parked, ...problems },
      },
    },
    async (request) => shown(await readParked(authority, credentialOf(request), request.params.id)),
  )

  server.post(
    '/v1/parked-changes/:id/confirm',
    {
      config: write,
      schema: {
        operationId: 'confirmParkedChange',
        summary: 'Confirm what somebody else asked for: it is done now',
        description:
          'As a deed of who asked, confirmed by you. Another key than theirs, and another identity. If it would take something else by now it is not done: 409 `CHANGE_PARKED`, and another one waits that says what.',
        tags,
        params: ById,
        querystring: DryRunQuery,
        response: { 200: Parked, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const by = byOf(request)
      const { dryRun = false, actor } = by
      const credential = credentialOf(request)
      const { row, asked, asker } = await confirmable(authority, credential, id)
      // A text is tried by its route without a word of it.
      const url = dryRun && asked.content_type === null ? `${row.url}${row.url.includes('?') ? '&' : '?'}dry_run=true` : row.url
      const answer = await authority.replays.run(server, {
        asker,
        method: row.method as Replay['method'],
        url,
        ifMatch: asked.if_match,
        body: await authority.sealer.unseal(authority.db, asked.sealed, parkedPurpose(row.id)),
        contentType: asked.content_type,
        isDry: dryRun,
        confirmed: { parked: id, by: actor, digest: asked.digest },
      })
      if (answer.status < 400) {
        const done = await readParked(authority, credential, id)
        if (dryRun || done.state !== 'waiting') return shown(done)
        await settle(authority, by, done)
        return shown(await readParked(authority, credential, id))
      }
      return reply
        .code(answer.status as 400)
        .type('application/problem+json')
        .serializer((text: unknown) => String(text))
        .send(answer.body as never)
    },
  )

  server.post(
    '/v1/parked-changes/:id/discard',
    {
      config: write,
      schema: {
        operationId: 'discardParkedChange',
        summary: 'Discard a parked change: it is not done',
        tags,
        params: ById,
        querystring: DryRunQuery,
        response: { 200: Parked, ...problems },
      },
    },
    async (request) => {
      const credential = credentialOf(request)
      await discard(authority, byOf(request), credential, request.params.id)
      return shown(await readParked(authority, credential, request.params.id))
    },
  )
}

function shown({
  id,
  at,
  expires_at,
  api_key,
  identity,
  action,
  subject,
  organization,
  method,
  url,
  impact,
  meanwhile,
  losing,
  state,
  decided_at,
  decided_by,
}: ParkedRow) {
  return {
    id,
    at: formatInstant(at),
    expires_at: formatInstant(expires_at),
    api_key,
    ...(identity !== null && { identity }),
    action,
    subject,
    ...(organization !== null && { organization }),
    method,
    url,
    impact,
    ...(meanwhile !== null && { meanwhile }),
    ...(losing !== null && { losing }),
    state,
    ...(decided_at !== null && { decided_at: formatInstant(decided_at) }),
    ...(decided_by !== null && { decided_by }),
  }
}
