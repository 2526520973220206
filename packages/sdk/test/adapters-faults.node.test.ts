import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import { afterAll, describe, expect, test } from 'vitest'
import { enforce as enforceExpress } from '../src/adapters/express.ts'
import { enforce as enforceFastify } from '../src/adapters/fastify.ts'
import { enforce as enforceFetch } from '../src/adapters/fetch.ts'
import { enforce as enforceHono } from '../src/adapters/hono.ts'
import { enforce as enforceNext } from '../src/adapters/next.ts'
import { type Enforcer, Refused, type Writ } from '../src/index.ts'
import { type ferry, no, problem, type Reply, writTo, yes } from './fake-authority.ts'

type Ferry = Writ<typeof ferry>
type Who = { identity: string; organization: string; context: { ip: string } }
const WHO: Who = { identity: 'ann', organization: 'acme', context: { ip: '10.0.0.1' } }
const ASKS = { context: { lane: 'left' }, consume: { amount: 1, id: 'trip' } } as const
const behind = { who: async () => WHO, onlyUnauthorizedAndForbidden: true }

/** The same application in each framework: `/cross` requires a feature, and its handler then wants another one. */
const APPS: Record<string, (writ: Ferry, handled: () => void) => RequestListener | Promise<RequestListener>> = {
  express: (writ, handled) => {
    const access = enforceExpress(writ, behind)
    // @ts-expect-error the product has no such feature
    access.require('corss')
    // @ts-expect-error a feature about a ship is not required without one
    access.require('engine')
    // @ts-expect-error the deck has no such value
    access.require('deck', { wanted: 'middle' })
    access.require('engine', (request) => ({ resource: String(request.params.ship), commands: ['start'] }))
    const app = express()
    app.get('/cross', access.require('cross', ASKS), async (_request, response) => {
      handled()
      await writ.require({ identity: 'ann', feature: 'view' })
      response.json({})
    })
    app.use(access.refused)
    const last: express.ErrorRequestHandler = (error, _request, response, _next) => void response.status(500).json({ mine: error.code })
    app.use(last)
    return app
  },
  fastify: async (writ, handled) => {
    const access = enforceFastify(writ, behind)
    // @ts-expect-error the product has no such feature
    access.require('corss')
    const app = fastify()
    app.setErrorHandler((error: { code?: string }, _request, reply) => reply.code(500).send({ mine: error.code }))
    await app.register(async (scope) => {
      scope.setErrorHandler(access.refused)
      scope.get('/cross', { preHandler: access.require('cross', ASKS) }, async () => {
        handled()
        await writ.require({ identity: 'ann', feature: 'view' })
        return {}
      })
    })
    await app.ready()
    return app.routing
  },
  hono: (writ, handled) => {
    const access = enforceHono(writ, behind)
    // @ts-expect-error the product has no such feature
    access.require('corss')
    const app = new Hono()
    app.get('/cross', access.require('cross', ASKS), async (c) => {
      handled()
      await writ.require({ identity: 'ann', feature: 'view' })
      return c.json({})
    })
    app.onError((error, c) => access.refused(error) ?? c.json({ mine: (error as { code?: string }).code }, 500))
    return getRequestListener(app.fetch)
  },
  fetch: (writ, handled) => {
    const access = enforceFetch(writ, behind)
    // @ts-expect-error the product has no such feature
    access.require('corss')
    const handler = access.require(
      'cross',
      ASKS,
    )(async () => {
      handled()
      await writ.require({ identity: 'ann', feature: 'view' })
      return Response.json({})
    })
    return getRequestListener(handler, { errorHandler: mine })
  },
  next: (writ, handled) => {
    const access = enforceNext(writ, behind)
    // @ts-expect-error the product has no such feature
    access.require('corss')
    const handler = access.require('cross', async (_request, { params }: { params: Promise<{ lane: string }> }) => ({
      ...ASKS,
      context: { lane: (await params).lane },
    }))(async () => {
      handled()
      await writ.require({ identity: 'ann', feature: 'view' })
      return Response.json({})
    })
    return getRequestListener((request) => handler(request, { params: Promise.resolve({ lane: 'left' }) }), { errorHandler: mine })
  },
}

