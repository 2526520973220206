import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { openAuthority } from './scratch-authority.ts'
import { serveRounds } from './side-process.ts'

export type EvaluationInput = { readonly server: 'bare' } | { readonly server: 'writ'; readonly database?: string; readonly people: number }
export interface EvaluationReport {
  readonly port: number
  readonly key: string
}

/** One server on a core of its own. Its rounds are driven from outside, over HTTP. */
await serveRounds(async (input: EvaluationInput) => ({ report: await serve(input), round: () => 0 }))

async function serve(input: EvaluationInput): Promise<EvaluationReport> {
  if (input.server === 'bare') return bare()
  const { url, key } = await openAuthority(input.database, input.people)
  return { port: Number(new URL(url).port), key }
}

/** What Fastify takes for the same question and the same answer. */
async function bare(): Promise<EvaluationReport> {
  const server = fastify()
  server.post('/access/v1/evaluation', async () => ({ decision: true }))
  await server.listen({ host: '127.0.0.1', port: 0 })
  return { port: (server.server.address() as AddressInfo).port, key: '' }
}
