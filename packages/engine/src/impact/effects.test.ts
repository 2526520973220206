import { expect, test, vi } from 'vitest'
import { edition, termsOf, worldOf } from '../../test/sample.ts'
import type { Reason } from '../decision.ts'
import type { ProductRecord } from '../products.ts'
import { Book } from './book.ts'
import type { Could, Way } from './could.ts'
import { type Effect, Effects } from './effects.ts'

const now = 1000
const CROSS = { product: 'ferry', feature: 'cross' }
const WAY: Way = {
  license: 'l',
  assurance: 'a',
  approval: 'p',
  conditions: 'c',
  resources: 'r',
  quota: 'q',
  value: 'v',
  obligations: 'o',
}
const can = (...ways: Partial<Way>[]): Could => ({ ways: ways.map((way) => ({ ...WAY, ...way })) })
const cannot = (reason: Reason): Could => ({ reason })

/** What each of the instants from `now` on, a hundred apart, has of each item; `undefined`: there is no licence. */
type Timeline = readonly (readonly Could[])[] | undefined

function open(features: object = { cross: {} }) {
  const book = new Book()
  book.items(worldOf(edition(termsOf({ features, plans: {} }))).product('ferry') as ProductRecord)
  const effects = new Effects(book)
  const number = (timeline: Timeline) =>
    timeline && book.numberOf(timeline.map((all, index) => ({ from: now + index * 100, standings: all.map((each) => book.number(each)) })))
  const between = (before: Timeline, after: Timeline) => effects.of(effects.between('ferry', number(before), number(after)))
  const ahead = (timeline: Timeline) => effects.of(effects.ahead('ferry', number(timeline) as number))
  return { book, effects, number, between, ahead }
}

const pairs: { name: string; was: Timeline; is: Timeline; want: Omit<Effect, 'product' | 'feature'>[] }[] = [
  {
    name: 'what was had and is no more is lost, for what it is no more',
    was: [[can({})]],
    is: [[cannot('no_seat')]],
    want: [{ effect: 'loses', reason: 'no_seat', at: now }],
  },
  {
    name: 'what was not had and is now is gained, for what it was not',
    was: [[cannot('no_seat')]],
    is: [[can({})]],
    want: [{ effect: 'gains', reason: 'no_seat', at: now }],
  },
  { name: 'what is had as before is nothing', was: [[can({})]], is: [[can({})]], want: [] },
  { name: 'what is refused for another reason is nothing', was: [[cannot('no_seat')]], is: [[cannot('not_permitted')]], want: [] },
  {
    name: 'who has no licence any more loses',
    was: [[can({})]],
    is: undefined,
    want: [{ effect: 'loses', reason: 'no_license', at: now }],
  },
  { name: 'who gets a licence gains', was: undefined, is: [[can({})]], want: [{ effect: 'gains', reason: 'no_license', at: now }] },
  { name: 'who had a licence of nothing loses nothing with it', was: [[cannot('no_seat')]], is: undefined, want: [] },
  {
    name: 'a feature that came and was not there yet is gained',
    was: [[], []],
    is: [[can({})]],
    want: [{ effect: 'gains', reason: 'no_license', at: now }],
  },
  {
    name: 'what is lost is lost at its instant',
    was: [[can({})]],
    is: [[can({})], [cannot('license_expired')]],
    want: [{ effect: 'loses', reason: 'license_expired', at: now + 100 }],
  },
  {
    name: 'what would end anyway loses nothing after that',
    was: [[can({})], [cannot('license_expired')]],
    is: [[can({})], [cannot('license_revoked')]],
    want: [],
  },
  {
    name: 'what would end anyway is lost for the time before',
    was: [[can({})], [cannot('license_expired')]],
    is: [[cannot('license_revoked')]],
    want: [{ effect: 'loses', reason: 'license_revoked', at: now }],
  },
  {
    name: 'what would end and goes on is gained when it would end',
    was: [[can({})], [cannot('license_expired')]],
    is: [[can({})]],
    want: [{ effect: 'gains', reason: 'license_expired', at: now + 100 }],
  },
  {
    name: 'each of the three is told once, at its first instant and for its reason there',
    was: [[can({})]],
    is: [[can({ value: 'w' })], [cannot('no_seat')], [can({ quota: 'w' })], [cannot('license_expired')]],
    want: [
      { effect: 'changes', parts: ['value'], at: now },
      { effect: 'loses', reason: 'no_seat', at: now + 100 },
    ],
  },
  {
    name: 'instants of both count, each in its turn',
    was: [[can({})], [can({})], [can({ value: 'w' })]],
    is: [[can({})], [cannot('license_expired')]],
    want: [{ effect: 'loses', reason: 'license_expired', at: now + 100 }],
  },
  {
    name: 'gained and lost again is both',
    was: [[cannot('license_scheduled')], [can({})]],
    is: [[can({})], [cannot('license_expired')]],
    want: [
      { effect: 'gains', reason: 'license_scheduled', at: now },
      { effect: 'loses', reason: 'license_expired', at: now + 100 },
    ],
  },
]
for (const { name, was, is, want } of pairs)
  test(name, () => {
    expect(open().between(was, is)).toEqual(want.map((effect) => ({ ...CROSS, ...effect })))
  })

