import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { embedded } from '../src/app/database.ts'
import { freshPglite, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

const folder = scratchFolder()
let authority: TestAuthority
beforeAll(async () => {
  authority = await startAuthority(embedded(await freshPglite()), folder)
  await authority.call('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
})
afterAll(() => authority.close())

/** All that is answered to bytes as they are, until the connection ends. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(authority.url).port), '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => {
      answer += String(chunk)
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
    socket.write(text.replaceAll('KEY', authority.key))
  })
}
const statuses = (answer: string): string[] => [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => status ?? '')
const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n\r\n`
const asked = (...more: string[]) =>
  lines('GET /v1/organizations/acme HTTP/1.1', 'Host: a', 'Authorization: Bearer KEY', 'Connection: close', ...more)
const HIDDEN = 'DELETE /v1/resources/x HTTP/1.1\r\nHost: a\r\n\r\n'

describe('a request that two readers could read as two', () => {
  const cases: [string, string][] = [
    [
      'a length and chunks',
      `${lines('POST /v1/check HTTP/1.1', 'Host: a', 'Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n${HIDDEN}`,
    ],
    ['two lengths', `${lines('POST /v1/check HTTP/1.1', 'Host: a', 'Content-Length: 0', 'Content-Length: 44')}${HIDDEN}`],
    ['a length that is no number', `${lines('POST /v1/check HTTP/1.1', 'Host: a', 'Content-Length: +0')}${HIDDEN}`],
    ['chunks by another name', `${lines('POST /v1/check HTTP/1.1', 'Host: a', 'Transfer-Encoding: xchunked')}0\r\n\r\n${HIDDEN}`],
    ['a space before the colon', `${lines('POST /v1/check HTTP/1.1', 'Host: a', 'Transfer-Encoding : chunked')}0\r\n\r\n${HIDDEN}`],
    ['a folded header', lines('GET / HTTP/1.1', 'Host: a', 'X-A: b', ' c: d')],
    ['a chunk length that is none', `${lines('POST /v1/check HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked')}zz\r\n${HIDDEN}`],
    ['a line end in the middle of one', 'GET /v1/organizations HTTP/1.1\nHost: a\rX: y\n\n'],
    ['no host', lines('GET /healthz HTTP/1.1', 'Connection: close')],
    ['a NUL in a header', lines('GET /healthz HTTP/1.1', 'Host: a', 'X-A: b\0c')],
    ['no HTTP at all', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n'],
    ['two hosts', `${lines('GET /healthz HTTP/1.1', 'Host: a', 'Host: b')}${HIDDEN}`],
    ['one host twice', `${lines('GET /healthz HTTP/1.1', 'Host: a', 'HOST: a')}${HIDDEN}`],
    ['two hosts in one', `${lines('GET /healthz HTTP/1.1', 'Host: a, b')}${HIDDEN}`],
    ['a host with a path', `${lines('GET /healthz HTTP/1.1', 'Host: a/b?c')}${HIDDEN}`],
    ['a host with a name before it', `${lines('GET /healthz HTTP/1.1', 'Host: x@a')}${HIDDEN}`],
    ['a host that is empty', `${lines('GET /healthz HTTP/1.1', 'Host:')}${HIDDEN}`],
    ['the same length twice', `${lines('POST /v1/check HTTP/1.1', 'Host: a', 'Content-Length: 2', 'Content-Length: 2')}{}${HIDDEN}`],
    ['two lengths in one', `${lines('POST /v1/check HTTP/1.1', 'Host: a', 'Content-Length: 2, 2')}{}${HIDDEN}`],
    [
      'chunks and a length after them',
      `${lines('POST /v1/check HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked', 'Content-Length: 4')}0\r\n\r\n${HIDDEN}`,
    ],
    [
      'chunks within another coding',
      `${lines('POST /v1/check HTTP/1.1', 'Host: a', 'Transfer-Encoding: gzip, chunked')}0\r\n\r\n${HIDDEN}`,
    ],
    ['a coding that is none', `${lines('POST /v1/check HTTP/1.1', 'Host: a', 'Transfer-Encoding: identity')}${HIDDEN}`],
    ['chunks of a version that has none', `${lines('POST /v1/check HTTP/1.0', 'Host: a', 'Transfer-Encoding: chunked')}0\r\n\r\n${HIDDEN}`],
    ['a folded header by a tab', lines('GET /healthz HTTP/1.1', 'Host: a', 'X-A: b', '\tc: d')],
    ['a first header that is folded', `${lines('GET /healthz HTTP/1.1', ' Host: a', 'Host: b')}${HIDDEN}`],
    ['lines that end in LF alone', `GET /healthz HTTP/1.1\nHost: a\n\n${HIDDEN}`],
    ['one line that ends in LF alone', `GET /healthz HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n${HIDDEN}`],
    ['one line that ends in CR alone', `GET /healthz HTTP/1.1\r\nHost: a\rX-A: b\r\n\r\n${HIDDEN}`],
    ['the whole URL', `${lines('GET http://a/healthz HTTP/1.1', 'Host: a')}${HIDDEN}`],
    ['the whole URL of another host', `${lines('GET http://b/healthz HTTP/1.1', 'Host: a')}${HIDDEN}`],
    ['no path but a star', `${lines('OPTIONS * HTTP/1.1', 'Host: a')}${HIDDEN}`],
    ['a path with a fragment', `${lines('GET /healthz#/v1/organizations HTTP/1.1', 'Host: a')}${HIDDEN}`],
    ['no version', 'GET /healthz\r\n\r\n'],
    ['another version', `${lines('GET /healthz HTTP/1.2', 'Host: a')}${HIDDEN}`],
    ['a preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ]
  for (const [name, text] of cases)
    test(`${name} is refused, and what follows is not read`, async () => {
      const answer = await raw(text)
      // Where the headers alone make a request, it is refused by them. One answer, and the end of the connection.
      expect([name, statuses(answer)]).toEqual([name, [name === 'a chunk length that is none' ? expect.toBeOneOf(['400', '401']) : '400']])
      expect(answer).toMatch(/"code":"(REQUEST_MALFORMED|CREDENTIAL_INVALID)"/)
    })

  const read: [string, string][] = [
    ['chunk lines that end in LF alone', '2\n{}\n0\n\n'],
    ['a chunk extension with an LF in it', `2;a\nb\r\n{}\r\n0\r\n\r\n${HIDDEN}`],
    ['a chunk longer than it says', `2\r\n{}x\r\n0\r\n\r\n${HIDDEN}`],
    ['a chunk length that overflows', `fffffffffffffffff\r\n{}\r\n0\r\n\r\n${HIDDEN}`],
    ['a chunk length by another notation', `0x2\r\n{}\r\n0\r\n\r\n${HIDDEN}`],
  ]
  for (const [name, chunks] of read)
    test(`${name}: its body is not taken, and what follows is not read`, async () => {
      const head = ['POST /v1/check HTTP/1.1', 'Host: a', 'Authorization: Bearer KEY', 'Content-Type: application/json']
      const answer = await raw(lines(...head, 'Transfer-Encoding: chunked') + chunks)
      expect([name, statuses(answer)]).toEqual([name, ['400']])
    })

  const plain: [string, string][] = [
    ['a host with a port', lines('GET /healthz HTTP/1.1', 'Host: a.example:7070', 'Connection: close')],
    ['an address of version 6', lines('GET /healthz HTTP/1.1', 'Host: [::1]:7070', 'Connection: close')],
    ['a probe of HTTP/1.0 without a host', lines('GET /healthz HTTP/1.0')],
    ['chunks in capitals', `${lines('GET /healthz HTTP/1.1', 'Host: a', 'Connection: close', 'Transfer-Encoding: Chunked')}0\r\n\r\n`],
  ]
  for (const [name, text] of plain) test(`${name} is read`, async () => expect([name, statuses(await raw(text))]).toEqual([name, ['200']]))
})

test('what never became a request is answered in the form of every problem, and says nothing that was sent', async () => {
  const answer = await raw('GET /canary HTTP/1.1\r\ncanary\r\n\r\n')
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  expect(head).toMatch(/content-type: application\/problem\+json/)
  expect(head).toMatch(/x-content-type-options: nosniff/)
  expect(JSON.parse(body)).toMatchObject({ status: 400, code: 'REQUEST_MALFORMED', type: 'urn:writ:problem:request_malformed' })
  expect(answer).not.toContain('canary')
})

test('headers without an end, or too many, are 431', async () => {
  for (const more of [`X: ${'y'.repeat(20_000)}`, Array.from({ length: 3_000 }, (_, i) => `X-${i}: y`).join('\r\n')]) {
    const answer = await raw(asked(more))
    expect([statuses(answer), answer.includes('HEADERS_TOO_LARGE')]).toEqual([['431'], true])
  }
})

test('of two credentials none is picked by luck: the first counts, in whichever order they come', async () => {
  expect(statuses(await raw(asked('Authorization: Bearer wrong')))).toEqual(['200'])
  expect(
    statuses(
      await raw(
        lines(
          'GET /v1/organizations/acme HTTP/1.1',
          'Host: a',
          'Authorization: Bearer wrong',
          'Authorization: Bearer KEY',
          'Connection: close',
        ),
      ),
    ),
  ).toEqual(['401'])
})

describe('a path has one form', () => {
  const paths = [
    '/v1/../v1/organizations/acme',
    '/./v1/organizations/acme',
    '//v1/organizations/acme',
    '/v1//organizations/acme',
    '/v1%2forganizations/acme',
    '/V1/organizations/acme',
    '/v1/organizations/acme/',
    '/healthz/../v1/organizations/acme',
    '/healthz;/v1/organizations/acme',
    '/v1/organizations/..%2f..%2fhealthz',
  ]
  for (const path of paths)
    test(`${path} leads nowhere`, async () => {
      const [status] = statuses(await raw(lines(`GET ${path} HTTP/1.1`, 'Host: a', 'Authorization: Bearer KEY', 'Connection: close')))
      expect([path, status]).toEqual([path, expect.toBeOneOf(['404', '400'])])
    })

  test('the whole URL, as a proxy is asked, opens nothing that its path does not', async () => {
    for (const target of [
      'http://a/v1/organizations/acme',
      'http://evil.example/v1/organizations/acme',
      'http://a/healthz@/v1/organizations/acme',
    ]) {
      const [status] = statuses(await raw(lines(`GET ${target} HTTP/1.1`, 'Host: a', 'Connection: close')))
      expect([target, status]).toEqual([target, expect.toBeOneOf(['401', '404', '400'])])
    }
    expect(statuses(await raw(lines('CONNECT 127.0.0.1:22 HTTP/1.1', 'Host: a')))).not.toContain('200')
    for (const method of ['TRACE', 'PROPFIND', 'OPTIONS'])
      expect([
        method,
        statuses(await raw(lines(`${method} /v1/organizations HTTP/1.1`, 'Host: a', 'Authorization: Bearer KEY', 'Connection: close'))),
      ]).toEqual([method, ['404']])
  })
})

test('no value of a request becomes a header of the answer', async () => {
  for (const id of ['a%0d%0aset-cookie:%20x=1', 'a%0aset-cookie:x']) {
    const answer = await authority.call('POST', '/v1/organizations', { id: decodeURIComponent(id), title: 'x' })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([400, null])
  }
  const { headers } = await authority.call('POST', '/v1/organizations', { title: 'x\u2028y' })
  expect(headers.get('location')).toMatch(/^\/v1\/organizations\/org_[0-9a-f]+$/)
})

test('a text that would take a backtracking reader for ever is read at once', async () => {
  const long = `${'a'.repeat(50_000)}!`
  for (const [method, path, body] of [
    ['GET', `/v1/organizations?after=${'A'.repeat(500)}`, undefined],
    ['POST', '/v1/check', { identity: long, feature: long }],
    ['POST', '/v1/organizations', { id: long, title: long, roles: { [long]: [long] } }],
    ['POST', '/v1/identities', { id: 'x', attributes: { [long]: long }, links: [{ issuer: long, subject: long }] }],
    ['POST', '/access/v1/evaluation', { subject: { type: long, id: long }, action: { name: long }, resource: { type: long, id: long } }],
  ] as const) {
    const { status } = await authority.call(method, path, body)
    expect([path.slice(0, 30), status]).toEqual([path.slice(0, 30), expect.toBeOneOf([400, 413])])
  }
})
