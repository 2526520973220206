import { countries, type ICountry } from 'countries-list'
import { expect, test } from 'vitest'
import { countriesOf, isRegion, REGION_NAMES } from './region.ts'

/** Reserved codes for places that ISO 3166-1 has as part of Saint Helena. */
const RESERVED = ['AC', 'TA']
/** The one country on two continents that we hold elsewhere: Russia is in Eastern Europe by the UN's M49. */
const OURS: Readonly<Record<string, string>> = { RU: 'EU' }
const published = Object.entries(countries as Record<string, ICountry>).filter(([code]) => !RESERVED.includes(code))
const continents = ['AF', 'AN', 'AS', 'EU', 'NA', 'OC', 'SA'] as const

test('every published country is a region of its own', () => {
  expect(published.length).toBeGreaterThan(240)
  for (const [code] of published) expect([...countriesOf(code)]).toEqual([code])
})

for (const continent of continents)
  test(`continent:${continent} holds the countries that a published list holds`, () => {
    const listed = published.filter(([code, country]) => (OURS[code] ?? country.continent) === continent).map(([code]) => code)
    expect([...countriesOf(`continent:${continent}`)].sort()).toEqual(listed.sort())
  })

test('every country is on one continent and on no other', () => {
  const all = continents.flatMap((continent) => [...countriesOf(`continent:${continent}`)])
  expect(new Set(all).size).toBe(all.length)
})

test('the Union has 27 members, and the Economic Area three more', () => {
  const [eu, eea] = [countriesOf('EU'), countriesOf('EEA')]
  expect(eu.size).toBe(27)
  expect([...eea].filter((country) => !eu.has(country)).sort()).toEqual(['IS', 'LI', 'NO'])
  for (const outside of ['GB', 'CH', 'NO', 'TR', 'UA']) expect(eu.has(outside)).toBe(false)
  for (const country of eea) expect(countriesOf(country).size).toBe(1)
})

for (const name of ['', 'XX', 'de', 'eu', 'UK', 'continent:', 'continent:XX', '__proto__', 'toString'])
  test(`${JSON.stringify(name)} is no region`, () => {
    expect(isRegion(name)).toBe(false)
    expect(countriesOf(name).size).toBe(0)
  })

test('every name that may be written is one', () => {
  expect(REGION_NAMES.length).toBe(published.length + continents.length + 2)
  for (const name of REGION_NAMES) expect(isRegion(name)).toBe(true)
})
