import { readFileSync } from 'node:fs'
import type { Change, Fact, Request, Usage } from '@writ/engine'

export const NOW = Date.parse('2026-11-23T09:00:00Z')

/** A customer of ordinary size. */
export const PEOPLE_EACH = 200

/** What each question asks about; `shared` is `plain` with a condition on top. */
export type Asked = 'plain' | 'with a when'
export const WHEN = 'subject.kind == "human" && context.device.startsWith("laptop-")'
const FEATURES: Record<Asked, string> = { plain: 'report.export', 'with a when': 'api.call' }

/** Atlas with seats and quotas that a whole customer fits in, a proof on what is asked, and once a `when`. */
export function terms(): string {
  const text = readFileSync(new URL('../examples/atlas.terms.yaml', import.meta.url), 'utf8')
  return replaced(text, [
    ['seats: { named: 25, overage: 10%', 'seats: { named: 250, overage: 10%'],
    ['report.export: { limit: 1000 per month }', 'report.export: { limit: 1000000 per month, assurance: otp within 1 hour }'],
    [
      'api.call: { limit: 100000 per month, then: bill, rate: 10 per second, burst: 20 }',
      `api.call: { limit: 1000000 per month, assurance: otp within 1 hour, when: '${WHEN}' }`,
    ],
  ])
}

function replaced(text: string, changes: readonly (readonly [string, string])[]): string {
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the Atlas terms no longer hold ${from}`)
    text = text.replace(from, to)
  }
  return text
}

/** The change feed of a vendor with so many people: one change a customer, in the JSON that a feed carries. */
export function* changes(people: number, each = PEOPLE_EACH): Iterable<string> {
  yield changeOf(1, [{ fact: 'edition', product: 'atlas', edition: 1, terms: terms() }])
  for (let organization = 0; organization * each < people; organization++)
    yield changeOf(organization + 2, customer(organization, people, each))
}

function changeOf(revision: number, facts: readonly Fact[]): string {
  return JSON.stringify({ revision, facts } satisfies Change)
}

function customer(organization: number, people: number, each: number): Fact[] {
  const [org, license] = [`org_${digits(organization)}`, licenseOf(organization)]
  const facts: Fact[] = [
    { fact: 'organization', id: org },
    {
      fact: 'license',
      id: license,
      product: 'atlas',
      edition: 1,
      plan: 'standard',
      organization: org,
      starts: Date.parse('2026-01-15T00:00:00Z'),
      ends: Date.parse('2027-01-13T11:00:00Z'),
    },
  ]
  for (let order = 0; order < each && organization * each + order < people; order++) {
    const id = identityOf(organization * each + order)
    facts.push({ fact: 'identity', id, kind: 'human', status: 'active', in: { [org]: ['analyst'] }, factors: ['password', 'otp'] })
    facts.push({ fact: 'seat', license, identity: id, order })
  }
  return facts
}

function digits(number: number): string {
  return number.toString(16).padStart(24, '0')
}

export function identityOf(person: number): string {
  return `id_${digits(person)}`
}

function licenseOf(organization: number): string {
  return `lic_${digits(organization)}`
}

/** Questions as they come in: parsed from JSON, so that no id is a string that World has seen, nor has its hash yet. */
export function questions(asked: Asked, people: readonly number[]): Request[] {
  const all: Request[] = people.map((person) => ({
    identity: identityOf(person),
    feature: FEATURES[asked],
    context: { country: 'DE', device: 'laptop-4711', session: 'session-0815' },
    proofs: [{ level: 'otp', at: NOW - 60_000, session: 'session-0815' }],
  }))
  return JSON.parse(JSON.stringify(all)) as Request[]
}

/** Every licence has spent something, and each question looks at its own. */
export class SomeUsage implements Usage {
  readonly #used = new Map<string, number>()

  constructor(people: number) {
    for (let organization = 0; organization * PEOPLE_EACH < people; organization++)
      this.#used.set(licenseOf(organization), organization % 1000)
  }

  used(license: string): number {
    return this.#used.get(license) ?? 0
  }
  arrival(): number {
    return Number.NEGATIVE_INFINITY
  }
  floating(): readonly never[] {
    return NO_SEATS
  }
}

const NO_SEATS: readonly never[] = []
