import { type Fact, World } from '@writ/engine'
import { afterEach, expect, test, vi } from 'vitest'
import type { Credential } from '../enforcers/credentials.ts'
import type { Feed } from './feed.ts'
import { eventId, Live, type Place, type PlaceNow, readEventId } from './live.ts'
import { Recent } from './recent.ts'

const ALL: Credential = { id: 'key_all', scopes: ['decide'] }
const ACME: Credential = { id: 'key_acme', scopes: ['decide'], organizations: ['acme'] }
const member = (id: string, organization: string): Fact => ({
  ...{ fact: 'identity', id, kind: 'human', status: 'active' },
  in: { [organization]: [] },
})

/** A feed that is told what to apply, and its subscribers. */
function feedOf({
  heartbeat = 1_000,
  mostWaiting = 1 << 20,
  most = 1_000,
  sign = undefined as ((placeNow: PlaceNow) => Promise<string | undefined>) | undefined,
} = {}) {
  const world = new World()
  const recent = new Recent(world, most)
  let told = (): void => {}
  const feed = { incarnation: 'abc', isFollowing: true, onRevision: (listener: () => void) => (told = listener) }
  recent.begin()
  const live = new Live({ world, recent, feed: feed as unknown as Feed, clock: () => 0, ...(sign && { sign }) }, { heartbeat, mostWaiting })
  const apply = (...facts: Fact[]) => {
    recent.apply({ revision: world.revision + 1, facts })
    told()
  }
  return { live, apply, feed }
}

/** What was pushed so far. */
function heard(stream: { read(): Buffer | null }): string {
  return String(stream.read() ?? '')
}
const changes = (text: string) => [...text.matchAll(/^event: change\ndata: (.*)$/gm)].map(([, data]) => JSON.parse(data as string))

afterEach(() => vi.useRealTimers())

test('a change is told to those who see it, with the place to go on from, and to nobody else', () => {
  const { live, apply } = feedOf()
  const acme = live.subscribe(ACME, undefined, () => true)
  const all = live.subscribe(ALL, undefined, () => true)
  heard(acme)
  heard(all)
  apply(member('ann', 'acme'))
  expect(heard(acme)).toBe(
    'id: abc:1\nevent: change\ndata: {"revision":1,"facts":[{"fact":"identity","id":"ann","kind":"human","status":"active","in":{"acme":[]}}]}\n\n',
  )
  apply(member('gil', 'globex'))
  expect(heard(acme)).toBe('')
  expect(changes(heard(all))).toHaveLength(2)
})

test('a change of many facts comes in parts, of which only the last can be gone on from', () => {
  const { live, apply } = feedOf({ most: 10_000 })
  const stream = live.subscribe(ACME, undefined, () => true)
  heard(stream)
  apply(...Array.from({ length: 4_500 }, (_, at) => member(`p${at}`, 'acme')))
  const text = heard(stream)
  expect(changes(text).map(({ facts, more }) => [facts.length, more])).toEqual([
    [2_000, true],
    [2_000, true],
    [500, undefined],
  ])
  expect(text.match(/^id: /gm)).toHaveLength(1)
})

test('who comes back hears what was missed as one change; who was away too long begins anew', () => {
  const { live, apply } = feedOf({ most: 5 })
  apply(member('ann', 'acme'))
  apply(member('bob', 'acme'))
  apply({ fact: 'removed', of: 'identity', id: 'ann' })
  const missed = changes(heard(live.subscribe(ACME, { incarnation: 'abc', revision: 1 }, () => true)))
  expect(missed).toMatchObject([{ revision: 3, facts: [{ id: 'bob' }, { fact: 'removed', id: 'ann' }] }])
  for (const place of [
    { incarnation: 'abc', revision: 0 },
    { incarnation: 'abc', revision: 4 },
    { incarnation: 'another life of the store', revision: 3 },
  ])
    expect(heard(live.subscribe(ACME, place, () => true))).toMatch(/^event: reset\n/)
  expect(live.subscribers).toBe(1)
})

test('whoever does not read is cut, and what waits for them is bounded', () => {
  const { live, apply } = feedOf({ mostWaiting: 2_000 })
  const slow = live.subscribe(ACME, undefined, () => true)
  const other = live.subscribe(ACME, undefined, () => true)
  for (let at = 0; at < 100; at++) {
    apply(member(`p${at}`, 'acme'))
    heard(other)
  }
  expect([slow.destroyed, other.destroyed, live.subscribers, live.slow]).toEqual([true, false, 1, 1])
  expect(slow.readableLength).toBeLessThan(3_000)
})

test('what is more than may wait is had from a snapshot: a backlog of many who come back at once is not kept in memory', () => {
  const { live, apply } = feedOf({ mostWaiting: 2_000 })
  const stream = live.subscribe(ACME, undefined, () => true)
  heard(stream)
  apply(...Array.from({ length: 100 }, (_, at) => member(`p${at}`, 'acme')))
  expect(heard(stream)).toMatch(/^event: reset\n[^\n]*\n\n$/)
  expect(live.subscribers).toBe(0)
  expect(heard(live.subscribe(ACME, { incarnation: 'abc', revision: 0 }, () => true))).toMatch(/^event: reset\n/)
  expect(live.subscribers).toBe(0)
  expect(changes(heard(live.subscribe(ACME, { incarnation: 'abc', revision: 1 }, () => true)))).toEqual([])
})

