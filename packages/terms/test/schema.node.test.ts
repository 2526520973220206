import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { canonical, parseValue, termsSchema } from '../src/index.ts'
import { arbitraryTerms } from './arbitrary-terms.ts'

const root = join(import.meta.dirname, '../../..')
const accepts = new Ajv2020({ strictTypes: false, allErrors: true }).compile(termsSchema)

test('the published schema is the one in the source', () => {
  expect(JSON.parse(readFileSync(join(root, 'docs/reference/terms.schema.json'), 'utf8'))).toEqual(termsSchema)
})

test('accepts the Atlas terms', () => {
  accepts(parseYaml(readFileSync(join(root, 'examples/atlas.terms.yaml'), 'utf8')))
  expect(accepts.errors).toBeNull()
})

test('accepts every valid terms in their canonical form', () => {
  fc.assert(
    fc.property(arbitraryTerms(), (terms) => {
      accepts(JSON.parse(canonical(terms)))
      expect(accepts.errors).toBeNull()
    }),
  )
})

describe('what the schema refuses, the parser refuses too:', () => {
  const plan = (plan: unknown) => ({
    terms: 1,
    product: 'p',
    features: { a: { meter: 'm' } },
    meters: { m: { unit: 'u' } },
    plans: { x: plan },
  })
  const entry = (entry: unknown) => plan({ includes: { a: entry } })
  const faulty: Record<string, unknown> = {
    'no version': { product: 'p' },
    'another version': { terms: 2, product: 'p' },
    'no product': { terms: 1 },
    'an unknown key': { terms: 1, product: 'p', feature: {} },
    'a word kept for later': plan({ staleness: '1 hour' }),
    'a bad name': { terms: 1, product: 'p', features: { 'a b': {} } },
    'a text that is a number': { terms: 1, product: 'p', title: 5 },
    'a limit without a period': entry({ limit: '1000' }),
    'a calendar without a zone': entry({ limit: '5 per calendar month' }),
    'a calendar hour': entry({ limit: '5 per calendar hour in UTC' }),
    'an unknown period': entry({ limit: '5 per fortnight' }),
    'a rate per day': entry({ rate: '5 per day' }),
    'a rate of nothing': entry({ rate: '0 per second' }),
    'a burst without a rate': entry({ burst: 5 }),
    'a half burst': entry({ rate: '5 per second', burst: 0.5 }),
    'a then without a limit': entry({ then: 'bill' }),
    'an unknown then': entry({ limit: '5 per day', then: 'shrug' }),
    'a duration without a unit': plan({ trial: 14 }),
    'a duration in fortnights': plan({ trial: '1 fortnight' }),
    'seats of both kinds': plan({ seats: { named: 1, floating: 1 } }),
    'seats of no kind': plan({ seats: { for: ['human'] } }),
    'a lease of a named seat': plan({ seats: { named: 1, lease: '1 hour' } }),
    'a hold on a floating seat': plan({ seats: { floating: 1, hold: '1 hour' } }),
    'an unknown kind of identity': plan({ seats: { named: 1, for: ['robot'] } }),
    'an overage in words': plan({ seats: { named: 1, overage: 'some' } }),
    'an approval by nobody': entry({ approval: { count: 1 } }),
    'an approval for ever': entry({ approval: { by: 'admin', for: '4 hours' } }),
    'a grace that burns': plan({ grace: { then: 'burn' } }),
    'hours without a zone': plan({ conditions: { hours: { open: [] } } }),
    'hours in words': plan({ conditions: { hours: { zone: 'UTC', open: ['office hours'] } } }),
    'a region in lower case': plan({ conditions: { regions: ['eu'] } }),
    'an address that is no network': plan({ conditions: { networks: ['10.0.0.1'] } }),
    'an ending at noon o’clock': { terms: 1, product: 'p', ends: { on: 'mon-thu', at: 'noon', zone: 'UTC' } },
    'a level without an acr': { terms: 1, product: 'p', assurance: { otp: { any_of: ['otp'] } } },
    'a signal with two effects': {
      terms: 1,
      product: 'p',
      assurance: { otp: { acr: 'a', any_of: ['otp'] } },
      signals: { s: { require: 'otp', refuse: true } },
    },
    'a signal without an effect': { terms: 1, product: 'p', signals: { s: {} } },
    'an authority without https': { terms: 1, product: 'p', federation: { v: { authority: 'ftp://vault.example', product: 'v' } } },
    'a fact of no type': { terms: 1, product: 'p', attributes: { email: 'text' } },
  }
  for (const [name, value] of Object.entries(faulty)) {
    test(name, () => {
      expect(accepts(value)).toBe(false)
      expect(parseValue(value).terms).toBeUndefined()
    })
  }
  test('and the file they are made from is accepted by both', () => {
    const good = entry({ limit: '1000 per month', then: 'bill' })
    expect(accepts(good)).toBe(true)
    expect(parseValue(good).findings).toEqual([])
  })
})
