import type { Entry, Plan, Terms } from '@writ/terms'
import type { Request } from '../src/decision.ts'
import type { Fact } from '../src/facts.ts'
import type { Scene } from './arbitrary-scene.ts'

/** A step that narrows. `seed` picks what it narrows; a step that finds nothing to narrow gives the scene back. */
export interface Narrowing {
  readonly name: string
  narrow(scene: Scene, seed: number): Scene
}

function pick<T>(list: readonly T[], seed: number): T | undefined {
  return list[seed % list.length]
}

function withFacts(scene: Scene, change: (fact: Fact) => Fact | undefined): Scene {
  return { ...scene, facts: scene.facts.map(change).filter((fact) => fact !== undefined) }
}

function withTerms(scene: Scene, change: (terms: Terms) => Terms): Scene {
  return withFacts(scene, (fact) =>
    fact.fact === 'edition' && typeof fact.terms !== 'string' ? { ...fact, terms: change(fact.terms) } : fact,
  )
}

function withPlans(scene: Scene, change: (plan: Plan, terms: Terms) => Plan): Scene {
  return withTerms(scene, (terms) => ({ ...terms, plans: new Map([...terms.plans].map(([name, plan]) => [name, change(plan, terms)])) }))
}

/** Every second entry or so. */
function withEntries(scene: Scene, seed: number, change: (entry: Entry, terms: Terms) => Entry): Scene {
  let count = 0
  return withPlans(scene, (plan, terms) => ({
    ...plan,
    includes: new Map(
      [...plan.includes].map(([feature, entries]) => [
        feature,
        entries.map((entry) => ((count++ + seed) % 2 === 0 ? change(entry, terms) : entry)),
      ]),
    ),
  }))
}

function withRequests(scene: Scene, change: (request: Request) => Request): Scene {
  return { ...scene, requests: scene.requests.map(change) }
}

/** Whether what it lacks may be let through all the same: it advises, or a plan that does degrades to it. */
function isAdvised(plan: Plan, plans: Terms['plans']): boolean {
  return [...plans.values()].some(
    (each) => each.enforcement === 'advise' && (each === plan || plans.get(each.grace.degradeTo ?? '') === plan),
  )
}

const never: Plan['conditions'] = { hours: { zone: 'UTC', open: [], closedOn: [] } }

