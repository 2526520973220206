import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { embedded, type Store } from '../src/app/database.ts'
import { migrate } from '../src/app/migrate.ts'
import type { Losses } from '../src/guard/losses.ts'
import { Rest } from '../src/guard/rest.ts'
import { migrations } from '../src/migrations/index.ts'
import { freshPglite } from './support.ts'

let store: Store
beforeAll(async () => {
  store = embedded(await freshPglite())
  await migrate(store.db, migrations)
})
afterAll(() => store.close())

const ITEMS = ['["view","",0]', '["export","",0]', '["query","drop",0]', '["query","drop",20000]']
/** Some share a bunch and others do not. */
const WHOSE = ['AAaaaaaaaaaaaaaa', 'AAbbbbbbbbbbbbbb', 'AAbbbbbbbbbbbbbc', '--cccccccccccccc', '_9dddddddddddddd']
const losses: fc.Arbitrary<Losses> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...WHOSE), fc.subarray(ITEMS, { minLength: 1 })), { selector: ([whose]) => whose })
  .map((entries) => new Map(entries.map(([whose, items]) => [whose, { identity: `of ${whose}`, items }])))

test('what was confirmed is taken once, whoever takes which part of it, and covers nothing else', async () => {
  let made = 0
  await fc.assert(
    fc.asyncProperty(losses, losses, fc.array(losses, { maxLength: 5 }), async (whole, first, parts) => {
      const id = `rest-${made++}`
      const left = new Map([...whole].map(([whose, { items }]) => [whose, new Set(items)]))
      const takes = (part: Losses): void => {
        for (const [whose, { items }] of part) for (const item of items) left.get(whose)?.delete(item)
      }
      await store.db.transaction().execute((tx) => Rest.keep(tx, id, whole, first, 0))
      takes(first)
      for (const part of parts)
        await store.db.transaction().execute(async (tx) => {
          const rest = await Rest.open(tx, id, 1)
          const more = [...part].filter(([whose, { items }]) => items.some((item) => left.get(whose)?.has(item) !== true))
          expect(await rest?.beyond(part)).toEqual(new Set(more.map(([, { identity }]) => identity)))
          await rest?.take(part)
          takes(part)
          // In the same transaction too.
          expect(await rest?.beyond(part)).toEqual(new Set([...part.values()].map(({ identity }) => identity)))
        })
    }),
    { numRuns: 60 },
  )
  expect(await store.db.transaction().execute((tx) => Rest.open(tx, 'rest-0', 86_400_000))).toBe(undefined)
})

test('what was confirmed for a day to come is covered once that day has come, and no other', async () => {
  const midnight = 20_000 * 86_400_000
  const of = (...items: string[]): Losses => new Map([['AAaaaaaaaaaaaaaa', { identity: 'ann', items }]])
  await store.db.transaction().execute(async (tx) => {
    await Rest.keep(tx, 'days', of('["view","",20000]', '["export","",20001]'), new Map(), midnight - 1)
    const beyond = async (now: number, item: string) => (await (await Rest.open(tx, 'days', now))?.beyond(of(item)))?.size
    expect([await beyond(midnight - 1, '["view","",0]'), await beyond(midnight - 1, '["view","",20000]')]).toEqual([1, 0])
    expect([await beyond(midnight, '["view","",0]'), await beyond(midnight, '["export","",0]')]).toEqual([0, 1])
    await (await Rest.open(tx, 'days', midnight))?.take(of('["view","",0]'))
    expect([await beyond(midnight, '["view","",0]'), await beyond(midnight, '["export","",20001]')]).toEqual([1, 0])
  })
})

test('of more different losses than there is room for, those without room are asked about again', async () => {
  const many = new Map(
    Array.from({ length: 4_200 }, (_, n) => [`Q${String(n).padStart(15, '0')}`, { identity: `i${n}`, items: [`["f${n}","",0]`] }]),
  )
  await store.db.transaction().execute(async (tx) => {
    await Rest.keep(tx, 'many', many, new Map(), 0)
    const beyond = await (await Rest.open(tx, 'many', 1))?.beyond(many)
    expect([beyond?.size, beyond?.has('i4095'), beyond?.has('i4096')]).toEqual([104, false, true])
  })
})
