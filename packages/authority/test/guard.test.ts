import { expect, test } from 'vitest'
import { useKit } from './kit.ts'
import { onBothStores } from './support.ts'

const CROWD = Array.from({ length: 8 }, (_, index) => `p${index}`)

onBothStores('the guard', (open) => {
  const kit = useKit(open)
  let made = 0
  /** A customer of its own with a licence and so many people. @returns the licence */
  const customer = async (people: readonly string[]) => {
    const id = `c${made++}`
    await kit.done('POST', '/v1/organizations', { id, title: id })
    await kit.done('POST', '/v1/licenses', { id: `L-${id}`, product: 'kit', plan: 'open', organization: id })
    await kit.people(id, ...people.map((person) => `${id}-${person}`))
    return { id, license: `L-${id}`, somebody: `${id}-${people[0]}` }
  }
  const suspend = (license: string, headers?: Record<string, string>, more = '') =>
    kit.call('POST', `/v1/licenses/${license}/suspend${more}`, undefined, headers)
  const confirming = (answer: { body: { confirmation: { token: string } } }) => ({ 'writ-confirmation': answer.body.confirmation.token })

  test('lets through what takes access from a few', async () => {
    const { license, somebody } = await customer(CROWD.slice(0, 5))
    expect((await suspend(license)).status).toBe(200)
    expect(await kit.ask(somebody)).toBe('license_suspended')
  })

  test('holds what takes it from more, until whoever asks has said so', async () => {
    const { license, somebody, id } = await customer(CROWD)
    const { revision } = kit.authority.authority.feed
    const held = await suspend(license)
    expect([held.status, held.body.code, held.body.impact]).toEqual([
      409,
      'CONFIRMATION_REQUIRED',
      expect.objectContaining({ losing: 8, gaining: 0, changing: 0, products: [{ product: 'kit', losing: 8, gaining: 0, changing: 0 }] }),
    ])
    expect(held.body.impact.groups[0]).toMatchObject({
      identities: 8,
      organization: id,
      licenses: [{ license, plan: 'open', edition: 1 }],
      roles: ['viewer'],
      effects: expect.arrayContaining([{ feature: 'view', effect: 'loses', reason: 'license_suspended', at: '2026-11-23T09:00:00Z' }]),
    })
    expect(await kit.ask(somebody)).toBe('allowed')
    expect(kit.authority.authority.feed.revision).toBe(revision)

    expect((await suspend(license, confirming(held))).status).toBe(200)
    expect(await kit.ask(somebody)).toBe('license_suspended')
  })

  test('takes a confirmation once, for ten minutes, and for nothing else', async () => {
    const [one, other] = [await customer(CROWD), await customer(CROWD)]
    const word = confirming(await suspend(one.license))
    const elsewhere = await suspend(other.license, word)
    expect([elsewhere.body.code, elsewhere.body.changed]).toEqual(['CONFIRMATION_REQUIRED', true])
    const { key } = await kit.done('POST', '/v1/api-keys', { name: 'other', scopes: ['manage:licenses'] })
    const stolen = await kit.authority.as(key)('POST', `/v1/licenses/${one.license}/suspend`, undefined, word)
    expect(stolen.body.code).toBe('CONFIRMATION_REQUIRED')
    const forged = await suspend(one.license, { 'writ-confirmation': 'v2.dk_1.abcd' })
    expect(forged.body.code).toBe('CONFIRMATION_REQUIRED')

    expect((await suspend(one.license, word)).status).toBe(200)
    await kit.done('POST', `/v1/licenses/${one.license}/resume`)
    expect((await suspend(one.license, word)).body.code).toBe('CONFIRMATION_REQUIRED')

    const late = confirming(await suspend(one.license))
    kit.now += 600_000
    expect((await suspend(one.license, late)).body.code).toBe('CONFIRMATION_REQUIRED')
  })

  test('asks again when it would take access from others than was said', async () => {
    const { id, license } = await customer(CROWD)
    const word = confirming(await suspend(license))
    await kit.people(id, `${id}-late`)
    const again = await suspend(license, word)
    expect([again.status, again.body.code, again.body.changed, again.body.impact.losing]).toEqual([409, 'CONFIRMATION_REQUIRED', true, 9])
    expect((await suspend(license, confirming(again))).status).toBe(200)
  })

  test('takes a confirmation of a loss that begins some days from the change, whenever within the ten minutes it is made', async () => {
    const { license } = await customer(CROWD)
    const pastDue = (headers?: Record<string, string>) => kit.call('POST', `/v1/licenses/${license}/past-due`, {}, headers)
    const held = await pastDue()
    expect([held.status, held.body.code, held.body.impact.losing]).toEqual([409, 'CONFIRMATION_REQUIRED', 8])
    kit.now += 60_000
    expect((await pastDue(confirming(held))).status).toBe(200)
    await kit.done('POST', `/v1/licenses/${license}/paid`)
  })

  test('never holds what is revoked for security', async () => {
    const { license, somebody } = await customer(CROWD)
    expect((await suspend(license, undefined, '?security=true')).status).toBe(200)
    expect(await kit.ask(somebody)).toBe('license_suspended')
    const rows = await kit.done('GET', `/v1/audit?subject=license:${license}&action=license.suspend`)
    expect(rows.items[0].detail.for_security).toBe(true)
  })

  test('holds terms that take something from those who have them, and lets others through', async () => {
    const { id } = await customer(CROWD)
    const terms = (await kit.done('GET', '/v1/products/kit/editions/1')).source as string
    const stricter = terms.replace('view: { title: View }', 'view: { title: View, assurance: otp }')
    // Who has any factor can still prove it: nobody loses, all use it in another way.
    expect((await kit.call('POST', '/v1/products/kit/editions', { terms: stricter })).status).toBe(201)
    for (const person of CROWD) await kit.done('PATCH', `/v1/identities/${id}-${person}`, { factors: ['otp'] })
    await kit.done('POST', '/v1/products/kit/editions', { terms })
    for (const person of CROWD) await kit.done('PATCH', `/v1/identities/${id}-${person}`, { factors: ['password'] })
    const held = await kit.call('POST', '/v1/products/kit/editions', { terms: stricter })
    expect([held.body.code, held.body.impact.losing]).toEqual(['CONFIRMATION_REQUIRED', 8])
    expect(
      held.body.impact.groups.flatMap(({ effects }: { effects: { reason?: string }[] }) => effects.map(({ reason }) => reason)),
    ).toContain('assurance_unreachable')
  })

  test('says of a dry run what it comes to', async () => {
    const { license } = await customer(CROWD)
    const dry = await suspend(license, undefined, '?dry_run=true')
    expect([dry.status, dry.headers.get('writ-impact')]).toEqual([200, 'losing=8, gaining=0, changing=0, first="2026-11-23T09:00:00Z"'])
    const unchanged = await kit.call('POST', `/v1/licenses/${license}/resume?dry_run=true`)
    expect(unchanged.headers.get('writ-impact')).toBe('losing=0, gaining=0, changing=0')
  })

  test('foretells any change that could be tried, and by time alone', async () => {
    const { license, id } = await customer(CROWD)
    const told = await kit.done('POST', '/v1/impact', { change: { method: 'POST', path: `/v1/licenses/${license}/revoke` } })
    expect([told.losing, told.until]).toEqual([8, '2027-02-21T09:00:00Z'])
    const renew = (headers?: Record<string, string>) =>
      kit.call('POST', `/v1/licenses/${license}/renew`, { ends: '2026-12-31T12:00:00Z' }, headers)
    const held = await renew()
    expect(held.body.impact.instants).toEqual([{ at: '2027-01-04T11:00:00Z', losing: 8, gaining: 0, changing: 0 }])
    expect((await renew(confirming(held))).status).toBe(200)
    const ahead = await kit.done('POST', '/v1/impact', {})
    const own = ahead.groups.find(({ organization }: { organization?: string }) => organization === id)
    expect(own.effects).toContainEqual({ feature: 'view', effect: 'loses', reason: 'license_expired', at: '2027-01-04T11:00:00Z' })
    expect((await kit.done('POST', '/v1/impact', { horizon_days: 30 })).losing).toBe(0)
    const wrong = await kit.call('POST', '/v1/impact', { change: { method: 'POST', path: '/v1/licenses/none/revoke' } })
    expect([wrong.status, wrong.body.code]).toEqual([404, 'LICENSE_UNKNOWN'])
    const none = await kit.call('POST', '/v1/impact', { change: { method: 'POST', path: '/v1/data-keys' } })
    expect(none.body.code).toBe('REQUEST_INVALID')
  })
})
