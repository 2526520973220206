import { expect, test } from 'vitest'
import { describeKeptConnections } from './connections-suite.ts'
import { KeptConnection } from './kept-connection.ts'
import { serve, settingsIn, until } from './served.ts'
import { scratchFolder } from './support.ts'

describeKeptConnections(1_000)

test('beyond WRIT_MAX_CONNECTIONS one is closed at once, counted and told; with room again one is taken', async () => {
  const folder = scratchFolder()
  const served = await serve(folder, { ...(await settingsIn(folder)), WRIT_MAX_CONNECTIONS: '20' })
  const kept = await Promise.all(Array.from({ length: 20 }, () => KeptConnection.open(served.url)))
  for (const connection of kept) expect(await connection.ask('GET', '/healthz')).toMatchObject({ status: 200 })
  const [first, second] = kept as [KeptConnection, KeptConnection]
  const metrics = async () => {
    const outcome = await first.ask('GET', '/metrics')
    return typeof outcome === 'string' ? outcome : outcome.body
  }
  expect(await metrics()).toMatch(/^writ_connections_most 20$/m)

  const turnedAway = await KeptConnection.open(served.url)
  expect(await turnedAway.ask('GET', '/healthz')).toBe('unanswered')
  expect(await metrics()).toMatch(/^writ_connections_dropped 1$/m)
  await until(() => served.log().includes('WRIT_MAX_CONNECTIONS'))

  second.socket.destroy()
  await until(async () => /^writ_connections_open 19$/m.test(await metrics()))
  const taken = await KeptConnection.open(served.url)
  expect(await taken.ask('GET', '/healthz')).toMatchObject({ status: 200 })
  expect(await served.end('SIGTERM')).toBe(0)
})
