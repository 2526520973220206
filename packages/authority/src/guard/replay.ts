import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Server } from '../app/http/server.ts'
import type { Credential } from '../enforcers/credentials.ts'

/** What was parked, done now as whoever asked for it, since somebody else confirmed it. */
export interface Replay {
  readonly asker: Credential
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly ifMatch: string | null
  readonly body: unknown
  /** What the body is; `null`: JSON. */
  readonly contentType: string | null
  /** Tried and undone. */
  readonly isDry: boolean
  readonly confirmed: Confirmed
}

/** A word of somebody else: of whom, on which parked change, and on just which losses. */
export interface Confirmed {
  readonly parked: string
  readonly by: string
  readonly digest: string
}

const HEADER = 'writ-replay'

/** Requests of our own making, each known by a number that nobody else has. */
export class Replays {
  readonly #running = new Map<string, Replay>()

  of({ headers }: FastifyRequest): Replay | undefined {
    const id = headers[HEADER]
    return typeof id === 'string' ? this.#running.get(id) : undefined
  }

  async run(server: Server, replay: Replay): Promise<{ readonly status: number; readonly body: string }> {
    const id = randomUUID()
    const { method, url, ifMatch, body, contentType } = replay
    this.#running.set(id, replay)
    try {
      const headers = {
        [HEADER]: id,
        ...(ifMatch !== null && { 'if-match': ifMatch }),
        ...(contentType !== null && { 'content-type': contentType }),
      }
      const answer = await server.inject({ method, url, headers, ...(body !== null && { payload: body as object }) })
      return { status: answer.statusCode, body: answer.body }
    } finally {
      this.#running.delete(id)
    }
  }
}
