import { formatInstant, type Instant } from '@writ/engine'
import { isZone, zoneTable } from '@writ/terms'
import Type from 'typebox'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { instantIn } from '../app/http/instants.ts'
import { DEFAULT_LIMIT, decodeCursor, Page, PageQuery, page } from '../app/http/page.ts'
import type { Server } from '../app/http/server.ts'
import { Id } from '../app/ids.ts'
import { endingsByDay, pageOfEndings, summaryOfLicenses } from './overview.ts'
import { License, Name, STATES, shown, Time } from './routes.ts'

const among = { organization: Type.Optional(Id), product: Type.Optional(Name), plan: Type.Optional(Name) }
const period = {
  from: Type.Optional({ ...Time, description: 'Absent: now.' }),
  until: Type.Optional({ ...Time, description: 'Exclusive. Absent: 90 days after `from`.' }),
}
const Counts = Type.Object(Object.fromEntries(STATES.map((state) => [state, Type.Integer()])))
const Summary = Type.Object({
  at: Time,
  total: Type.Integer(),
  states: Counts,
  trials: Type.Integer({ description: 'Of those in force.' }),
  plans: Type.Array(Type.Object({ product: Type.String(), plan: Type.String(), edition: Type.Integer(), licenses: Type.Integer() }), {
    description: 'Who is on which edition, by product, plan and edition.',
  }),
})

const config = { permission: 'manage:licenses' } as const
const tags = ['licenses']
const DAY = 86_400_000
const MOST_DAYS = 400

export function licenseOverviewRoutes(server: Server, authority: Authority): void {
  server.get(
    '/v1/license-summary',
    {
      config: { ...config, cost: 10 },
      schema: {
        operationId: 'summariseLicenses',
        summary: 'How many licences stand how now, and on which editions they are',
        tags,
        querystring: Type.Object(among, { additionalProperties: false }),
        response: { 200: Summary, ...problems },
      },
    },
    async (request) => {
      const { at, states, plans, ...rest } = await summaryOfLicenses(authority, credentialOf(request), request.query)
      return {
        ...rest,
        plans: [...plans],
        at: formatInstant(at),
        states: Object.fromEntries(STATES.map((state) => [state, states.get(state) ?? 0])),
      }
    },
  )

  server.get(
    '/v1/license-endings',
    {
      config,
      schema: {
        operationId: 'listEndings',
        summary: 'List the licences that end in a period, the soonest first',
        description: 'Trials are in it with the end of the trial. Revoked licences are not: they have ended.',
        tags,
        querystring: Type.Object({ ...PageQuery.properties, ...period, ...among }, { additionalProperties: false }),
        response: { 200: Page(License), ...problems },
      },
    },
    async (request) => {
      const { limit = DEFAULT_LIMIT, after, from, until, ...filter } = request.query
      const within = { ...filter, ...periodOf(authority.clock(), from, until) }
      const { items, last } = await pageOfEndings(authority, credentialOf(request), within, placeOf(after), limit)
      return page(items.map(shown), last && `${last.end} ${last.id}`)
    },
  )

  server.get(
    '/v1/license-endings/days',
    {
      config: { ...config, cost: 10 },
      schema: {
        operationId: 'countEndings',
        summary: 'Count the licences that end on each day of a period',
        tags,
        querystring: Type.Object(
          {
            ...period,
            ...among,
            zone: Type.Optional(
              Type.String({ minLength: 1, maxLength: 64, description: 'Whose days: a name of the IANA time zone database. Absent: UTC.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            from: Time,
            until: Time,
            items: Type.Array(Type.Object({ day: Type.String({ format: 'date' }), licenses: Type.Integer() }), {
              description: 'In order; days on which none ends are left out.',
            }),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { from, until, zone = 'UTC', ...filter } = request.query
      if (!isZone(zone)) throw inQuery('/zone', 'must be a name of the IANA time zone database')
      const period = periodOf(authority.clock(), from, until)
      const items = await endingsByDay(authority, credentialOf(request), { ...filter, ...period }, zoneTable(zone))
      return { from: formatInstant(period.from), until: formatInstant(period.until), items }
    },
  )
}

function periodOf(now: Instant, from: string | undefined, until: string | undefined): { from: Instant; until: Instant } {
  const start = instantIn(from, '/from', 'query') ?? now
  const end = instantIn(until, '/until', 'query') ?? start + 90 * DAY
  if (end <= start || end - start > MOST_DAYS * DAY) throw inQuery('/until', `must be after from, by ${MOST_DAYS} days at most`)
  return { from: start, until: end }
}

/** @throws {ApiError} CURSOR_INVALID */
function placeOf(after: string | undefined): { end: Instant; id: string } | undefined {
  const text = decodeCursor(after, 'string')
  if (text === undefined) return undefined
  const [, end, id] = /^(\d{1,16}) (.+)$/.exec(text) ?? []
  if (end === undefined || id === undefined) throw new ApiError('CURSOR_INVALID')
  return { end: Number(end), id }
}

function inQuery(pointer: string, detail: string): ApiError {
  return new ApiError('REQUEST_INVALID', { errors: [{ in: 'query', pointer, detail }] })
}
