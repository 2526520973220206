import { Readable } from 'node:stream'
import { formatInstant } from '@writ/engine'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { listOf } from '../app/http/list.ts'
import { byOf } from '../app/http/mutation.ts'
import { Page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { ImpactWire, shownTo } from '../guard/wire.ts'
import { MEDIA } from './kept.ts'
import { KIND_NAMES, type KindName } from './kinds.ts'
import type { Format } from './reader.ts'
import { BULK_SCOPES, beginImport, exportOf, pageOfFaults, pageOfImports, readImport, takeRows } from './service.ts'
import type { FaultRow, ImportRow } from './store.ts'

const KindSchema = Type.Unsafe<KindName>({ type: 'string', enum: KIND_NAMES })
const FormatSchema = Type.Unsafe<Format>({
  type: 'string',
  enum: ['csv', 'jsonl'],
  description: 'RFC 4180 with a header, or one JSON object a line.',
})
const Import = Type.Object({
  id: Id,
  kind: KindSchema,
  format: FormatSchema,
  dry_run: Type.Boolean(),
  state: Type.Unsafe<ImportRow['state']>({ type: 'string', enum: ['open', 'done'] }),
  rows: Type.Integer({ description: 'That are done with, refused ones included. Send what comes after them.' }),
  created: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  refused: Type.Integer({ description: 'Each is in the report, up to 10,000.' }),
  created_at: Type.String({ format: 'date-time' }),
  updated_at: Type.String({ format: 'date-time' }),
})
const Taken = Type.Object({
  ...Import.properties,
  impact: Type.Optional(
    Type.Object(ImpactWire.properties, {
      description:
        'At the end of a dry run: who would lose or gain what by all its rows together. Absent: they are too many, or went to several nodes.',
    }),
  ),
})
const Fault = Type.Object({
  row: Type.Integer({ description: 'From 1, without the header.' }),
  line: Type.Integer({ description: 'On which it begins, from 1, with the header.' }),
  column: Type.Optional(Type.String()),
  code: Type.String(),
  detail: Type.String(),
})
const ById = Type.Object({ id: Id })
const imports = listOf({ id: 'text', created_at: 'number' }, {}, '-created_at')
const faults = listOf({ row: 'number' }, {}, 'row', 'number')
const config = { permission: BULK_SCOPES, cost: 5 }
const tags = ['import and export']

export function bulkRoutes(server: Server, authority: Authority): void {
  // Within `register`, so that no other route takes a body that it has not read.
  server.register(async (scope) => {
    scope.addContentTypeParser(Object.values(MEDIA), { bodyLimit: Number.MAX_SAFE_INTEGER }, (_request, payload, done) =>
      done(null, payload),
    )
    rowsRoute(scope as Server, authority)
  })

  server.post(
    '/v1/imports',
    {
      config,
      schema: {
        operationId: 'beginImport',
        summary: 'Begin an import, or find the one of this id again',
        tags,
        body: Type.Object(
          {
            id: Type.Optional(Id),
            kind: KindSchema,
            format: FormatSchema,
            dry_run: Type.Optional(Type.Boolean({ description: 'Say what would become of each row, and do nothing.' })),
          },
          { additionalProperties: false },
        ),
        response: { 201: Import, ...problems },
      },
    },
    async (request, reply) => {
      const row = await beginImport(authority, byOf(request), credentialOf(request), request.body)
      return reply.code(201).header('location', `/v1/imports/${row.id}`).send(shown(row))
    },
  )

  server.get(
    '/v1/imports',
    {
      config,
      schema: {
        operationId: 'listImports',
        summary: 'List your imports, newest first',
        tags,
        querystring: imports.query,
        response: { 200: Page(Import), ...problems },
      },
    },
    async (request) => {
      const { listing, page } = imports.read(request)
      return page(await pageOfImports(authority, credentialOf(request), listing), shown)
    },
  )

  server.get(
    '/v1/imports/:id',
    {
      config,
      schema: { operationId: 'readImport', summary: 'How far an import is', tags, params: ById, response: { 200: Import, ...problems } },
    },
    async (request) => shown(await readImport(authority, credentialOf(request), request.params.id)),
  )

  server.get(
    '/v1/imports/:id/faults',
    {
      config,
      schema: {
        operationId: 'listImportFaults',
        summary: 'The report: every row that was refused, and why',
        tags,
        params: ById,
        querystring: faults.query,
        response: { 200: Page(Fault), ...problems },
      },
    },
    async (request) => {
      const { listing, page } = faults.read(request)
      return page(await pageOfFaults(authority, credentialOf(request), request.params.id, listing), shownFault)
    },
  )

  server.get(
    '/v1/exports/:kind',
    {
      config,
      schema: {
        operationId: 'exportRows',
        summary: 'Export all of a kind that the credential sees, as an import takes it',
        description: 'Streamed: an answer that breaks off is not whole.',
        tags,
        params: Type.Object({ kind: KindSchema }),
        querystring: Type.Object(
          { format: FormatSchema, organization: Type.Optional({ ...Id, description: 'Only its members or licences.' }) },
          { additionalProperties: false },
        ),
        response: { 200: EXPORTED, ...problems },
      },
    },
    async (request, reply) => {
      const { format, organization } = request.query
      const { kind } = request.params
      const text = exportOf(authority, credentialOf(request), kind, format, organization === undefined ? {} : { organization })
      return reply
        .type(`${MEDIA[format]}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="${kind}.${format}"`)
        .send(Readable.from(text) as never)
    },
  )
}

/** In either form. */
const EXPORTED = {
  description: 'Streamed',
  content: Object.fromEntries(Object.values(MEDIA).map((type) => [type, { schema: Type.String() }])),
}

function rowsRoute(server: Server, authority: Authority): void {
  server.post(
    '/v1/imports/:id/rows',
    {
      config,
      schema: {
        operationId: 'sendRows',
        summary: 'Send rows of an import, all or the next part',
        description:
          'The body is the text in the format of the import, `text/csv` or `application/x-ndjson`. Rows are done in batches as they come. After a break send the same again, or `after` as many rows as are done, the header repeated. A batch that would take something from more than a few, those before it that went through unasked counted with it, is held: send the same again with `Writ-Confirmation`.',
        tags,
        params: ById,
        querystring: Type.Object(
          {
            after: Type.Optional(
              Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Rows that come before this body. Default: 0.' }),
            ),
            more: Type.Optional(Type.Boolean({ description: 'Others come after it. Default: false, and the import is done.' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Taken, ...problems },
      },
    },
    async (request) => {
      const credential = credentialOf(request)
      const { id, query, method, url, headers } = request
      const confirmation = headers['writ-confirmation']
      // Rows are done once by their place in the import, which an `Idempotency-Key` would say again.
      const by = {
        actor: `key:${credential.id}`,
        requestId: id,
        reach: credential,
        asked: { fingerprint: '', method, url, ifMatch: undefined, body: null },
        ...(request.replay && { confirmed: request.replay.confirmed, dryRun: request.replay.isDry }),
        ...(typeof confirmation === 'string' && { confirmation }),
        ...(credential.identity !== undefined && { identity: credential.identity }),
      }
      const { job, impact } = await takeRows(authority, by, credential, request.params.id, request.body as Readable, query)
      if (impact !== undefined) request.foretold = impact
      return { ...shown(job), ...(impact !== undefined && { impact: shownTo(impact, credential) }) }
    },
  )
}

function shown({
  credential: _credential,
  digest: _digest,
  lines: _lines,
  losing: _losing,
  created_at,
  updated_at,
  kind,
  ...row
}: ImportRow) {
  return { ...row, kind: kind as KindName, created_at: formatInstant(created_at), updated_at: formatInstant(updated_at) }
}

function shownFault({ import_id: _, column, ...row }: FaultRow) {
  return { ...row, ...(column !== null && { column }) }
}
