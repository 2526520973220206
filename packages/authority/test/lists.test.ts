import { beforeAll, describe, expect, test } from 'vitest'
import { DAY, useKit } from './kit.ts'
import { type Call, MONDAY, onBothStores } from './support.ts'

const at = (days: number): string => new Date(MONDAY + days * DAY).toISOString()

/** Who was made at the first start. */
const isAdministrator = (id: string): boolean => id.startsWith('idn_')

/** Every item of a list, page by page. */
async function all(call: Call, path: string, limit: number): Promise<{ id: string }[]> {
  const items: { id: string }[] = []
  let after = ''
  for (let pages = 0; pages < 100; pages++) {
    const answer = await call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${after}`)
    expect([path, answer.status, answer.body.code]).toEqual([path, 200, undefined])
    items.push(...answer.body.items)
    if (answer.body.next === undefined) return items
    after = `&after=${answer.body.next}`
  }
  throw new Error('the pages do not end')
}

onBothStores('lists', (open) => {
  const kit = useKit(open)
  const { done } = kit
  const ids = async (path: string, call: Call = kit.call, limit = 2) =>
    (await all(call, path, limit)).map(({ id }) => id).filter((id) => !isAdministrator(id))

  beforeAll(async () => {
    for (const [id, title] of [
      ['globex', 'Globex, Ltd'],
      ['100pc', '100% Écoles_\\'],
      ['zeta', 'alpha of Zeta'],
      ['globe', 'globex, ltd'],
    ])
      await done('POST', '/v1/organizations', { id, title })
    const people: [string, object][] = [
      ['ann', { name: 'Ann Émile', in: { acme: ['viewer', 'keeper'] }, attributes: { mail: 'Ann@Example.com' } }],
      ['ben', { name: 'ben', in: { acme: ['viewer'], globex: ['keeper'] }, attributes: { email: 'b@example.org' } }],
      ['bot', { kind: 'service', in: { globex: ['viewer'] } }],
      ['cat', { name: 'Cat', in: { globex: ['keeper'] } }],
    ]
    for (const [id, more] of people) {
      kit.now += 1_000
      await done('POST', '/v1/identities', { id, ...more })
    }
    await done('POST', '/v1/identities/cat/suspend')
  })

  describe('organizations', () => {
    const cases: [string, string[]][] = [
      ['', ['100pc', 'acme', 'globe', 'globex', 'zeta']],
      ['?sort=-id', ['zeta', 'globex', 'globe', 'acme', '100pc']],
      ['?sort=title', ['100pc', 'acme', 'zeta', 'globe', 'globex']],
      ['?sort=-title', ['globex', 'globe', 'zeta', 'acme', '100pc']],
      ['?q=GLOBEX', ['globe', 'globex']],
      ['?q=zet', ['zeta']],
      ['?q=%25', ['100pc']],
      ['?q=_', ['100pc']],
      ['?q=%5C', ['100pc']],
      ['?q=nothing', []],
    ]
    for (const [query, want] of cases)
      test(`${query || 'all'} finds ${want.join(', ') || 'none'}`, async () => expect(await ids(`/v1/organizations${query}`)).toEqual(want))
  })

  describe('identities', () => {
    const cases: [string, string[]][] = [
      ['?q=example', ['ann', 'ben']],
      ['?q=ANN%40EX', ['ann']],
      ['?q=bo', ['bot']],
      ['?organization=globex', ['ben', 'bot', 'cat']],
      ['?organization=globex&role=keeper', ['ben', 'cat']],
      ['?role=keeper', ['ann', 'ben', 'cat']],
      ['?organization=globex&role=keeper&status=active', ['ben']],
      ['?kind=service', ['bot']],
      ['?status=suspended', ['cat']],
      ['?sort=name', ['bot', 'ann', 'ben', 'cat']],
      ['?sort=-created_at', ['cat', 'bot', 'ben', 'ann']],
      ['?sort=-updated_at&role=keeper', ['cat', 'ben', 'ann']],
    ]
    for (const [query, want] of cases)
      test(`${query} finds ${want.join(', ')}`, async () => expect(await ids(`/v1/identities${query}`)).toEqual(want))

    test('nobody is found by a role in an organization out of sight', async () => {
      const { key } = await done('POST', '/v1/api-keys', { name: 'acme', scopes: ['manage:identities'], organizations: ['acme'] })
      const call = kit.authority.as(key)
      expect(await ids('/v1/identities?role=keeper', call)).toEqual(['ann'])
      expect(await ids('/v1/identities?organization=globex', call)).toEqual([])
      expect(await ids('/v1/identities?q=cat', call)).toEqual([])
    })
  })

  describe('licences', () => {
    beforeAll(async () => {
      const sell = (id: string, more: object) =>
        done('POST', '/v1/licenses', { id, product: 'kit', plan: 'small', organization: 'acme', ...more })
      await sell('open', {})
      await sell('soon', { ends: at(10) })
      await sell('later', { ends: at(60), organization: 'globex' })
      await sell('next', { starts: at(5), ends: at(30) })
      await sell('held', { organization: undefined, holder: 'ann', ends: at(20) })
      await sell('gone', { ends: at(20) })
      await done('POST', '/v1/licenses/gone/revoke')
      await sell('stopped', { ends: at(15) })
      await done('POST', '/v1/licenses/stopped/suspend')
      await sell('unpaid', { ends: at(90) })
      await done('POST', '/v1/licenses/unpaid/past-due', {})
    })
    const cases: [string, string[]][] = [
      ['?sort=ends', ['soon', 'stopped', 'gone', 'held', 'next', 'later', 'unpaid', 'open']],
      ['?sort=-ends&organization=globex', ['later']],
      ['?holder=ann', ['held']],
      ['?q=ann', ['held']],
      ['?product=kit&plan=small&edition=1&q=soo', ['soon']],
      ['?state=license_revoked', ['gone']],
      ['?state=license_suspended', ['stopped']],
      ['?state=license_scheduled', ['next']],
      [`?ends_from=${at(15)}&ends_before=${at(30)}&sort=ends`, ['stopped', 'gone', 'held']],
      [`?ends_from=${at(60)}`, ['later', 'open', 'unpaid']],
    ]
    for (const [query, want] of cases)
      test(`${query} finds ${want.join(', ')}`, async () => expect(await ids(`/v1/licenses${query}`)).toEqual(want))

    test('at any time each state finds exactly the licences that show it', async () => {
      const seen = new Set<string>()
      for (let day = 0; day < 110; day += 9) {
        kit.now = MONDAY + day * DAY
        const items = (await all(kit.call, '/v1/licenses', 200)) as { id: string; state: string }[]
        for (const state of STATES) {
          const want = items.filter((item) => item.state === state).map(({ id }) => id)
          expect([day, state, await ids(`/v1/licenses?state=${state}`, kit.call, 200)]).toEqual([day, state, want])
          if (want.length > 0) seen.add(state)
        }
      }
      expect([...seen].sort()).toEqual([...STATES].filter((state) => state !== 'degraded').sort())
    })

    test('an instant that is none is refused in the query', async () => {
      const { status, body } = await kit.call('GET', '/v1/licenses?ends_from=soon')
      expect([status, body.errors]).toEqual([400, [expect.objectContaining({ in: 'query', pointer: '/ends_from' })]])
    })
  })

  describe('resources', () => {
    beforeAll(async () => {
      await done('POST', '/v1/resources', { id: 'db-1', kind: 'postgres', environment: 'production', labels: { team: 'a', k: 'x=y' } })
      await done('POST', '/v1/resources', { id: 'db-2', kind: 'postgres', environment: 'staging', region: 'eu', labels: { team: 'b' } })
      await done('POST', '/v1/resources', { id: 'host', kind: 'ssh', environment: 'production' })
    })
    const cases: [string, string[]][] = [
      ['?kind=postgres', ['db-1', 'db-2']],
      ['?environment=production', ['db-1', 'host']],
      ['?region=eu', ['db-2']],
      ['?label=team', ['db-1', 'db-2']],
      ['?label=k%3Dx%3Dy', ['db-1']],
      ['?label=team%3Db', ['db-2']],
      ['?q=DB', ['db-1', 'db-2']],
      ['?sort=-kind', ['host', 'db-2', 'db-1']],
    ]
    for (const [query, want] of cases)
      test(`${query} finds ${want.join(', ')}`, async () => expect(await ids(`/v1/resources${query}`)).toEqual(want))
  })

  describe('grants', () => {
    beforeAll(async () => {
      kit.now = MONDAY
      const give = (id: string, from: number, until: number) =>
        done('POST', '/v1/grants', {
          id,
          identity: 'ann',
          organization: 'acme',
          feature: 'kit:query',
          from: new Date(MONDAY + from * 60_000).toISOString(),
          until: new Date(MONDAY + until * 60_000).toISOString(),
          approved_by: [{ identity: 'ben', roles: ['keeper'] }],
        })
      await give('over', 0, 5)
      await give('now', 0, 60)
      await give('then', 30, 60)
      await give('back', 0, 60)
      await done('DELETE', '/v1/grants/back')
    })
    for (const [state, want] of Object.entries({ ended: ['over'], active: ['now'], scheduled: ['then'], revoked: ['back'] }))
      test(`${state}: ${want}`, async () => {
        kit.now = MONDAY + 10 * 60_000
        expect(await ids(`/v1/grants?state=${state}`)).toEqual(want)
      })
    test('sorted by their end', async () => expect((await ids('/v1/grants?sort=until&feature=kit:query'))[0]).toBe('over'))
  })

  describe('a cursor', () => {
    const next = async (path: string): Promise<string> => (await done('GET', path)).next
    const outcome = async (path: string) => {
      const { status, body } = await kit.call('GET', path)
      return [status, body.code]
    }
    const refused = [400, 'CURSOR_INVALID']

    test('is good for the filter and the sort that it was given out for, with another limit too', async () => {
      const cursor = await next('/v1/organizations?limit=1&sort=title&q=e')
      expect(await outcome(`/v1/organizations?limit=7&q=e&sort=title&after=${cursor}`)).toEqual([200, undefined])
      for (const query of ['sort=title', 'sort=-title&q=e', 'q=e', 'sort=title&q=x', 'sort=id&q=e'])
        expect([query, ...(await outcome(`/v1/organizations?${query}&after=${cursor}`))]).toEqual([query, ...refused])
    })

    test('is none of another list', async () => {
      const cursor = await next('/v1/organizations?limit=1')
      for (const list of ['identities', 'licenses', 'resources', 'grants'])
        expect(await outcome(`/v1/${list}?after=${cursor}`)).toEqual(refused)
    })

    test('that is forged is refused where it would be a fault of the store, and shows nothing more where not', async () => {
      const [mark] = JSON.parse(Buffer.from(await next('/v1/organizations?limit=1&sort=created_at'), 'base64url').toString())
      const forge = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
      for (const parts of [
        [],
        [mark],
        [mark, 'x', 'acme'],
        [mark, 1.5, 'acme'],
        [mark, 1, 'a\0'],
        [mark, 1, '\ud800'],
        [mark, 1, {}],
        [mark, 2 ** 70, 'a'],
        [mark, 1, 'a', 1],
      ])
        expect([parts, ...(await outcome(`/v1/organizations?sort=created_at&after=${forge(...parts)}`))]).toEqual([parts, ...refused])
      const { key } = await done('POST', '/v1/api-keys', { name: 'acme', scopes: ['manage:organizations'], organizations: ['acme'] })
      const { body } = await kit.authority.as(key)('GET', `/v1/organizations?sort=created_at&after=${forge(mark, 0, '')}`)
      expect(body.items.map(({ id }: { id: string }) => id)).toEqual(['acme'])
    })

    test('goes on at its place while rows come, go and change', async () => {
      const first = await done('GET', '/v1/identities?limit=2&sort=name')
      await done('POST', '/v1/identities', { id: 'aaa', name: 'Aaa', in: { acme: [] } })
      await done('POST', '/v1/identities', { id: 'dan', name: 'Dan', in: { acme: [] } })
      const second = await done('GET', `/v1/identities?limit=9&sort=name&after=${first.next}`)
      expect([...first.items, ...second.items].map(({ id }) => id).filter((id) => !isAdministrator(id))).toEqual([
        'bot',
        'ann',
        'ben',
        'cat',
        'dan',
      ])
    })
  })
})

const STATES = [
  'in_force',
  'in_grace',
  'license_scheduled',
  'license_expired',
  'license_past_due',
  'license_suspended',
  'license_revoked',
  'degraded',
]
