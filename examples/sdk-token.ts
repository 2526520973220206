// #region issue
import { Writ } from '@writ/sdk'
import { TokenSource, Tokens } from '@writ/sdk/token'
import { atlas } from './atlas.gen.ts'

const url = process.env.WRIT_URL ?? 'http://127.0.0.1:7070'
const writ = new Writ({ url, key: process.env.WRIT_KEY ?? '', product: atlas })

const source = new TokenSource({ get: () => writ.token({ identity: 'ann', context: { country: 'DE' } }) })
const token = await source.token()
// #endregion

// #region open
// Built into the application. Here, so that the example runs anywhere, it is read from the authority: never do that.
const { issuer, root } = JSON.parse(process.env.WRIT_ROOT ?? (await (await fetch(`${url}/.well-known/writ-keys`)).text()))

const tokens = new Tokens({ url, roots: [{ issuer, key: root }], product: atlas, authority: writ })
const mine = await tokens.open(token)
const { allowed, reason } = await mine.check({ identity: mine.identity, feature: 'dashboard.view' })
console.log(allowed ? `go on, until ${mine.claims.exp - mine.claims.iat} seconds after its issue at most` : `no: ${reason}`)
// #endregion

source.close()
