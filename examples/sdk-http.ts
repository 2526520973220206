/** An HTTP application that asks before it works. Needs what `sdk-check.ts` needs; `PORT` is where it listens (default: a free one). */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { challenge, Refused, Writ } from '@writ/sdk'
import { atlas } from './atlas.gen.ts'

const writ = new Writ({ url: process.env.WRIT_URL ?? 'http://127.0.0.1:7070', key: process.env.WRIT_KEY ?? '', product: atlas })

// #region server
const server = createServer(async (request, response) => {
  try {
    // Who it is, your own sign-in has proven; here it is a header, for the example.
    const identity = String(request.headers['x-user'] ?? '')
    await writ.require({ identity, feature: 'users.manage' })
    response.end('the users\n')
  } catch (error) {
    if (!(error instanceof Refused)) return void response.writeHead(500).end()
    const { status, headers } = challenge(error.decision)
    response.writeHead(status, { ...headers, 'content-type': 'application/json' })
    response.end(JSON.stringify({ reason: error.reason, remedies: error.remedies }))
  }
})
// #endregion
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
