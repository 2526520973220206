import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical, hash, parse, parseValue, show, warnings } from '../src/index.ts'
import { arbitraryTerms } from './arbitrary-terms.ts'

test('what the canonical form says is read back as the same terms', () => {
  fc.assert(
    fc.property(arbitraryTerms(), (terms) => {
      const { terms: again, findings } = parse(canonical(terms))
      expect(findings).toEqual([])
      expect(again).toEqual(terms)
    }),
  )
})

test('the canonical form of the canonical form is itself', () => {
  fc.assert(
    fc.property(arbitraryTerms(), (terms) => {
      const once = canonical(terms)
      expect(canonical(parse(once).terms ?? fail())).toBe(once)
    }),
  )
})

test('the canonical form is JSON, and as a plain value it means the same', () => {
  fc.assert(
    fc.property(arbitraryTerms(), (terms) => {
      expect(parseValue(JSON.parse(canonical(terms)))).toEqual({ terms, findings: [] })
    }),
  )
})

test('what is shown to people is read back as the same terms', () => {
  fc.assert(
    fc.property(arbitraryTerms(), (terms) => {
      expect(parse(show(terms))).toEqual({ terms, findings: [] })
    }),
  )
})

test('plans, levels and alternatives keep their order', () => {
  fc.assert(
    fc.property(arbitraryTerms(), (terms) => {
      const again = parse(canonical(terms)).terms
      expect([...(again?.plans.keys() ?? [])]).toEqual([...terms.plans.keys()])
      expect(again?.levels.map(({ name }) => name)).toEqual(terms.levels.map(({ name }) => name))
    }),
  )
})

test('the order of features, meters, roles and of what a plan includes does not change the hash', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryTerms(), async (terms) => {
      const turned = <T>(map: ReadonlyMap<string, T>) => new Map([...map].toReversed())
      const other = {
        ...terms,
        features: turned(terms.features),
        meters: turned(terms.meters),
        roles: turned(terms.roles),
        signals: turned(terms.signals),
        context: turned(terms.context),
        federation: turned(terms.federation),
        plans: new Map([...terms.plans].map(([name, plan]) => [name, { ...plan, includes: turned(plan.includes) }])),
      }
      expect(await hash(other)).toBe(await hash(terms))
    }),
    { numRuns: 50 },
  )
})

test('the terms that these properties draw have every part of the language', () => {
  const drawn = fc.sample(arbitraryTerms(), 300).map(canonical).join('\n')
  const parts = [
    '"limit":',
    '"then":"bill"',
    '"then":"throttle',
    '"rate":',
    '"burst":',
    '"value":',
    '"resources":',
    '"labels":',
    '"commands":',
    '"assurance":',
    ' within ',
    '"approval":',
    '"for":"up to',
    '"record":',
    '"mask":',
    '"when":',
    '"needs":',
    '"hours":',
    '"closed_on":',
    '"regions":',
    '"networks":',
    ' calendar ',
    ' per seat ',
    '"named":',
    '"floating":',
    '"overage":',
    '%"',
    '"take":"by admin"',
    '"hold":',
    '"lease":',
    '"outage":"keep"',
    '"then":"degrade to',
    '"offline":',
    '"trial":',
    '"price":',
    '"enforcement":"advise"',
    '"repair":true',
    '"unreachable":"open"',
    '"on_failure":',
    'km/h',
    '"attested":true',
    '"ends":',
    '"federation":',
  ]
  expect(parts.filter((part) => !drawn.includes(part))).toEqual([])
})

test('warnings never throw, and never carry an error', () => {
  fc.assert(
    fc.property(arbitraryTerms(), (terms) => {
      for (const { severity } of warnings(terms)) expect(severity).toBe('warning')
    }),
  )
})

function fail(): never {
  throw new Error('the terms do not parse')
}
