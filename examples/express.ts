/** An Express application whose routes need features. Needs what `sdk-check.ts` needs; `PORT` is where it listens (default: a free one). */
import type { AddressInfo } from 'node:net'
import { Writ } from '@writ/sdk'
import { enforce } from '@writ/sdk/express'
import express from 'express'
import { atlas } from './atlas.gen.ts'

// #region make
const writ = new Writ({ url: process.env.WRIT_URL ?? 'http://127.0.0.1:7070', key: process.env.WRIT_KEY ?? '', product: atlas })
// Who it is, your own sign-in has proven; here it is a header, for the example.
const access = enforce(writ, { who: (request) => request.get('x-user') })
// #endregion

// #region routes
const app = express()
app.get('/users', access.require('users.manage'), (_request, response) => {
  response.json({ users: ['ann', 'bob'] })
})
app.get('/forecast', access.require('model.size', { wanted: 'large' }), (request, response) => {
  response.json({ model: request.writ?.value })
})
// The name of the work: however often it is asked for, it is counted once.
const oneReport = access.require('report.export', (request) => ({ consume: { amount: 1, id: `report-${request.params.id}` } }))
app.post('/reports/:id', oneReport, (request, response) => {
  response.json({ report: request.params.id })
})
app.get('/entitlements', access.entitlements)
app.use(access.refused)
// #endregion

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
