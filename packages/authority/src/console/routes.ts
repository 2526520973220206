import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { ApiError } from '../app/api-error.ts'
import type { Authority } from '../app/authority.ts'
import { STYLE } from '../app/http/docs-page.ts'
import type { Server } from '../app/http/server.ts'
import { builtConsole } from './files.ts'

/** What the build writes where the nonce of each answer goes. */
const NONCE = '__WRIT_NONCE__'
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/**
 * Everything from this origin alone, and no script or style that is written into the page. The one exception has the nonce of the
 * answer: the variables of the theme, which the page's own script sets as a style element.
 */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** The web page for people. Public: it holds nothing, and shows what its reader's credential may see. */
export function consoleRoutes(server: Server, { consoleFolder }: Authority): void {
  const built = builtConsole(consoleFolder)
  const options = { config: { public: true }, schema: { hide: true }, logLevel: 'warn' } as const

  server.get('/console', options, async (_request, reply) => reply.redirect('/console/', 308))

  server.get<{ Params: { '*': string } }>('/console/*', options, async (request, reply) => {
    const console = built()
    if (console === undefined) return notBuilt(reply)
    const path = request.params['*']
    if (!path.startsWith('assets/')) {
      const nonce = randomBytes(16).toString('base64')
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', policy(nonce))
        .send(console.page.replaceAll(NONCE, nonce))
    }
    const file = console.assets.get(path)
    if (file === undefined) throw new ApiError('ROUTE_UNKNOWN')
    reply.type(file.type).headers({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' })
    if (file.gzip === undefined || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(file.bytes)
    return reply.header('content-encoding', 'gzip').send(file.gzip)
  })
}

function notBuilt(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'`)
    .send(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>The console is not built</title><style>${STYLE}</style>
<h1>The console is not built yet</h1>
<p>The authority runs and answers its API. Its web page is built when the repository is installed, and was not: this happens after
<code>npm ci --ignore-scripts</code>. Build it, then load this page again; the authority need not be started anew.</p>
<p><code>npm run console:build</code></p></html>`)
}
