import { beforeAll, expect, test } from 'vitest'
import { DAY, kitTerms, useKit } from './kit.ts'
import { MONDAY, onBothStores } from './support.ts'

const at = (days: number): string => new Date(MONDAY + days * DAY).toISOString()

onBothStores('the forecast', (open) => {
  const kit = useKit(open)
  const { done } = kit
  const issue = (id: string, plan: string, organization: string, more: object = {}) =>
    done('POST', '/v1/licenses', { id, product: 'kit', plan, organization, ...more })

  beforeAll(async () => {
    for (const id of ['globex', 'initech']) await done('POST', '/v1/organizations', { id, title: id })
    await done('POST', '/v1/identities', { id: 'ann', in: { acme: ['viewer'] }, factors: ['password'] })
    await done('POST', '/v1/identities', { id: 'ben', in: { acme: ['viewer'] }, factors: ['password', 'otp'] })
    await done('POST', '/v1/identities', { id: 'cy', in: { acme: ['viewer'] } })
    await done('POST', '/v1/identities', { id: 'gus', in: { globex: ['viewer'] } })
    await done('POST', '/v1/identities', { id: 'ian', in: { initech: ['viewer'] }, factors: ['password'] })
    await issue('A', 'small', 'acme', { starts: at(-10), ends: at(40) })
    await issue('B', 'small', 'globex', { starts: at(-10) })
    await issue('T', 'small', 'initech', { trial: true })
    // Six a day, of which 100 a month run out; and a little at the end, of which nothing can be said.
    for (let day = 10; day > 0; day--) {
      kit.now = MONDAY - day * DAY + 60_000
      expect(await kit.ask('ann', 'export', { consume: { id: `a-${day}`, amount: 6 } })).toBe('allowed')
    }
    expect(await kit.ask('gus', 'export', { consume: { id: 'b-1', amount: 50 } })).toBe('allowed')
  })

  test('says what ends, and what runs out when, by the use of the last weeks', async () => {
    const { ends, endings, exhaustions, unclear, until } = await done('GET', '/v1/forecast?days=60')
    expect(ends).toEqual({ licenses: 1, trials: 1, graces: 0 })
    expect(endings.map(({ id }: { id: string }) => id)).toEqual(['T', 'A'])
    expect(until).toBe('2027-01-22T09:00:00Z')
    // 40 are left: six days and two thirds.
    expect(exhaustions).toEqual([
      {
        license: 'A',
        product: 'kit',
        plan: 'small',
        organization: 'acme',
        kind: 'meter',
        meter: 'exports',
        until: expect.any(String),
        used: 60,
        limit: 100,
        per_day: 6,
        at: '2026-11-30T01:00:00Z',
      },
    ])
    expect(unclear).toBeGreaterThanOrEqual(1)
    expect((await done('GET', '/v1/forecast?days=5')).exhaustions).toEqual([])
    expect((await done('GET', '/v1/forecast?organization=globex')).endings).toEqual([])
  })

  test('says how many could not prove what the edition asks for', async () => {
    const { edition, items } = await done('GET', '/v1/forecast/assurance?product=kit')
    expect(edition).toBe(1)
    expect(items.find(({ plan, level }: { plan: string; level: string }) => plan === 'small' && level === 'otp')).toEqual({
      plan: 'small',
      level: 'otp',
      features: ['query'],
      lacking: ['otp'],
      identities: 2,
      unknown: 2,
    })
    const { items: acme } = await done('GET', '/v1/forecast/assurance?product=kit&organization=acme')
    expect(acme.find(({ plan }: { plan: string }) => plan === 'small')).toMatchObject({ identities: 1, unknown: 1 })
    expect((await kit.call('GET', '/v1/forecast/assurance?product=kit&edition=9')).body.code).toBe('EDITION_UNKNOWN')
    expect((await kit.call('GET', '/v1/forecast/assurance?product=none')).body.code).toBe('PRODUCT_UNKNOWN')
  })

  test('says of a draft how many could not prove what it newly asks for, and what they lack, wherever it is looked at', async () => {
    const draft = kitTerms
      .replace('view: { title: View }', 'view: { title: View, assurance: otp }')
      .replace('      fix: {}', '      fix: { assurance: password }')
    expect(draft).not.toBe(kitTerms)
    const { unprovable, losing } = await done('POST', '/v1/impact', { publish: { product: 'kit', terms: draft } })
    // What was asked for before, and what all of whom something is known can prove, is not news.
    const view = { plan: 'small', level: 'otp', features: ['view'], lacking: ['otp'], identities: 2, unknown: 2, effect: 'at_once' }
    const fix = { plan: 'small', level: 'password', features: ['fix'], lacking: ['password', 'otp'], effect: 'sold_or_moved' }
    expect(unprovable).toEqual([view, { ...fix, identities: 0, unknown: 2 }])
    expect(losing).toBe(2)
    expect((await done('POST', '/v1/products/kit/editions/plan', { terms: draft })).unprovable).toEqual(unprovable)
    const signed = `${draft}publish: { signed_off_by: [legal] }\n`
    const plan = await done('POST', '/v1/products/kit/editions/plan', { terms: signed })
    expect([plan.sign_offs, plan.unprovable]).toEqual([['legal'], unprovable])
    const { publication } = (await kit.call('POST', '/v1/products/kit/editions', { terms: signed })).body
    expect((await done('GET', `/v1/products/kit/publications/${publication.id}`)).unprovable).toEqual(unprovable)
    expect((await done('POST', '/v1/impact', { publish: { product: 'kit', terms: kitTerms } })).unprovable).toEqual([])
  })
})
