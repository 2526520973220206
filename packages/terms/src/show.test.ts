import { expect, test } from 'vitest'
import { parse } from './parse.ts'
import { show } from './show.ts'

function shown(source: string): string {
  const { terms, findings } = parse(source)
  if (terms === undefined) throw new Error(findings.map(({ message }) => message).join('; '))
  return show(terms)
}

const ferry = `terms: 1
product: ferry
title: 'No: 1'

features:
  cross: { title: Cross }
  load: { meter: cars }

meters:
  cars: { unit: car }

assurance:
  word: { acr: urn:1, any_of: [ pwd ] }
  key: { acr: urn:2, any_of: [ hwk ] }

roles: { all: [ '*' ], crew: [ load ] }

plans:
  day:
    seats: { named: 5 }
    includes:
      cross: [ { assurance: key }, { assurance: word } ]
      load: { limit: 5 per day, obligations: { record: true } }
    conditions: { hours: { zone: UTC, open: [ mon 08:00-18:00 ] } }
  night:
    price: { stripe: x }
    conditions:
      when: |-
        subject.kind == "human"
        || subject.kind == 'x'
`

test('terms are shown with what is short on one line, and sections, plans and features each on their own', () => {
  expect(shown(ferry)).toBe(ferry)
})

test('the smallest terms are two lines', () => expect(shown('{ product: p, terms: 1 }')).toBe('terms: 1\nproduct: p\n'))

test('a line that would be wider than 110 characters is broken, and one of 110 is not', () => {
  const roles = (feature: string) =>
    shown(`{ terms: 1, product: p, features: { ${feature}: {} }, roles: { r: [${feature}] } }`).split('\n\n')[2]
  expect(roles('a'.repeat(98))).toBe(`roles: { r: [ ${'a'.repeat(98)} ] }\n`)
  expect(roles('a'.repeat(99))).toBe(`roles:\n  r: [ ${'a'.repeat(99)} ]\n`)
})

test('a list that holds lines stands below its key, as the lines do', () => {
  const price = shown('{ terms: 1, product: p, features: { a: { type: choice, values: ["x", "y"] } } }').split('\n\n')[1]
  expect(price).toBe('features:\n  a: { type: choice, values: [ x, y ] }\n')
  const alternatives = shown(
    '{ terms: 1, product: p, features: { a: {} }, plans: { q: { includes: { a: [{ when: "true ||\\ntrue" }, {}] } } } }',
  ).split('\n\n')[2]
  expect(alternatives).toBe(
    'plans:\n  q:\n    includes:\n      a:\n        - when: |-\n            true ||\n            true\n        - {}\n',
  )
})
