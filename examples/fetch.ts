/**
 * A handler from `Request` to `Response`, as workers, Deno and Bun take it; on Node something has to serve it. Needs what `sdk-check.ts`
 * needs; `PORT` is where it listens (default: a free one).
 */
import { serve } from '@hono/node-server'
import { Writ } from '@writ/sdk'
import { enforce } from '@writ/sdk/fetch'
import { atlas } from './atlas.gen.ts'

// #region make
const writ = new Writ({ url: process.env.WRIT_URL ?? 'http://127.0.0.1:7070', key: process.env.WRIT_KEY ?? '', product: atlas })
// Who it is, your own sign-in has proven; here it is a header, for the example.
const access = enforce(writ, { who: (request) => request.headers.get('x-user') })
// #endregion

// #region routes
const idOf = (request: Request) => new URL(request.url).pathname.split('/').at(-1) ?? ''
// The name of the work: however often it is asked for, it is counted once.
const oneReport = access.require('report.export', (request) => ({ consume: { amount: 1, id: `report-${idOf(request)}` } }))

const routes: Record<string, (request: Request) => Promise<Response>> = {
  users: access.require('users.manage')(() => Response.json({ users: ['ann', 'bob'] })),
  forecast: access.require('model.size', { wanted: 'large' })((_request, { value }) => Response.json({ model: value })),
  reports: oneReport((request) => Response.json({ report: idOf(request) })),
  entitlements: access.entitlements,
}

const app = {
  fetch: async (request: Request): Promise<Response> => {
    const route = routes[new URL(request.url).pathname.split('/')[1] ?? '']
    return route === undefined ? new Response('Not Found', { status: 404 }) : route(request)
  },
}
// #endregion

serve({ ...app, port: Number(process.env.PORT ?? 0), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`)
})
