import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const page = readFileSync(`${root}/docs/reference/decision-coverage.md`, 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| rule |') && !line.startsWith('|---'))
const held = rows.map((row) => row.split(' | ')[1] ?? '')

function textsIn(folder: string, ending: string): string[] {
  const files = readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending))
  expect(files.length).toBeGreaterThan(10)
  return files.map((name) => readFileSync(`${root}/${folder}/${name}`, 'utf8'))
}

test('every case that the coverage page names is in a vector file', () => {
  const cases = new Set(
    textsIn('packages/engine/vectors', '.yaml').flatMap((text) =>
      (parse(text) as { cases: { name: string }[] }).cases.map(({ name }) => name),
    ),
  )
  const named = held.flatMap((cell) => [...cell.matchAll(/\*([^*]+)\*/g)].map(([, name]) => name as string))
  expect(named.length).toBeGreaterThan(300)
  expect(named.filter((name) => !cases.has(name))).toEqual([])
})

test('every engine test that the coverage page names exists', () => {
  const sources = textsIn('packages/engine/src', '.test.ts').join('\n').replaceAll("\\'", "'")
  const named = held.flatMap((cell) => [...cell.matchAll(/engine: ([^;|]+)/g)].map(([, name]) => (name as string).trim()))
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((name) => !sources.includes(name))).toEqual([])
})

test('every rule on the coverage page is held by something', () => {
  expect(rows.length).toBeGreaterThan(150)
  expect(rows.filter((_, i) => !/\*[^*]+\*|engine: |owner: |`\d\d/.test(held[i] ?? ''))).toEqual([])
})
