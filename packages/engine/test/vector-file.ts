import { parse, parseValue, type Rate, type Terms } from '@writ/terms'
import { parse as parseYaml } from 'yaml'
import type { Context, Proof, Request } from '../src/decision.ts'
import type { Fact, FactValue, Instant } from '../src/facts.ts'
import { decide, parseInstant, World } from '../src/index.ts'
import { arrivalAfter } from '../src/rate.ts'
import type { FloatingSeat, Usage } from '../src/usage.ts'
import { compare, type Want } from './vector-want.ts'

/** One case of a vector file, ready to be asked. The format is described in `packages/engine/vectors/README.md`. */
export interface VectorCase {
  readonly name: string
  /** What did not come out as wanted; empty when all did. */
  run(): string[]
}

type Json = Record<string, unknown>

/** @throws {Error} when the file is no vector file: a case that cannot be read must fail, never be passed over. */
export function readVectors(text: string, readTerms: (path: string) => string): VectorCase[] {
  const file = parseYaml(text) as Json
  if (file.vectors !== 1) throw new Error('not a vector file: it must begin with `vectors: 1`')
  const { terms, findings } = typeof file.terms === 'string' ? parse(readTerms(file.terms)) : parseValue(file.terms)
  if (terms === undefined)
    throw new Error(`its terms do not hold: ${findings.map(({ line, message }) => `${line}: ${message}`).join('; ')}`)
  const cases = file.cases as Json[]
  if (!Array.isArray(cases) || cases.length === 0) throw new Error('it has no cases')
  return cases.map((one) => ({ name: String(one.name), run: () => runCase(one, file, terms) }))
}

function runCase(one: Json, file: Json, terms: Terms): string[] {
  const at = instant(one.at ?? file.at)
  const facts = (one.with === undefined ? file.world : mergePatch(file.world, one.with)) as Json
  const ask = mergePatch(file.ask ?? {}, one.ask ?? {}) as Json
  const { world, usage } = build(facts, terms, at)
  const question = request(ask)
  return compare(decide(world, usage, question, at), one.want as Want)
}

