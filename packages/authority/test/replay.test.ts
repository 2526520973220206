import { beforeAll, expect, test } from 'vitest'
import { useKit } from './kit.ts'
import { onBothStores } from './support.ts'

const PLAIN = ['decide', 'consume', 'assert:identity']

onBothStores('a consumption that is sent again', (open) => {
  const kit = useKit(open)
  const { done } = kit
  const export_ = (identity: string) => kit.ask(identity, 'export', { consume: { id: `of ${identity}`, amount: 60 } })
  beforeAll(async () => {
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex' })
    await done('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'small', organization: 'acme' })
    await done('POST', '/v1/licenses', { id: 'L2', product: 'kit', plan: 'open', organization: 'globex' })
    await kit.people('acme', 'ann', 'bea', 'cy')
    await kit.people('globex', 'gus')
  })

  test('is answered as before when the first try took all that was left', async () => {
    expect([await export_('ann'), await export_('bea')]).toEqual(['allowed', 'quota_exhausted'])
    expect(await export_('ann')).toBe('allowed')
    await done('PUT', '/v1/identities/ann/memberships/acme', { roles: [] })
    expect(await export_('ann')).toBe('allowed')
  })

  const endings: { name: string; method?: string; path: string; undo?: string; reason: string }[] = [
    { name: 'the identity is suspended', path: 'identities/gus/suspend', undo: 'identities/gus/resume', reason: 'identity_suspended' },
    { name: 'the licence is suspended', path: 'licenses/L2/suspend', undo: 'licenses/L2/resume', reason: 'license_suspended' },
    { name: 'the licence is revoked', path: 'licenses/L2/revoke', reason: 'license_revoked' },
    { name: 'the membership has ended', method: 'DELETE', path: 'identities/gus/memberships/globex', reason: 'no_license' },
    { name: 'the identity is revoked', path: 'identities/gus/revoke', reason: 'identity_revoked' },
  ]
  for (const { name, method = 'POST', path, undo, reason } of endings) {
    test(`is refused once ${name}`, async () => {
      if (name === 'the identity is suspended') expect(await export_('gus')).toBe('allowed')
      await done(method, `/v1/${path}`)
      expect(await export_('gus')).toBe(reason)
      if (undo === undefined) return
      await done('POST', `/v1/${undo}`)
      expect(await export_('gus')).toBe('allowed')
    })
  }

  test('under the same id by another credential is another consumption, and an Idempotency-Key is of its credential too', async () => {
    const keys = ['one', 'two'].map((name) => done('POST', '/v1/api-keys', { name, scopes: [...PLAIN, 'manage:*'] }))
    const [one, two] = (await Promise.all(keys)).map(({ key }) => kit.authority.as(key))
    const ask = { identity: 'cy', feature: 'kit:export', consume: { id: 'shared', amount: 30 } }
    const [first, second] = [await one?.('POST', '/v1/check', ask), await two?.('POST', '/v1/check', ask)]
    expect([first?.body.allowed, second?.body.reason]).toEqual([true, 'quota_exhausted'])

    const header = { 'idempotency-key': 'shared' }
    const made = await one?.('POST', '/v1/api-keys', { name: 'secret', scopes: ['decide'] }, header)
    const other = await two?.('POST', '/v1/api-keys', { name: 'secret', scopes: ['decide'] }, header)
    expect([made?.status, other?.status]).toEqual([201, 201])
    expect(other?.body.key).not.toBe(made?.body.key)
    // Nor does a saved answer open in another's row.
    const { db } = kit.authority.authority
    await db
      .updateTable('idempotency')
      .set({ credential: other?.body.created_by.slice('key:'.length) as string, key: 'moved' })
      .where('key', '=', 'shared')
      .where('credential', '=', made?.body.created_by.slice('key:'.length) as string)
      .execute()
    const moved = await two?.('POST', '/v1/api-keys', { name: 'secret', scopes: ['decide'] }, { 'idempotency-key': 'moved' })
    expect([moved?.status, moved?.body.code]).toEqual([500, 'INTERNAL'])
  })

  test('and what it took is taken once', async () => {
    const { db } = kit.authority.authority
    const rows = await db
      .selectFrom('usage_events')
      .select(['license_id', 'amount'])
      .orderBy('license_id')
      .orderBy('amount', 'desc')
      .execute()
    expect(rows).toEqual([
      { license_id: 'L1', amount: 60 },
      { license_id: 'L1', amount: 30 },
      { license_id: 'L2', amount: 60 },
    ])
  })
})
