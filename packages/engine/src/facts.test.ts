import { expect, test } from 'vitest'
import { type Entity, entityOf, type Fact } from './index.ts'

const seat = { of: 'seat', id: 'L', identity: 'ann' } as const
const said = { of: 'elsewhere', id: 'wms:pick' } as const

test.each<[Exclude<Fact, { fact: 'edition' }>, Entity]>([
  [
    { fact: 'resource', id: 'db', kind: 'postgres' },
    { of: 'resource', id: 'db' },
  ],
  [
    { fact: 'signal', id: 's', name: 'new_device', identity: 'ann', at: 0 },
    { of: 'signal', id: 's' },
  ],
  [{ fact: 'seat', license: 'L', identity: 'ann', order: 0 }, seat],
  [{ fact: 'elsewhere', need: 'wms:pick', answer: 'allow' }, said],
  [
    { fact: 'elsewhere', need: 'wms:pick', identity: 'ann', answer: 'allow' },
    { ...said, identity: 'ann' },
  ],
  [{ fact: 'removed', ...seat }, seat],
  [{ fact: 'removed', ...said }, said],
])('%o is about %o', (fact, entity) => {
  expect(entityOf(fact)).toStrictEqual(entity)
})
