import { expect, test } from 'vitest'
import { MemoryQueue } from './memory-queue.ts'
import { UsageRecorder } from './recorder.ts'
import { Sums } from './sums.ts'
import { eventOf, type Usage } from './usage.ts'

const DEFAULTS = { source: 'urn:test', product: undefined, now: () => 0 }

interface Sent {
  readonly id: string
  readonly time: string
  readonly data: { readonly license: string; readonly meter: string; readonly amount: number }
}

/** Records into a queue of so many events, for an authority that takes all of them unless it is away. */
function scene(most = 100) {
  const sent: Sent[] = []
  const errors: string[] = []
  const at = { isAway: false }
  const fetch = async (request: Request): Promise<Response> => {
    if (at.isAway) throw new TypeError('fetch failed')
    const events = (await request.json()) as Sent[]
    sent.push(...events)
    return Response.json({ events: events.map(() => ({ status: 'accepted' })) })
  }
  const queue = new MemoryQueue(most)
  const recorder = new UsageRecorder(queue, {
    url: 'http://127.0.0.1:1',
    fetch,
    uploadMilliseconds: 60_000,
    onError: ({ code }) => errors.push(code),
  })
  const use = (amount: number, millisecond: number, more: Partial<Usage> = {}) =>
    recorder.note({ license: 'L', meter: 'mails', amount, time: new Date(millisecond), ...more } as Usage)
  const told = () => sent.map(({ time, data }) => [data.license, data.meter, data.amount, Date.parse(time)])
  return { recorder, queue, use, sent, told, errors, at }
}
const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 5))
const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('what is used of one licence and meter in one millisecond is one event, and each millisecond has its own', async () => {
  const { recorder, use, sent, told } = scene()
  const ids = [use(1, 7), use(2, 7), use(3, 7), use(4, 7, { license: 'M' }), use(5, 7, { meter: 'faxes' }), use(6, 8), use(7, 7)]
  expect(recorder.stats).toMatchObject({ recorded: 4, pending: 5 })
  await nextTurn()
  expect(recorder.stats).toMatchObject({ recorded: 5, pending: 5 })
  await recorder.flush()
  expect(told()).toEqual([
    ['L', 'mails', 6, 7],
    ['M', 'mails', 4, 7],
    ['L', 'faxes', 5, 7],
    ['L', 'mails', 6, 8],
    ['L', 'mails', 7, 7],
  ])
  expect(sent.map(({ id }) => id)).toEqual([ids[0], ids[3], ids[4], ids[5], ids[6]])
  expect([ids[1], ids[2]]).toEqual([ids[0], ids[0]])
  await recorder.close()
})

test('what its caller has named, or has no time, is an event of its own', async () => {
  const { recorder, use, told } = scene()
  use(1, 7, { id: 'a' })
  use(1, 7, { id: 'b' })
  recorder.note({ license: 'L', meter: 'mails' })
  recorder.note({ license: 'L', meter: 'mails' })
  recorder.note({ organization: 'O', product: 'P', meter: 'mails', time: new Date(7) })
  await recorder.flush()
  expect(told()).toHaveLength(5)
  await recorder.close()
})

test('an event has no more units than an event may have, and what is wrong is refused as it comes', async () => {
  const { recorder, use, told } = scene()
  use(600_000_000, 7)
  expect([0, -1, 0.5, Number.NaN, 1_000_000_001].map((amount) => codeOf(() => use(amount, 7)))).toEqual(Array(5).fill('USAGE_INVALID'))
  expect(codeOf(() => use(1, Number.NaN))).toBe('USAGE_INVALID')
  expect(codeOf(() => use(1, 7, { meter: '' }))).toBe('USAGE_INVALID')
  use(600_000_000, 7)
  for (let i = 0; i < 30; i++) use(1, 7, { license: `L${i}` })
  await recorder.flush()
  expect(told().map(([, , amount]) => amount)).toEqual([600_000_000, 600_000_000, ...Array(30).fill(1)])
  await recorder.close()
})

