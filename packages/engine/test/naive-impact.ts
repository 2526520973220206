import { Horizon } from '../src/ask.ts'
import type { Fact, Instant } from '../src/facts.ts'
import { type Could, could, itemsOf, type Place } from '../src/impact/could.ts'
import type { Impact } from '../src/impact/impact.ts'
import type { World } from '../src/world.ts'

/** One line an identity, place, item and effect: `ann acme ferry:cross read loses 123 license_expired`. */
export function naiveImpact(before: World, after: World | undefined, now: Instant, until: Instant): string[] {
  const worlds = after === undefined ? [before] : [before, after]
  const lines: string[] = []
  for (const id of namesIn(worlds, ({ identities }) => Array.from({ length: identities.size }, (_, row) => identities.id(row)))) {
    const organizations = namesIn(worlds, ({ organizationIds }) =>
      Array.from({ length: organizationIds.size }, (_, index) => organizationIds.name(index)),
    )
    for (const organization of [undefined, ...organizations]) {
      for (const item of worlds.flatMap((world) => world.allProducts()).flatMap(itemsOf)) {
        const at = (world: World, instant: Instant, horizon?: Horizon): Could => {
          const row = world.identities.find(id)
          const place: Place = organization === undefined ? undefined : world.organizationIds.find(organization)
          if (row === undefined || (organization !== undefined && place === undefined)) return { reason: 'no_license' }
          const known = world.product(item.product)
          const licenses = place === undefined ? world.licensesHeldBy(row) : world.licensesOf(place)
          const isMember = place === undefined || world.identities.roleSet(row, place) !== undefined
          if (known === undefined || !isMember || !licenses.some(({ product }) => product === item.product)) return { reason: 'no_license' }
          if (!itemsOf(known).some(({ feature, command }) => feature === item.feature && command === item.command)) {
            return { reason: 'feature_unknown' }
          }
          return could(world, row, place, item, instant, horizon)
        }
        const instants = new Set<Instant>()
        for (const world of worlds) {
          for (let next = now; next < until; ) {
            instants.add(next)
            const horizon = new Horizon(next)
            at(world, next, horizon)
            next = horizon.soonest
          }
        }
        const seen = new Set<string>()
        for (const instant of [...instants].sort((a, b) => a - b)) {
          const was = after === undefined ? at(before, now) : at(before, instant)
          const is = at(after ?? before, instant)
          const found = effectOf(was, is)
          if (found === undefined || seen.has(found.effect)) continue
          seen.add(found.effect)
          const { product, feature, command = '' } = item
          lines.push(`${id} ${organization ?? '-'} ${product}:${feature} ${command} ${found.effect} ${instant} ${found.why}`)
        }
      }
    }
  }
  return [...new Set(lines)].sort()
}

function effectOf(was: Could, is: Could): { effect: string; why: string } | undefined {
  const could = 'ways' in was
  const can = 'ways' in is
  if (could && !can) return { effect: 'loses', why: is.reason }
  if (!could && can) return { effect: 'gains', why: was.reason }
  if (!could || !can) return undefined
  const said = (ways: typeof was.ways) => JSON.stringify([...new Set(ways.map((way) => JSON.stringify(way)))].sort())
  return said(was.ways) === said(is.ways) ? undefined : { effect: 'changes', why: '' }
}

function namesIn(worlds: readonly World[], names: (world: World) => string[]): string[] {
  return [...new Set(worlds.flatMap(names))]
}

export function replayed(facts: Iterable<Fact>, World: new () => World, more: readonly Fact[] = []): World {
  const world = new World()
  world.apply({ revision: 1, facts: [...facts] })
  world.apply({ revision: 2, facts: more })
  return world
}

/** What `impact` found, in the words of the naive one. */
export function lines(found: Impact): string[] {
  return [...found.each()]
    .map(
      ({ identity, organization, effect: { product, feature, command = '', effect, at, reason = '' } }) =>
        `${identity} ${organization ?? '-'} ${product}:${feature} ${command} ${effect} ${at} ${reason}`,
    )
    .sort()
}
