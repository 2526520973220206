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
await serveRounds(async (input: EvaluationInput) => {
  const { report, close } = input.server === 'bare' ? await bare() : await writ(input)
  return { report, round: computed, close }
})

/** All threads: collecting garbage and compiling are part of the price. */
function computed(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

interface Served {
  readonly report: EvaluationReport
  close(): Promise<unknown>
}

async function writ({ database, people }: Extract<EvaluationInput, { server: 'writ' }>): Promise<Served> {
  const { url, key, close } = await openAuthority(database, people)
  return { report: { port: Number(new URL(url).port), key }, close }
}

/** What Fastify takes for the same question and the same answer. */
async function bare(): Promise<Served> {
  const server = fastify()
  server.post('/access/v1/evaluation', async () => ({ decision: true }))
  await server.listen({ host: '127.0.0.1', port: 0 })
  return { report: { port: (server.server.address() as AddressInfo).port, key: '' }, close: () => server.close() }
}
