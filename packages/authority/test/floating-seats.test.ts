import { expect, test } from 'vitest'
import { useKit } from './kit.ts'
import { type Call, onBothStores } from './support.ts'

const MINUTE = 60_000
const TERMS = `terms: 1
product: berth
title: Berth
features: { view: {} }
roles: { viewer: [view] }
plans:
  pool: { title: Pool, seats: { floating: 2, lease: 10 minutes }, grace: { offline: 1 hour }, includes: { view: {} } }
  kept: { extends: pool, title: Kept, seats: { floating: 2, lease: 10 minutes, outage: keep } }
`

onBothStores('floating seats that an application keeps', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let made = 0
  const customer = async (plan: string) => {
    if (made === 0) await done('POST', '/v1/products/berth/editions', { terms: TERMS })
    const organization = `pier-${made++}`
    const people = ['ann', 'ben', 'cat'].map((name) => `${organization}-${name}`) as [string, string, string]
    await done('POST', '/v1/organizations', { id: organization, title: organization })
    await kit.people(organization, ...people)
    await done('POST', '/v1/licenses', { id: organization, product: 'berth', plan, organization })
    const view = async (identity: string): Promise<string> => {
      const { allowed, reason } = await done('POST', '/v1/check', { identity, feature: 'berth:view' })
      return allowed ? 'allowed' : reason
    }
    const hold = (identities: string[], holder = 'one') =>
      done('POST', '/v1/seats/hold', { license: organization, identities, holder }).then(({ items }) => items)
    const release = (identities: string[], holder = 'one') =>
      done('POST', '/v1/seats/release', { license: organization, identities, holder }).then(({ released }) => released)
    return { license: organization, organization, people, view, hold, release }
  }

  test('a heartbeat keeps a seat that a check took, and takes none', async () => {
    const { license, people, view, hold } = await customer('pool')
    const [ann, ben, cat] = people
    expect(await hold([ann])).toEqual([])
    expect([await view(ann), await view(ben), await view(cat)]).toEqual(['allowed', 'allowed', 'seats_exhausted'])
    for (let i = 0; i < 3; i++) {
      kit.now += 6 * MINUTE
      expect(await hold([ann, cat])).toMatchObject([{ identity: ann, rank: 0, milliseconds: 10 * MINUTE }])
    }
    // Nobody kept the other one.
    expect([await view(cat), await view(ben)]).toEqual(['allowed', 'seats_exhausted'])
    const { items } = await done('GET', `/v1/seats?license=${license}`)
    expect(items).toMatchObject([{ identity: ann, kind: 'floating', source: expect.stringMatching(/^key_/) }, { identity: cat }])
    expect(items[1]).not.toHaveProperty('source')
  })

  test('who keeps a seat gives it back at once; one that another process keeps since stays', async () => {
    const { people, view, hold, release } = await customer('pool')
    const [ann, ben, cat] = people
    await view(ann)
    await view(ben)
    await hold([ann, ben])
    expect(await release([ann], 'two')).toEqual([])
    await hold([ben], 'two')
    expect(await release([ann, ben])).toEqual([ann])
    expect(await release([ann, ben])).toEqual([])
    expect([await view(cat), await view(ann)]).toEqual(['allowed', 'seats_exhausted'])
  })

  test('where the terms keep seats through an outage they are kept until the offline grace is over', async () => {
    const { people, view, hold } = await customer('kept')
    const [ann, ben, cat] = people
    await view(ann)
    await view(ben)
    expect(await hold([ann])).toMatchObject([{ identity: ann, milliseconds: 70 * MINUTE }])
    // Who asks meanwhile makes it no shorter.
    expect(await view(ann)).toBe('allowed')
    kit.now += 69 * MINUTE
    // Whoever only asked has no enforcer that could be lost.
    expect([await view(cat), await view(ben)]).toEqual(['allowed', 'seats_exhausted'])
    kit.now += MINUTE
    expect(await view(ben)).toBe('allowed')
  })

  test('an administrator frees a seat by force, and the next heartbeat says so', async () => {
    const { license, people, view, hold } = await customer('kept')
    const [ann] = people
    await view(ann)
    await hold([ann])
    await done('DELETE', `/v1/seats/${license}/${ann}`)
    expect(await hold([ann])).toEqual([])
    const { items } = await done('GET', `/v1/audit?action=seat.free&subject=license:${license}`)
    expect(items).toMatchObject([{ detail: { identity: ann } }])
    await view(ann)
    await done('POST', `/v1/licenses/${license}/suspend`)
    expect(await hold([ann])).toEqual([])
  })

  test('a credential keeps and frees seats within its reach', async () => {
    const [mine, other] = [await customer('pool'), await customer('pool')]
    const { key } = await done('POST', '/v1/api-keys', { name: 'app', scopes: ['decide'], organizations: [mine.organization] })
    const app: Call = kit.authority.as(key)
    await other.view(other.people[0])
    for (const verb of ['hold', 'release'])
      for (const license of [other.license, 'no-such']) {
        const { status, body } = await app('POST', `/v1/seats/${verb}`, { license, identities: [other.people[0]], holder: 'x' })
        expect([status, body.code]).toEqual([404, 'LICENSE_UNKNOWN'])
      }
    await mine.view(mine.people[0])
    await mine.hold([mine.people[0]])
    const body = { license: mine.license, identities: [mine.people[0]], holder: 'one' }
    // Kept by the administrator's key: another key may keep it on, and then give it back.
    expect((await app('POST', '/v1/seats/release', body)).body.released).toEqual([])
    expect((await app('POST', '/v1/seats/hold', body)).body.items).toHaveLength(1)
    expect((await app('POST', '/v1/seats/release', body)).body.released).toEqual([mine.people[0]])
  })
})
