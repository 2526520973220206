import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { embedded } from '../src/app/database.ts'
import { freshPglite, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

const folder = scratchFolder()
let authority: TestAuthority
beforeAll(async () => {
  authority = await startAuthority(embedded(await freshPglite()), folder)
})
afterAll(() => authority.close())

/** Sends a beginning at once and then a byte a second, until it is cut off. @returns what was answered, and after how many seconds */
function dripped(beginning: string): Promise<{ answer: string; seconds: number }> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(authority.url).port), '127.0.0.1')
    const begun = performance.now()
    let answer = ''
    socket.write(beginning)
    const drip = setInterval(() => socket.write('a'), 1_000)
    socket.on('data', (chunk) => {
      answer += String(chunk)
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearInterval(drip)
      resolve({ answer, seconds: (performance.now() - begun) / 1_000 })
    })
  })
}

test('headers and bodies that drip are cut off, and nobody else waits meanwhile', { timeout: 120_000 }, async () => {
  const drips = Promise.all([
    dripped('GET /v1/organizations HTTP/1.1\r\nHost: a\r\nX-A: '),
    dripped('POST /v1/setup HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"code":"'),
    dripped('POST /v1/setup HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n3e8\r\n'),
  ])
  expect((await authority.call('GET', '/v1/organizations')).status).toBe(200)
  for (const [i, { answer, seconds }] of (await drips).entries()) {
    expect([i, seconds < 60, /^HTTP\/1\.1 408 /.test(answer) && answer.includes('REQUEST_TIMEOUT')]).toEqual([i, true, true])
  }
})
