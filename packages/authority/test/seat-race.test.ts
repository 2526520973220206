import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MONDAY, onBothStores, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

const atlas = readFileSync(new URL('../../../examples/atlas.terms.yaml', import.meta.url), 'utf8').replace('named: 3', 'named: 300')

onBothStores('a seat taken while its identity is on the way out', (open) => {
  const folder = scratchFolder()
  let authority: TestAuthority
  let people = 0
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder, { clock: () => MONDAY })
    await authority.call('POST', '/v1/products/atlas/editions', { terms: atlas })
    for (const [organization, plan] of [
      ['named', 'free'],
      ['floating', 'enterprise'],
    ] as const) {
      await authority.call('POST', '/v1/organizations', { id: organization, title: organization })
      await authority.call('POST', '/v1/licenses', { id: `L-${organization}`, product: 'atlas', plan, organization })
    }
  })
  afterAll(() => authority.close())

  for (const organization of ['named', 'floating']) {
    for (const [name, way] of [
      ['revoked', ['POST', '/revoke']],
      ['out of the organization', ['DELETE', `/memberships/${organization}`]],
    ] as const) {
      test(`whoever is ${name} holds no ${organization} seat, whatever was asked meanwhile`, async () => {
        for (let round = 0; round < 30; round++) {
          const identity = `p${people++}`
          await authority.call('POST', '/v1/identities', { id: identity, in: { [organization]: ['viewer'] } })
          const [method, path] = way
          const [, out] = await Promise.all([
            authority.call('POST', '/v1/check', { identity, organization, feature: 'dashboard.view' }),
            // A little later each time, so that the two meet somewhere.
            new Promise((resolve) => setTimeout(resolve, round % 6)).then(() =>
              authority.call(method, `/v1/identities/${identity}${path}`),
            ),
          ])
          expect(out.status).toBe(200)
          const { db, ledger, world } = authority.authority
          for (const table of ['seats', 'floating_seats'] as const) {
            expect(await db.selectFrom(table).selectAll().where('identity_id', '=', identity).execute()).toEqual([])
          }
          expect([...world.facts()].filter((fact) => fact.fact === 'seat' && fact.identity === identity)).toEqual([])
          expect(ledger.view.floating('L-floating').filter((seat) => seat.identity === identity)).toEqual([])
        }
      })
    }
  }
})
