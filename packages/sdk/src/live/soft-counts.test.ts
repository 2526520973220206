import { expect, test } from 'vitest'
import { SoftCounts, type ToldCount } from './soft-counts.ts'

/** Counts whose clock stands still, of an authority that has counted 5 of each licence, and what it was sent. */
function scene() {
  const at = { now: 0, flushes: 0, isSpoolStuck: false, isAway: false }
  const reads: (readonly string[])[] = []
  let unsent = 0
  let counted = 5
  const counts = new SoftCounts({
    sink: {
      note: ({ amount = 1 }) => {
        unsent += amount
        return ''
      },
      flush: async () => {
        at.flushes++
        if (at.isSpoolStuck) throw new Error('stuck')
        counted += unsent
        unsent = 0
      },
    },
    read: async (licenses): Promise<ToldCount[]> => {
      if (at.isAway) throw new Error('away')
      reads.push(licenses)
      return licenses.map((license) => ({ license, meter: 'mails', from: 0, until: 100, used: counted }))
    },
    monotonic: () => at.now,
  })
  const used = (license: string) => counts.used(license, 'mails', 0, 100)
  const settled = () => new Promise((resolve) => setTimeout(resolve))
  return { at, reads, counts, used, settled, count: (license: string) => counts.count(license, 'mails', 1, 'i', 7) }
}

test('many licences are read at once, together from then on, and forgotten when nobody asks', async () => {
  const { at, reads, counts, used, settled } = scene()
  const many = Array.from({ length: 700 }, (_, i) => `L${i}`)
  expect(many.map(used)).toEqual(many.map(() => 'unheard'))
  await settled()
  expect([reads.map((each) => each.length), at.flushes]).toEqual([[500, 200], 1])
  expect(used('L699')).toBe(5)
  at.now = 6_000
  used('late')
  await settled()
  at.now = 12_000
  used('L0')
  await settled()
  expect(reads.slice(2).map((each) => each.length)).toEqual([500, 201])
  at.now = 80_000
  used('L1')
  await settled()
  expect([counts.size, reads.at(-1)]).toEqual([1, ['L1']])
})

test('what others count is heard of also while nothing can be sent, and what is counted here is in it once when it can', async () => {
  const { at, used, count, settled } = scene()
  at.isSpoolStuck = true
  used('L')
  await settled()
  expect(used('L')).toBe(5)
  count('L')
  expect(used('L')).toBe(6)
  at.now = 10_000
  used('L')
  await settled()
  expect(used('L')).toBe(6)
  at.isSpoolStuck = false
  at.now = 20_000
  used('L')
  await settled()
  expect(used('L')).toBe(6)
})

test('nobody waits for an authority that does not answer', async () => {
  const { at, used, settled } = scene()
  at.isAway = true
  expect(used('L')).toBe('unheard')
  await settled()
  expect(used('L')).toBe(undefined)
  at.isAway = false
  at.now = 2_000
  expect(used('L')).toBe(undefined)
  await settled()
  expect(used('L')).toBe(5)
})
