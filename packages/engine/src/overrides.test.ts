import { canonical, readOverrides, type Terms } from '@writ/terms'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryScene, worldOf as worldOfScene } from '../test/arbitrary-scene.ts'
import { DAY, edition, identity, instant, license, noUsage, seat, summary, termsOf, worldOf } from '../test/sample.ts'
import { type Decision, decide, explain, type Fact, type LicenseFact, type Request, World } from './index.ts'

const terms = termsOf({
  features: { cross: { title: 'Cross' }, load: { title: 'Load', meter: 'cars' }, mend: { title: 'Mend' } },
  meters: { cars: { unit: 'car', aggregate: 'sum' } },
  assurance: { word: { acr: 'w', any_of: ['pwd'] }, otp: { acr: 'o', any_of: ['otp'] } },
  plans: {
    day: {
      title: 'Day',
      seats: { named: 1 },
      grace: { expiry: '1 day' },
      includes: { cross: { assurance: 'otp' }, load: { limit: '10 per day' } },
    },
  },
})
const now = instant('2026-05-13T12:00:00Z')
const used = { ...noUsage, used: () => 10 }

function ask(
  overrides: object | undefined,
  request: Partial<Request> = {},
  usage = noUsage,
  more: readonly Fact[] = [],
  fact: Partial<LicenseFact> = {},
): Decision {
  const text = overrides && readOverrides(overrides, terms, 'day').text
  const facts = [license('L', { ...(text !== undefined && { overrides: text }), ...fact }), identity('ann'), identity('bea'), ...more]
  return decide(worldOf(edition(terms), ...facts), usage, { identity: 'ann', feature: 'load', ...request }, now)
}

test('a limit, a seat, a grace and a feature are those of the licence', () => {
  expect(summary(ask(undefined, {}, used))).toBe('quota_exhausted')
  expect(summary(ask({ includes: { load: { limit: '11 per day' } } }, {}, used))).toBe('allow')
  const taken = [seat('bea', 0)]
  expect(summary(ask(undefined, {}, noUsage, taken))).toBe('seats_exhausted')
  expect(summary(ask({ seats: { overage: 1 } }, {}, noUsage, taken))).toBe('allow overage')
  expect(summary(ask(undefined, {}, noUsage, [], { ends: now - 2 * DAY }))).toBe('license_expired')
  expect(summary(ask({ grace: { expiry: '3 days' } }, {}, noUsage, [], { ends: now - 2 * DAY }))).toBe('allow in_grace')
  expect(summary(ask(undefined, { feature: 'mend' }))).toBe('not_entitled')
  expect(summary(ask({ includes: { mend: {} } }, { feature: 'mend' }))).toBe('allow')
  expect(summary(ask({ includes: { load: [] } }))).toBe('not_entitled')
})

test('a protective minimum of the newest edition holds over what a licence overrides', () => {
  const stricter = termsOf({
    ...{ features: { cross: { assurance: 'otp' } } },
    assurance: { word: { acr: 'w', any_of: ['pwd'] }, otp: { acr: 'o', any_of: ['otp'] } },
  })
  const overrides = readOverrides({ includes: { cross: [{}] } }, terms, 'day').text as string
  const facts = [license('L', { overrides }), identity('ann')]
  const question = { identity: 'ann', feature: 'cross' }
  expect(summary(decide(worldOf(edition(terms), ...facts), noUsage, question, now))).toBe('allow')
  expect(summary(decide(worldOf(edition(terms), edition(stricter, 2), ...facts), noUsage, question, now))).toBe('step_up_required')
})

test('overrides that the edition does not take leave the licence without terms: the plan might be wider', () => {
  const facts = [edition(terms), license('L', { overrides: '{"includes":{"fly":{}}}' }), identity('ann')]
  expect(summary(decide(worldOf(...facts), noUsage, { identity: 'ann', feature: 'load' }, now))).toBe('no_license')
})

test('equal overrides are compiled once, and stating the licence without them brings the plan back', () => {
  const overrides = readOverrides({ seats: { named: 9 } }, terms, 'day').text as string
  const world = worldOf(edition(terms), license('L', { overrides }), license('M', { overrides }), license('N'))
  const sold = (id: string) => world.sold(world.license(id) as never)
  expect(sold('L')).toBe(sold('M'))
  expect([sold('L')?.plan.plan.seats?.count, sold('N')?.plan.plan.seats?.count]).toEqual([9, 1])
  world.apply({ revision: 2, facts: [license('L')] })
  expect(sold('L')).toBe(sold('N'))
})

