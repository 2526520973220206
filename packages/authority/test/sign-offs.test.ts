import { beforeAll, expect, test } from 'vitest'
import { kitTerms, useKit } from './kit.ts'
import { type Call, onBothStores } from './support.ts'

const EDITIONS = '/v1/products/kit/editions'
const naming = (roles: string, title = 'Kit') =>
  `${kitTerms.replace('title: Kit', `title: ${title}`)}publish: { signed_off_by: ${roles} }\n`

onBothStores('sign-offs', (open) => {
  const kit = useKit(open)
  const { done } = kit
  const as = {} as Record<'lea' | 'fin' | 'sec' | 'both' | 'boss', Call>
  const member = async (id: string, ...roles: string[]): Promise<Call> => {
    await done('POST', '/v1/identities', { id, in: { writ: roles } })
    const { key } = await done('POST', '/v1/api-keys', { name: id, scopes: ['manage:*'], identity: id })
    return kit.authority.as(key)
  }
  const path = (id: string) => `/v1/products/kit/publications/${id}`
  const ask = async (call: Call, terms: string) => {
    const { status, body } = await call('POST', EDITIONS, { terms })
    expect([status, body.publication?.state]).toEqual([202, 'waiting'])
    return body.publication
  }
  const sign = (call: Call, { id, hash }: { id: string; hash: string }, role: string) =>
    call('POST', `${path(id)}/sign-off`, { role, hash })
  const newest = async () => (await done('GET', '/v1/products/kit')).newest_edition

  beforeAll(async () => {
    as.lea = await member('lea', 'legal')
    as.fin = await member('fin', 'finance')
    as.sec = await member('sec', 'security')
    as.both = await member('both', 'legal', 'finance')
    as.boss = await member('boss', 'owner')
  })

  test('terms that name them wait, and are published by the last, exactly as they were read', async () => {
    const { revision } = kit.authority.authority.feed
    await kit.call('POST', `${EDITIONS}?dry_run=true`, { terms: naming('[legal, finance]') })
    expect(kit.authority.authority.feed.revision).toBe(revision)
    const asked = await ask(as.boss, naming('[legal, finance]'))
    expect(asked).toMatchObject({ waits_for: ['finance', 'legal'], base: 1, sign_offs: [] })
    expect((await ask(as.boss, naming('[finance, legal]'))).id).toBe(asked.id)
    const read = await as.lea('GET', path(asked.id))
    expect(read.body.consequences).toMatchObject([{ type: 'publish', direction: 'neutral' }])
    expect(read.body.contract).toContain('signed off by each of these')

    const refused: [Call, string, string][] = [
      [as.boss, 'legal', 'SIGN_OFF_NOT_YOURS'],
      [as.lea, 'finance', 'SIGN_OFF_NOT_YOURS'],
      [as.sec, 'security', 'SIGN_OFF_NOT_YOURS'],
      [kit.call, 'legal', 'SIGN_OFF_NOT_YOURS'],
    ]
    for (const [call, role, code] of refused) expect((await sign(call, asked, role)).body.code).toBe(code)
    expect((await sign(as.lea, { ...asked, hash: `sha256:${'0'.repeat(64)}` }, 'legal')).body.code).toBe('PUBLICATION_PLAN_OUTDATED')

    expect((await sign(as.both, asked, 'legal')).body).toMatchObject({ state: 'waiting', waits_for: ['finance'] })
    // One person signs in one role, whichever others they have.
    expect((await sign(as.both, asked, 'finance')).body.code).toBe('SECOND_PERSON_REQUIRED')
    expect((await sign(as.lea, asked, 'legal')).body.waits_for).toEqual(['finance'])
    expect(await newest()).toBe(1)
    const last = await sign(as.fin, asked, 'finance')
    expect(last.body).toMatchObject({ state: 'published', edition: 2, waits_for: [] })
    const { hash, published_by } = await done('GET', `${EDITIONS}/2`)
    expect([hash, published_by]).toEqual([asked.hash, asked.created_by])
    expect(last.body.sign_offs.map(({ role, identity }: Record<string, string>) => [role, identity])).toEqual([
      ['legal', 'both'],
      ['finance', 'fin'],
    ])
    expect((await sign(as.fin, asked, 'finance')).body.code).toBe('PUBLICATION_OVER')
    const { items } = await done('GET', '/v1/audit?subject=product:kit&action=edition.sign_off')
    expect(items.map(({ detail }: { detail: { role: string; edition?: number } }) => [detail.role, detail.edition])).toEqual([
      ['finance', 2],
      ['legal', undefined],
    ])
  })

  test('whoever is named now signs that they are named no more', async () => {
    const asked = await ask(as.boss, kitTerms)
    expect(asked.waits_for).toEqual(['finance', 'legal'])
    const other = await ask(as.boss, naming('[security]'))
    expect(other.waits_for).toEqual(['finance', 'legal', 'security'])
    await sign(as.lea, asked, 'legal')
    expect((await sign(as.fin, asked, 'finance')).body).toMatchObject({ state: 'published', edition: 3 })
    // Another edition came since: what was read is no longer what it would come to.
    expect((await as.lea('GET', path(other.id))).body.state).toBe('outdated')
    expect((await sign(as.sec, other, 'security')).body.code).toBe('PUBLICATION_PLAN_OUTDATED')
    expect((await kit.call('POST', EDITIONS, { terms: kitTerms.replace('title: Kit', 'title: Free again') })).status).toBe(201)
  })

  test('whoever asks for it signs in no role, and what waits can be taken back', async () => {
    const asked = await ask(as.boss, naming('[owner]', 'Kit 5'))
    expect((await sign(as.boss, asked, 'owner')).body.code).toBe('SECOND_PERSON_REQUIRED')
    expect((await kit.call('POST', `${path(asked.id)}/withdraw`)).body.state).toBe('withdrawn')
    expect((await sign(kit.call, asked, 'owner')).body.code).toBe('PUBLICATION_OVER')
    expect((await kit.call('POST', `${path('pub_none')}/withdraw`)).body.code).toBe('PUBLICATION_UNKNOWN')
    expect((await done('GET', '/v1/products/kit/publications')).items.map(({ state }: { state: string }) => state)).toContain('withdrawn')
  })

  test('whoever is to sign may refuse, with the reason, and it waits no longer', async () => {
    const before = await newest()
    const asked = await ask(as.boss, naming('[legal, finance]', 'Kit 6'))
    await sign(as.lea, asked, 'legal')
    const refuse = (call: Call, role: string, query = '') =>
      call('POST', `${path(asked.id)}/refuse${query}`, { role, reason: 'The price list is not agreed.' })
    for (const [call, role] of [
      [as.boss, 'finance'],
      [as.sec, 'security'],
      [kit.call, 'finance'],
    ] as const)
      expect((await refuse(call, role)).body.code).toBe('SIGN_OFF_NOT_YOURS')
    expect((await refuse(as.fin, 'finance', '?dry_run=true')).body.state).toBe('refused')
    const waiting = async (call: Call) =>
      (await call('GET', '/v1/publications?waiting=true')).body.items.map(({ id }: { id: string }) => id)
    expect(await waiting(as.fin)).toEqual([asked.id])
    const { key } = await done('POST', '/v1/api-keys', { name: 'other', scopes: ['manage:catalog'], products: ['other'] })
    expect(await waiting(kit.authority.as(key))).toEqual([])

    const refused = { role: 'finance', identity: 'fin', reason: 'The price list is not agreed.', at: '2026-11-23T09:00:00Z' }
    expect((await refuse(as.fin, 'finance')).body).toMatchObject({ state: 'refused', identity: 'boss', refused, waits_for: [] })
    expect((await as.lea('GET', path(asked.id))).body).toMatchObject({ state: 'refused', refused })
    expect((await sign(as.fin, asked, 'finance')).body.code).toBe('PUBLICATION_OVER')
    expect([await waiting(as.fin), await newest()]).toEqual([[], before])
    const { items } = await done('GET', '/v1/audit?subject=product:kit&action=edition.refuse&result=done')
    expect(items.map(({ detail }: { detail: object }) => detail)).toMatchObject([{ publication: asked.id, reason: refused.reason }])
    // Asked for anew it is another one, which nobody has signed yet.
    const again = await ask(as.boss, naming('[legal, finance]', 'Kit 6'))
    expect([again.id === asked.id, again.sign_offs]).toEqual([false, []])
    await kit.call('POST', `${path(again.id)}/withdraw`)
  })

  test('a product that is new is not there before it is signed off', async () => {
    const terms = naming('[legal]').replace('product: kit', 'product: fresh')
    const { body } = await as.boss('POST', '/v1/products/fresh/editions', { terms })
    expect((await kit.call('GET', '/v1/products/fresh')).body.code).toBe('PRODUCT_UNKNOWN')
    const { id, hash } = body.publication
    expect((await as.lea('GET', '/v1/publications?waiting=true&product=fresh')).body.items).toMatchObject([{ id }])
    const signed = await as.lea('POST', `/v1/products/fresh/publications/${id}/sign-off`, { role: 'legal', hash })
    expect(signed.body).toMatchObject({ state: 'published', edition: 1 })
    expect((await done('GET', '/v1/products/fresh')).newest_edition).toBe(1)
  })
})
