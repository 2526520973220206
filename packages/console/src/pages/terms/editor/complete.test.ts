import { termsSchema } from '@writ/terms'
import { expect, test } from 'vitest'
import { type SchemaPart, suggestions } from './complete.ts'

const labels = (before: string) => suggestions(before, termsSchema as unknown as SchemaPart).map(({ label }) => label)

test('at the edge stand the keys of terms', () => {
  expect(labels('')).toEqual(expect.arrayContaining(['terms', 'product', 'features', 'plans']))
  expect(labels('terms: 1\npro')).toEqual(['product', 'properties'])
})

test('inside stand the keys of that place', () => {
  expect(labels('features:\n  report.export:\n    ')).toEqual(expect.arrayContaining(['title', 'meter', 'commands', 'repair']))
  expect(labels('plans:\n  standard:\n    gr')).toEqual(['grace'])
  expect(labels('plans:\n  standard:\n    grace:\n      ')).toEqual(expect.arrayContaining(['expiry', 'payment', 'offline']))
  expect(labels('plans:\n  free:\n    includes:\n      api.call:\n        li')).toEqual(['limit'])
})

test('in a list of alternatives stand the keys of one', () => {
  expect(labels('plans:\n  free:\n    includes:\n      api.call:\n        - appr')).toEqual(['approval'])
})

test('after a colon stand the values of the key', () => {
  expect(labels('features:\n  model.size:\n    type: ')).toEqual(['switch', 'limit', 'choice'])
  expect(labels('features:\n  model.size:\n    type: ch')).toEqual(['choice'])
  expect(labels('features:\n  plan.change:\n    repair: ')).toEqual(['true', 'false'])
})

test('where nothing is known nothing is offered', () => {
  expect(labels('features:\n  report.export:\n    title: ')).toEqual([])
  expect(labels('nonsense:\n  deep:\n    ')).toEqual([])
})