test('a snapshot carries them', () => {
  const overrides = readOverrides({ includes: { load: { limit: '11 per day' } } }, terms, 'day').text as string
  const world = worldOf(edition(terms), license('L', { overrides }), identity('ann'))
  const copy = new World()
  copy.apply({ revision: 1, facts: [...world.facts()] })
  expect(summary(decide(copy, used, { identity: 'ann', feature: 'load' }, now))).toBe('allow')
})

test('explain names what of the plan the licence overrides, where the question hangs on it', () => {
  const overrides = readOverrides({ seats: { named: 2 }, includes: { load: { limit: '11 per day' }, mend: {} } }, terms, 'day')
    .text as string
  const world = worldOf(edition(terms), license('L', { overrides }), license('M'), identity('ann'))
  const { trace } = explain(world, noUsage, { identity: 'ann', feature: 'load' }, now)
  expect(trace?.map(({ license: id, overrides: own }) => [id, own])).toEqual([
    ['L', ['seats', 'includes.load']],
    ['M', undefined],
  ])
})

/** Overrides made of another plan of the same terms: mostly they fit. */
function borrowed(found: Terms, plan: string, other: number, dice: Iterator<boolean>): object {
  const { plans } = JSON.parse(canonical(found)) as { plans: Record<string, { seats?: object; grace?: object; includes?: object }> }
  const names = Object.keys(plans)
  const { seats, grace, includes = {} } = plans[names[other % names.length] as string] ?? {}
  const some = Object.entries(includes).filter(() => dice.next().value === true)
  const fewer = [...(found.plans.get(plan)?.includes.keys() ?? [])].filter(() => dice.next().value === true && dice.next().value === true)
  const lists = some.map(([name, entry]) => [name, Array.isArray(entry) ? entry : [entry]])
  return {
    ...(dice.next().value === true && seats && { seats }),
    ...(dice.next().value === true && grace && { grace }),
    includes: { ...Object.fromEntries(fewer.map((name) => [name, []])), ...Object.fromEntries(lists) },
  }
}

test('a licence with overrides decides as if its plan had been written so', () => {
  const seen = { allowed: 0, refused: 0, other: 0 }
  fc.assert(
    fc.property(arbitraryScene({ kind: true }), fc.nat(), fc.infiniteStream(fc.boolean()), (scene, other, dice) => {
      const { terms: found, facts, standing, usage, now: at } = scene
      const newest: Fact = { fact: 'edition', product: found.product, edition: 90, terms: found }
      const plain: Fact[] = []
      const [overriding, written]: [Fact[], Fact[]] = [[], []]
      for (const fact of facts) {
        if (fact.fact !== 'license' || fact.product !== found.product || fact.edition !== 1) {
          plain.push(fact)
          continue
        }
        const { text, plan } = readOverrides(borrowed(found, fact.plan, other, dice), found, fact.plan)
        if (text === undefined || plan === undefined) {
          plain.push(fact)
          continue
        }
        const number = 40 + written.length
        overriding.push({ ...fact, overrides: text })
        written.push(
          {
            fact: 'edition',
            product: found.product,
            edition: number,
            terms: { ...found, plans: new Map([...found.plans, [fact.plan, plan]]) },
          },
          { ...fact, edition: number },
        )
      }
      const one = worldOfScene({ facts: [newest, ...plain, ...overriding], standing })
      const two = worldOfScene({ facts: [newest, ...plain, ...written], standing })
      for (const request of scene.requests) {
        const { edition: _a, ...left } = decide(one, usage, request, at)
        const { edition: _b, ...right } = decide(two, usage, request, at)
        expect(left).toEqual(right)
        const before = decide(worldOfScene({ facts: [newest, ...facts], standing }), usage, request, at)
        if (before.allowed !== left.allowed || before.reason !== left.reason) seen.other++
        if (left.allowed) seen.allowed++
        else seen.refused++
      }
    }),
    { numRuns: 150, endOnFailure: true },
  )
  // The property would say nothing of overrides that change nothing.
  expect(Math.min(seen.allowed, seen.refused, seen.other)).toBeGreaterThan(3)
}, 60_000)
