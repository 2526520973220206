import { connect } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ApiError, STATUS, TITLES } from '../src/app/api-error.ts'
import { buildServer } from '../src/app/http/server.ts'
import { onBothStores, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

onBothStores('HTTP', (open) => {
  const folder = scratchFolder()
  const lines: string[] = []
  let authority: TestAuthority
  beforeAll(async () => {
    const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) })
    authority = await startAuthority(await open(), folder, { log })
  })
  afterAll(() => authority.close())

  test('every answer, an error too, has the security headers and the request id', async () => {
    for (const path of ['/healthz', '/nope', '/v1/organizations', '/v1/setup']) {
      const { headers } = await authority.as(undefined)('GET', path, undefined, { 'x-request-id': 'abc-1' })
      expect(headers.get('x-request-id')).toBe('abc-1')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('strict-transport-security')).toBeNull()
    }
  })

  test('a request id that is none, or could break a line of the log, is replaced', async () => {
    for (const id of [undefined, 'a b', 'x'.repeat(129)]) {
      const { headers } = await authority.call('GET', '/healthz', undefined, id === undefined ? {} : { 'x-request-id': id })
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  test('an error is a problem with all its members', async () => {
    const { status, headers, body } = await authority.call('GET', '/v1/organizations/nobody', undefined, { 'x-request-id': 'r/1' })
    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(body).toEqual({
      type: 'urn:writ:problem:organization_unknown',
      title: 'There is no such organization.',
      status: 404,
      detail: 'There is no such organization.',
      code: 'ORGANIZATION_UNKNOWN',
      instance: 'urn:writ:request:r%2F1',
    })
  })

  const faults: { name: string; body: string; type?: string; status: number; code: string }[] = [
    { name: 'a body that is no JSON', body: '{', status: 400, code: 'BODY_MALFORMED' },
    { name: 'an empty body', body: '', status: 400, code: 'BODY_MALFORMED' },
    { name: 'a body that reaches for the prototype', body: '{"__proto__": {"title": "x"}}', status: 400, code: 'BODY_MALFORMED' },
    {
      name: 'a body of another type',
      body: 'title=x',
      type: 'application/x-www-form-urlencoded',
      status: 415,
      code: 'MEDIA_TYPE_UNSUPPORTED',
    },
    { name: 'a body of plain text', body: 'x', type: 'text/plain', status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' },
    { name: 'a body of more than a mebibyte', body: JSON.stringify({ title: 'x'.repeat(1 << 20) }), status: 413, code: 'BODY_TOO_LARGE' },
    { name: 'a body that is a list', body: '[]', status: 400, code: 'REQUEST_INVALID' },
  ]
  for (const { name, body, type, status, code } of faults) {
    test(`${name} is ${status} ${code}`, async () => {
      const answer = await authority.call('POST', '/v1/organizations', body, { 'content-type': type ?? 'application/json' })
      expect([answer.status, answer.body.code]).toEqual([status, code])
    })
  }

  test('what was sent is not repeated in the answer to a fault', async () => {
    const answer = await authority.call('POST', '/v1/organizations', { title: 'x', id: 'SECRET/SECRET' })
    expect(answer.status).toBe(400)
    expect(answer.text).not.toContain('SECRET')
  })

  test('a fault of ours tells the caller nothing but where to look', async () => {
    authority.authority.credentials.authenticate = new Proxy(authority.authority.credentials.authenticate, {
      apply: (target, self, [key]) => {
        if (key === 'explode') throw new Error('the secret cause')
        return Reflect.apply(target, self, [key])
      },
    })
    const answer = await authority.as('explode')('GET', '/v1/organizations')
    expect([answer.status, answer.body.code]).toEqual([500, 'INTERNAL'])
    expect(answer.text).not.toMatch(/secret|at .*\.ts/)
    expect(lines.some((line) => line.includes('the secret cause') && line.includes(answer.headers.get('x-request-id') as string))).toBe(
      true,
    )
  })

  test('the log holds no credential, no query and no body', async () => {
    const key = (await authority.call('POST', '/v1/api-keys', { name: 'logged-name', scopes: ['decide'] })).body.key as string
    await authority.as(key)('GET', '/v1/organizations?after=logged-query')
    await authority.call('POST', '/v1/setup', { code: 'logged-code' })
    expect(lines.length).toBeGreaterThan(3)
    for (const word of [key, 'writ_key_', 'logged-name', 'logged-query', 'logged-code', 'Bearer '])
      expect(lines.join('')).not.toContain(word)
  })

  test('health, readiness and metrics answer without a credential', async () => {
    const anybody = authority.as(undefined)
    expect((await anybody('GET', '/healthz')).body).toEqual({ status: 'ok' })
    expect((await anybody('GET', '/readyz')).body).toEqual({
      status: 'ready',
      revision: authority.authority.feed.revision,
      behind: 0,
      incarnation: authority.authority.feed.incarnation,
    })
    await anybody('GET', '/an/unknown/path')
    const { text } = await anybody('GET', '/metrics')
    expect(text).toContain(`writ_revision ${authority.authority.feed.revision}`)
    expect(text).toContain('writ_decision_records_dropped 0')
    expect(text).toContain('route="/v1/organizations"')
    expect(text).not.toContain('/an/unknown/path')
  })

  test('the OpenAPI document is 3.1 and names every operation, its scope and its refusals', async () => {
    const { body } = await authority.as(undefined)('GET', '/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    const operations = Object.entries(body.paths as Record<string, Record<string, Record<string, unknown>>>).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
    )
    expect(operations.length).toBeGreaterThan(15)
    for (const { name, operation } of operations) {
      expect(operation, name).toMatchObject({
        operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/),
        summary: expect.any(String),
        tags: [expect.any(String)],
      })
      if (name.includes('/v1/') && !/setup|sign-in|leak|contact|signing-keys.*files/.test(name))
        expect(operation, name).toHaveProperty('x-permission')
    }
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const refused = body.paths['/v1/organizations/{id}'].get.responses['4XX'].content['application/problem+json'].schema
    expect(refused).toEqual({ $ref: '#/components/schemas/Problem' })
    expect(body.components.schemas.Problem.required).toContain('code')
  })

  test('the page for people runs no script and lists the operations', async () => {
    const { text, headers } = await authority.as(undefined)('GET', '/docs')
    expect(headers.get('content-type')).toContain('text/html')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; frame-ancestors 'none'$/)
    expect(text).toContain('/v1/organizations/{id}/roles')
    expect(text).not.toContain('<script')
  })

  test('a route that names no permission stops the start', async () => {
    const server = await buildServer(authority.authority)
    expect(() => server.get('/v1/forgotten', async () => 'open')).toThrow('names no permission')
    expect(() => server.get('/v1/open', { config: { public: true } }, async () => 'open')).not.toThrow()
    await server.close()
  })

  test('closing finishes what is under way and takes nothing new', async () => {
    const other = await startAuthority(await open(), join(folder, 'other'))
    const { promise: entered, resolve: enter } = Promise.withResolvers<void>()
    const { promise: gate, resolve: release } = Promise.withResolvers<void>()
    other.authority.feed.follow('api_key', async () => {
      enter()
      await gate
    })
    const underWay = other.call('POST', '/v1/api-keys', { name: 'last', scopes: ['decide'] })
    await entered
    const closed = other.close()
    await expect(untilRefused(other.url)).resolves.toBe('refused')
    release()
    expect((await underWay).status).toBe(201)
    await closed
  })
})

/** Until a new connection is refused. */
async function untilRefused(url: string): Promise<string> {
  const { hostname, port } = new URL(url)
  for (;;) {
    const refused = await new Promise<boolean>((resolve) => {
      const socket = connect(Number(port), hostname)
      socket.once('error', () => resolve(true))
      socket.once('connect', () => {
        socket.destroy()
        resolve(false)
      })
    })
    if (refused) return 'refused'
  }
}

test('each code has a status and a sentence that says it', () => {
  for (const [code, status] of Object.entries(STATUS)) {
    expect(status, code).toBeGreaterThanOrEqual(400)
    expect(TITLES[code as keyof typeof TITLES], code).toMatch(/^[A-Z].*\.$/)
  }
  expect(new ApiError('RESOURCE_UNKNOWN').message).toBe(TITLES.RESOURCE_UNKNOWN)
  expect(new ApiError('SCOPE_MISSING', { scope: 'decide' }).details).toEqual({ scope: 'decide' })
})
