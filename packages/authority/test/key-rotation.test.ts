import { beforeAll, beforeEach, expect, test } from 'vitest'
import { DAY, useKit } from './kit.ts'
import { type Answer, MONDAY, onBothStores } from './support.ts'

onBothStores('the life of an API key', (open) => {
  const kit = useKit(open)
  const { done } = kit
  const create = (more: object = {}) => done('POST', '/v1/api-keys', { name: 'n', scopes: ['manage:organizations'], ...more })
  const opens = async (key: string) => (await kit.authority.as(key)('GET', '/v1/organizations')).status === 200
  const outcome = ({ status, body }: Answer) => [status, body.code]
  beforeAll(() => kit.people('acme', 'ann'))
  beforeEach(() => {
    kit.now = MONDAY
  })

  test('a key opens until it expires, and at that instant no more', async () => {
    const { key } = await create({ expires_at: new Date(MONDAY + DAY).toISOString() })
    kit.now = MONDAY + DAY - 1
    expect(await opens(key)).toBe(true)
    kit.now = MONDAY + DAY
    expect(await opens(key)).toBe(false)
    const late = { name: 'n', scopes: ['decide'], expires_at: new Date(MONDAY).toISOString() }
    expect(outcome(await kit.call('POST', '/v1/api-keys', late))).toEqual([400, 'REQUEST_INVALID'])
  })

  test('while a key is rotated both secrets open, and then the new one alone, without anybody doing anything', async () => {
    const made = await create()
    const turned = await done('POST', `/v1/api-keys/${made.id}/rotate`, { overlap_seconds: 3600 })
    expect(turned).toMatchObject({ id: made.id, old_until: '2026-11-23T10:00:00Z', rotated_at: '2026-11-23T09:00:00Z' })
    expect(turned.key).not.toBe(made.key)
    kit.now = MONDAY + 3_599_999
    expect([await opens(made.key), await opens(turned.key)]).toEqual([true, true])
    kit.now = MONDAY + 3_600_000
    expect([await opens(made.key), await opens(turned.key)]).toEqual([false, true])
  })

  test('a second rotation ends the first secret at once, and none is left of a revoked key', async () => {
    const made = await create()
    const second = await done('POST', `/v1/api-keys/${made.id}/rotate`)
    const third = await done('POST', `/v1/api-keys/${made.id}/rotate`)
    expect([await opens(made.key), await opens(second.key), await opens(third.key)]).toEqual([false, true, true])
    const now = await done('POST', `/v1/api-keys/${made.id}/rotate`, { overlap_seconds: 0 })
    expect([await opens(third.key), await opens(now.key)]).toEqual([false, true])
    await done('DELETE', `/v1/api-keys/${made.id}`)
    expect(await opens(now.key)).toBe(false)
    expect(outcome(await kit.call('POST', `/v1/api-keys/${made.id}/rotate`))).toEqual([409, 'API_KEY_REVOKED'])
  })

  test('nobody is shown the secret of a key that can do more than they', async () => {
    const narrow = kit.authority.as((await create({ scopes: ['manage:enforcers'] })).key)
    const wide = await create({ scopes: ['manage:enforcers', 'manage:seats'] })
    expect(outcome(await narrow('POST', `/v1/api-keys/${wide.id}/rotate`))).toEqual([404, 'API_KEY_UNKNOWN'])
    await done('POST', '/v1/identities', { id: 'the-owner', in: { writ: ['owner'] } })
    const ofOwner = await create({ scopes: ['manage:enforcers'], identity: 'the-owner' })
    expect(outcome(await narrow('POST', `/v1/api-keys/${ofOwner.id}/rotate`))).toEqual([403, 'OWNER_REQUIRED'])
  })

  test('who found a key revokes it by its text, once or again, under the old secret too, and learns nothing else', async () => {
    const made = await create()
    await done('POST', `/v1/api-keys/${made.id}/rotate`)
    const anybody = kit.authority.as(undefined)
    const report = (key: string) => anybody('POST', '/v1/api-keys/leak', { key })
    expect(outcome(await anybody('POST', '/v1/api-keys/leak?dry_run=true', { key: made.key }))).toEqual([400, 'REQUEST_INVALID'])
    expect(await opens(made.key)).toBe(true)
    const { status, body } = await report(` ${made.key}\n`)
    expect([status, body]).toEqual([200, { id: made.id, revoked_at: '2026-11-23T09:00:00Z' }])
    kit.now += 60_000
    expect((await report(made.key)).body.revoked_at).toBe('2026-11-23T09:00:00Z')
    expect(await opens(made.key)).toBe(false)
    const never = 'writ_key_y45g0h49wfrvs6d22kye4dg3qtqgz87jpq8yyx'
    for (const text of [never, 'hello', `${made.key}x`]) expect(outcome(await report(text))).toEqual([404, 'API_KEY_UNKNOWN'])
    const { items } = await done('GET', `/v1/audit?subject=api_key:${made.id}&action=api_key.leak`)
    expect(items).toMatchObject([{ actor: 'finder' }])
  })

  test('who reports a secret that was rotated out and is over does not take the new one down', async () => {
    const made = await create()
    const turned = await done('POST', `/v1/api-keys/${made.id}/rotate`, { overlap_seconds: 60 })
    kit.now += 60_000
    const { status, body } = await kit.authority.as(undefined)('POST', '/v1/api-keys/leak', { key: made.key })
    expect([status, body]).toEqual([200, { id: made.id, revoked_at: '2026-11-23T09:01:00Z' }])
    expect(await opens(turned.key)).toBe(true)
  })

  test('what a key did is told, and with it goes what it made, if the caller wants', async () => {
    const parent = await create({ scopes: ['manage:enforcers', 'manage:organizations', 'decide', 'assert:identity'] })
    const call = kit.authority.as(parent.key)
    const { body: child } = await call('POST', '/v1/api-keys', { name: 'child', scopes: ['manage:enforcers', 'decide'] })
    const { body: grandchild } = await kit.authority.as(child.key)('POST', '/v1/api-keys', { name: 'grandchild', scopes: ['decide'] })
    await call('PATCH', '/v1/organizations/acme', { title: 'Acme again' })
    await call('GET', '/v1/signing-keys')
    await call('POST', '/v1/check', { identity: 'ann', feature: 'kit:view' })
    const told = await done('GET', `/v1/api-keys/${parent.id}/report`)
    expect(told).toMatchObject({
      key: { id: parent.id, scopes: parent.scopes, last_used_at: '2026-11-23T09:00:00Z' },
      made: [
        { id: child.id, made_by: parent.id },
        { id: grandchild.id, made_by: child.id },
      ].sort((a, b) => (a.id < b.id ? -1 : 1)),
      decisions: [{ allowed: false, times: 1 }],
    })
    expect(told.deeds.map(({ action, times }: { action: string; times: number }) => [action, times])).toEqual([
      ['access.refuse', 1],
      ['api_key.create', 1],
      ['organization.update', 1],
    ])
    const revoke = (query: string, made: string) => done('POST', `/v1/api-keys/${parent.id}/revoke${query}`, { made })
    const all = [parent.id, child.id, grandchild.id].sort()
    expect((await revoke('?dry_run=true', 'revoke')).revoked.sort()).toEqual(all)
    expect((await call('GET', '/v1/organizations')).status).toBe(200)
    expect((await revoke('', 'keep')).revoked).toEqual([parent.id])
    expect((await kit.authority.as(child.key)('GET', '/v1/api-keys')).status).toBe(200)
    expect((await revoke('', 'revoke')).revoked.sort()).toEqual([child.id, grandchild.id].sort())
    for (const { key } of [parent, child, grandchild]) expect((await kit.authority.as(key)('GET', '/v1/me')).status).toBe(401)
  })
})
