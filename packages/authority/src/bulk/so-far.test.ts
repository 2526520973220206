import type { Fact } from '@writ/engine'
import { expect, test } from 'vitest'
import type { Authority } from '../app/authority.ts'
import { keepFacts, type SoFar, soFarOf } from './so-far.ts'
import type { ImportRow } from './store.ts'

const jobOf =
  (authority: Authority) =>
  (id: string, more: Partial<ImportRow> = {}): SoFar =>
    soFarOf(authority, { id, rows: 0, dry_run: true, ...more } as ImportRow)

test('one that is let go for others keeps nothing more, though rows of it still come, and only dry runs take the place of others', () => {
  const authority = {} as Authority
  const job = jobOf(authority)
  const facts: Fact[] = [{ fact: 'organization', id: 'acme' }]
  const first = job('first')
  keepFacts(authority, first, facts)
  for (let n = 0; n < 40; n++) {
    job(`real ${n}`, { dry_run: false })
    job(`elsewhere ${n}`, { rows: 5 })
  }
  expect([job('first') === first, first.isWhole, first.facts]).toEqual([true, true, facts])
  for (let n = 0; n < 16; n++) job(`dry ${n}`)
  keepFacts(authority, first, facts)
  expect([first.isWhole, first.facts]).toEqual([false, []])
})

test('of dry runs that were left alone those go first that are the oldest, and all together never take more than there is room for', () => {
  const authority = {} as Authority
  const job = jobOf(authority)
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
