import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type KeptSeat, KeptSeats, MOST_SEATS } from './kept-seats.ts'

const START = 1_800_000_000_000
const MINUTE = 60_000
const LEASE = 600

/** A device that may be killed at any time, and the disk that it writes to. @param license that it has now */
function onDisk(license?: string) {
  const disk = { written: [] as readonly KeptSeat[], writes: 0, isFull: false }
  const start = () =>
    new KeptSeats(
      disk.written,
      (seats) => {
        if (disk.isFull) throw new Error('ENOSPC')
        disk.writes++
        disk.written = JSON.parse(JSON.stringify(seats))
      },
      () => license,
    )
  return { disk, start }
}
const who = (seats: KeptSeats, now: number, license = 'A') => seats.held(license, now).map(({ identity }) => identity)

test('who sits is known after the process was killed, in the order taken, until the lease is over and some minutes more', () => {
  const { start } = onDisk()
  const before = start()
  before.take('A', ['ann'], LEASE, START)
  before.take('A', ['ben'], LEASE, START + MINUTE)
  before.take('B', ['cat'], undefined, START)
  const after = start()
  expect([who(after, START + 2 * MINUTE), who(after, START, 'B')]).toEqual([['ann', 'ben'], ['cat']])
  expect(who(after, START + 15 * MINUTE - 1)).toEqual(['ann', 'ben'])
  expect([who(after, START + 16 * MINUTE), who(after, START + 1e12, 'B')]).toEqual([[], ['cat']])
  expect([after.free('B', ['cat', 'dan'], START), who(start(), START, 'B')]).toEqual([['cat'], []])
})

test('people who check all the time are written down once in some minutes, together', () => {
  const { disk, start } = onDisk()
  const seats = start()
  const people = Array.from({ length: 20 }, (_, n) => `p${n}`)
  for (const each of people) seats.take('A', [each], LEASE, START)
  disk.writes = 0
  for (let second = 1; second <= 3600; second++) seats.take('A', [people[second % 20] as string], LEASE, START + second * 1000)
  expect(disk.writes).toBeLessThanOrEqual(30)
  disk.writes = 0
  seats.take('A', people, LEASE, START + 4000 * 1000)
  expect(disk.writes).toBeLessThanOrEqual(1)
})

test('on a disk that is full nobody sits down, and whoever sits goes on', () => {
  const { disk, start } = onDisk()
  const seats = start()
  seats.take('A', ['ann'], LEASE, START)
  disk.isFull = true
  expect([seats.take('A', ['ben'], LEASE, START), seats.take('A', ['ann'], LEASE, START + 9 * MINUTE)]).toEqual([false, true])
  expect([who(seats, START + 18 * MINUTE), seats.free('A', ['ann'], START + 18 * MINUTE)]).toEqual([['ann'], ['ann']])
})

test('a clock that was a year ahead when somebody sat down keeps nobody out for longer than a lease, also after a restart', () => {
  const { start } = onDisk()
  const seats = start()
  seats.take('A', ['ann'], LEASE, START + 365 * 86_400_000)
  for (const each of [seats, start()]) {
    expect(who(each, START)).toEqual(['ann'])
    expect(who(each, START + LEASE * 1000)).toEqual([])
  }
})

test('no more are written down than a record may have', () => {
  const { disk, start } = onDisk()
  const seats = start()
  const people = Array.from({ length: MOST_SEATS }, (_, n) => `p${n}`)
  expect([seats.take('A', people, LEASE, START), seats.take('B', ['ann'], LEASE, START)]).toEqual([true, false])
  expect([disk.written.length, seats.take('B', ['ann'], LEASE, START + 11 * MINUTE)]).toEqual([MOST_SEATS, true])
})

test('people with long names fill half of a record and no more, and whoever sits goes on', () => {
  const { disk, start } = onDisk()
  const seats = start()
  const people = Array.from({ length: 1_100 }, (_, n) => `${'\u20ac'.repeat(1_000)}${n}`)
  expect(seats.take('A', people.slice(0, 1_000), LEASE, START)).toBe(true)
  expect([seats.take('A', people.slice(1_000), LEASE, START), disk.written.length]).toEqual([false, 1_000])
  const { writes } = disk
  expect([seats.take('A', people.slice(0, 1), LEASE, START + 6 * MINUTE), disk.writes]).toEqual([true, writes + 1])
})

