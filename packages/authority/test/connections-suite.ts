import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mostConnections } from '../src/app/http/connections.ts'
import { furnish } from './callers.ts'
import { KeptConnection } from './kept-connection.ts'
import { type Served, serve, settingsIn, until } from './served.ts'
import { scratchFolder } from './support.ts'

const AT_ONCE = 100
/** For whoever else asks meanwhile. */
const SPARED = 50

export async function metric({ call }: Served, name: string): Promise<number> {
  const { text } = await call('GET', '/metrics')
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
}

/** Keeps so many connections open, or as many as the limits of open files let both processes have, which it says. */
export function describeKeptConnections(wanted: number): void {
  test(`${wanted} connections are kept, others are answered meanwhile, and all are closed when it stops`, {
    timeout: 300_000,
  }, async () => {
    const folder = scratchFolder()
    const served = await serve(folder, await settingsIn(folder))
    await furnish(served.call)
    const here = mostConnections(readFileSync('/proc/self/limits', 'utf8'))
    const count = Math.min(wanted, (await metric(served, 'writ_connections_most')) - SPARED, here - SPARED)
    if (count < wanted) console.warn(`of ${wanted} connections ${count} are tried: the limit of open files allows no more`)
    expect(count).toBeGreaterThan(AT_ONCE)

    const kept = new Set<KeptConnection>()
    const open = async (): Promise<void> => {
      const connection = await KeptConnection.open(served.url)
      expect(await connection.ask('GET', '/healthz')).toMatchObject({ status: 200 })
      kept.add(connection)
      // One may have been idle for too long before the last is open, on a slow machine: then another takes its place.
      void connection.closed.then(() => kept.delete(connection))
    }
    while (kept.size < count) await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - kept.size) }, open))
    expect(await metric(served, 'writ_connections_open')).toBeGreaterThanOrEqual(count)
    expect(await metric(served, 'writ_connections_dropped')).toBe(0)

    const { status, body } = await served.call('POST', '/v1/check', { identity: 'ann', feature: 'kit:view' })
    expect([status, body.allowed]).toEqual([200, true])
    for (const connection of [...kept].slice(-AT_ONCE)) expect(await connection.ask('GET', '/healthz')).toMatchObject({ status: 200 })

    expect(await served.end('SIGTERM')).toBe(0)
    await until(() => kept.size === 0)
  })
}
