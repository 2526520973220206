import { expect, test } from 'vitest'
import { DAY, edition, identity, license, noUsage, seat, summary, termsOf, worldOf } from '../test/sample.ts'
import { decide, type Fact, type Request, type World } from './index.ts'

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

const strict = { assurance: levels, features: { cross: { title: 'Cross', assurance: 'key' } } }
const lax = { assurance: levels }
const cases: { name: string; facts: Fact[]; request?: Partial<Request>; off: string; on: string }[] = [
  { name: 'a stricter minimum', facts: [sold(lax), staged(strict)], off: 'allow', on: 'step_up_required' },
  { name: 'a laxer minimum', facts: [sold(strict), staged(lax)], off: 'step_up_required', on: 'allow' },
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
