import { formatInstant, type Instant } from '@writ/engine'
import { isZone, zoneTable } from '@writ/terms'
import Type from 'typebox'
import type { Authority } from '../app/authority.ts'
import { unfit } from '../app/body-field.ts'
import { credentialOf } from '../app/http/authentication.ts'
import { problems } from '../app/http/errors.ts'
import { instantIn } from '../app/http/instants.ts'
import { listOf } from '../app/http/list.ts'
import { Page } from '../app/http/page.ts'
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

const endings = listOf({ ends: 'number' }, { ...period, ...among }, 'ends')

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
        summary: 'List the licences that end in a period',
        description: 'Trials are in it with the end of the trial. Revoked licences are not: they have ended.',
        tags,
        querystring: endings.query,
        response: { 200: Page(License), ...problems },
      },
    },
    async (request) => {
      const { listing, filter, page } = endings.read(request)
      const { from, until, ...of } = filter
      const within = { ...of, ...periodOf(authority.clock(), from, until) }
      return page(await pageOfEndings(authority, credentialOf(request), within, listing), shown)
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
      if (!isZone(zone)) throw unfit('/zone', 'must be a name of the IANA time zone database', 'query')
      const period = periodOf(authority.clock(), from, until)
      const items = await endingsByDay(authority, credentialOf(request), { ...filter, ...period }, zoneTable(zone))
      return { from: formatInstant(period.from), until: formatInstant(period.until), items }
    },
  )
}

function periodOf(now: Instant, from: string | undefined, until: string | undefined): { from: Instant; until: Instant } {
  const start = instantIn(from, '/from', 'query') ?? now
  const end = instantIn(until, '/until', 'query') ?? start + 90 * DAY
  if (end <= start || end - start > MOST_DAYS * DAY) throw unfit('/until', `must be after from, by ${MOST_DAYS} days at most`, 'query')
  return { from: start, until: end }
}
