import { expect, test } from 'vitest'
import { DAY, edition, identity, license, noUsage, seat, summary, termsOf, worldOf } from '../test/sample.ts'
import { decide, type Fact, type LicenseFact, licensesWithin, newestWithin, type Request, type World } from './index.ts'

const now = 100 * DAY
const levels = { word: { acr: 'urn:1', any_of: ['pwd'] }, key: { acr: 'urn:2', any_of: ['hwk'] } }
const staged = (sections: object, number = 2): Fact => ({ ...edition(termsOf({ ...sections }), number), staged: true }) as Fact
const sold = (sections: object = {}): Fact => edition(termsOf({ ...sections }), 1)
const proof = (level: string) => ({ proofs: [{ level, at: now }] })
const onSecond = { edition: 2 }

function ask(world: World, request: Partial<Request> = {}): string {
  return summary(decide(world, noUsage, { identity: 'ann', feature: 'cross', ...request }, now))
}
function among(more: object, ...facts: Fact[]): World {
  return worldOf(identity('ann'), license('L', more), ...facts)
}

test('a staged edition is the newest of nothing until it is stated without, and no longer when it is staged again', () => {
  const world = worldOf(staged({}, 3), edition(termsOf({}), 1), edition(termsOf({}), 2))
  const product = world.product('ferry')
  expect([product?.newestEdition, product?.newest === product?.editions.get(2), [...(product?.staged ?? [])]]).toEqual([2, true, [3]])
  world.apply({ revision: 2, facts: [edition(termsOf({}), 3)] })
  expect([product?.newestEdition, product?.newest === product?.editions.get(3), product?.staged.size]).toEqual([3, true, 0])
  world.apply({ revision: 3, facts: [staged({}, 3)] })
  expect([product?.newestEdition, product?.newest === product?.editions.get(2)]).toEqual([2, true])
})

test('what is tried of it is taken back', () => {
  const world = worldOf(edition(termsOf({}), 1), staged({}, 2))
  const product = world.product('ferry')
  expect(world.tried([edition(termsOf({}), 2)], () => product?.newestEdition)).toBe(2)
  expect([product?.newestEdition, [...(product?.staged ?? [])]]).toEqual([1, [2]])
  expect(world.tried([staged({}, 5)], () => [...(product?.staged ?? [])])).toEqual([2, 5])
  expect([product?.editions.size, [...(product?.staged ?? [])]]).toEqual([2, [2]])
})

test('who goes through all facts meets each once, however often licences are tried on it meanwhile', () => {
  const world = worldOf(sold(), staged({}), identity('ann'), license('L'), license('M'), {
    fact: 'license',
    id: 'H',
    product: 'ferry',
    edition: 1,
    plan: 'day',
    holder: 'ann',
    starts: 0,
  })
  const order = world.licensesOf(0).map(({ id }) => id)
  let met = 0
  for (const fact of world.facts()) {
    if (fact.fact !== 'license') continue
    world.tried([{ ...fact, ...onSecond }], () => undefined)
    expect(++met).toBeLessThan(4)
  }
  expect([met, world.licensesOf(0).map(({ id }) => id)]).toEqual([3, order])
})

test('seats of a licence that is tried are as if nobody had them, and then as before', () => {
  const seats = (kind: string) => ({ plans: { day: { title: 'Day', seats: { [kind]: 1 }, includes: { cross: {} } } } })
  const world = among({}, sold(seats('named')), staged(seats('floating')), identity('bob'), seat('bob', 0))
  const seen = () => [world.license('L')?.seatsTaken, [...world.seatFacts('L')].length, world.license('L')?.seats.holds(1)]
  const before = seen()
  expect(world.tried([license('L', onSecond)], seen, ['L', 'none'])).toEqual([0, 0, false])
  expect([seen(), before]).toEqual([before, [1, 1, true]])
})

const stolen: Fact = { fact: 'signal', id: 's', name: 'stolen', identity: 'ann', at: now }
const wary = { signals: { stolen: { refuse: true } } }
const strict = { assurance: levels, features: { cross: { title: 'Cross', assurance: 'key' } } }
const lax = { assurance: levels }
const cases: { name: string; facts: Fact[]; request?: Partial<Request>; off: string; on: string }[] = [
  { name: 'a stricter minimum', facts: [sold(lax), staged(strict)], off: 'allow', on: 'step_up_required' },
  { name: 'a laxer minimum', facts: [sold(strict), staged(lax)], off: 'step_up_required', on: 'allow' },
  { name: 'a signal that it refuses', facts: [sold(), staged(wary), stolen], off: 'allow', on: 'risk_denied' },
  {
    name: 'a signal that it refuses, of whoever acts for them',
    facts: [sold(), staged(wary), identity('bot'), { ...stolen, identity: 'bot' } as Fact],
    request: { actor: 'bot' },
    off: 'allow',
    on: 'risk_denied',
  },
  {
    name: 'its own ladder',
    facts: [
      sold({ assurance: { word: levels.word }, features: { cross: { title: 'Cross', assurance: 'word' } } }),
      staged({
        assurance: { pin: { acr: 'urn:0', any_of: ['pin'] }, ...levels },
        features: { cross: { title: 'Cross', assurance: 'word' } },
      }),
    ],
    request: proof('pin'),
    off: 'step_up_required',
    on: 'step_up_required',
  },
  {
    name: 'a command of a feature that had none of that name',
    facts: [
      sold({ features: { cross: { title: 'Cross', commands: ['walk'] } } }),
      staged({ features: { cross: { title: 'Cross', commands: ['walk', 'sail'] } } }),
    ],
    request: { commands: ['sail'] },
    off: 'command_unknown',
    on: 'allow',
  },
  {
    name: 'a feature that no other has, which is known then and nobody else’s',
    facts: [sold(), staged({ features: { sail: { title: 'Sail' } }, plans: { day: { title: 'Day', includes: { sail: {} } } } })],
    request: { feature: 'sail' },
    off: 'not_entitled',
    on: 'allow',
  },
]
for (const { name, facts, request, off, on } of cases)
  test(`it binds who is on it, and nobody else: ${name}`, () => {
    expect([ask(among({}, ...facts), request), ask(among(onSecond, ...facts), request)]).toEqual([off, on])
  })

