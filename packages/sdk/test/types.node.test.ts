import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NODE, ROOT, WRIT } from '@writ/testing/served'
import { afterAll, expect, test } from 'vitest'

// Inside the repository, so that `@writ/sdk` is found as an application finds it.
mkdirSync(join(ROOT, '.cache'), { recursive: true })
const folder = mkdtempSync(join(ROOT, '.cache/sdk-types-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const TERMS = `
terms: 1
product: ferry_line
title: Ferry
features:
  cross: { title: Cross, unreachable: open }
  fast: { title: Fast, unreachable: open, meter: trips }
  slow: { title: Slow, unreachable: open, meter: trips }
  deck: { title: Deck, type: choice, values: [lower, "it's upper"] }
  cargo: { title: Cargo, type: limit, unit: kg }
  engine: { title: Engine, resource: ship, commands: [start, stop] }
meters: { trips: { unit: trip, aggregate: sum } }
context: { lane: { type: string, from: enforcer }, seen: { type: list of string, from: token }, ticket: { type: string, from: access_request } }
attributes: { site: string }
properties: { subject: { age: number }, action: { soft: boolean } }
assurance: { word: { acr: word, any_of: [pwd] }, otp: { acr: otp, any_of: [otp] } }
roles: { crew: ['*'] }
plans:
  day: { title: Day, includes: { cross: {}, fast: { rate: 1 per minute }, slow: { limit: 3 per day, then: throttle 1 per hour } } }
`

/** Each compiles alone; what stands in `bad` does not. */
const GOOD = [
  `{ identity: 'ann', feature: 'cross' }`,
  `{ identity: { issuer: 'i', subject: 's' }, feature: 'ferry_line:cross', organization: 'acme' }`,
  `{ identity: 'ann', feature: 'deck', wanted: "it's upper" }`,
  `{ identity: 'ann', feature: 'cargo', wanted: 12, consume: 3 }`,
  `{ identity: 'ann', feature: 'engine', resource: 'mary', commands: ['start'] }`,
  `{ identity: 'ann', feature: 'engine', resource: { id: 'mary', kind: 'ship', labels: { age: 'old' } } }`,
  `{ identity: 'ann', feature: 'cross', context: { ip: '10.0.0.1', lane: 'left', seen: ['a'] } }`,
  `{ identity: 'ann', feature: 'cross', proofs: [{ level: 'otp', at: new Date(0) }] }`,
  `{ identity: 'ann', feature: 'cross', properties: { subject: { age: 3 }, action: { soft: true } } }`,
]
const BAD = [
  `{ identity: 'ann', feature: 'corss' }`,
  `{ identity: 'ann', feature: 'atlas:cross' }`,
  `{ feature: 'cross' }`,
  `{ identity: 'ann', feature: 'deck', wanted: 'uper' }`,
  `{ identity: 'ann', feature: 'cargo', wanted: 'much' }`,
  `{ identity: 'ann', feature: 'engine', commands: ['start'] }`,
  `{ identity: 'ann', feature: 'engine', resource: 'mary', commands: ['strat'] }`,
  `{ identity: 'ann', feature: 'engine', resource: { id: 'mary', kind: 'car' } }`,
  `{ identity: 'ann', feature: 'cross', commands: ['start'] }`,
  `{ identity: 'ann', feature: 'cross', context: { lain: 'left' } }`,
  `{ identity: 'ann', feature: 'cross', context: { lane: 3 } }`,
  // Facts of an access request come from the request alone.
  `{ identity: 'ann', feature: 'cross', context: { ticket: 'OPS-1' } }`,
  `{ identity: 'ann', feature: 'cross', proofs: [{ level: 'otpp', at: new Date(0) }] }`,
  `{ identity: 'ann', feature: 'cross', properties: { subject: { aeg: 3 } } }`,
  `{ identity: 'ann', feature: 'cross', properties: { action: { soft: 'yes' } } }`,
  `{ identity: 'ann', feature: 'cross', consumed: 3 }`,
]

writeFileSync(join(folder, 'ferry.yaml'), TERMS)
const written = spawnSync(NODE, [WRIT, 'terms', 'types', join(folder, 'ferry.yaml'), '--out', join(folder, 'ferry.ts')], {
  encoding: 'utf8',
})

test('the module has what the terms have, and leaves open only what can be decided without counting', () => {
  expect([written.status, written.stderr]).toEqual([0, ''])
  const text = readFileSync(join(folder, 'ferry.ts'), 'utf8')
  expect(text).toContain("cross: { type: 'switch', open: true }")
  expect(text).toContain("fast: { type: 'switch' }")
  expect(text).toContain("slow: { type: 'switch' }")
  expect(text).toContain("context: { lane: 'string', seen: 'list of string' }")
  expect(text).toMatch(/^export const ferryLine = \{$/m)
})

const HEAD = `import { Writ } from '@writ/sdk'
import { openLicense } from '@writ/sdk/offline'
import { ferryLine } from './ferry.ts'
export const writ = new Writ({ url: 'http://127.0.0.1:7070', product: ferryLine })
`
const asks = (questions: readonly string[]) => questions.map((question) => `writ.check(${question})`)

/** @returns the lines of the sample that do not compile, without those of its head */
function faultsOf(name: string, lines: readonly string[]): number[] {
  writeFileSync(join(folder, `${name}.ts`), [HEAD.trimEnd(), ...lines, ''].join('\n'))
  writeFileSync(
    join(folder, `${name}.json`),
    JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), include: [`${name}.ts`], compilerOptions: { types: ['node'] } }),
  )
  const { stdout } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', join(folder, `${name}.json`), '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}` },
  })
  const elsewhere = stdout.split('\n').filter((line) => / error TS/.test(line) && !line.includes(`${name}.ts(`))
  expect(elsewhere).toEqual([])
  const lineNumbers = [...stdout.matchAll(new RegExp(`${name}\\.ts\\((\\d+),`, 'g'))].map(([, line]) => Number(line))
  return [...new Set(lineNumbers)].map((line) => line - HEAD.trimEnd().split('\n').length).sort((a, b) => a - b)
}

test('every right question compiles, and so do its uses', () => {
  const uses = [
    `export const may: boolean = (await writ.entitlements('ann')).cross.allowed`,
    `export const names: readonly string[] = (await writ.batch([{ identity: 'ann', feature: 'cross' }])).map(({ reason }) => reason ?? '')`,
    `export const file = await openLicense({ licenseFile: '', roots: [], product: ferryLine })`,
    `export const both = new Writ({ url: 'http://127.0.0.1:7070', product: ferryLine, offline: file })`,
    `export const untyped = new Writ({ url: 'http://127.0.0.1:7070' })`,
    `untyped.check({ identity: 'ann', feature: 'anything', commands: ['any'], context: { any: 'thing' }, wanted: 'some', resource: 'r' })`,
  ]
  expect(faultsOf('good', [...asks(GOOD), ...uses])).toEqual([])
}, 60_000)

test('every mistyped question does not compile', () => {
  const uses = [
    // Asked about a resource, so no entitlement of anybody without one.
    `export const none = (await writ.entitlements('ann')).engine`,
    `export const wrong = (await writ.entitlements('ann')).corss`,
    `export const other = new Writ({ url: 'http://127.0.0.1:7070', product: { product: 'x' } })`,
  ]
  const all = [...asks(BAD), ...uses]
  expect(faultsOf('bad', all)).toEqual(all.map((_, i) => i + 1))
}, 60_000)
