import { beforeAll, describe, expect, test } from 'vitest'
import { openApiDocument } from '../src/index.ts'
import { DAY, kitTerms, useKit } from './kit.ts'
import { MONDAY, onBothStores } from './support.ts'

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
}
const document = (await openApiDocument()) as { paths: Record<string, { get?: Operation }> }
const lists = Object.entries(document.paths).filter(([, { get }]) => get?.parameters?.some(({ name }) => name === 'after'))

onBothStores('one kind of cursor', (open) => {
  const kit = useKit(open)
  const { done } = kit
  const seat = (license: string, identity: string) => done('PUT', `/v1/seats/${license}/${identity}`)

  beforeAll(async () => {
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex' })
    await kit.people('acme', 'ann', 'ben', 'cy')
    await kit.people('globex', 'gus')
    await done('PUT', '/v1/identities/ann/memberships/globex', { roles: ['viewer'] })
    const until = { ends: new Date(MONDAY + 20 * DAY).toISOString() }
    await done('POST', '/v1/licenses', { id: 'A', product: 'kit', plan: 'small', organization: 'acme', ...until })
    await done('POST', '/v1/licenses', { id: 'B', product: 'kit', plan: 'pool', organization: 'globex', ...until })
    await done('POST', '/v1/licenses', { id: 'C', product: 'kit', plan: 'pool', organization: 'acme', ...until })
    for (const identity of ['ann', 'ben', 'cy']) await seat('A', identity)
    for (const identity of ['ann', 'gus']) await seat('B', identity)
    await seat('C', 'ben')
    for (const identity of ['ann', 'ben', 'cy']) await kit.ask(identity, 'view', { organization: 'acme' })
    await kit.authority.authority.recorder.flush()
    await done('POST', '/v1/signing-keys')
  })

  /** Every item, one a page. */
  const walk = async (path: string, call = kit.call) => {
    const items: Record<string, unknown>[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const { status, body } = await call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=1${next && `&after=${next}`}`)
      expect([path, status]).toEqual([path, 200])
      items.push(...body.items)
      next = body.next
    }
    return items
  }

  test('every list refuses a cursor of another', async () => {
    const { next } = await done('GET', '/v1/organizations?limit=1')
    expect(next).toEqual(expect.any(String))
    expect(lists.length).toBeGreaterThan(17)
    for (const [path, { get }] of lists) {
      if (path === '/v1/organizations') continue
      const needed = get?.parameters?.filter(({ in: where, required }) => where === 'query' && required).map(({ name }) => `&${name}=A`)
      const { status, body } = await kit.call('GET', `${path.replaceAll(/\{\w+\}/g, '1')}?after=${next}${needed?.join('') ?? ''}`)
      expect([path, status, body.code]).toEqual([path, 400, 'CURSOR_INVALID'])
    }
  })

  for (const path of [
    '/v1/audit',
    '/v1/audit?sort=id',
    '/v1/decisions',
    '/v1/decisions?sort=id',
    '/v1/license-endings',
    '/v1/license-endings?sort=-ends',
    '/v1/signing-keys?sort=-created_at',
    '/v1/seats',
    '/v1/seats?sort=-license',
  ])
    test(`one by one or at once, ${path} is the same`, async () => {
      const { items } = await done('GET', `${path}${path.includes('?') ? '&' : '?'}limit=200`)
      expect(items.length).toBeGreaterThan(1)
      expect(await walk(path)).toEqual(items)
    })

  test('that of a search is good for that search alone', async () => {
    const { next } = await done('GET', '/v1/audit?limit=1&action=seat.assign')
    expect((await kit.call('GET', `/v1/audit?action=seat.assign&after=${next}`)).status).toBe(200)
    for (const query of ['', 'action=license.create&', 'action=seat.assign&sort=id&'])
      expect([query, (await kit.call('GET', `/v1/audit?${query}after=${next}`)).body.code]).toEqual([query, 'CURSOR_INVALID'])
    const moves = { product: 'kit', edition: 1, limit: 1 }
    await done('POST', '/v1/products/kit/editions', { terms: kitTerms.replace('title: Kit', 'title: Kit 2') })
    const first = await done('POST', '/v1/edition-moves', { ...moves, edition: 2 })
    const onto = (more: object) => kit.call('POST', '/v1/edition-moves', { ...moves, edition: 2, after: first.next, ...more })
    expect((await onto({ organization: 'acme' })).body.code).toBe('CURSOR_INVALID')
    expect((await onto({ after: next })).body.code).toBe('CURSOR_INVALID')
    // The other one of the same customer.
    expect((await onto({})).body.moved).toEqual(['C'])
  })

  describe('seats', () => {
    const cases: [string, string][] = [
      ['', 'A/ann B/ann A/ben C/ben A/cy B/gus'],
      ['?sort=license', 'A/ann A/ben A/cy B/ann B/gus C/ben'],
      ['?license=A', 'A/ann A/ben A/cy'],
      ['?identity=ann', 'A/ann B/ann'],
      ['?kind=floating', 'B/ann C/ben B/gus'],
      ['?organization=acme&kind=floating', 'C/ben'],
      ['?product=kit&identity=gus', 'B/gus'],
      ['?product=other', ''],
    ]
    const found = (items: Record<string, unknown>[]) => items.map(({ license, identity }) => `${license}/${identity}`).join(' ')
    for (const [query, want] of cases)
      test(`${query || 'all'}: ${want || 'none'}`, async () => expect(found(await walk(`/v1/seats${query}`))).toBe(want))

    test('of licences out of sight are none', async () => {
      const { key } = await done('POST', '/v1/api-keys', { name: 'acme', scopes: ['manage:seats'], organizations: ['acme'] })
      const call = kit.authority.as(key)
      expect(found(await walk('/v1/seats', call))).toBe('A/ann A/ben C/ben A/cy')
      expect(found(await walk('/v1/seats?identity=ann&organization=globex', call))).toBe('')
      expect((await call('GET', '/v1/seats?license=B')).body.code).toBe('LICENSE_UNKNOWN')
      const other = await done('POST', '/v1/api-keys', { name: 'other', scopes: ['manage:seats'], products: ['other'] })
      expect(await walk('/v1/seats', kit.authority.as(other.key))).toEqual([])
    })

    test('that ran out are not in use', async () => {
      kit.now = MONDAY + 11 * 60_000
      expect(found(await walk('/v1/seats'))).toBe('A/ann A/ben A/cy')
    })
  })
})
