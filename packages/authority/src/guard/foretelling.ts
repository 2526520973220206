import { randomUUID } from 'node:crypto'
import type { Impact } from '@writ/engine'
import type { FastifyRequest } from 'fastify'
import type { Server } from '../app/http/server.ts'
import type { By } from '../changes/mutate.ts'
import { asHeader, shownTo } from './wire.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Of a dry run: what it would have come to. */
    foretold: Impact | undefined
    /** How far ahead it looks; absent: as far as usual. */
    horizonMilliseconds: number | undefined
  }
}

/** What `byOf` asks for a dry run. */
export function foretelling(request: FastifyRequest): Pick<By, 'foretold' | 'horizonMilliseconds'> {
  const { horizonMilliseconds } = request
  return {
    foretold: (impact) => {
      request.foretold = impact
    },
    ...(horizonMilliseconds !== undefined && { horizonMilliseconds }),
  }
}

/** A request that is tried from inside. */
export interface Trial {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path and query. */
  readonly url: string
  readonly body?: unknown
  readonly horizonMilliseconds: number
}

/** What was answered to a trial, and what it would have come to. */
export interface Tried {
  readonly status: number
  readonly body: string
  readonly impact: Impact | undefined
}

/** Header by which a request of our own is known; its value is known to nobody else. */
const INNER = 'writ-trial'

/** Says in a header what each dry run would have come to. @returns tries another request with the credential of one */
export function installForetelling(server: Server): (request: FastifyRequest, trial: Trial) => Promise<Tried> {
  const trials = new Map<string, { readonly horizonMilliseconds: number; impact?: Impact }>()
  server.decorateRequest('foretold', undefined)
  server.decorateRequest('horizonMilliseconds', undefined)
  server.addHook('onRequest', (request, _reply, done) => {
    const trial = trials.get(String(request.headers[INNER]))
    if (trial !== undefined) request.horizonMilliseconds = trial.horizonMilliseconds
    done()
  })
  server.addHook('onSend', (request, reply, payload, done) => {
    const { foretold } = request
    if (foretold === undefined) return done(null, payload)
    const trial = trials.get(String(request.headers[INNER]))
    if (trial === undefined) reply.header('writ-impact', asHeader(shownTo(foretold, request.credential)))
    else trial.impact = foretold
    done(null, payload)
  })

  return async (request, { method, url, body, horizonMilliseconds }) => {
    const id = randomUUID()
    const trial: { readonly horizonMilliseconds: number; impact?: Impact } = { horizonMilliseconds }
    trials.set(id, trial)
    try {
      const answer = await server.inject({
        method,
        url,
        remoteAddress: request.ip,
        headers: { ...asItCame(request), [INNER]: id },
        ...(body !== undefined && { payload: body as object }),
      })
      return { status: answer.statusCode, body: answer.body, impact: trial.impact }
    } finally {
      trials.delete(id)
    }
  }
}

/** Who asks and from where; not what was asked. */
function asItCame({ headers }: FastifyRequest): Record<string, string> {
  const names = ['host', 'authorization', 'cookie', 'origin', 'sec-fetch-site', 'x-writ-console']
  return Object.fromEntries(names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])))
}
