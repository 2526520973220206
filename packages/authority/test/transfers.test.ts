import { expect, test } from 'vitest'
import { DAY, useKit } from './kit.ts'
import { MONDAY, onBothStores } from './support.ts'

onBothStores('a licence that goes to another holder', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let made = 0
  const organization = async (): Promise<{ id: string; ann: string; bea: string }> => {
    const id = `customer-${made++}`
    await done('POST', '/v1/organizations', { id, title: id })
    await kit.people(id, `${id}-ann`, `${id}-bea`)
    return { id, ann: `${id}-ann`, bea: `${id}-bea` }
  }
  const licensed = async (more: object = {}) => {
    const [from, to] = [await organization(), await organization()]
    const license = `${from.id}-license`
    await done('POST', '/v1/licenses', { id: license, product: 'kit', plan: 'small', organization: from.id, ...more })
    return { from, to, license, path: `/v1/licenses/${license}/transfer` }
  }
  const refused = async (method: string, path: string, body: unknown, headers?: Record<string, string>): Promise<string> => {
    const answer = await kit.call(method, path, body, headers)
    return `${answer.status} ${answer.body?.code}`
  }

  test('takes its terms, dates and what was used along, and leaves seats, keys and people behind', async () => {
    const own = { includes: { export: { limit: '50 per month' } } }
    const { from, to, license, path } = await licensed({ ends: '2027-06-10T10:00:00Z', overrides: own })
    expect(await kit.ask(from.ann, 'export', { consume: { id: `${license}-1`, amount: 30 } })).toBe('allowed')
    expect(await kit.ask(from.bea)).toBe('allowed')
    await done('POST', `/v1/licenses/${license}/keys`)
    await done('POST', `/v1/licenses/${license}/files`)
    await done('POST', '/v1/grants', {
      identity: from.ann,
      organization: from.id,
      feature: 'kit:query',
      until: '2026-11-23T18:00:00Z',
      approved_by: [{ identity: from.bea, roles: ['keeper'] }],
    })
    const lost = { seats: 2, license_keys: 1, grants: 1 }
    const preview = await done('POST', `${path}?dry_run=true`, { organization: to.id })
    expect(preview).toMatchObject({ license: { organization: to.id }, lost, license_files: 1 })
    expect(await kit.ask(from.ann)).toBe('allowed')

    const moved = await done('POST', path, { organization: to.id })
    expect(moved).toMatchObject({ license: { organization: to.id, overrides: own, ends: '2027-06-10T10:00:00Z', version: 2 }, lost })
    expect([await kit.ask(from.ann), await kit.ask(to.ann)]).toEqual(['no_license', 'allowed'])
    expect((await done('GET', `/v1/seats?license=${license}`)).items.map(({ identity }: { identity: string }) => identity)).toEqual([
      to.ann,
    ])
    expect(await kit.ask(to.ann, 'export', { consume: { id: `${license}-2`, amount: 21 } })).toBe('quota_exhausted')
    expect(await kit.ask(to.ann, 'export', { consume: { id: `${license}-3`, amount: 20 } })).toBe('allowed')
    expect((await done('GET', `/v1/licenses/${license}/keys`)).items[0]).toHaveProperty('revoked_at')
    expect((await done('POST', path, { organization: to.id })).license.version).toBe(2)
  })

  test('keeps no seat on hold from those who never saw it', async () => {
    const { from, to, license, path } = await licensed({ overrides: { seats: { named: 1 } } })
    expect(await kit.ask(from.ann)).toBe('allowed')
    await done('DELETE', `/v1/seats/${license}/${from.ann}`)
    expect(await kit.ask(from.bea)).toBe('seats_exhausted')
    await done('POST', path, { organization: to.id })
    expect(await kit.ask(to.ann)).toBe('allowed')
  })

  test('comes back when it is given back', async () => {
    const { from, to, license, path } = await licensed()
    await kit.ask(from.ann)
    await done('POST', path, { organization: to.id })
    await done('POST', path, { organization: from.id })
    expect([await kit.ask(from.ann), await kit.ask(to.ann)]).toEqual(['allowed', 'no_license'])
    expect((await done('GET', `/v1/licenses/${license}`)).version).toBe(3)
  })

  test('is told to both organizations, to each its half, and whole to the vendor', async () => {
    const { from, to, license, path } = await licensed()
    await done('POST', path, { organization: to.id })
    const rows = async (id?: string) => {
      const call =
        id === undefined
          ? kit.call
          : kit.authority.as((await done('POST', '/v1/api-keys', { name: id, scopes: ['manage:*'], organizations: [id] })).key)
      const { items } = (await call('GET', `/v1/audit?subject=license:${license}`)).body
      return items.filter(({ action }: { action: string }) => action === 'license.transfer')
    }
    expect(await rows(from.id)).toMatchObject([{ organization: from.id, detail: { transferred: 'away' } }])
    expect(JSON.stringify(await rows(from.id))).not.toContain(to.id)
    expect(await rows(to.id)).toMatchObject([{ organization: to.id, detail: { transferred: 'here' } }])
    expect(JSON.stringify((await rows(to.id)).map(({ detail }: { detail: object }) => detail))).not.toContain(from.id)
    const all = await rows()
    expect(all).toHaveLength(3)
    expect(all).toContainEqual(
      expect.objectContaining({ detail: expect.objectContaining({ from: { organization: from.id }, to: { organization: to.id } }) }),
    )
  })

  test('goes to an identity, which needs no seat, and from it', async () => {
    const { from, to, path } = await licensed()
    expect(await done('POST', path, { holder: to.ann })).toMatchObject({ license: { holder: to.ann } })
    expect([await kit.ask(to.ann, 'fix'), await kit.ask(from.ann)]).toEqual(['allowed', 'no_license'])
    expect(await done('POST', path, { organization: from.id })).toMatchObject({ license: { organization: from.id } })
  })

  test('does not let anybody have a trial twice', async () => {
    const { from, to, license, path } = await licensed({ trial: true })
    const third = await licensed({ trial: true })
    const trial = (id: string) => refused('POST', '/v1/licenses', { product: 'kit', plan: 'small', organization: id, trial: true })
    await done('POST', path, { organization: to.id })
    expect([await trial(from.id), await trial(to.id)]).toEqual(['409 TRIAL_USED', '409 TRIAL_USED'])
    expect(await refused('POST', path, { organization: third.from.id })).toBe('409 TRIAL_USED')
    await done('POST', path, { organization: from.id })
    // Paid for, it may go to whom had a trial.
    await done('POST', `/v1/licenses/${license}/renew`, { ends: new Date(MONDAY + 90 * DAY).toISOString() })
    await done('POST', path, { organization: third.from.id })
  })

  test('is refused where there is nobody, where it is over, and where somebody was faster', async () => {
    const { to, license, path } = await licensed()
    expect(await refused('POST', path, { organization: 'nobody' })).toBe('404 ORGANIZATION_UNKNOWN')
    expect(await refused('POST', path, { holder: 'nobody' })).toBe('404 IDENTITY_UNKNOWN')
    expect(await refused('POST', path, {})).toBe('400 REQUEST_INVALID')
    expect(await refused('POST', path, { organization: to.id }, { 'if-match': '"7"' })).toBe('412 PRECONDITION_FAILED')
    await done('POST', `/v1/licenses/${license}/revoke`)
    expect(await refused('POST', path, { organization: to.id })).toBe('409 LICENSE_REVOKED')
  })

  test('needs sight of both holders', async () => {
    const { from, to, path } = await licensed()
    const key = async (...organizations: string[]) =>
      kit.authority.as((await done('POST', '/v1/api-keys', { name: 'narrow', scopes: ['manage:*'], organizations })).key)
    const [one, other, both] = [await key(from.id), await key(to.id), await key(from.id, to.id)]
    const code = async (call: typeof kit.call, body: object) => (await call('POST', path, body)).body.code
    expect(await code(one, { organization: to.id })).toBe('ORGANIZATION_UNKNOWN')
    expect(await code(one, { organization: 'nobody' })).toBe('ORGANIZATION_UNKNOWN')
    expect(await code(one, { holder: from.ann })).toBe('IDENTITY_UNKNOWN')
    expect(await code(other, { organization: to.id })).toBe('LICENSE_UNKNOWN')
    expect((await both('POST', path, { organization: to.id })).status).toBe(200)
  })
})
