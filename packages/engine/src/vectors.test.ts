import { expect, test } from 'vitest'
import { readVectors } from '../test/vector-file.ts'

declare global {
  /** Vite's, which the tests are built with: the same call reads the files in Node and in a browser. */
  interface ImportMeta {
    glob(pattern: string, options: { query: '?raw'; import: 'default'; eager: true }): Record<string, string>
  }
}

const files = Object.entries(import.meta.glob('../vectors/*.yaml', { query: '?raw', import: 'default', eager: true }))
const [atlas] = Object.values(import.meta.glob('../../../examples/atlas.terms.yaml', { query: '?raw', import: 'default', eager: true }))

function readTerms(path: string): string {
  if (atlas === undefined || !path.endsWith('/atlas.terms.yaml')) throw new Error(`no such terms here: ${path}`)
  return atlas
}

let found = 0
for (const [path, text] of files) {
  const file = path.slice(path.lastIndexOf('/') + 1)
  for (const { name, run } of readVectors(text, readTerms)) {
    found++
    test(`${file}: ${name}`, () => expect(run()).toEqual([]))
  }
}

test('every vector file was found, and more than three hundred cases in them', () => {
  expect(files.length).toBeGreaterThanOrEqual(14)
  expect(found).toBeGreaterThanOrEqual(600)
})
