import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { MEASURED, measure, PAGE } from '../bench/capacity.ts'

const headings = (text: string) => [...text.matchAll(/^### .*$|^\| what .*$|^\| identities .*$|^\| kept open .*$/gm)].map(([line]) => line)

test('every table of the page on capacity is measured, with a figure in each place', { timeout: 180_000 }, async () => {
  const measured = await measure({ quick: true })
  expect(measured).not.toMatch(/NaN|undefined|Infinity/)
  const [written = ''] = MEASURED.exec(readFileSync(PAGE, 'utf8')) ?? []
  expect(headings(measured)).toHaveLength(8)
  expect(headings(written)).toEqual(headings(measured))
})