test('once it is closed nobody is kept, nor told to begin anew here', () => {
  const { live } = feedOf()
  const stream = live.subscribe(ACME, undefined, () => true)
  heard(stream)
  live.close()
  expect(heard(stream)).toBe('')
  expect(heard(live.subscribe(ACME, { incarnation: 'abc', revision: 0 }, () => true))).toBe('')
  expect(live.subscribers).toBe(0)
})

test('a key that holds no more hears neither a change nor a heartbeat', () => {
  vi.useFakeTimers()
  const { live, apply } = feedOf()
  let holds = true
  const stream = live.subscribe(ACME, undefined, () => holds)
  heard(stream)
  holds = false
  apply(member('ann', 'acme'))
  expect(heard(stream)).toBe('')
  expect(live.subscribers).toBe(0)
  const idle = live.subscribe(ACME, undefined, () => holds)
  heard(idle)
  vi.advanceTimersByTime(1_000)
  expect([heard(idle), live.subscribers]).toEqual(['', 0])
})

test('a heartbeat says how fresh the copy is, and says nothing while the store is silent', () => {
  vi.useFakeTimers()
  const { live, apply, feed } = feedOf()
  const stream = live.subscribe(ACME, undefined, () => true)
  apply(member('gil', 'globex'))
  heard(stream)
  vi.advanceTimersByTime(1_000)
  expect(heard(stream)).toBe('id: abc:1\nevent: time\ndata: {"revision":1,"at":"1970-01-01T00:00:00Z"}\n\n')
  feed.isFollowing = false
  vi.advanceTimersByTime(1_000)
  expect(heard(stream)).toBe(': waiting for the store\n\n')
})

test('each heartbeat is signed once for all who hear it, whoever comes is told the newest, and one that takes long is not waited for', async () => {
  vi.useFakeTimers()
  const asked: Place[] = []
  let sign = async (): Promise<string | undefined> => `stamp-${asked.length}`
  const { live, apply, feed } = feedOf({
    sign: (placeNow) => {
      asked.push(placeNow() as Place)
      return sign()
    },
  })
  const stamps = (stream: { read(): Buffer | null }) =>
    [...heard(stream).matchAll(/"(?:stamp":"([^"]*)|at":"[^"]*"}$)/gm)].map(([, stamp]) => stamp)
  await vi.advanceTimersByTimeAsync(3_000)
  expect(asked).toEqual([])
  const first = live.subscribe(ACME, undefined, () => true)
  expect(stamps(first)).toEqual([undefined])
  await vi.advanceTimersByTimeAsync(1)
  expect([stamps(first), asked]).toEqual([['stamp-1'], [{ incarnation: 'abc', revision: 0 }]])
  const second = live.subscribe(ACME, undefined, () => true)
  expect(stamps(second)).toEqual(['stamp-1'])
  apply(member('ann', 'acme'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect([stamps(first), stamps(second), asked.length, asked[1]?.revision]).toEqual([['stamp-2'], ['stamp-2'], 2, 1])
  // No key is to be had.
  sign = async () => undefined
  await vi.advanceTimersByTimeAsync(1_000)
  expect([stamps(first), stamps(second)]).toEqual([[undefined], [undefined]])
  sign = () => Promise.reject(new Error('no store'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(stamps(first)).toEqual([undefined])
  // The store hangs: the stream does not, and nothing is asked of it twice.
  sign = () => new Promise(() => {})
  await vi.advanceTimersByTimeAsync(3_000)
  expect(stamps(first).length).toBeGreaterThan(1)
  expect(asked.length).toBe(5)
  feed.isFollowing = false
  await vi.advanceTimersByTimeAsync(2_000)
  expect(heard(first)).toContain(': waiting for the store')
})

test('an event id is read as it was written, and nothing else is', () => {
  const place = { incarnation: '0f8fad5b-d9cb-469f-a165-70867728950e', revision: 12 }
  expect(readEventId(eventId(place))).toEqual(place)
  for (const text of ['', ':1', 'abc', 'abc:', 'abc:-1', 'abc:01', 'abc:1e3', 'abc:9999999999999999', 'x\ny:1', `${'a'.repeat(65)}:1`])
    expect([text, readEventId(text)]).toEqual([text, undefined])
})

test('says of each who follows how far it is, also by what does not concern it', () => {
  const { live, apply } = feedOf({ mostWaiting: 4_000 })
  const stream = live.subscribe(ACME, undefined, () => true)
  const told = () => [...live.following()].map(({ revision, behind, waiting, isSlow }) => [revision, behind, waiting > 0, isSlow])
  heard(stream)
  expect(told()).toEqual([[0, 0, false, false]])
  apply(member('gil', 'globex'))
  expect(told()).toEqual([[1, 0, false, false]])
  apply(member('ann', 'acme'))
  apply(member('ben', 'acme'))
  apply(member('gus', 'globex'))
  expect(told()).toEqual([[1, 3, true, false]])
  heard(stream)
  expect(told()).toEqual([[4, 0, false, false]])
  for (let n = 0; n < 12; n++) apply(member(`p${n}`, 'acme'))
  expect(told()).toEqual([[4, 12, true, true]])
})
