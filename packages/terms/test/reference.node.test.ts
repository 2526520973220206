import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CODES, check, parse } from '../src/index.ts'
import { RESERVED_KEYS } from '../src/read/fields.ts'
import { termsSchema } from '../src/schema/schema.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/reference/terms.md'), 'utf8')

function codesUnder(heading: string): string[] {
  const section = page.split(`### ${heading}\n`)[1]?.split('\n#')[0] ?? ''
  return [...section.matchAll(/^\| `([A-Z_]+)` \| [^|]+ \| [^|]+ \|$/gm)].map(([, code]) => code as string)
}

test('the reference lists every code of the source, and no other, each under its severity', () => {
  const codes = Object.entries(CODES)
  expect(codesUnder('Errors').toSorted()).toEqual(codes.flatMap(([code, severity]) => (severity === 'error' ? [code] : [])).toSorted())
  expect(codesUnder('Warnings').toSorted()).toEqual(codes.flatMap(([code, severity]) => (severity === 'warning' ? [code] : [])).toSorted())
})

test('the files in the reference have no fault', () => {
  const files = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, file]) => file as string)
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) expect(check(file).findings).toEqual([])
})

test('the reference names every key of the schema', () => {
  const keys = new Set<string>()
  const collect = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return
    if ('properties' in schema && 'type' in schema) for (const key of Object.keys(schema.properties as object)) keys.add(key)
    Object.values(schema).forEach(collect)
  }
  collect(termsSchema)
  keys.delete('failed') // the schema forbids it, the language does not have it
  expect(keys.size).toBeGreaterThan(60)
  expect([...keys].filter((key) => !page.includes(`\`${key}`))).toEqual([])
})

test('the reference names every word that is kept for later', () => {
  const [, section = ''] = page.split('## Kept for later')
  expect([...RESERVED_KEYS].filter((word) => !section.includes(`\`${word}\``))).toEqual([])
})

describe('every short form in the reference is read:', () => {
  const table = page.split('## Short forms')[1]?.split('\n## ')[0] ?? ''
  const fits: Record<string, (form: string) => string> = {
    duration: (form) => `plans: { x: { trial: '${form}' } }`,
    limit: (form) => `plans: { x: { includes: { a: { limit: '${form}' } } } }`,
    rate: (form) => `plans: { x: { includes: { a: { rate: '${form}' } } } }`,
    assurance: (form) => `plans: { x: { includes: { a: { assurance: '${form}' } } } }`,
    approval: (form) => `plans: { x: { includes: { a: { approval: { by: r, for: '${form}' } } } } }`,
    percentage: (form) => `plans: { x: { seats: { named: 1, overage: '${form}' } } }`,
    speed: (form) => `signals: { s: { refuse: true, over: '${form}' } }`,
    days: (form) => `ends: { on: '${form}', at: '12:00', zone: UTC }`,
    hours: (form) => `plans: { x: { conditions: { hours: { zone: UTC, open: ['${form}'] } } } }`,
    date: (form) => `plans: { x: { conditions: { hours: { zone: UTC, open: ['08:00-18:00'], closed_on: ['${form}'] } } } }`,
    region: (form) => `plans: { x: { conditions: { regions: ['${form}'] } } }`,
    network: (form) => `plans: { x: { conditions: { networks: ['${form}'] } } }`,
    permission: () => 'plans: {}',
    condition: (form) => `plans: { x: { conditions: { when: '${form}' } } }`,
  }
  let kind = ''
  for (const [, name = '', forms = ''] of table.matchAll(/^\| ([a-z]*) ?\| (`[^|]+`) \|/gm)) {
    kind = name || kind
    const file = fits[kind]
    for (const [, form = ''] of forms.matchAll(/`([^`]+)`/g)) {
      test(`${kind} ${form}`, () => {
        const head = 'terms: 1\nproduct: p\nfeatures: { a: { meter: m }, report.export: {} }\nmeters: { m: { unit: u } }'
        const levels = 'assurance: { otp: { acr: a, any_of: [otp] }, passkey: { acr: b, any_of: [hwk] } }'
        const roles = `roles: { r: ['${kind === 'permission' ? form : 'a'}'] }`
        expect(parse([head, levels, roles, file?.(form), ''].join('\n')).findings).toEqual([])
      })
    }
  }
  test('of every kind', () => {
    const kinds = [...table.matchAll(/^\| ([a-z]+) \| `/gm)].map(([, name]) => name)
    expect(kinds).toEqual(Object.keys(fits))
  })
})
