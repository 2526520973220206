import { expect, test } from 'vitest'
import { ADMIN_SCOPES, holds, isWithin, type Reach, SCOPES, seesOrganization, seesProduct } from './scope.ts'

test('an administrator holds every scope', () => {
  for (const scope of SCOPES) expect(holds({ scopes: ADMIN_SCOPES }, scope), scope).toBe(true)
})

test('managing everything is no right to decide or to assert', () => {
  expect(holds({ scopes: ['manage:*'] }, 'manage:audit')).toBe(true)
  expect(holds({ scopes: ['manage:*'] }, 'decide')).toBe(false)
  expect(holds({ scopes: ['manage:audit'] }, 'manage:organizations')).toBe(false)
  expect(holds({ scopes: ['manage:audit'] }, 'manage:*')).toBe(false)
})

test('a list limits what is seen, no list limits nothing, an empty one shows nothing', () => {
  expect(seesOrganization({ scopes: [] }, 'acme')).toBe(true)
  expect(seesOrganization({ scopes: [], organizations: ['acme'] }, 'acme')).toBe(true)
  expect(seesOrganization({ scopes: [], organizations: ['acme'] }, 'other')).toBe(false)
  expect(seesProduct({ scopes: [], products: [] }, 'atlas')).toBe(false)
})

const wide: Reach = { scopes: ['decide', 'manage:*'], organizations: ['a', 'b'] }
test('who is told no reasons gives none', () => {
  const silent: Reach = { scopes: ['decide'], reasons: false }
  expect(isWithin(silent, silent)).toBe(true)
  expect(isWithin({ scopes: ['decide'] }, silent)).toBe(false)
  expect(isWithin({ scopes: ['decide'], reasons: true }, silent)).toBe(false)
})

const cases: { name: string; inner: Reach; want: boolean }[] = [
  { name: 'the same', inner: wide, want: true },
  { name: 'fewer scopes', inner: { scopes: ['decide'], organizations: ['a', 'b'] }, want: true },
  { name: 'a capability out of all', inner: { scopes: ['manage:audit'], organizations: ['a'] }, want: true },
  { name: 'one scope more', inner: { scopes: ['decide', 'consume'], organizations: ['a'] }, want: false },
  { name: 'one organization more', inner: { scopes: ['decide'], organizations: ['a', 'c'] }, want: false },
  { name: 'all organizations', inner: { scopes: ['decide'] }, want: false },
  { name: 'without reasons', inner: { scopes: ['decide'], organizations: ['a'], reasons: false }, want: true },
  { name: 'fewer products than all', inner: { scopes: ['decide'], organizations: ['a'], products: ['atlas'] }, want: true },
]
for (const { name, inner, want } of cases)
  test(`${name} is ${want ? 'within' : 'too wide'}`, () => expect(isWithin(inner, wide)).toBe(want))
