/** A Hono application whose routes need features. Needs what `sdk-check.ts` needs; `PORT` is where it listens (default: a free one). */
import { serve } from '@hono/node-server'
import { Writ } from '@writ/sdk'
import { enforce } from '@writ/sdk/hono'
import { Hono } from 'hono'
import { atlas } from './atlas.gen.ts'

// #region make
const writ = new Writ({ url: process.env.WRIT_URL ?? 'http://127.0.0.1:7070', key: process.env.WRIT_KEY ?? '', product: atlas })
// Who it is, your own sign-in has proven; here it is a header, for the example.
const access = enforce(writ, { who: (c) => c.req.header('x-user') })
// #endregion

// #region routes
const app = new Hono()
app.get('/users', access.require('users.manage'), (c) => c.json({ users: ['ann', 'bob'] }))
app.get('/forecast', access.require('model.size', { wanted: 'large' }), (c) => c.json({ model: c.var.writ.value }))
// The name of the work: however often it is asked for, it is counted once.
const oneReport = access.require('report.export', (c) => ({ consume: { amount: 1, id: `report-${c.req.param('id')}` } }))
app.post('/reports/:id', oneReport, (c) => c.json({ report: c.req.param('id') }))
app.get('/entitlements', access.entitlements)
app.onError((error, c) => access.refused(error) ?? c.text('Internal Server Error', 500))
// #endregion

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 0), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`)
})
