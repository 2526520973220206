import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { openAuthority } from './scratch-authority.ts'
import { serveRounds } from './side-process.ts'

export type EvaluationInput = { readonly server: 'bare' } | { readonly server: 'writ'; readonly database?: string; readonly people: number }
export interface EvaluationReport {
  readonly port: number
  readonly key: string
}

/** One server on a core of its own, asked over HTTP from outside. Its figure is what it has computed so far, in microseconds. */
await serveRounds(async (input: EvaluationInput) => ({ report: await serve(input), round: computed }))

/** All threads: collecting garbage and compiling are part of the price. */
function computed(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

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
