import { expect, test } from 'vitest'
import { idFrom } from './id-from.ts'

const names: [name: string, id: string][] = [
  ['Acme Logistics', 'acme-logistics'],
  ['  Açme & Söhne GmbH ', 'acme-sohne-gmbh'],
  ['株式会社', ''],
]
for (const [name, id] of names) test(`${name} gives “${id}”`, () => expect(idFrom(name)).toBe(id))