export const NARROWINGS: readonly Narrowing[] = [
  {
    name: 'removing a role',
    narrow: (scene, seed) =>
      withFacts(scene, (fact) => {
        if (fact.fact !== 'identity') return fact
        const held = Object.entries(fact.in).map(([organization, roles]) => [
          organization,
          roles.filter((_, i) => i !== seed % roles.length),
        ])
        return { ...fact, in: Object.fromEntries(held) as typeof fact.in }
      }),
  },
  {
    name: "narrowing a vendor's role by a customer's of its name",
    narrow: (scene, seed) =>
      withFacts(scene, (fact) => {
        if (fact.fact !== 'organization') return fact
        const held = scene.facts.flatMap((one) => (one.fact === 'identity' && one.id === 'ann' ? Object.values(one.in).flat() : []))
        const vendor =
          pick(
            held.filter((role) => scene.terms.roles.has(role)),
            seed,
          ) ?? 'crew'
        if (fact.roles !== undefined && Object.hasOwn(fact.roles, vendor)) return fact
        const features = [...scene.terms.features.keys()].filter((_, i) => (seed >> i) % 2 === 1)
        return { ...fact, roles: { ...fact.roles, [vendor]: seed % 3 === 0 ? { from: [vendor, 'guide'], features } : features } }
      }),
  },
  {
    name: 'permitting less by a role of the terms',
    narrow: (scene, seed) =>
      withTerms(scene, (terms) => ({
        ...terms,
        roles: new Map([...terms.roles].map(([name, patterns]) => [name, patterns.filter((_, i) => i !== seed % patterns.length)])),
      })),
  },
  {
    name: 'closing hours',
    narrow: (scene, seed) => withEntries(scene, seed, (entry) => ({ ...entry, conditions: { ...entry.conditions, ...never } })),
  },
  {
    name: 'adding a region',
    narrow: (scene, seed) =>
      withEntries(scene, seed, ({ conditions, ...entry }) => ({
        ...entry,
        conditions: { ...conditions, regions: (conditions.regions ?? ['DE', 'NO', 'US']).filter((_, i) => i !== seed % 3) },
      })),
  },
  {
    name: 'adding a network',
    narrow: (scene, seed) =>
      withEntries(scene, seed, ({ conditions, ...entry }) => ({
        ...entry,
        conditions: { ...conditions, networks: (conditions.networks ?? ['10.0.0.0/8']).slice(0, 1) },
      })),
  },
  {
    name: 'adding a condition',
    narrow: (scene, seed) =>
      withEntries(scene, seed, (entry) => {
        const added =
          pick(['context.country == "DE"', 'context.ticket == "OPS-1"', 'context.score > 0.5', 'subject.kind == "human"'], seed) ?? ''
        return { ...entry, when: entry.when === undefined ? added : `(${entry.when}) && (${added})` }
      }),
  },
  {
    name: 'adding a condition to a plan',
    narrow: (scene) =>
      withPlans(scene, (plan) =>
        plan.conditions.when === undefined ? { ...plan, conditions: { ...plan.conditions, when: 'context.country == "DE"' } } : plan,
      ),
  },
  {
    name: 'asking for a stronger or fresher proof',
    narrow: (scene, seed) =>
      withEntries(scene, seed, (entry, { levels }) => {
        const rank = levels.findIndex(({ name }) => name === entry.assurance?.level)
        const level = levels[Math.min(levels.length - 1, rank + 1 + (seed % 2))]?.name ?? entry.assurance?.level
        if (level === undefined) return entry
        return { ...entry, assurance: { level, withinSeconds: Math.min(entry.assurance?.withinSeconds ?? 600, 600) } }
      }),
  },
  {
    name: 'asking for a minimum by the feature',
    narrow: (scene) =>
      withTerms(scene, (terms) => {
        const level = terms.levels.at(-1)?.name
        if (level === undefined) return terms
        return { ...terms, features: new Map([...terms.features].map(([name, feature]) => [name, { ...feature, assurance: { level } }])) }
      }),
  },
  {
    name: 'asking for an approval, or for more of them',
    narrow: (scene, seed) =>
      withEntries(scene, seed, (entry) => ({
        ...entry,
        approval: { by: entry.approval?.by ?? 'crew', count: (entry.approval?.count ?? 0) + 1 },
      })),
  },
  {
    name: 'needing another authority',
    narrow: (scene, seed) => withEntries(scene, seed, (entry) => ({ ...entry, needs: entry.needs ?? 'vault:blob.write' })),
  },
  {
    name: 'lowering limits',
    narrow: (scene, seed) =>
      withEntries(scene, seed, (entry) => ({
        ...entry,
        ...(entry.limit && { limit: { ...entry.limit, count: Math.floor(entry.limit.count / 2) }, then: { kind: 'refuse' } as const }),
        ...(typeof entry.value === 'number' && { value: entry.value / 2 }),
      })),
  },
  {
    name: 'lowering a rate',
    narrow: (scene, seed) =>
      withEntries(scene, seed, (entry) => (entry.rate === undefined ? entry : { ...entry, rate: { ...entry.rate, burst: 0 } })),
  },
  {
    name: 'selling fewer seats',
    narrow: (scene) =>
      withPlans(scene, (plan) =>
        plan.seats === undefined ? plan : { ...plan, seats: { ...plan.seats, count: Math.floor(plan.seats.count / 8) } },
      ),
  },
  {
    name: 'covering fewer resources and commands',
    narrow: (scene, seed) =>
      withEntries(scene, seed, (entry) => ({
        ...entry,
        ...(entry.commands && { commands: entry.commands.slice(1) }),
        ...(entry.resources && {
          resources: { ...entry.resources, environment: ['staging'].filter((one) => entry.resources?.environment?.includes(one) ?? true) },
        }),
      })),
  },
  {
    // Two rules make an entry narrow what its absence would not: a smaller plan without an entry for a repair feature does not close it,
    // and `advise` lets `not_entitled` pass, so that a plan that only advises asks for no proof where it includes nothing, nor does the
    // one that it degrades to.
    name: 'removing an entry',
    narrow: (scene, seed) =>
      withPlans(scene, (plan, { features, plans }) => ({
        ...plan,
        includes: new Map(
          [...plan.includes].flatMap(([feature, entries]) => {
            const kept = features.get(feature)?.repair === true || isAdvised(plan, plans)
            const rest = kept ? entries : entries.filter((_, i) => i !== seed % entries.length)
            return rest.length === 0 ? [] : [[feature, rest] as const]
          }),
        ),
      })),
  },
  {
    name: 'removing a licence',
    narrow: (scene, seed) => withFacts(scene, (fact) => (fact.fact === 'license' && fact.id === `L${(seed % 3) + 1}` ? undefined : fact)),
  },
  {
    name: 'removing a grant',
    narrow: (scene, seed) => withFacts(scene, (fact) => (fact.fact === 'grant' && fact.id === `g${(seed % 3) + 1}` ? undefined : fact)),
  },
  {
    name: 'suspending licences',
    narrow: (scene) => withFacts(scene, (fact) => (fact.fact === 'license' ? { ...fact, suspended: true } : fact)),
  },
  {
    name: 'raising a signal',
    narrow: (scene) => ({
      ...scene,
      facts: [
        ...scene.facts,
        ...['travel', 'new_device', 'failed'].map(
          (name): Fact => ({ fact: 'signal', id: `new:${name}`, name, identity: 'ann', at: scene.now }),
        ),
      ],
    }),
  },
  { name: 'an actor', narrow: (scene) => withRequests(scene, (request) => ({ actor: 'bob', ...request })) },
  { name: 'the local rules', narrow: (scene) => withRequests(scene, (request) => ({ ...request, locally_refused: true })) },
  {
    name: 'leaving proofs out',
    narrow: (scene, seed) =>
      withRequests(scene, (request) => ({
        ...request,
        ...(request.proofs && { proofs: request.proofs.filter((_, i) => i !== seed % (request.proofs?.length || 1)) }),
      })),
  },
  {
    name: 'a staler copy',
    narrow: (scene, seed) => ({
      ...scene,
      standing: { ...scene.standing, staleSince: Math.min(scene.standing.staleSince ?? scene.now, scene.now - (seed % 90) * 86_400_000) },
    }),
  },
]
