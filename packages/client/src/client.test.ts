import { expect, test } from 'vitest'
import { ApiProblem } from './api-problem.ts'
import { answer, type ClientOptions, createClient, each, oneTime } from './client.ts'

type Reply = Response | Error | 'never'
const organization = {
  id: 'acme',
  title: 'Acme',
  roles: {},
  version: 1,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type, ...headers } })
}
function problem(status: number, code: string, more: object = {}): Response {
  return json(
    status,
    { type: 'urn:x', title: 'T', status, detail: 'What went wrong.', code, instance: 'urn:y', ...more },
    { 'x-request-id': 'req-1' },
  )
}

/** A client that is given these replies in turn; says what it sent and how long it waited. */
function scripted(replies: Reply[], options: Partial<ClientOptions> = {}) {
  const sent: { method: string; key: string | null; authorization: string | null; body: string }[] = []
  const waits: number[] = []
  const client = createClient({
    url: 'http://authority.test/',
    key: 'writ_key_test',
    random: () => 0,
    sleep: async (milliseconds) => void waits.push(milliseconds),
    fetch: async (request) => {
      const { method, headers } = request
      sent.push({ method, key: headers.get('idempotency-key'), authorization: headers.get('authorization'), body: await request.text() })
      const reply = replies.shift() ?? new Error('nothing left to say')
      if (reply === 'never') {
        return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)))
      }
      if (reply instanceof Error) throw reply
      return reply
    },
    ...options,
  })
  const read = () => answer(client.GET('/v1/organizations/{id}', { params: { path: { id: 'acme' } } }))
  const create = (headers = {}) => answer(client.POST('/v1/organizations', { body: { title: 'Acme' }, headers }))
  return { client, sent, waits, read, create }
}

async function failure(call: Promise<unknown>): Promise<ApiProblem> {
  const error = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(error instanceof ApiProblem)) throw new Error('no ApiProblem', { cause: error })
  return error
}

test('an answer is the body, asked for with the key', async () => {
  const { read, sent } = scripted([json(200, organization)])
  expect(await read()).toEqual(organization)
  expect(sent).toEqual([{ method: 'GET', key: null, authorization: 'Bearer writ_key_test', body: '' }])
})

test('a problem carries its code, status, detail, fields, further members and the request id', async () => {
  const errors = [{ in: 'body', pointer: '/title', detail: 'is too long' }]
  const { create } = scripted([problem(400, 'REQUEST_INVALID', { errors, scope: 'decide' })])
  const { code, status, detail, errors: fields, members, requestId } = await failure(create())
  expect({ code, status, detail, fields, members, requestId }).toEqual({
    code: 'REQUEST_INVALID',
    status: 400,
    detail: 'What went wrong.',
    fields: errors,
    members: { scope: 'decide' },
    requestId: 'req-1',
  })
})

test('reading is tried again after a lost connection and a restart, with growing waits', async () => {
  const { read, sent, waits } = scripted([new Error('reset'), problem(503, 'DRAINING'), json(200, organization)])
  expect(await read()).toEqual(organization)
  expect(sent).toHaveLength(3)
  expect(waits).toEqual([50, 100])
})

test('writing without an Idempotency-Key is sent once', async () => {
  const { create, sent } = scripted([new Error('reset'), json(201, organization)])
  expect((await failure(create())).code).toBe('UNREACHABLE')
  expect(sent).toHaveLength(1)
})

test('writing with an Idempotency-Key is sent again, the same body under the same key', async () => {
  const { create, sent } = scripted([new Error('reset'), problem(409, 'IDEMPOTENCY_KEY_IN_USE'), json(201, organization)])
  await create(oneTime('k1'))
  expect(sent.map(({ key, body }) => `${key} ${body}`)).toEqual(Array(3).fill('k1 {"title":"Acme"}'))
})

test('a refusal is not tried again', async () => {
  const { read, sent } = scripted([problem(404, 'ORGANIZATION_UNKNOWN')])
  expect((await failure(read())).code).toBe('ORGANIZATION_UNKNOWN')
  expect(sent).toHaveLength(1)
})

test('it gives up after the retries it was given', async () => {
  const { read, sent } = scripted([new Error('1'), new Error('2'), new Error('3')], { retries: 2 })
  expect((await failure(read())).code).toBe('UNREACHABLE')
  expect(sent).toHaveLength(3)
})

test('a Retry-After is waited for when short, and handed to the caller when long', async () => {
  const short = scripted([problem(429, 'RATE', {}), json(200, organization)])
  await short.read()
  expect(short.waits).toEqual([50])
  const asked = scripted([json(503, {}, { 'retry-after': '2' }), json(200, organization)])
  await asked.read()
  expect(asked.waits).toEqual([2_000])
  const long = scripted([json(503, {}, { 'retry-after': '60' }), json(200, organization)])
  expect((await failure(long.read())).status).toBe(503)
  expect(long.waits).toEqual([])
})

test('no answer in time is TIMED_OUT', async () => {
  const { read } = scripted(['never', 'never'], { timeoutMilliseconds: 5, retries: 1 })
  expect((await failure(read())).code).toBe('TIMED_OUT')
})

test("a proxy's page becomes a code, never a page; a plain sentence is kept", async () => {
  const page = new Response('<html>Bad gateway</html>', { status: 502 })
  expect(await failure(scripted([page], { retries: 0 }).read())).toMatchObject({ code: 'HTTP_502', detail: 'The answer was HTTP 502.' })
  const sentence = new Response('The credential is not valid.', { status: 401 })
  expect(await failure(scripted([sentence]).read())).toMatchObject({ code: 'HTTP_401', detail: 'The credential is not valid.' })
})

test('a success that is not JSON is ANSWER_MALFORMED', async () => {
  const cut = new Response('{"id": "ac', { status: 200, headers: { 'content-type': 'application/json' } })
  expect((await failure(scripted([cut]).read())).code).toBe('ANSWER_MALFORMED')
})

test('each goes through all pages, and reads no further than asked', async () => {
  const asked: (string | undefined)[] = []
  const pages: Record<string, { items: number[]; next?: string }> = {
    '': { items: [1, 2], next: 'a' },
    a: { items: [], next: 'b' },
    b: { items: [3] },
  }
  const read = async (after: string | undefined) => {
    asked.push(after)
    return pages[after ?? ''] ?? { items: [] }
  }
  const all: number[] = []
  for await (const item of each(read)) all.push(item)
  expect(all).toEqual([1, 2, 3])
  expect(asked).toEqual([undefined, 'a', 'b'])
})
