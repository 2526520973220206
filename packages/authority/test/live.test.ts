import { gunzipSync } from 'node:zlib'
import { type Change, decide, type Fact, type Usage, World } from '@writ/engine'
import { beforeAll, expect, test } from 'vitest'
import { useKit } from './kit.ts'
import { MONDAY, onBothStores } from './support.ts'

const NOTHING_USED: Usage = { used: () => 0, arrival: () => Number.NEGATIVE_INFINITY, floating: () => [] }

interface Event {
  readonly id?: string
  readonly event?: string
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of an event it says in its assertion
  readonly data?: any
}

onBothStores('a copy of World', (open) => {
  const kit = useKit(open)
  const { done } = kit
  const enforcers = ['decide', 'consume', 'assert:identity', 'assert:resource', 'assert:context', 'assert:proofs']
  const newKey = (more: object = {}) => done('POST', '/v1/api-keys', { name: 'n', scopes: enforcers, ...more })

  beforeAll(async () => {
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex' })
    await kit.people('acme', 'ann', 'ben')
    await kit.people('globex', 'gil')
    await done('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'open', organization: 'acme' })
    await done('POST', '/v1/licenses', { id: 'L2', product: 'kit', plan: 'open', organization: 'globex' })
  })

  async function snapshot(key: string) {
    const { status, text } = await kit.authority.as(key)('GET', '/v1/snapshot')
    expect(status).toBe(200)
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const [head, tail] = [lines[0], lines.at(-1)]
    const facts: Fact[] = lines.slice(1, -1).flat()
    expect(facts).toHaveLength(tail.facts)
    return { head, tail, facts }
  }

  /** Follows the stream; `next` waits for an event that is no heartbeat, `undefined` at the end. */
  async function follow(key: string, after?: string) {
    const aborter = new AbortController()
    const response = await fetch(`${kit.authority.url}/v1/changes`, {
      headers: { authorization: `Bearer ${key}`, ...(after !== undefined && { 'last-event-id': after }) },
      signal: aborter.signal,
    })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    const events = eventsOf(response.body as ReadableStream<Uint8Array>)
    return {
      stop: () => aborter.abort(),
      async next(): Promise<Event | undefined> {
        for (;;) {
          const { value, done } = await events.next()
          if (done === true) return undefined
          if (value.event === 'change' || value.event === 'reset') return value
        }
      },
    }
  }

  const changeOf = (event: Event | undefined): Change => event?.data
  const may = (world: World, identity: string) => decide(world, NOTHING_USED, { identity, feature: 'kit:view' }, MONDAY)

  test('says who follows and how far behind, to whom the key of each is in sight', async () => {
    const acme = await newKey({ name: 'Acme, the application', organizations: ['acme'] })
    const stream = await follow(acme.key)
    const listed = async (key?: string) => {
      const call = key === undefined ? kit.call : kit.authority.as(key)
      const { status, body } = await call('GET', '/v1/enforcers')
      expect(status).toBe(200)
      return body.items.filter(({ api_key }: { api_key: string }) => api_key === acme.id)
    }
    const revision = kit.authority.authority.world.revision
    const one = { api_key: acme.id, name: 'Acme, the application', since: '2026-11-23T09:00:00Z' }
    expect(await listed()).toEqual([{ ...one, revision, behind: 0, waiting_bytes: 0, slow: false }])
    const scopes = [...enforcers, 'manage:enforcers']
    expect(await listed((await newKey({ scopes, organizations: ['acme'] })).key)).toHaveLength(1)
    expect(await listed((await newKey({ scopes, organizations: ['globex'] })).key)).toEqual([])
    stream.stop()
    await expect.poll(() => listed()).toEqual([])
  })

  test('is built from a snapshot, kept by the stream, and decides as the authority does', async () => {
    const { key } = await newKey({ organizations: ['acme'], products: ['kit'] })
    const { head, tail, facts } = await snapshot(key)
    expect(head).toEqual({ snapshot: 1, authority: kit.authority.authority.id, scopes: enforcers, at: '2026-11-23T09:00:00Z' })
    expect(JSON.stringify(facts)).not.toMatch(/globex|gil|L2|"writ"/)
    const world = new World()
    world.apply({ revision: tail.revision, facts })
    expect([may(world, 'ann').allowed, may(world, 'gil').reason]).toEqual([true, 'identity_unknown'])

    const stream = await follow(key, tail.id)
    await done('POST', '/v1/licenses/L2/suspend')
    await done('POST', '/v1/licenses/L1/suspend')
    const event = await stream.next()
    expect(event?.data.facts).toMatchObject([{ fact: 'license', id: 'L1', suspended: true }])
    world.apply(changeOf(event))
    expect([may(world, 'ann').reason, await kit.ask('ann')]).toEqual(['license_suspended', 'license_suspended'])
    stream.stop()

    await done('POST', '/v1/licenses/L1/resume')
    await done('POST', '/v1/identities/ben/suspend')
    const again = await follow(key, event?.id)
    world.apply(changeOf(await again.next()))
    expect([may(world, 'ann').allowed, may(world, 'ben').reason]).toEqual([true, 'identity_suspended'])
    again.stop()
    await done('POST', '/v1/identities/ben/resume')
    await done('POST', '/v1/licenses/L2/resume')
  })

  test('hears of somebody when they come into sight, and that they are gone when they leave it', async () => {
    const { key } = await newKey({ organizations: ['acme'] })
    const stream = await follow(key)
    await done('PUT', '/v1/identities/gil/memberships/acme', { roles: ['viewer'] })
    expect((await stream.next())?.data.facts).toEqual([expect.objectContaining({ fact: 'identity', id: 'gil', in: { acme: ['viewer'] } })])
    await done('DELETE', '/v1/identities/gil/memberships/acme')
    expect((await stream.next())?.data.facts).toEqual([{ fact: 'removed', of: 'identity', id: 'gil' }])
    stream.stop()
  })

  test('ends when its key is revoked, before anything else is told', async () => {
    const { id, key } = await newKey()
    const stream = await follow(key)
    await done('DELETE', `/v1/api-keys/${id}`)
    await done('PATCH', '/v1/organizations/acme', { title: 'Acme' })
    await done('PUT', '/v1/organizations/acme/roles', { guest: { from: ['viewer'], features: ['view'] } })
    expect(await stream.next()).toBeUndefined()
  })

  test('begins anew after the store was another, and what is no id is refused', async () => {
    const { key } = await newKey()
    const stream = await follow(key, '00000000-0000-0000-0000-000000000000:1')
    expect((await stream.next())?.event).toBe('reset')
    expect(await stream.next()).toBeUndefined()
    const { status, body } = await kit.authority.as(key)('GET', '/v1/changes', undefined, { 'last-event-id': 'yesterday' })
    expect([status, body.code, body.errors[0].pointer]).toEqual([400, 'REQUEST_INVALID', '/last-event-id'])
  })

  test('is not for a key that may not decide, nor for one that is told no reasons', async () => {
    const blind = await newKey({ reasons: false })
    const manager = await newKey({ scopes: ['manage:*'] })
    for (const path of ['/v1/snapshot', '/v1/changes']) {
      expect((await kit.authority.as(blind.key)('GET', path)).body.code).toBe('FACTS_WITHHELD')
      expect((await kit.authority.as(manager.key)('GET', path)).body.code).toBe('SCOPE_MISSING')
      expect((await kit.authority.as(undefined)('GET', path)).body.code).toBe('CREDENTIAL_INVALID')
    }
  })

  test('comes packed for whoever takes it so', async () => {
    const { key } = await newKey()
    const url = new URL('/v1/snapshot', kit.authority.url)
    const bytes = await rawBytes(url, { authorization: `Bearer ${key}`, 'accept-encoding': 'gzip' })
    const lines = gunzipSync(bytes).toString().trimEnd().split('\n')
    expect(JSON.parse(lines.at(-1) as string).id).toMatch(/^[0-9a-f-]+:\d+$/)
  })
})

/** `fetch` would unpack it. */
async function rawBytes(url: URL, headers: Record<string, string>): Promise<Buffer> {
  const { get } = await import('node:http')
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      expect(response.headers['content-encoding']).toBe('gzip')
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve(Buffer.concat(parts)))
      response.on('error', reject)
    }).on('error', reject)
  })
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Event, undefined> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const part of body) {
    text += decoder.decode(part, { stream: true })
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n')
      text = text.slice(end + 2)
      const fields = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
      yield { ...fields, ...(fields.data !== undefined && { data: JSON.parse(fields.data) }) }
    }
  }
  return undefined
}
