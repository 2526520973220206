import { createElement as h, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { createEntitlements } from '../src/adapters/react/index.ts'
import type { ferry } from './fake-authority.ts'

const { EntitlementsProvider, Entitled, useEntitlement, useEntitlements } = createEntitlements<typeof ferry>()
const plain = { remedies: [], notices: [] }
const initial = {
  cross: { ...plain, allowed: true },
  view: { allowed: false, reason: 'seats_exhausted', remedies: [{ type: 'upgrade' }], notices: [] },
  deck: { ...plain, allowed: true, value: 'upper' },
} as const
const never = () => new Promise<never>(() => {})

function Deck(): ReactNode {
  const deck = useEntitlement('deck')
  return `${deck.status} ${deck.status === 'allowed' ? deck.value : ''}`
}
const render = (child: ReactNode, more: object = {}) => renderToString(h(EntitlementsProvider, { load: never, ...more }, child))

test('what the server had at hand is in the page that it renders', () => {
  expect(render(h(Entitled, { feature: 'cross' }, 'Cross'), { initial })).toBe('Cross')
  expect(render(h(Deck), { initial })).toBe('allowed upper')
})

test('a refusal shows what stands instead, and that is told why', () => {
  expect(render(h(Entitled, { feature: 'view' }, 'View'), { initial })).toBe('')
  const fallback = (refused: object) => JSON.stringify(refused)
  const html = render(h(Entitled, { feature: 'view', fallback }, 'View'), { initial })
  expect(JSON.parse(html.replaceAll('&quot;', '"'))).toEqual({
    status: 'refused',
    allowed: false,
    reason: 'seats_exhausted',
    remedies: [{ type: 'upgrade' }],
  })
})

test('without it a server renders what stands until it is known, and asks nobody', () => {
  const load = () => {
    throw new Error('a server does not ask for a page')
  }
  expect(render(h(Entitled, { feature: 'cross', loading: 'One moment' }, 'Cross'), { load })).toBe('One moment')
  expect(render(h(Deck), { load })).toBe('loading ')
})

test('a feature that the back end does not name is refused', () => {
  expect(render(h(Deck), { initial: {} })).toBe('refused ')
})

test('without a provider it says what is missing', () => {
  expect(() => renderToString(h(Deck))).toThrow('There is no EntitlementsProvider above this.')
})

/** Never called: what does not compile here. */
export function Mistyped(): ReactNode {
  // @ts-expect-error the product has no such feature
  useEntitlement('corss')
  // @ts-expect-error asked about a ship, so no entitlement of anybody without one
  useEntitlement('engine')
  // @ts-expect-error either a URL or a function
  h(EntitlementsProvider, {})
  return String(useEntitlements().error)
}
