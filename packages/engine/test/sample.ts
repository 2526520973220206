import { parseValue, type Terms } from '@writ/terms'
import type { Decision } from '../src/decision.ts'
import type { Fact, IdentityFact, Instant, LicenseFact, SeatFact } from '../src/facts.ts'
import { parseInstant } from '../src/instant.ts'
import type { Usage } from '../src/usage.ts'
import { World } from '../src/world.ts'

export const SECOND = 1000
export const HOUR = 3_600_000
export const DAY = 86_400_000

export const noUsage: Usage = { used: () => 0, arrival: () => Number.NEGATIVE_INFINITY, floating: () => [] }

/** @throws {Error} when it is no instant. */
export function instant(text: string): Instant {
  const read = parseInstant(text)
  if (read === undefined) throw new Error(`not an instant: ${text}`)
  return read
}

/** Terms of a small product; what is given replaces a whole section. */
export function termsOf(sections: Record<string, unknown>): Terms {
  const { terms, findings } = parseValue({
    terms: 1,
    product: 'ferry',
    title: 'Ferry',
    features: { cross: { title: 'Cross' } },
    roles: { crew: ['*'] },
    plans: { day: { title: 'Day', includes: { cross: {} } } },
    ...sections,
  })
  if (terms === undefined) throw new Error(findings.map(({ message }) => message).join('; '))
  return terms
}

export function edition(terms: Terms, number = 1): Fact {
  return { fact: 'edition', product: terms.product, edition: number, terms }
}

export function identity(id: string, roles: readonly string[] = ['crew'], more: Partial<IdentityFact> = {}): IdentityFact {
  return { fact: 'identity', id, kind: 'human', status: 'active', in: { acme: roles }, ...more }
}

export function license(id: string, more: Partial<LicenseFact> = {}): LicenseFact {
  return { fact: 'license', id, product: 'ferry', edition: 1, plan: 'day', organization: 'acme', starts: 0, ...more }
}

export function seat(identity: string, order: number, more: Partial<SeatFact> = {}): SeatFact {
  return { fact: 'seat', license: 'L', identity, order, ...more }
}

export function worldOf(...facts: readonly Fact[]): World {
  const world = new World()
  world.apply({ revision: 1, facts: [{ fact: 'organization', id: 'acme' }, ...facts] })
  return world
}

/** `allow` or the reason, then the notices: an answer on one line. */
export function summary({ allowed, reason, notices }: Decision): string {
  const said = notices.map((notice) => (notice.type === 'would_refuse' ? `would_refuse:${notice.reason}` : notice.type))
  return [allowed ? 'allow' : String(reason), ...said].join(' ')
}
