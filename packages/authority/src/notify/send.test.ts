import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nextAttempt, restUntil } from './backoff.ts'
import { reachable } from './reachable.ts'
import { send } from './send.ts'

let server: Server
let port: number
let hits = 0
beforeAll(async () => {
  server = createServer((request, response) => {
    hits++
    if (request.url === '/hang') return
    response.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const never = new AbortController().signal
const open = reachable(['127.0.0.0/8'])
/** A resolver that says another thing each time it is asked. */
const saying = (...answers: string[]) => {
  const asked: string[] = []
  const resolve = (name: string, _options: object, done: (error: null, addresses: { address: string; family: number }[]) => void) => {
    asked.push(name)
    done(null, [{ address: answers[asked.length - 1] ?? '127.0.0.1', family: 4 }])
  }
  return { asked, resolve: resolve as never }
}
const post = (url: string, more: object = {}) => send({ url, headers: {}, body: '{}', reachable: open, signal: never, ...more })

test('a name is looked up once, and what was checked is what is connected to', async () => {
  const { asked, resolve } = saying('127.0.0.1', '10.0.0.1')
  expect(await post(`http://hooks.example:${port}/`, { resolve })).toEqual({ status: 204 })
  expect(asked).toEqual(['hooks.example'])
  const before = hits
  // Public when it was created, and this host itself now.
  const rebound = saying('127.0.0.1')
  const outcome = await post(`http://hooks.example:${port}/`, { resolve: rebound.resolve, reachable: reachable() })
  expect([outcome, rebound.asked.length, hits]).toEqual([{ error: 'address_refused' }, 1, before])
  expect(await post(`https://hooks.example:${port}/`, { resolve: rebound.resolve, reachable: reachable() })).toEqual({
    error: 'address_refused',
  })
})

test('what does not answer is given up after a time, and says why', async () => {
  expect(await post(`http://127.0.0.1:${port}/hang`, { timeout: 50 })).toEqual({ error: 'timeout' })
  expect(await post('http://127.0.0.1:1/')).toEqual({ error: 'unreachable' })
  expect(await post(`https://127.0.0.1:${port}/`)).toEqual({ error: expect.toBeOneOf(['tls', 'unreachable']) })
  await expect(post(`http://127.0.0.1:${port}/hang`, { signal: AbortSignal.timeout(50) })).rejects.toThrow()
})

const ADDRESSES: { address: string; https: boolean; http?: boolean }[] = [
  { address: '93.184.216.34', https: true },
  { address: '2606:2800:220:1:248:1893:25c8:1946', https: true },
  ...[
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '192.168.1.1', '192.0.2.1', '198.18.0.1'],
    ...['224.0.0.1', '240.0.0.1', '255.255.255.255', '::', '::1', 'fc00::1', 'fe80::1', 'ff02::1', '2001:db8::1', '2002:7f00:1::'],
    ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::7f00:1', '::127.0.0.1', 'not an address'],
  ].map((address) => ({ address, https: false })),
]
for (const { address, https } of ADDRESSES) {
  test(`${address} is ${https ? 'reached by https alone' : 'not reached'}`, () => {
    expect(['https:', 'http:'].map((scheme) => reachable().allows(address, scheme))).toEqual([https, false])
  })
}

test("the operator's own networks are reached by either scheme, in whatever form their addresses come", () => {
  const own = reachable(['10.0.0.0/8', 'fd00::/8', '192.168.1.1'])
  for (const address of ['10.9.9.9', '::ffff:10.0.0.1', 'fd12::1', '192.168.1.1'])
    expect([address, own.allows(address, 'http:'), own.allows(address, 'https:')]).toEqual([address, true, true])
  for (const address of ['192.168.1.2', '127.0.0.1', 'fe80::1']) expect([address, own.allows(address, 'https:')]).toEqual([address, false])
})

test('a failed attempt is tried again ever later, not before the receiver asks for, and after three days no more', () => {
  const waits = Array.from({ length: 10 }, (_, n) => nextAttempt(0, n + 1, undefined, 0.5))
  expect(waits.map((wait) => wait && wait / 1000)).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, undefined])
  expect([nextAttempt(0, 1, undefined, 0), nextAttempt(0, 1, undefined, 1)]).toEqual([4_000, 6_000])
  expect([nextAttempt(0, 1, '60', 0.5), nextAttempt(0, 1, '999999', 0.5), nextAttempt(0, 1, 'soon', 0.5)]).toEqual([
    60_000, 86_400_000, 5_000,
  ])
  expect([1, 2, 3, 4, 30].map((failures) => restUntil(0, failures))).toEqual([0, 0, 15_000, 30_000, 600_000])
})