const changes: { name: string; was: Could; is: Could; parts: string[] }[] = [
  { name: 'the part that is another', was: can({}), is: can({ quota: 'x' }), parts: ['quota'] },
  { name: 'all parts that are others', was: can({}), is: can({ obligations: 'x', license: 'x' }), parts: ['license', 'obligations'] },
  { name: 'a further way', was: can({}), is: can({}, { value: 'x' }), parts: ['value'] },
  { name: 'a way less', was: can({}, { value: 'x' }), is: can({}), parts: ['value'] },
  {
    name: 'not a part that has the same values, in whatever order and however often',
    was: can({ value: '1', quota: '1' }, { value: '2', quota: '2' }),
    is: can({ value: '2', quota: '3' }, { value: '1', quota: '1' }, { value: '1', quota: '3' }),
    parts: ['quota'],
  },
  {
    name: 'values in other company: whatever differs between the ways',
    was: can({ value: '1', quota: '1' }, { value: '2', quota: '2' }),
    is: can({ value: '1', quota: '2' }, { value: '2', quota: '1' }),
    parts: ['quota', 'value'],
  },
  {
    name: 'values in other company, of which one way alone differs',
    was: can({ value: '1', quota: '1' }, { value: '1', quota: '1', license: '2' }, { value: '2', quota: '2' }),
    is: can({ value: '1', quota: '2' }, { value: '1', quota: '1', license: '2' }, { value: '2', quota: '1' }),
    parts: ['license', 'quota', 'value'],
  },
]
for (const { name, was, is, parts } of changes)
  test(`changes: ${name}`, () => {
    expect(open().between([[was]], [[is]])).toEqual([{ ...CROSS, effect: 'changes', at: now, parts }])
  })

test('the same ways in another order are the same', () => {
  const { between } = open()
  expect(between([[can({ value: '1' }, { value: '2' })]], [[can({ value: '2' }, { value: '1' })]])).toEqual([])
})

test('each item has effects of its own, in the order of items and with its command', () => {
  const { between } = open({ row: { commands: ['hard', 'easy'] }, sail: {} })
  const lost = (item: object) => ({ product: 'ferry', ...item, effect: 'loses', reason: 'no_seat', at: now })
  expect(between([[can({}), can({}), can({})]], [[cannot('no_seat'), cannot('no_seat'), cannot('no_seat')]])).toEqual([
    lost({ feature: 'row', command: 'hard' }),
    lost({ feature: 'row', command: 'easy' }),
    lost({ feature: 'sail' }),
  ])
  expect(between([[can({}), can({}), can({})]], [[can({}), cannot('no_seat'), can({})]])).toEqual([
    lost({ feature: 'row', command: 'easy' }),
  ])
})

test('an item that editions did not have yet was unknown, one that they have no more is', () => {
  const { between } = open({ row: {}, sail: {} })
  const sail = { product: 'ferry', feature: 'sail', reason: 'feature_unknown', at: now }
  expect(between([[can({})]], [[can({}), can({})]])).toEqual([{ ...sail, effect: 'gains' }])
  expect(between([[can({}), can({})]], [[can({})]])).toEqual([{ ...sail, effect: 'loses' }])
})

test('by time alone each instant is held against now', () => {
  const { ahead } = open()
  const lost = { ...CROSS, effect: 'loses', reason: 'license_expired' }
  expect(ahead([[can({})], [can({ license: 'g' })], [cannot('license_expired')], [can({})]])).toEqual([
    { ...CROSS, effect: 'changes', parts: ['license'], at: now + 100 },
    { ...lost, at: now + 200 },
  ])
  expect(ahead([[cannot('license_scheduled')], [can({})], [cannot('license_expired')]])).toEqual([
    { ...CROSS, effect: 'gains', reason: 'license_scheduled', at: now + 100 },
  ])
  expect(ahead([[can({})]])).toEqual([])
})

test('no effects are number 0, and the same effects have one number, whatever they came of', () => {
  const { effects, number } = open()
  const [had, ended, revoked, other] = [
    [[can({})]],
    [[cannot('license_expired')]],
    [[cannot('license_revoked')]],
    [[can({ value: 'x' })]],
  ].map(number)
  const between = (before: number | undefined, after: number | undefined) => effects.between('ferry', before, after)
  const lost = between(had, ended)
  expect(lost).toBeGreaterThan(0)
  expect(between(ended, revoked)).toBe(0)
  expect(between(had, had)).toBe(0)
  expect(between(undefined, undefined)).toBe(0)
  expect(between(other, ended)).toBe(lost)
  expect(between(had, ended)).toBe(lost)
  expect(between(had, revoked)).not.toBe(lost)
  expect(between(ended, had)).not.toBe(lost)
  expect(effects.of(0)).toEqual([])
  // Whichever is asked for first.
  expect(new Effects(new Book()).between('ferry', 1, 1)).toBe(0)
})

test('what becomes of two timelines is found out once', () => {
  const { book, effects, number } = open()
  const [before, after] = [number([[can({})]]), number([[cannot('no_seat')]])]
  const read = vi.spyOn(book, 'timeline')
  for (let times = 0; times < 3; times++) effects.between('ferry', before, after)
  expect(read).toHaveBeenCalledTimes(2)
})

test('the same two timelines come to other items in another product', () => {
  const { book, effects, number } = open()
  const tram = termsOf({ product: 'tram', features: { ride: {} }, plans: {} })
  book.items(worldOf(edition(tram)).product('tram') as ProductRecord)
  const [before, after] = [number([[can({})]]), number([[cannot('no_seat')]])]
  const featuresOf = (product: string) => effects.of(effects.between(product, before, after)).map(({ feature }) => feature)
  expect([featuresOf('ferry'), featuresOf('tram'), featuresOf('bus')]).toEqual([['cross'], ['ride'], []])
})
