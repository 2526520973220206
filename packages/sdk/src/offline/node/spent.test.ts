import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeptUnits } from './kept-units.ts'
import type { Memory } from './memory.ts'
import { MOST_WINDOWS, partsToTell, type Spent, type SpentBook, usedOf, withSpent, withTold } from './spent.ts'

const HOUR = 3_600_000
const LATER = 20_000 * HOUR
const hour = (n: number, used = 1, license = 'A'): Spent => ({ license, meter: 'exports', from: n * HOUR, until: (n + 1) * HOUR, used })
const written = (book: SpentBook, ...all: readonly Spent[]): SpentBook =>
  all.reduce((before, now) => withSpent(before, now, now.from) ?? before, book)

test('a device that spends in more windows than a record may have keeps those that end last, each once, and closes those before', () => {
  const reports: Spent = { license: 'A', meter: 'reports', from: 0, until: 10_000 * HOUR, used: 7 }
  let book: SpentBook = { spent: [reports] }
  for (let n = 0; n < MOST_WINDOWS + 200; n++) book = written(book, hour(n), hour(n, 2))
  expect(book.spent).toHaveLength(MOST_WINDOWS)
  expect(book.spent).toContainEqual(reports)
  expect(book.spent.filter(({ meter }) => meter === 'exports')).toEqual(
    Array.from({ length: MOST_WINDOWS - 1 }, (_, n) => hour(201 + n, 2)),
  )
  // Of the hours before nobody knows any more, so nothing is spent in them, by whichever clock; what is known goes on.
  expect([hour(200), hour(0), hour(0, 1, 'B')].map((each) => withSpent(book, each, LATER))).toEqual([undefined, undefined, undefined])
  expect(withSpent(book, hour(201, 3), LATER)?.spent).toContainEqual(hour(201, 3))
})

test('what was spent of one licence is spent of no other, but where nobody knows of which it was', () => {
  const { license: _, ...unknown } = hour(1, 4)
  const { spent } = written({ spent: [unknown] }, hour(1, 6, 'A'))
  const used = (license: string) => usedOf(spent, hour(1, 0, license))
  expect([used('A'), used('B')]).toEqual([6, 4])
})

test('in any order of windows no unit is given twice: what is not known any more is closed', () => {
  const SHARE = 2
  let refused = 0
  fc.assert(
    fc.property(fc.array(fc.record({ n: fc.nat(40), license: fc.constantFrom('A', 'B') }), { minLength: 100, maxLength: 300 }), (asked) => {
      const truth = new Map<string, number>()
      // Full but for a few, so that every history forgets.
      let book: SpentBook = { spent: Array.from({ length: MOST_WINDOWS - 20 }, (_, n) => hour(1_000 + n, SHARE, 'C')) }
      for (const { n, license } of asked) {
        const used = usedOf(book.spent, hour(n, 0, license))
        if (used >= SHARE) continue
        const next = withSpent(book, hour(n, used + 1, license), LATER)
        if (next === undefined) refused++
        else {
          book = next
          truth.set(`${license} ${n}`, (truth.get(`${license} ${n}`) ?? 0) + 1)
        }
      }
      expect(book.spent.length).toBeLessThanOrEqual(MOST_WINDOWS)
      expect(Math.max(...truth.values())).toBeLessThanOrEqual(SHARE)
    }),
    { numRuns: 50, seed: 5 },
  )
  expect(refused).toBeGreaterThan(0)
})

test('all that the authority does not know is told, what ended first before the rest, in contacts that it takes', () => {
  const long = (n: number): Spent => ({ ...hour(n), meter: `${'m'.repeat(200)}${n}` })
  const parts = partsToTell([...Array.from({ length: 90 }, (_, n) => hour(89 - n)), hour(3, 1, 'B')], 'A')
  expect(parts.map((part) => part.map(({ from }) => from / HOUR))).toEqual([
    Array.from({ length: 64 }, (_, n) => n),
    Array.from({ length: 26 }, (_, n) => 64 + n),
  ])
  const lengths = partsToTell(
    Array.from({ length: 64 }, (_, n) => long(n)),
    'A',
  ).map((part) => JSON.stringify(part).length)
  expect([lengths.length, Math.max(...lengths) < 7_000]).toEqual([4, true])
  expect(partsToTell([hour(1, 1, 'B')], 'A')).toEqual([[]])
})

