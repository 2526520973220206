import { issueFreshnessStamp } from '@writ/license'
import { issueKeyStatement, SigningKey } from '@writ/trust'
import { afterEach, expect, test } from 'vitest'
import { Copy, type CopyOptions } from './copy.ts'

const HEAD = '{"snapshot":1,"authority":"a","scopes":["decide"],"at":"2026-11-23T09:00:00Z"}\n'
const organization = (id: string) => `{"fact":"organization","id":"${id}"}`
const tail = (revision: number) => `{"id":"s:${revision}","revision":${revision},"facts":0}\n`
const change = (revision: number, id: string, more = false) =>
  `${more ? '' : `id: s:${revision}\n`}event: change\ndata: {"revision":${revision},"facts":[${organization(id)}]${more ? ',"more":true' : ''}}\n\n`

type Answer = string | Response | Error

let copy: Copy | undefined
afterEach(() => copy?.close())

/** A copy whose snapshots and streams are these in turn; after the last a stream stays silent. */
function copyOf(answers: { snapshots: Answer[]; streams: Answer[] }, more: Partial<CopyOptions> = {}) {
  const asked: string[] = []
  const fetch = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    asked.push(`${pathname} ${request.headers.get('last-event-id') ?? ''}`.trim())
    const answer = pathname === '/v1/snapshot' ? answers.snapshots.shift() : answers.streams.shift()
    if (answer instanceof Error) throw answer
    if (answer instanceof Response) return answer
    if (answer !== undefined) return new Response(answer)
    return new Response(
      new ReadableStream({
        start: (controller) => request.signal.addEventListener('abort', () => controller.error(request.signal.reason)),
      }),
    )
  }
  copy = new Copy({ url: 'http://authority', fetch, clock: () => 0, random: () => 0, ...more })
  return { copy, asked }
}
const has = (id: string) => copy?.world?.stated({ of: 'organization', id }) !== undefined

test('a snapshot that broke off is not decided by, and is read again', async () => {
  const { copy, asked } = copyOf({
    snapshots: [`${HEAD}[${organization('half')}]\n`, `${HEAD}[${organization('acme')}]\n${tail(7)}`],
    streams: [],
  })
  await copy.ready()
  expect([copy.snapshots, copy.world?.revision, has('half'), has('acme')]).toEqual([1, 7, false, true])
  expect(asked.slice(0, 2)).toEqual(['/v1/snapshot', '/v1/snapshot'])
})

test('a stream that ends is gone on with where it was; a change of which only a part came does not count', async () => {
  const { copy, asked } = copyOf({
    snapshots: [HEAD + tail(1)],
    streams: [change(2, 'two') + change(3, 'part', true), new TypeError('fetch failed'), change(3, 'part', true) + change(3, 'three')],
  })
  await expect.poll(() => copy.world?.revision).toBe(3)
  expect(asked).toEqual(['/v1/snapshot', '/v1/changes s:1', '/v1/changes s:2', '/v1/changes s:2'])
  expect([has('two'), has('part'), has('three'), copy.snapshots]).toEqual([true, true, true, 1])
})

test('told to begin anew it decides by what it has until the new snapshot is whole', async () => {
  const { copy, asked } = copyOf({
    snapshots: [
      `${HEAD}[${organization('old')}]\n${tail(9)}`,
      new TypeError('fetch failed'),
      `${HEAD}[${organization('new')}]\n${tail(4)}`,
    ],
    streams: ['event: reset\ndata: {}\n\n'],
  })
  await copy.ready()
  await expect.poll(() => asked.length).toBeGreaterThan(2)
  expect(copy.snapshots === 2 || has('old')).toBe(true)
  await expect.poll(() => copy.snapshots).toBe(2)
  expect([copy.world?.revision, has('old'), has('new')]).toEqual([4, false, true])
})