function mine(error: unknown): Response {
  return Response.json({ mine: (error as { code?: string }).code }, { status: 500 })
}

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) server.close()
})

for (const [name, app] of Object.entries(APPS))
  describe(name, () => {
    const ask = async (reply: Reply) => {
      const { writ, asked } = writTo(reply)
      let handled = 0
      const server = createServer(await app(writ, () => handled++))
      servers.push(server)
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/cross`)
      return { status: response.status, headers: response.headers, body: await response.json(), asked, handled }
    }

    test('asks once for the route, with what holds for every question and what the route adds', async () => {
      const { status, asked, handled } = await ask(() => yes())
      expect([status, handled]).toEqual([200, 1])
      expect(asked[0]?.body).toEqual({
        identity: 'ann',
        organization: 'acme',
        feature: 'ferry:cross',
        context: { ip: '10.0.0.1', lane: 'left' },
        consume: { amount: 1, id: 'trip' },
      })
    })

    test('behind a gateway that lets 401 and 403 through alone the status meant travels beside it', async () => {
      const { status, headers, body, handled } = await ask(() => no('rate_limited', { remedies: [{ type: 'wait', seconds: 3 }] }))
      expect([status, headers.get('writ-status'), headers.get('retry-after'), handled]).toEqual([403, '429', '3', 0])
      expect(body).toMatchObject({ status: 403, code: 'rate_limited' })
    })

    test('a refusal that the handler throws is answered too', async () => {
      const { status, body, handled } = await ask(({ body: { feature } }) => (feature === 'ferry:view' ? no('not_permitted') : yes()))
      expect([status, handled]).toEqual([403, 1])
      expect(body).toMatchObject({ code: 'not_permitted', title: 'Not allowed: not permitted.' })
    })

    test('what is wrong with the set-up goes to the error handling of the framework, and not to the caller', async () => {
      const { status, body, handled } = await ask(() => problem(401, 'CREDENTIAL_INVALID'))
      expect([status, body, handled]).toEqual([500, { mine: 'CREDENTIAL_REFUSED' }, 0])
    })
  })

describe('an enforcer of the request', () => {
  const { writ } = writTo(() => yes())
  /** As an opened entitlement token is: it decides about one identity. */
  const owned = Object.assign(Object.create(writ) as Ferry, { identity: 'ann', check: writ.check.bind(writ) })
  const status = async (open: () => Promise<Enforcer<typeof ferry> | undefined>) => {
    const handler = enforceFetch(open).require('cross')(() => new Response('ok'))
    return (await handler(new Request('http://app.test/'))).status
  }
  class TokenError extends Error {
    override readonly name = 'TokenError'
  }

  test('says itself who asks', async () => {
    expect(await status(async () => owned)).toBe(200)
  })

  test('none, or a token that is not gone by, is 401', async () => {
    expect(await status(async () => undefined)).toBe(401)
    expect(await status(() => Promise.reject(new TokenError('expired')))).toBe(401)
  })

  test('a stranger is asked for the scheme that the application takes', async () => {
    const answer = (scheme?: 'DPoP') =>
      enforceFetch(async () => undefined, scheme && { scheme }).require('cross')(() => new Response('ok'))(new Request('http://app.test/'))
    expect((await answer()).headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/)
    expect((await answer('DPoP')).headers.get('www-authenticate')).toMatch(/^DPoP error="invalid_token", .*, algs="ES256 /)
  })

  test('and any other error is one of the application', async () => {
    await expect(status(() => Promise.reject(new TypeError('no key set')))).rejects.toThrow(TypeError)
    await expect(status(() => Promise.reject(new Refused({ allowed: false } as never)))).rejects.toThrow(Refused)
  })

  test('an enforcer of everybody does not begin without who asks', () => {
    expect(() => enforceFetch(writ)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', details: { option: 'who' } }))
  })
})
