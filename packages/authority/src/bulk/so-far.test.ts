import type { Fact } from '@writ/engine'
import { expect, test } from 'vitest'
import type { Authority } from '../app/authority.ts'
import { keepFacts, soFarOf } from './so-far.ts'
import type { ImportRow } from './store.ts'

test('of dry runs that were left alone those go first that are the oldest, and all together never take more than there is room for', () => {
  const authority = {} as Authority
  const job = (id: string, more: Partial<ImportRow> = {}) => soFarOf(authority, { id, rows: 0, dry_run: true, ...more } as ImportRow)
  const facts = Array.from({ length: 150_000 }, (): Fact => ({ fact: 'organization', id: 'acme' }))
  const [one, two] = [job('one'), job('two')]
  keepFacts(authority, one, facts)
  keepFacts(authority, two, facts.slice(0, 40_000))
  expect([one.isWhole, two.isWhole]).toEqual([true, true])
  job('one')
  keepFacts(authority, one, facts.slice(0, 20_000))
  expect([one.isWhole, two.isWhole, two.facts.length]).toEqual([true, false, 0])
  keepFacts(authority, one, facts)
  expect([one.isWhole, one.facts.length]).toEqual([false, 0])
  // What goes on at another node, or is done for real, is not whole from the start.
  expect([job('three', { rows: 5 }).isWhole, job('four', { dry_run: false }).isWhole]).toEqual([false, false])
})
