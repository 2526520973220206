import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { RangeQuery, rangeIn } from '../app/http/instants.ts'
import { listOf } from '../app/http/list.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Text } from '../app/http/text.ts'
import { Id } from '../app/ids.ts'
import { pageOfAudit, readAudit } from './service.ts'
import type { AuditResult, AuditRow } from './store.ts'

const AuditRecord = Type.Object({
  id: Type.Integer(),
  revision: Type.Optional(Type.Integer({ description: 'The change that it tells of. Absent: nothing changed.' })),
  at: Type.String({ format: 'date-time' }),
  actor: Type.String({ description: '`key:…`, `identity:…`, or `operator` for a person on the host.' }),
  identity: Type.Optional(Type.String({ description: 'Whom the key acted for.' })),
  action: Type.String({ description: 'Capability and verb: `organization.create`.' }),
  subject: Type.String({ description: 'Kind and id: `organization:acme`.' }),
  organization: Type.Optional(Type.String()),
  result: Type.Unsafe<AuditResult>({ type: 'string', enum: ['done', 'refused'] }),
  request_id: Type.String(),
  detail: Type.Object({}, { additionalProperties: true }),
})
const Word = Type.Optional(Text(256))
const list = listOf(
  { id: 'number' },
  {
    ...RangeQuery,
    actor: Word,
    identity: Word,
    action: Word,
    subject: Word,
    organization: Type.Optional(Id),
    result: Type.Optional(AuditRecord.properties.result),
    text: Type.Optional({ ...Text(256), description: 'Stands somewhere in actor, action, subject or detail, in any case.' }),
  },
  '-id',
  'number',
)

const config = { permission: 'manage:audit' } as const
const tags = ['audit']

export function auditRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/audit',
    {
      config,
      schema: {
        operationId: 'listAudit',
        summary: 'Search who did what, and what was refused to whom, newest first',
        tags,
        querystring: list.query,
        response: { 200: Page(AuditRecord), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = list.read(request)
      const { from, to, ...words } = filter
      const range = rangeIn({ ...(from && { from }), ...(to && { to }) })
      return page(await pageOfAudit(authority, credentialOf(request), { ...words, ...range }, listing), shown)
    },
  )

  server.get(
    '/v1/audit/:id',
    {
      config,
      schema: {
        operationId: 'readAudit',
        summary: 'Read one row of the audit',
        tags,
        params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
        response: { 200: AuditRecord, ...problems },
      },
    },
    async (request) => shown(await readAudit(authority, credentialOf(request), request.params.id)),
  )
}

function shown({ revision, organization, identity, at, ...row }: AuditRow) {
  return {
    ...row,
    at: formatInstant(at),
    ...(revision !== null && { revision }),
    ...(organization !== null && { organization }),
    ...(identity !== null && { identity }),
  }
}
