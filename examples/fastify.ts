/** A Fastify application whose routes need features. Needs what `sdk-check.ts` needs; `PORT` is where it listens (default: a free one). */
import { Writ } from '@writ/sdk'
import { enforce } from '@writ/sdk/fastify'
import { type FastifyRequest, fastify } from 'fastify'
import { atlas } from './atlas.gen.ts'

// #region make
const writ = new Writ({ url: process.env.WRIT_URL ?? 'http://127.0.0.1:7070', key: process.env.WRIT_KEY ?? '', product: atlas })
// Who it is, your own sign-in has proven; here it is a header, for the example.
const access = enforce(writ, { who: (request) => request.headers['x-user']?.toString() })
// #endregion

// #region routes
const app = fastify()
app.setErrorHandler(access.refused)
app.get('/users', { preHandler: access.require('users.manage') }, async () => ({ users: ['ann', 'bob'] }))
app.get('/forecast', { preHandler: access.require('model.size', { wanted: 'large' }) }, async (request) => ({
  model: request.writ?.value,
}))
// The name of the work: however often it is asked for, it is counted once.
type Report = { Params: { id: string } }
const oneReport = access.require('report.export', (request: FastifyRequest<Report>) => ({
  consume: { amount: 1, id: `report-${request.params.id}` },
}))
app.post<Report>('/reports/:id', { preHandler: oneReport }, async (request) => ({ report: request.params.id }))
app.get('/entitlements', access.entitlements)
// #endregion

console.log(await app.listen({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' }))