test('seats without a lease go when the device has another licence; others stay until their leases are over', () => {
  const { disk, start } = onDisk()
  const seats = start()
  seats.take('A', ['ann'], undefined, START)
  seats.take('A', ['ben'], LEASE, START)
  seats.take('B', ['cat'], undefined, START)
  const full = () => {
    throw new Error('ENOSPC')
  }
  expect(() => seats.goOver('B', START, full)).toThrow('ENOSPC')
  for (const each of [seats, start()]) expect([who(each, START), who(each, START, 'B')]).toEqual([['ann', 'ben'], ['cat']])
  const { writes } = disk
  seats.goOver('B', START, (staying) => {
    disk.written = staying
  })
  for (const each of [seats, start()]) expect([who(each, START), who(each, START, 'B')]).toEqual([['ben'], ['cat']])
  // Whoever is gone is written down anew, and whoever stayed is not.
  seats.take('B', ['cat'], undefined, START)
  expect(disk.writes).toBe(writes)
  seats.take('A', ['ann'], undefined, START)
  expect([disk.writes, who(start(), START)]).toEqual([writes + 1, ['ben', 'ann']])
})

test('seats without a lease of a licence that the device had before make room for its own', () => {
  const { disk, start } = onDisk('B')
  const seats = start()
  const people = Array.from({ length: MOST_SEATS }, (_, n) => `p${n}`)
  expect([seats.take('A', people, undefined, START), seats.take('B', ['ann'], undefined, START)]).toEqual([true, true])
  expect([who(seats, START, 'B'), disk.written]).toEqual([['ann'], [{ license: 'B', identity: 'ann' }]])
})

test('a licence that the device had before, and whose file is still open, ends nobody of the one that it has now', () => {
  for (const has of ['B', undefined]) {
    const { disk, start } = onDisk(has)
    const seats = start()
    const people = Array.from({ length: MOST_SEATS }, (_, n) => `p${n}`)
    seats.take('B', people, undefined, START)
    expect([seats.take('A', ['ann'], undefined, START), who(seats, START)]).toEqual([false, []])
    expect([who(seats, START, 'B').length, disk.written.length]).toEqual([MOST_SEATS, MOST_SEATS])
  }
})

test('where it makes no room, or cannot be written, nobody of a licence before goes for who is refused', () => {
  const { disk, start } = onDisk('B')
  const seats = start()
  const people = Array.from({ length: MOST_SEATS - 2 }, (_, n) => `p${n}`)
  seats.take('A', people, LEASE, START)
  seats.take('C', ['cat', 'dan'], undefined, START)
  const { writes } = disk
  const stand = () => [who(seats, START, 'C'), who(seats, START, 'B'), disk.writes - writes]
  expect([seats.take('B', ['ann', 'ben', 'eve'], LEASE, START), ...stand()]).toEqual([false, ['cat', 'dan'], [], 0])
  disk.isFull = true
  expect([seats.take('B', ['ann'], LEASE, START), ...stand()]).toEqual([false, ['cat', 'dan'], [], 0])
  disk.isFull = false
  expect([seats.take('B', ['ann'], LEASE, START), ...stand()]).toEqual([true, [], ['ann'], 1])
})

test('in any history, killed and closed at any time, no more people sit at once than the share is, and closing keeps nobody longer', () => {
  const deed = fc.record({
    what: fc.constantFrom('check', 'check', 'check', 'free', 'wait', 'kill', 'close'),
    who: fc.nat(4),
    license: fc.constantFrom('A', 'A', 'B'),
    minutes: fc.nat(9),
  })
  let refused = 0
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(deed, { minLength: 20, maxLength: 60 }), (share, history) => {
      const { disk, start } = onDisk()
      let seats = start()
      let now = START
      let killed = false
      const until = new Map<string, number>()
      const sitting = (license: string) => [...until].filter(([name, end]) => name.startsWith(license) && end > now)
      for (const { what, who: person, license, minutes } of history) {
        const name = `${license}${person}`
        if (what === 'wait') now += minutes * MINUTE
        else if (what === 'free') {
          seats.free(license, [name], now)
          until.delete(name)
        } else if (what === 'kill' || what === 'close') {
          if (what === 'close') disk.written = seats.all(now)
          killed ||= what === 'kill'
          seats = start()
        } else {
          const held = seats.held(license, now)
          const mayHave = held.length < share || held.some(({ identity }) => identity === name)
          if (mayHave) {
            expect(seats.take(license, [name], LEASE, now)).toBe(true)
            until.set(name, now + LEASE * 1000)
          } else refused++
        }
        const known = new Set(seats.held(license, now).map(({ identity }) => identity))
        for (const [each] of sitting(license)) expect(known).toContain(each)
        if (!killed) expect(known.size).toBe(sitting(license).length)
        expect(sitting(license).length).toBeLessThanOrEqual(share)
      }
    }),
    { numRuns: 300, seed: 11 },
  )
  expect(refused).toBeGreaterThan(100)
})
