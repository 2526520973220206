import { expect, test } from 'vitest'
import { DAY, useKit } from './kit.ts'
import { MONDAY, onBothStores } from './support.ts'

const at = (text: string): number => Date.parse(text)

onBothStores('licences', (open) => {
  const kit = useKit(open)
  const { done, ask } = kit
  const stateOf = async (id: string): Promise<string> => (await done('GET', `/v1/licenses/${id}`)).state
  const refused = async (method: string, path: string, body?: unknown): Promise<string> => {
    const { status, body: problem } = await kit.call(method, path, body)
    return `${status} ${problem?.code}`
  }

  test('a licence lives from scheduled to revoked, and every decision on the way agrees with its state', async () => {
    await kit.people('acme', 'ann')
    const issued = await done('POST', '/v1/licenses', {
      id: 'L1',
      product: 'kit',
      plan: 'small',
      organization: 'acme',
      starts: '2026-11-24T09:00:00Z',
      ends: '2026-12-24T11:00:00Z',
    })
    expect(issued).toEqual({
      id: 'L1',
      product: 'kit',
      plan: 'small',
      edition: 1,
      organization: 'acme',
      starts: '2026-11-24T09:00:00Z',
      ends: '2026-12-24T11:00:00Z',
      suspended: false,
      state: 'license_scheduled',
      version: 1,
      created_at: '2026-11-23T09:00:00Z',
      updated_at: '2026-11-23T09:00:00Z',
    })
    expect(await ask('ann')).toBe('license_scheduled')

    const step = async (now: string, path: string | undefined, body: unknown, state: string, answer: string): Promise<void> => {
      kit.now = at(now)
      if (path !== undefined) expect((await done('POST', `/v1/licenses/L1/${path}`, body)).state).toBe(state)
      expect([now, await stateOf('L1'), await ask('ann')]).toEqual([now, state, answer])
    }
    await step('2026-11-24T08:59:59.999Z', undefined, undefined, 'license_scheduled', 'license_scheduled')
    await step('2026-11-24T09:00:00Z', undefined, undefined, 'in_force', 'allowed')
    await step('2026-11-25T09:00:00Z', 'suspend', undefined, 'license_suspended', 'license_suspended')
    await step('2026-11-26T09:00:00Z', 'resume', undefined, 'in_force', 'allowed')
    await step('2026-11-27T09:00:00Z', 'past-due', undefined, 'in_grace', 'allowed in_grace')
    await step('2026-12-04T09:00:00Z', undefined, undefined, 'license_past_due', 'license_past_due')
    await step('2026-12-05T09:00:00Z', 'paid', undefined, 'in_force', 'allowed')
    await step('2026-12-24T11:00:00Z', undefined, undefined, 'in_grace', 'allowed in_grace')
    await step('2026-12-27T11:00:00Z', undefined, undefined, 'license_expired', 'license_expired')
    await step('2026-12-28T09:00:00Z', 'renew', { ends: '2027-01-24T11:00:00Z' }, 'in_force', 'allowed')
    await step('2026-12-29T09:00:00Z', 'change-plan', { plan: 'open' }, 'in_force', 'allowed')
    await step('2026-12-30T09:00:00Z', 'renew', { ends: null }, 'in_force', 'allowed')
    expect(await done('GET', '/v1/licenses/L1')).not.toHaveProperty('ends')
    await step('2026-12-31T09:00:00Z', 'revoke', undefined, 'license_revoked', 'license_revoked')

    const { version } = await done('GET', '/v1/licenses/L1')
    expect((await done('POST', '/v1/licenses/L1/revoke')).version).toBe(version)
    for (const path of ['suspend', 'resume', 'paid']) expect(await refused('POST', `/v1/licenses/L1/${path}`)).toBe('409 LICENSE_REVOKED')
    expect(await refused('POST', '/v1/licenses/L1/renew', { ends: null })).toBe('409 LICENSE_REVOKED')

    const audit = (await done('GET', '/v1/audit?subject=license:L1&limit=50')).items.map(({ action }: { action: string }) => action)
    expect(audit.reverse().filter((action: string) => action.startsWith('license.'))).toEqual(
      ['issue', 'suspend', 'resume', 'past_due', 'paid', 'renew', 'change_plan', 'renew', 'revoke'].map((verb) => `license.${verb}`),
    )
  })

  test('the end is moved to what the terms allow, later and never earlier, when issued and when renewed', async () => {
    const issue = async (id: string, ends: string) =>
      (await done('POST', '/v1/licenses', { id, product: 'kit', plan: 'small', organization: 'acme', ends })).ends
    expect(await issue('E1', '2027-01-14T11:00:00Z')).toBe('2027-01-14T11:00:00Z')
    expect(await issue('E2', '2027-01-15T00:00:00+01:00')).toBe('2027-01-18T11:00:00Z')
    expect(await issue('E3', '2027-07-04T22:00:00Z')).toBe('2027-07-05T10:00:00Z')
    expect((await done('POST', '/v1/licenses/E1/renew', { ends: '2028-01-14T11:00:00Z' })).ends).toBe('2028-01-17T11:00:00Z')
    expect((await done('POST', '/v1/licenses/E1/renew', { ends: '2028-01-17T11:00:00Z' })).ends).toBe('2028-01-17T11:00:00Z')
    expect(await refused('POST', '/v1/licenses/E1/renew', { ends: '2020-01-01T00:00:00Z' })).toBe('422 LICENSE_DATES_INVALID')
    expect(await refused('POST', '/v1/licenses/E1/renew', { ends: '2028-02-30T11:00:00Z' })).toBe('400 REQUEST_INVALID')
    for (const id of ['E1', 'E2', 'E3']) await done('POST', `/v1/licenses/${id}/revoke`)
  })

  test('eight callers race for the one trial of an organization, and one gets it, once for all time', async () => {
    await done('POST', '/v1/organizations', { id: 'tryer', title: 'Tryer' })
    await kit.people('tryer', 'tia')
    const trial = (id: string) =>
      kit.call('POST', '/v1/licenses', { id, product: 'kit', plan: 'small', organization: 'tryer', trial: true })
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => trial(`T${i}`)))
    expect(answers.map(({ status, body }) => `${status} ${body.code ?? body.trial_ends}`).sort()).toEqual([
      // 14 days after a Monday at 10:00 in Berlin is that Monday's noon.
      '201 2026-12-07T11:00:00Z',
      ...Array.from({ length: 7 }, () => '409 TRIAL_USED'),
    ])
    expect((await done('GET', '/v1/licenses?organization=tryer')).items).toHaveLength(1)
    const { id } = answers.find(({ status }) => status === 201)?.body ?? {}
    expect(await ask('tia')).toBe('allowed trial')

    kit.now = at('2026-12-07T11:00:00Z')
    expect(await ask('tia')).toBe('license_expired')
    const paid = await done('POST', `/v1/licenses/${id}/renew`, { ends: '2027-01-11T11:00:00Z' })
    expect(paid).toMatchObject({ state: 'in_force', ends: '2027-01-11T11:00:00Z' })
    expect(paid).not.toHaveProperty('trial_ends')
    expect(await ask('tia')).toBe('allowed')
    await done('POST', `/v1/licenses/${id}/revoke`)
    expect((await trial('again')).body.code).toBe('TRIAL_USED')

    expect(await refused('POST', '/v1/licenses', { product: 'kit', plan: 'pool', organization: 'acme', trial: true })).toBe('422 NO_TRIAL')
    const both = { product: 'kit', plan: 'small', organization: 'acme', trial: true, ends: '2027-01-11T11:00:00Z' }
    expect(await refused('POST', '/v1/licenses', both)).toBe('422 LICENSE_DATES_INVALID')
    expect(
      (await done('POST', '/v1/licenses', { id: 'TA', product: 'kit', plan: 'small', organization: 'acme', trial: true })).trial_ends,
    ).toBe('2026-12-21T11:00:00Z')
    expect(await refused('POST', '/v1/licenses/TA/change-plan', { plan: 'pool' })).toBe('422 NO_TRIAL')
    await done('POST', '/v1/licenses/TA/revoke')
  })

  test('a licence of an identity itself needs no seat, and a trial of its own is given once too', async () => {
    await done('POST', '/v1/identities', { id: 'solo' })
    const issued = await done('POST', '/v1/licenses', { id: 'P1', product: 'kit', plan: 'small', holder: 'solo', trial: true })
    expect(issued).toMatchObject({ holder: 'solo', state: 'in_force' })
    expect(issued).not.toHaveProperty('organization')
    expect(await ask('solo')).toBe('allowed trial')
    expect(await refused('POST', '/v1/licenses', { product: 'kit', plan: 'small', holder: 'solo', trial: true })).toBe('409 TRIAL_USED')
    expect(await refused('PUT', '/v1/seats/P1/solo')).toBe('422 SEAT_NOT_NEEDED')
  })

  test('a change of plan keeps what was used, and a seat of another kind is freed', async () => {
    await done('POST', '/v1/organizations', { id: 'mover', title: 'Mover' })
    await kit.people('mover', 'mia', 'moe')
    await done('POST', '/v1/licenses', { id: 'M1', product: 'kit', plan: 'small', organization: 'mover' })
    const consume = (id: string, amount: number) => ask('mia', 'export', { consume: { id, amount } })
    expect(await consume('first', 90)).toBe('allowed')
    expect(await consume('too much', 11)).toBe('quota_exhausted')
    const used = async () => (await done('GET', '/v1/usage?license=M1')).meters
    const window = { leased: 0, meter: 'exports', from: '2026-11-23T00:00:00Z', until: '2026-12-23T00:00:00Z', reserved: 0 }
    expect(await used()).toEqual([{ ...window, used: 90, limit: 100 }])
    expect((await done('GET', '/v1/seats?license=M1')).items).toMatchObject([{ identity: 'mia', kind: 'named' }])

    await done('POST', '/v1/licenses/M1/change-plan', { plan: 'pool' })
    expect(await used()).toEqual([{ ...window, used: 90, limit: 500 }])
    expect((await done('GET', '/v1/seats?license=M1')).items).toEqual([])
    expect(await consume('with the larger plan', 410)).toBe('allowed')
    expect(await consume('one more', 1)).toBe('quota_exhausted')
    expect(await used()).toEqual([{ ...window, used: 500, limit: 500 }])
    expect((await done('GET', '/v1/seats?license=M1')).items).toMatchObject([
      { identity: 'mia', kind: 'floating', until: '2026-11-23T09:10:00Z' },
    ])

    await done('POST', '/v1/licenses/M1/change-plan', { plan: 'small' })
    expect(await consume('back again', 1)).toBe('quota_exhausted')
    expect((await done('GET', '/v1/licenses/M1/seats')).taken).toBe(0)
    expect(await ask('mia')).toBe('allowed')
  })

  test('a licence stays with its edition, and a change of plan takes the newest', async () => {
    await done('POST', '/v1/organizations', { id: 'keeper', title: 'Keeper' })
    await done('POST', '/v1/licenses', { id: 'K1', product: 'kit', plan: 'open', organization: 'keeper' })
    const { terms } = await done('GET', '/v1/products/kit/editions/1')
    const next = terms.replace('"title":"Open"', '"title":"Wide open"')
    expect(next).not.toBe(terms)
    expect((await done('POST', '/v1/products/kit/editions', { terms: next })).edition).toBe(2)
    expect((await done('GET', '/v1/licenses/K1')).edition).toBe(1)
    expect((await done('POST', '/v1/licenses/K1/renew', { ends: '2027-01-11T11:00:00Z' })).edition).toBe(1)
    expect((await done('POST', '/v1/licenses/K1/change-plan', { plan: 'small' })).edition).toBe(2)
    expect((await done('POST', '/v1/licenses/K1/change-plan', { plan: 'open', edition: 1 })).edition).toBe(1)
  })

  test('what does not exist or does not fit is refused with its name', async () => {
    const cases: { body: object; want: string }[] = [
      { body: { product: 'other', plan: 'small', organization: 'acme' }, want: '404 PRODUCT_UNKNOWN' },
      { body: { product: 'kit', plan: 'large', organization: 'acme' }, want: '422 PLAN_UNKNOWN' },
      { body: { product: 'kit', plan: 'small', edition: 99, organization: 'acme' }, want: '404 EDITION_UNKNOWN' },
      { body: { product: 'kit', plan: 'small', organization: 'nobody' }, want: '404 ORGANIZATION_UNKNOWN' },
      { body: { product: 'kit', plan: 'small', holder: 'nobody' }, want: '404 IDENTITY_UNKNOWN' },
      { body: { product: 'kit', plan: 'small' }, want: '400 REQUEST_INVALID' },
      { body: { product: 'kit', plan: 'small', organization: 'acme', holder: 'ann' }, want: '400 REQUEST_INVALID' },
      { body: { id: 'L1', product: 'kit', plan: 'small', organization: 'acme' }, want: '409 LICENSE_EXISTS' },
      {
        body: { product: 'kit', plan: 'small', organization: 'acme', starts: '2027-01-02T00:00:00Z', ends: '2027-01-02T00:00:00Z' },
        want: '422 LICENSE_DATES_INVALID',
      },
    ]
    for (const { body, want } of cases) expect([body, await refused('POST', '/v1/licenses', body)]).toEqual([body, want])
    expect(await refused('GET', '/v1/licenses/nothing')).toBe('404 LICENSE_UNKNOWN')
    expect(await refused('POST', '/v1/licenses/K1/past-due', { since: '2026-11-24T00:00:00Z' })).toBe('422 LICENSE_DATES_INVALID')
  })

  test('a stale If-Match and a dry run change nothing, and a retry is done once', async () => {
    const before = await done('GET', '/v1/licenses/K1')
    const stale = await kit.call('POST', '/v1/licenses/K1/suspend', undefined, { 'if-match': `"${before.version - 1}"` })
    expect([stale.status, stale.body.code]).toEqual([412, 'PRECONDITION_FAILED'])
    expect((await done('POST', '/v1/licenses/K1/suspend?dry_run=true')).state).toBe('license_suspended')
    expect(await done('GET', '/v1/licenses/K1')).toEqual(before)
    const key = { 'idempotency-key': 'issue-once' }
    const body = { product: 'kit', plan: 'open', organization: 'keeper' }
    const [one, two] = [await kit.call('POST', '/v1/licenses', body, key), await kit.call('POST', '/v1/licenses', body, key)]
    expect(two.body).toEqual(one.body)
    expect((await done('GET', '/v1/licenses?organization=keeper&plan=open')).items).toHaveLength(2)
  })

  test('a credential of one organization sees its licences and no others', async () => {
    const { key } = await done('POST', '/v1/api-keys', {
      name: 'keeper',
      scopes: ['manage:licenses', 'manage:seats'],
      organizations: ['keeper'],
    })
    const keeper = kit.authority.as(key)
    const seen = (await keeper('GET', '/v1/licenses')).body.items
    expect(seen.length).toBeGreaterThan(0)
    for (const { organization } of seen) expect(organization).toBe('keeper')
    for (const id of ['L1', 'P1']) {
      expect((await keeper('GET', `/v1/licenses/${id}`)).body.code).toBe('LICENSE_UNKNOWN')
      expect((await keeper('POST', `/v1/licenses/${id}/suspend`)).body.code).toBe('LICENSE_UNKNOWN')
      expect((await keeper('GET', `/v1/seats?license=${id}`)).body.code).toBe('LICENSE_UNKNOWN')
    }
    expect((await keeper('POST', '/v1/licenses', { product: 'kit', plan: 'open', organization: 'acme' })).body.code).toBe(
      'ORGANIZATION_UNKNOWN',
    )
    expect((await keeper('POST', '/v1/licenses/K1/keys')).status).toBe(201)
    expect((await keeper('POST', '/v1/licenses/K1/files')).body.code).toBe('SCOPE_MISSING')
  })

  test('a list is paged, and pages together hold each licence once', async () => {
    const all = (await done('GET', '/v1/licenses')).items.map(({ id }: { id: string }) => id)
    const paged: string[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const body = await done('GET', `/v1/licenses?limit=2${next === '' ? '' : `&after=${next}`}`)
      paged.push(...body.items.map(({ id }: { id: string }) => id))
      next = body.next
    }
    expect(paged).toEqual(all)
    expect(all.length).toBeGreaterThan(5)
  })

  test('a license key is shown once, kept as a hash, and revoked', async () => {
    const made = await done('POST', '/v1/licenses/K1/keys')
    expect(made.key).toMatch(/^writ_lic_[0-9a-z]{38}$/)
    const list = (await done('GET', '/v1/licenses/K1/keys')).items
    expect(list.find(({ id }: { id: string }) => id === made.id)).not.toHaveProperty('key')
    await done('DELETE', `/v1/licenses/K1/keys/${made.id}`)
    const revoked = (await done('GET', '/v1/licenses/K1/keys')).items.find(({ id }: { id: string }) => id === made.id)
    expect(revoked.revoked_at).toBe('2026-11-23T09:00:00Z')
    expect(await refused('DELETE', `/v1/licenses/M1/keys/${made.id}`)).toBe('404 LICENSE_KEY_UNKNOWN')
    expect(await refused('POST', '/v1/licenses/L1/keys')).toBe('409 LICENSE_REVOKED')
  })

  test('time alone is enough: nothing was done to the licence between its end and its refusal', async () => {
    await done('POST', '/v1/organizations', { id: 'clock', title: 'Clock' })
    await kit.people('clock', 'cora')
    await done('POST', '/v1/licenses', { id: 'C1', product: 'kit', plan: 'open', organization: 'clock', ends: '2026-11-24T11:00:00Z' })
    const { version } = await done('GET', '/v1/licenses/C1')
    kit.now = MONDAY + 30 * DAY
    expect([await ask('cora'), (await done('GET', '/v1/licenses/C1')).version]).toEqual(['license_expired', version])
  })
})