const walks = (...commands: string[]) => ({ features: { cross: { title: 'Cross', commands } } })
const two = [sold(walks('walk')), staged(walks('walk', 'sail'))]
const third = { edition: 3 }

const shapes: { name: string; facts: Fact[]; want: string }[] = [
  {
    name: 'a licence of another product is on no edition of this one',
    facts: [...two, license('L'), license('T', { product: 'tram', ...onSecond }), edition(termsOf({ product: 'tram' }), 2)],
    want: 'command_unknown',
  },
  {
    name: 'an older edition gives no command that the newest took',
    facts: [sold(walks('sail')), edition(termsOf(walks('walk')), 2), staged(walks('walk'), 3), license('L')],
    want: 'command_unknown',
  },
  {
    name: 'of two that are staged the higher is it',
    facts: [sold(walks('walk')), staged(walks('sail')), staged(walks('row'), 3), license('L', onSecond), license('M', third)],
    want: 'command_unknown',
  },
  {
    name: 'of two that are staged the higher is it, in whatever order',
    facts: [sold(walks('walk')), staged(walks('sail')), staged(walks('row'), 3), license('L', third), license('M', onSecond)],
    want: 'command_unknown',
  },
  {
    name: 'a feature that is staged no more is asked about as it was, and not had',
    facts: [sold(walks('sail')), staged({ features: { row: { title: 'Row' } }, plans: { day: { title: 'Day' } } }), license('L', onSecond)],
    want: 'not_entitled',
  },
  {
    name: 'an edition that is not here yet is none',
    facts: [sold(walks('sail')), staged(walks('sail')), license('L', { edition: 9 })],
    want: 'no_license',
  },
  {
    name: 'one of the identity’s own counts like one of its organization',
    facts: [...two, { fact: 'license', id: 'H', product: 'ferry', edition: 2, plan: 'day', holder: 'ann', starts: 0 }],
    want: 'allow',
  },
]
for (const { name, facts, want } of shapes)
  test(`whose commands hold: ${name}`, () => {
    expect(ask(worldOf(identity('ann'), ...facts), { feature: 'ferry:cross', commands: ['sail'] })).toBe(want)
  })

test('of several organizations the one that is asked about says which edition it is, and without one all do', () => {
  const both = { in: { acme: ['crew'], globex: ['crew'] } }
  const world = worldOf(...two, identity('ann', [], both), license('L', onSecond), license('M', { organization: 'globex' }))
  const asked = (organization: string) => ask(world, { commands: ['sail'], organization })
  expect([asked('acme'), asked('globex'), asked('nowhere')]).toEqual(['allow', 'command_unknown', 'command_unknown'])
  const within = (organization?: string) => licensesWithin(world, world.identities.row('ann'), organization).map(({ id }) => id)
  expect([within(), within('acme'), within('globex'), within('nowhere')]).toEqual([['L', 'M'], ['L'], ['M'], []])
})

test('the newest edition for whoever has these licences is the highest that is known, and no staged one that is another’s', () => {
  const world = worldOf(sold(), edition(termsOf({}), 2), staged({}, 3), staged({}, 4))
  const product = world.product('ferry')
  if (product === undefined) throw new Error('no such product')
  const newest = (...licenses: Partial<LicenseFact>[]) => {
    world.apply({ revision: 2, facts: licenses.map((more, i) => license(`L${i}`, more)) })
    const found = newestWithin(
      product,
      licenses.map((_, i) => world.license(`L${i}`) as never),
    )
    return [...product.editions].find(([, terms]) => terms === found)?.[0]
  }
  expect([newest(), newest({}), newest(onSecond), newest(third), newest({ edition: 9 })]).toEqual([2, 2, 2, 3, 2])
  expect([newest(third, { edition: 4 }), newest({ edition: 4 }, third), newest(third, { product: 'tram', edition: 4 })]).toEqual([4, 4, 3])
})

test('it takes a bare name from nobody', () => {
  const other = termsOf({
    product: 'tram',
    features: { sail: { title: 'Sail' } },
    plans: { day: { title: 'Day', includes: { sail: {} } } },
  })
  const both = [
    edition(other),
    sold(),
    staged({ features: { sail: { title: 'Sail' } }, plans: { day: { title: 'Day', includes: { sail: {} } } } }),
  ]
  const world = worldOf(...both)
  expect(world.feature('sail')?.product.name).toBe('tram')
  world.apply({ revision: 2, facts: [{ ...(both[2] as Fact & { staged?: true }), staged: undefined } as never] })
  expect(world.feature('sail')).toBeUndefined()
})