test('what was told is told again only with the 64 that end last, and goes when its window is long over by a proven time', () => {
  const spent = Array.from({ length: 90 }, (_, n) => hour(n))
  const told = withTold(spent, 'A', spent.slice(0, 80), 0)
  expect(partsToTell(told, 'A').map((part) => part.map(({ from }) => from / HOUR))).toEqual([Array.from({ length: 64 }, (_, n) => 26 + n)])
  // More was spent since.
  const [first] = written({ spent: told }, hour(2, 5)).spent.filter((each) => each.from === 2 * HOUR)
  expect(partsToTell([...told, first as Spent], 'A').flat()[0]).toMatchObject({ from: 2 * HOUR, used: 5 })
  const late = withTold(told, 'A', [], (31 * 24 + 50) * HOUR)
  expect(late.map(({ from }) => from / HOUR)).toEqual(Array.from({ length: 40 }, (_, n) => 50 + n))
})

test('of a record that is full a window goes that the authority knows, and what it was never told stays, but none ends later than the new one', () => {
  const full = Array.from({ length: MOST_WINDOWS }, (_, n) => (n === 3 || n === 5 ? { ...hour(n), told: 1 } : hour(n)))
  const first = written({ spent: full }, hour(2_000))
  expect([first.spent.some(({ from }) => from === 3 * HOUR), first.spent.length, first.closed]).toEqual([false, MOST_WINDOWS, 4 * HOUR])
  const second = written(first, hour(2_001))
  expect([second.spent.some(({ from }) => from === 5 * HOUR), second.closed]).toEqual([false, 6 * HOUR])
  // One of which more was spent since is not known; nor does one go that ends later, for it would close the new one.
  const month: Spent = { license: 'A', meter: 'reports', from: 0, until: 9_000 * HOUR, used: 1, told: 1 }
  const late = written({ spent: [month, ...full.slice(1).map((each) => ({ ...each, used: 2 }))] }, hour(2_000))
  expect(late.spent).toContainEqual(month)
  expect(late.closed).toBe(2 * HOUR)
})

test('of a record that is full no window goes that still runs while one that is over is there, told or not', () => {
  const month: Spent = { license: 'A', meter: 'reports', from: 1_000 * HOUR, until: 1_800 * HOUR, used: 1, told: 1 }
  const full = [month, ...Array.from({ length: MOST_WINDOWS - 1 }, (_, n) => hour(n))]
  const book = written({ spent: full }, { ...month, meter: 'faxes' })
  expect([book.spent.includes(month), book.closed]).toEqual([true, HOUR])
  expect(withSpent(book, hour(1_700), 1_700 * HOUR)).toMatchObject({ closed: 2 * HOUR })
  // Where all run the first to end is closed, and what ends before it is not begun.
  const running = Array.from({ length: MOST_WINDOWS }, (_, n) => ({ ...month, meter: `m${n}`, until: month.until + n }))
  const later = withSpent({ spent: running }, { ...month, until: LATER }, month.from)
  expect([later?.closed, later?.spent.length]).toEqual([month.until, MOST_WINDOWS])
  expect(withSpent({ spent: running }, hour(1_000), month.from)).toBeUndefined()
})

test('of a record that is full a window goes that is told and over by now, however early the one began that is written', () => {
  const month = { from: 0, until: 9_000 * HOUR }
  const full = Array.from({ length: MOST_WINDOWS }, (_, n) => (n === 0 ? hour(n) : { ...hour(n), told: 1 }))
  const goneAt = (now: number) => {
    let left: readonly Spent[] = []
    const memory = {
      record: { spent: full },
      write: (book: SpentBook) => {
        left = book.spent
      },
    }
    expect(new KeptUnits(memory as unknown as Memory).spend('A', 'reports', month, 1, 1, now)).toBe(true)
    return full.filter((each) => !left.includes(each)).map(({ from }) => from / HOUR)
  }
  expect(goneAt(1_500 * HOUR)).toEqual([1])
  // The first that is told ends now. A millisecond before, what was never told is all that is over.
  expect([goneAt(2 * HOUR), goneAt(2 * HOUR - 1)]).toEqual([[1], [0]])
})
