import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { startPostgres } from '@writ/testing/postgres'
import type { EvaluationInput, EvaluationReport } from './evaluation-side.ts'
import type { Options } from './row.ts'
import { openSide } from './side-process.ts'

const MOST = 10_000
const AT_ONCE = 200

/** What connections take that are kept open and ask for nothing. */
export async function connectionTable({ quick }: Options): Promise<string[][]> {
  const postgres = await startPostgres()
  const input: EvaluationInput = { server: 'writ', people: 20, database: postgres.url }
  const side = await openSide<EvaluationReport>(join(import.meta.dirname, 'evaluation-side.ts'), input, { silent: true })
  const sockets: Socket[] = []
  try {
    const { port } = side.report
    const { writ_connections_most: most = 0, process_resident_memory_bytes: before = 0 } = await metricsOf(port)
    const count = quick ? 20 : Math.min(MOST, most - AT_ONCE)
    while (sockets.length < count) {
      const more = Math.min(AT_ONCE, count - sockets.length)
      sockets.push(...(await Promise.all(Array.from({ length: more }, () => idle(port)))))
    }
    const { writ_connections_open: open = 0, process_resident_memory_bytes: after = 0 } = await metricsOf(port)
    if (open < count) throw new Error(`of ${count} connections ${open} are open`)
    const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MiB`
    return [
      ['kept open', 'memory of the process before', 'and with them', 'each'],
      [count.toLocaleString('en'), mebibytes(before), mebibytes(after), `${((after - before) / count / 1_024).toFixed(1)} KiB`],
    ]
  } finally {
    for (const socket of sockets) socket.destroy()
    await side.close()
    await postgres.stop()
  }
}

/** A connection on which something was asked once. */
async function idle(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /healthz HTTP/1.1\r\nHost: writ\r\n\r\n')
  await once(socket, 'data')
  return socket
}

async function metricsOf(port: number): Promise<Record<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Object.fromEntries([...text.matchAll(/^(\w+) (\S+)$/gm)].map(([, name = '', value]) => [name, Number(value)]))
}