test('closing keeps what was taken in the same turn, and then nothing is taken', async () => {
  const { recorder, use, at } = scene()
  at.isAway = true
  use(1, 7)
  await recorder.close()
  expect(recorder.stats).toMatchObject({ recorded: 1, pending: 1 })
  expect(codeOf(() => use(1, 7))).toBe('SPOOL_CLOSED')
})

test('where there is no room nothing is taken, and what was taken is kept whatever comes', async () => {
  const { recorder, use, told, errors, at } = scene(1)
  at.isAway = true
  use(1, 7)
  use(2, 7)
  expect([codeOf(() => use(4, 8)), codeOf(() => use(8, 7, { meter: 'faxes' })), codeOf(() => use(16, 7, { id: 'mine' }))]).toEqual(
    Array(3).fill('SPOOL_FULL'),
  )
  await nextTurn()
  expect([codeOf(() => use(32, 7)), errors, recorder.stats.pending]).toEqual(['SPOOL_FULL', [], 1])
  at.isAway = false
  await recorder.flush()
  expect(told()).toEqual([['L', 'mails', 3, 7]])
  use(64, 9)
  await recorder.flush()
  expect(told().at(-1)).toEqual(['L', 'mails', 64, 9])
  await recorder.close()
})

test('a queue that filled up meanwhile loses nothing that was taken', async () => {
  const { recorder, queue, use, told } = scene(1)
  const fill = (millisecond: number) => queue.note(eventOf({ license: 'L', meter: 'mails', time: new Date(millisecond) }, DEFAULTS).json)
  use(1, 7)
  fill(8)
  await recorder.flush()
  expect(told().map(([, , amount, time]) => [amount, time])).toEqual([
    [1, 8],
    [1, 7],
  ])
  use(2, 9)
  fill(10)
  await recorder.close()
  expect(recorder.stats).toMatchObject({ pending: 2 })
})

test('whoever waits until it is recorded is given no room of what is summed either', async () => {
  const { recorder, use, told } = scene(3)
  const record = (amount: number) =>
    recorder.record({ license: 'L', meter: 'mails', amount, time: new Date(7) }).then(
      () => 'none',
      ({ code }) => code,
    )
  use(1, 7)
  use(2, 7, { meter: 'faxes' })
  expect([await record(4), await record(8), recorder.stats.recorded, recorder.stats.pending]).toEqual(['none', 'SPOOL_FULL', 1, 3])
  await recorder.flush()
  expect(told().map(([, , amount]) => amount)).toEqual([4, 1, 2])
  await recorder.close()
  expect([await record(16), recorder.stats.recorded]).toEqual(['SPOOL_CLOSED', 3])
})

test('of one millisecond no more is taken than there is room for, together with what is summed', async () => {
  const { recorder, use } = scene(3)
  const taken = ['mails', 'faxes', 'calls', 'trips', 'mails'].map((meter) => codeOf(() => use(1, 7, { meter })))
  expect(taken).toEqual(['none', 'none', 'none', 'SPOOL_FULL', 'none'])
  expect(codeOf(() => use(1, 7, { id: 'mine' }))).toBe('SPOOL_FULL')
  expect(recorder.stats.pending).toBe(3)
  await recorder.close()
  expect(recorder.stats.pending).toBe(3)
})

test('a queue is asked for room for all that is in here, in events and in units as they will be written', () => {
  const asked: (readonly [number, number])[] = []
  const written: string[] = []
  const queue = { admit: (units: number, events: number) => asked.push([units, events]) }
  const sums = new Sums(DEFAULTS, queue, (json) => written.push(json))
  const add = (meter: string, millisecond: number) => sums.add({ license: 'L', meter, amount: 500_000_000, time: new Date(millisecond) })
  for (const meter of ['mails', 'mails', 'faxes', 'calls']) add(meter, 7)
  add('mails', 8)
  expect(asked.map(([, events]) => events)).toEqual([1, 2, 3, 1])
  const [all = 0] = asked[2] ?? []
  const length = written.reduce((sum, json) => sum + json.length, 0)
  expect([written.length, all >= length, all < length + 3 * 20]).toEqual([3, true, true])
})
