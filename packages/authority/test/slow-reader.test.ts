import { connect, type Socket } from 'node:net'
import { freshDatabase } from '@writ/testing/fresh-database'
import { expect, test } from 'vitest'
import { metric } from './connections-suite.ts'
import { serve, settingsIn, until } from './served.ts'
import { scratchFolder } from './support.ts'

const PEOPLE = 3_000
const EACH = 5_000
const READERS = 12
/** Of all exports that are asked for; what the kernel keeps of them is not the server's. */
const WOULD_BE_MEBIBYTES = (3 * READERS * PEOPLE * EACH) / 2 ** 20
const MAY_BE_MEBIBYTES = WOULD_BE_MEBIBYTES / 3

/** Takes a byte now and then, or none at all, whatever has come. */
function reader(url: string, request: string, drips: boolean): { socket: Socket; cut: Promise<void> } {
  const onread = {
    buffer: Buffer.alloc(1),
    callback() {
      setTimeout(() => drips && socket.resume(), 50)
      return false
    },
  }
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', onread })
  socket.on('error', () => {})
  socket.write(request)
  return { socket, cut: new Promise((resolve) => socket.once('close', () => resolve())) }
}

test('readers that take a byte now and then, or nothing, are cut, and what waits for them is bounded', { timeout: 120_000 }, async () => {
  const folder = scratchFolder()
  // A small heap, so that what is no longer needed is collected, and what is kept shows; it would not hold what waits, if all did.
  const small = { NODE_OPTIONS: '--max-old-space-size=256', WRIT_STALL_SECONDS: '3' }
  const served = await serve(folder, { ...(await settingsIn(folder, await freshDatabase())), ...small })
  const { call } = served
  await call('POST', '/v1/imports', { id: 'people', kind: 'identities', format: 'jsonl' })
  const note = 'x'.repeat(490)
  const attributes = Object.fromEntries(Array.from({ length: EACH / 500 }, (_, i) => [`note${i}`, note]))
  const lines = Array.from({ length: PEOPLE }, (_, i) => `${JSON.stringify({ id: `p${i}`, attributes })}\n`)
  const imported = await call('POST', '/v1/imports/people/rows', lines.join(''), { 'content-type': 'application/x-ndjson' })
  expect(imported.body).toMatchObject({ state: 'done', created: PEOPLE })

  const head = `HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${served.key}\r\n\r\n`
  const whole = `GET /v1/exports/identities?format=jsonl ${head}`
  // As many pages, asked for at once on one connection, as an export has.
  const pages = `GET /v1/identities?limit=100 ${head}`.repeat(PEOPLE / 100)
  const before = await metric(served, 'process_resident_memory_bytes')
  const readers = [whole, whole, pages].flatMap((request, kind) =>
    Array.from({ length: READERS }, () => reader(served.url, request, kind === 0)),
  )
  let most = before
  const watched = until(async () => {
    most = Math.max(most, await metric(served, 'process_resident_memory_bytes'))
    return (await metric(served, 'writ_connections_stalled')) === readers.length
  })
  // Others are answered meanwhile.
  expect((await call('GET', '/v1/identities?limit=1')).status).toBe(200)
  await watched
  expect((most - before) / 2 ** 20).toBeLessThan(MAY_BE_MEBIBYTES)
  for (const { socket } of readers) socket.destroy()
  expect((await call('GET', '/v1/identities?limit=1')).status).toBe(200)
  expect(await served.end('SIGTERM')).toBe(0)
})