test('a stream that falls silent is left, and another one asked for', async () => {
  const { asked } = copyOf({ snapshots: [HEAD + tail(1)], streams: [] }, { silenceMilliseconds: 20 })
  await expect.poll(() => asked.filter((each) => each.startsWith('/v1/changes')).length).toBeGreaterThan(1)
})

test('a key that is refused ends what was said to it before, until it is let in again', async () => {
  const refused = () => Response.json({ code: 'CREDENTIAL_INVALID', status: 401 }, { status: 401 })
  const { copy } = copyOf({ snapshots: [HEAD + tail(1), refused(), HEAD + tail(2)], streams: [change(2, 'two'), refused()] })
  await copy.ready()
  expect(copy.world).toBeDefined()
  await expect.poll(() => copy.fault?.code).toBe('CREDENTIAL_REFUSED')
  expect(copy.world).toBeUndefined()
  await expect.poll(() => copy.world?.revision).toBe(2)
  expect(copy.fault).toBeUndefined()
})

test('what is no authority is not believed', async () => {
  const { copy, asked } = copyOf({ snapshots: ['<html>', '{"x":1}\n', `[${organization('acme')}]\n`, HEAD, HEAD + tail(3)], streams: [] })
  await copy.ready()
  expect([asked.filter((each) => each === '/v1/snapshot').length, copy.world?.revision]).toEqual([5, 3])
}, 20_000)

test('what the authority signs is proven here: an older stamp is passed over, and with one that does not hold nothing is believed', async () => {
  const [root, key] = [await SigningKey.generate(), await SigningKey.generate()]
  const [iss, at] = ['writ:test', 1_795_000_000]
  const roots = [{ issuer: iss, key: root.publicJwk }]
  const said = { iss, iat: at, jwk: key.publicJwk, use: 'freshness', products: 'all', nbf: at - 100, exp: at + 100 } as const
  const statement = await issueKeyStatement(root, said)
  const stamp = (iat: number, revision: number, incarnation = 'abc') =>
    issueFreshnessStamp({ iss, iat, revision, incarnation }, { key, statement })
  const time = (revision: number, text: unknown) =>
    `id: abc:${revision}\nevent: time\ndata: ${JSON.stringify({ revision, at: '2026-11-23T09:00:00Z', ...(text !== undefined && { stamp: text }) })}\n\n`
  const good = await stamp(at, 1)
  const heard = async (streams: string[], more: Partial<CopyOptions> = {}) => {
    const found = copyOf(
      { snapshots: [`${HEAD}{"id":"abc:1","revision":1,"facts":0}\n`], streams },
      { roots, clock: () => at * 1_000, ...more },
    )
    const { length } = streams
    await expect.poll(() => found.asked.length).toBeGreaterThan(length + 1)
    const { proof, stampFault, world } = found.copy
    await found.copy.close()
    return { proof, fault: stampFault?.details, revision: world?.revision, age: found.copy.age() }
  }
  const proof = { stamp: good, provenAt: at * 1_000 }
  expect(await heard([time(1, good) + time(2, await stamp(at - 5, 2))])).toMatchObject({ proof, fault: undefined, revision: 2 })
  expect(await heard([time(1, good)], { roots: undefined } as unknown as CopyOptions)).toMatchObject({ proof: undefined })
  // Changed on the way; of a later state than what was told; of another life of the store; none at all.
  for (const bad of [`${good.slice(0, -9)}AAAAAAAAA`, await stamp(at + 5, 3), await stamp(at + 5, 1, 'def'), 7]) {
    const outcome = await heard([time(1, good) + time(2, bad) + time(3, undefined)])
    expect(outcome).toMatchObject({ proof, fault: { why: expect.any(String) }, revision: 1 })
  }
  expect((await heard([time(1, undefined)])).age).toBeLessThan(1_000_000)
  expect((await heard([time(1, undefined)], { onlyProven: true })).age).toBe(Number.POSITIVE_INFINITY)
  expect((await heard([time(1, good)], { onlyProven: true, clock: () => at * 1_000 + 5_000_000 })).age).toBeGreaterThanOrEqual(5_000_000)
})
