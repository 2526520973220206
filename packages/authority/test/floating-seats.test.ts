import { signActivationRequest, signDeviceContact, verifyLicenseFile } from '@writ/license'
import { SigningKey } from '@writ/trust'
import fc from 'fast-check'
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
  wide: { extends: pool, title: Wide, seats: { floating: 5, lease: 10 minutes } }
  crew: { extends: pool, title: Crew, seats: { named: 2 } }
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

  /** Devices of a licence, each of which uses all that its files say for as long as they say it: nobody could do more. */
  async function site(plan = 'wide') {
    const { license, organization, people, view } = await customer(plan)
    const { issuer, root } = await done('GET', '/.well-known/writ-keys')
    const rules = { most: 1000, self_releases: 0, most_days: 14, identities: 'asserted' }
    await done('PUT', `/v1/licenses/${license}/activation-rules`, rules)
    const seconds = () => Math.floor(kit.now / 1000)
    const activate = async (seats?: number, key?: SigningKey) => {
      key ??= await SigningKey.generate()
      const said = { aud: issuer, iat: seconds(), exp: seconds() + 300, jti: crypto.randomUUID(), name: 'd' }
      const request = await signActivationRequest({ ...said, ...(seats !== undefined && { share: { seats } }) }, key)
      const { status, body } = await kit.call('POST', '/v1/activations', { license, request })
      if (status !== 201) return { refused: body }
      const files: { seats: number; until: number }[] = []
      const read = async (file: string) => {
        const { claims } = await verifyLicenseFile(file, { roots: [{ issuer, key: root }], now: seconds() })
        files.push({ seats: claims.share?.seats ?? 0, until: claims.iat * 1000 + (claims.grace?.offline_seconds ?? 0) * 1000 })
      }
      await read(body.file)
      let counter = 0
      const contact = async (releases?: 'yes') => {
        const told = { aud: issuer, iat: seconds(), jti: crypto.randomUUID(), activation: body.id, counter: ++counter }
        const message = await signDeviceContact({ ...told, ...(releases && { releases }) }, key)
        const { file } = await done('POST', `/v1/activations/${body.id}/contact`, { contact: message })
        if (file !== undefined) await read(file)
        if (releases) files.length = 0
      }
      const uses = () => Math.max(0, ...files.filter(({ until }) => until > kit.now).map(({ seats }) => seats))
      return { id: body.id as string, key, contact, uses }
    }
    const online = async (): Promise<number> => (await done('GET', `/v1/seats?license=${license}`)).items.length
    return { license, organization, people, view, activate, online }
  }

  test('a device that signs for more seats than there are in the world is told what is left', async () => {
    const { activate } = await site()
    for (const seats of [2_000_000_000, Number.MAX_SAFE_INTEGER])
      expect((await activate(seats)).refused).toMatchObject({ code: 'SHARE_UNAVAILABLE', left: expect.any(Number) })
  })

  test('a device is given seats that nobody has online meanwhile, and they are free when it says so or its file is over', async () => {
    const { license, people, view, activate } = await site('pool')
    const [ann, ben, cat] = people
    const device = await activate(1)
    expect([await view(ann), await view(ben)]).toEqual(['allowed', 'seats_exhausted'])
    expect(await done('GET', `/v1/licenses/${license}/seats`)).toEqual({ kind: 'floating', count: 2, limit: 2, taken: 2, on_devices: 1 })
    // Nobody's name is on them, so nobody frees them.
    expect((await done('GET', `/v1/seats?license=${license}`)).items).toMatchObject([{ identity: ann }])
    expect((await activate(1)).refused).toMatchObject({ code: 'SHARE_UNAVAILABLE', left: 0 })
    // Who asks for nothing takes none from those who do.
    expect((await activate()).uses?.()).toBe(0)
    await device.contact?.('yes')
    expect(await view(ben)).toBe('allowed')
    kit.now += 11 * MINUTE
    const lost = await activate()
    expect([lost.uses?.(), await view(ann), await view(ben)]).toEqual([1, 'allowed', 'seats_exhausted'])
    await done('POST', `/v1/activations/${lost.id}/release`)
    // A new holder of the licence has no seat that the old one's device may still use.
    await done('POST', '/v1/organizations', { id: `${license}-buyer`, title: 'Buyer' })
    await kit.people(`${license}-buyer`, `${license}-dan`, `${license}-eve`)
    expect((await done('POST', `/v1/licenses/${license}/transfer`, { organization: `${license}-buyer` })).lost.seats).toBe(1)
    expect([await view(`${license}-dan`), await view(`${license}-eve`)]).toEqual(['allowed', 'seats_exhausted'])
    kit.now += 65 * MINUTE
    expect([await view(`${license}-dan`), await view(`${license}-eve`), await view(cat)]).toEqual(['allowed', 'allowed', 'no_license'])
  })

  test('seats that a device has to the end of its file are nobody else’s meanwhile, also where the plan has named ones by now', async () => {
    const { license, people, view, activate } = await site('pool')
    const [ann, ben] = people
    const given = async (identity: string) => (await kit.call('PUT', `/v1/seats/${license}/${identity}`)).body.code
    await activate(1)
    await done('POST', `/v1/licenses/${license}/change-plan`, { plan: 'crew' })
    expect([await given(ann), await given(ben), await view(ben)]).toEqual([undefined, 'SEATS_EXHAUSTED', 'seats_exhausted'])
    kit.now += 63 * MINUTE
    expect([await given(ben), await view(people[2])]).toEqual([undefined, 'seats_exhausted'])
  })

  test('what is held for a device that is known to be gone is freed by force, by the vendor alone, and the audit says so', async () => {
    const { license, organization, people, view, activate } = await site('pool')
    const [gone, other] = [await activate(1), await activate(1)]
    const free = (id: string | undefined, call: Call, query = '') =>
      call('POST', `/v1/activations/${id}/release?free_share=true${query}`).then(
        ({ status, body }) => `${status} ${body.code ?? body.state}`,
      )
    const customer = { name: 'theirs', scopes: ['manage:activations'], organizations: [organization] }
    const withKey = kit.authority.as((await done('POST', '/v1/api-keys', customer)).key)
    const withLicenseKey = kit.authority.as((await done('POST', `/v1/licenses/${license}/keys`)).key)
    for (const call of [withKey, withLicenseKey]) expect(await free(gone.id, call)).toBe('403 SCOPE_MISSING')
    await done('POST', `/v1/activations/${gone.id}/release`)
    expect([await free(gone.id, kit.call, '&dry_run=true'), await view(people[0])]).toEqual(['200 released', 'seats_exhausted'])
    expect([await free(gone.id, kit.call), await view(people[0]), await view(people[1])]).toEqual([
      '200 released',
      'allowed',
      'seats_exhausted',
    ])
    expect([await free(other.id, kit.call), await free(other.id, kit.call), await view(people[1])]).toEqual([
      '200 released',
      '200 released',
      'allowed',
    ])
    const audited = (await done('GET', `/v1/audit?subject=license:${license}&action=activation.release`)).items
    expect(audited.map(({ detail }: { detail: { freed?: object } }) => detail.freed)).toEqual([
      { seats: 1, units: 0 },
      { seats: 1, units: 0 },
      undefined,
    ])
  })

  test('a device that has its place asks for another number of seats, and the last ones are given once however many race for them', async () => {
    const { activate, people, view, online } = await site()
    const one = await activate(1)
    expect((await activate(3, one.key)).uses?.()).toBe(3)
    expect((await activate(6, one.key)).refused).toMatchObject({ code: 'SHARE_UNAVAILABLE', left: 5 })
    expect(await done('GET', `/v1/activations/${one.id}`)).toMatchObject({ share: { seats: 3 } })
    // What an earlier file may still use is held until that is over.
    expect((await activate(1, one.key)).uses?.()).toBe(1)
    const racing = await Promise.all([...Array.from({ length: 5 }, () => activate(1)), ...people.map(view)])
    const given = racing.reduce((sum: number, each) => sum + (typeof each === 'string' ? 0 : (each.uses?.() ?? 0)), 0)
    expect(given + (await online())).toBe(2)
    kit.now += 63 * MINUTE
    expect((await activate(5)).uses?.()).toBe(5)
  })

  test('in any history people online and devices with no network have no more seats than the licence, and none is lost', async () => {
    const deed = fc.record({
      what: fc.constantFrom('activate', 'activate', 'contact', 'contact', 'view', 'view', 'check in', 'release', 'free', 'wait'),
      which: fc.nat(7),
      seats: fc.nat(4),
    })
    let fullest = 0
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 12, maxLength: 30 }), async (history) => {
        const { license, people, view, activate, online } = await site()
        const devices: Awaited<ReturnType<typeof activate>>[] = []
        for (const { what, which, seats } of history) {
          const device = devices.length > 0 ? devices[which % devices.length] : undefined
          const person = people[which % people.length] as string
          if (what === 'activate') {
            const made = await activate(seats)
            if (made.refused === undefined) devices.push(made)
          } else if (what === 'contact') await device?.contact?.()
          else if (what === 'check in') await device?.contact?.('yes')
          else if (what === 'release' && device !== undefined) await done('POST', `/v1/activations/${device.id}/release`)
          else if (what === 'view') await view(person)
          else if (what === 'free') await kit.call('DELETE', `/v1/seats/${license}/${person}`)
          else if (what === 'wait') kit.now += (which * which + 1) * MINUTE
          const taken = (await online()) + devices.reduce((sum, { uses }) => sum + (uses?.() ?? 0), 0)
          expect(taken).toBeLessThanOrEqual(5)
          fullest = Math.max(fullest, taken)
        }
        kit.now += 24 * 60 * MINUTE
        expect((await activate(5)).uses?.()).toBe(5)
      }),
      { numRuns: 6, seed: 5 },
    )
    expect(fullest).toBe(5)
  })
})
