import type { Clock } from '../src/clock.ts'
import { Writ, type WritOptions } from '../src/index.ts'

export const NINE = Date.parse('2026-11-23T09:00:00Z')

/** A product of two features, one of them left open by its terms. */
export const ferry = {
  product: 'ferry',
  features: {
    cross: { type: 'switch' },
    view: { type: 'switch', open: true },
    deck: { type: 'choice', values: ['lower', 'upper'] },
    engine: { type: 'switch', resource: 'ship', commands: ['start', 'stop'] },
  },
  levels: ['word', 'otp'],
  context: { lane: 'string' },
} as const

/** What a fetch does with a request: answers, or fails as a network does. */
export type Reply = (request: { path: string; body: Record<string, unknown>; signal: AbortSignal }) => Promise<Response> | Response

export interface Asked {
  readonly path: string
  readonly body: Record<string, unknown>
  readonly authorization: string | null
}

/** A Writ that asks nobody but this, with a clock that a test moves. */
export function writTo(reply: Reply, more: Partial<WritOptions<typeof ferry>> = {}) {
  const asked: Asked[] = []
  const time = { now: NINE }
  const clock: Clock = () => time.now
  const writ = new Writ({
    url: 'http://authority.test',
    key: 'writ_key_test',
    product: ferry,
    clock,
    random: () => 0,
    ...more,
    fetch: async (request) => {
      const path = new URL(request.url).pathname
      const body = (await request.json()) as Record<string, unknown>
      asked.push({ path, body, authorization: request.headers.get('authorization') })
      return reply({ path, body, signal: request.signal })
    },
  })
  return { writ, asked, time }
}

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}

export function problem(status: number, code: string, more: object = {}): Response {
  const body = JSON.stringify({ type: 'urn:writ:problem', title: code, status, detail: code, code, ...more })
  return new Response(body, { status, headers: { 'content-type': 'application/problem+json' } })
}

export const yes = (more: object = {}): Response =>
  json({ allowed: true, remedies: [], obligations: [], notices: [], license: 'L1', revision: 5, ...more })

export const no = (reason: string, more: object = {}): Response =>
  json({ allowed: false, reason, remedies: [], obligations: [], notices: [], revision: 5, ...more })

/** As a fetch fails when nobody listens. */
export const nobody = (): never => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) })
}

/** Takes the request, and never answers. */
export const silence: Reply = ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

/** Answers in turn; the last one goes on. */
export function inTurn(...replies: Reply[]): Reply {
  let turn = 0
  return (request) => (replies[Math.min(turn++, replies.length - 1)] as Reply)(request)
}
