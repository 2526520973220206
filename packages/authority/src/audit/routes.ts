import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { DEFAULT_LIMIT, decodeCursor, Page, PageQuery, page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Text } from '../app/http/text.ts'
import { pageOfAudit } from './service.ts'
import type { AuditRow } from './store.ts'

const AuditRecord = Type.Object({
  id: Type.Integer(),
  revision: Type.Optional(Type.Integer({ description: 'The change that it tells of. Absent: nothing changed.' })),
  at: Type.String({ format: 'date-time' }),
  actor: Type.String({ description: '`key:…`, `identity:…`, or `operator` for a person on the host.' }),
  action: Type.String({ description: 'Capability and verb: `organization.create`.' }),
  subject: Type.String({ description: 'Kind and id: `organization:acme`.' }),
  organization: Type.Optional(Type.String()),
  request_id: Type.String(),
  detail: Type.Object({}, { additionalProperties: true }),
})
const Word = Type.Optional(Text(256))

export function auditRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/audit',
    {
      config: { permission: 'manage:audit' },
      schema: {
        operationId: 'listAudit',
        summary: 'Read who did what, newest first',
        tags: ['audit'],
        querystring: Type.Object({ ...PageQuery.properties, actor: Word, action: Word, subject: Word }, { additionalProperties: false }),
        response: { 200: Page(AuditRecord), ...problems },
      },
    },
    async (request) => {
      const { limit = DEFAULT_LIMIT, after, ...filter } = request.query
      const { items, last } = await pageOfAudit(authority, credentialOf(request), filter, decodeCursor(after, 'number'), limit)
      return page(items.map(shown), last)
    },
  )
}

function shown({ revision, organization, at, ...row }: AuditRow) {
  return { ...row, at: formatInstant(at), ...(revision !== null && { revision }), ...(organization !== null && { organization }) }
}
