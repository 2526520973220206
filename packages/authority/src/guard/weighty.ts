import { isDeepStrictEqual } from 'node:util'
import { entityOf, type Fact, type LicenseFact, type World } from '@writ/engine'

/**
 * The facts of a mutation that can take access from somebody, those aside by which it is taken for security: who is suspended or revoked,
 * and a signal, are never held (revoking outranks this guard).
 * @param isSure false: World lacks changes that were committed, so what looks like no change may be one
 */
export function weightyFacts(world: World, facts: readonly Fact[], isSure = true): Fact[] {
  const closed = new Set(facts.flatMap((fact) => (fact.fact === 'identity' && fact.status !== 'active' ? [fact.id] : [])))
  return facts.filter((fact) => !concerns(world, fact, closed) && canTake(world, fact, isSure))
}

/** Identities that facts about single ones are about; `undefined`: others can be touched too. */
export function soleIdentities(world: World, facts: readonly Fact[]): Set<string> | undefined {
  const found = new Set<string>()
  for (const fact of facts) {
    const identity = identityOf(world, fact)
    if (identity === undefined) return undefined
    found.add(identity)
  }
  return found
}

function concerns(world: World, fact: Fact, identities: ReadonlySet<string>): boolean {
  const identity = identities.size === 0 ? undefined : identityOf(world, fact)
  return identity !== undefined && identities.has(identity)
}

function identityOf(world: World, fact: Fact): string | undefined {
  switch (fact.fact) {
    case 'identity':
      return fact.id
    case 'grant':
    case 'elsewhere':
      return fact.identity
    case 'removed': {
      if (fact.of === 'identity') return fact.id
      if (fact.of === 'seat' || fact.of === 'elsewhere') return fact.identity
      const known = fact.of === 'grant' ? world.stated(fact) : undefined
      return known?.fact === 'grant' ? known.identity : undefined
    }
    default:
      return undefined
  }
}

function canTake(world: World, fact: Fact, isSure: boolean): boolean {
  switch (fact.fact) {
    case 'edition':
      return !isSure || world.product(fact.product) !== undefined
    case 'signal':
    case 'resource':
    case 'seat':
      // A seat that is taken or put on hold is one less that others might take, which is what it is for.
      return false
    case 'removed':
      return fact.of !== 'signal' && fact.of !== 'resource' && (!isSure || world.stated(fact) !== undefined)
    default: {
      if (!isSure) return true
      const known = world.stated(entityOf(fact))
      if (known === undefined || isDeepStrictEqual(known, fact)) return false
      return !(fact.fact === 'license' && known.fact === 'license' && isOnlyLonger(known, fact))
    }
  }
}

/** The commonest change to a licence takes nothing from anybody. */
function isOnlyLonger({ ends: before, ...known }: LicenseFact, { ends, ...fact }: LicenseFact): boolean {
  return isDeepStrictEqual(known, fact) && (ends ?? Number.POSITIVE_INFINITY) >= (before ?? Number.POSITIVE_INFINITY)
}