/** RFC 7396. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const merged: Json = typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...(target as Json) } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name]
    else merged[name] = mergePatch(merged[name], value)
  }
  return merged
}

function instant(value: unknown): Instant {
  const read = parseInstant(String(value))
  if (read === undefined) throw new Error(`not an instant: ${String(value)}`)
  return read
}

function entries<T>(value: unknown): [string, T][] {
  return Object.entries((value ?? {}) as Record<string, T>)
}

function build(facts: Json, terms: Terms, at: Instant): { world: World; usage: Usage } {
  const world = new World()
  const stated: Fact[] = [{ fact: 'edition', product: terms.product, edition: 1, terms }]
  for (const [id, { roles }] of entries<{ roles?: Record<string, string[]> }>(facts.organizations)) {
    stated.push({ fact: 'organization', id, ...(roles && { roles }) })
  }
  const active = new Set<string>()
  for (const [id, identity] of entries<Json>(facts.identities)) {
    const { kind = 'human', status = 'active', in: memberships = {}, ...rest } = identity
    if (status === 'active') active.add(id)
    stated.push({ ...rest, fact: 'identity', id, kind, status, in: memberships } as Fact)
  }
  for (const [id, license] of entries<Json>(facts.licenses)) stated.push(licenseFact(id, license, terms))
  for (const [license, seats] of entries<{ held?: string[]; others?: number }>(facts.seats)) {
    if (isFloating(license, facts, terms)) continue
    // Suspending or revoking an identity frees its seat.
    const holders = seatHolders(seats).filter((holder) => active.has(holder) || holder.startsWith('other:'))
    holders.forEach((identity, order) => {
      stated.push({ fact: 'seat', license, identity, order })
    })
  }
  for (const [id, resource] of entries<Json>(facts.resources)) stated.push({ ...resource, fact: 'resource', id } as Fact)
  for (const grant of (facts.grants ?? []) as Json[]) stated.push(grantFact(grant, terms))
  for (const [i, signal] of ((facts.signals ?? []) as Json[]).entries()) {
    stated.push({ ...signal, fact: 'signal', id: `signal:${i}`, at: instant(signal.at) } as Fact)
  }
  for (const [need, answer] of entries<string>(facts.elsewhere)) stated.push({ fact: 'elsewhere', need, answer } as Fact)
  world.apply({ revision: 1, facts: stated })
  return { world, usage: usageOf(facts, active, terms, at) }
}

function licenseFact(id: string, license: Json, terms: Terms): Fact {
  const { of, holder, plan, status } = license
  const optional: Json = {}
  for (const name of ['ends', 'trial_ends', 'past_due_since', 'revoked_at'])
    if (license[name] !== undefined) optional[name] = instant(license[name])
  const starts = instant(license.starts)
  return {
    fact: 'license',
    id,
    product: terms.product,
    edition: 1,
    plan: plan as string,
    ...(of !== undefined && { organization: of as string }),
    ...(holder !== undefined && { holder: holder as string }),
    starts,
    ...(status === 'suspended' && { suspended: true }),
    ...(status === 'revoked' && { revoked_at: 0 }),
    ...optional,
  }
}

function seatHolders({ held = [], others = 0 }: { held?: string[]; others?: number }): string[] {
  return [...held, ...Array.from({ length: others }, (_, i) => `other:${i}`)]
}

function isFloating(license: string, facts: Json, terms: Terms): boolean {
  const plan = ((facts.licenses as Json | undefined)?.[license] as Json | undefined)?.plan
  return terms.plans.get(String(plan))?.seats?.kind === 'floating'
}

function grantFact(grant: Json, terms: Terms): Fact {
  const { ticket, approved_by, from, until, ...rest } = grant
  const allRoles = [...terms.roles.keys()]
  const approvals = ((approved_by ?? []) as (string | { identity: string; as: string })[]).map((by) =>
    typeof by === 'string' ? { identity: by, roles: allRoles } : { identity: by.identity, roles: [by.as] },
  )
  const context: Record<string, FactValue> = ticket === undefined ? {} : { ticket: String(ticket) }
  return { ...rest, fact: 'grant', from: instant(from), until: instant(until), approved_by: approvals, context } as unknown as Fact
}

function usageOf(facts: Json, active: ReadonlySet<string>, terms: Terms, at: Instant): Usage {
  const used = (facts.usage ?? {}) as Record<string, Record<string, number>>
  const taken = (facts.taken ?? {}) as Record<string, Record<string, [string, number][]>>
  const seats = (facts.seats ?? {}) as Record<string, { held?: string[]; others?: number }>
  const leases = facts.leases as Record<string, Record<string, { left: number; of?: number; until: string }>> | undefined
  return {
    ...(leases !== undefined && {
      left: (license: string, meter: string, from: Instant, until: Instant, most: number) => {
        const lease = from <= at && at < until ? leases[license]?.[meter] : undefined
        return lease && { amount: lease.left - Math.max(0, (lease.of ?? most) - most), until: instant(lease.until) }
      },
    }),
    used: (license, meter, from, until) => (from <= at && at < until ? (used[license]?.[meter] ?? 0) : 0),
    arrival: (license, feature, rate: Rate) => {
      let arrival = Number.NEGATIVE_INFINITY
      for (const [when, amount] of taken[license]?.[feature] ?? []) arrival = arrivalAfter(rate, arrival, amount, instant(when))
      return arrival
    },
    floating: (license): FloatingSeat[] => {
      if (!isFloating(license, facts, terms)) return []
      const holders = seatHolders(seats[license] ?? {}).filter((holder) => active.has(holder) || holder.startsWith('other:'))
      return holders.map((identity) => ({ identity }))
    },
  }
}

function request(ask: Json): Request {
  const { session, proofs, context, ...rest } = ask
  const given = { ...(context as Context | undefined), ...(session !== undefined && { session: session as string }) }
  const proven = ((proofs ?? []) as (Omit<Proof, 'at'> & { at: string })[]).map((proof) => ({ ...proof, at: instant(proof.at) }))
  return { ...rest, context: given, proofs: proven } as unknown as Request
}
