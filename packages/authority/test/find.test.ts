import { beforeAll, expect, test } from 'vitest'
import { useKit } from './kit.ts'
import { type Call, onBothStores } from './support.ts'

onBothStores('the search box', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let licenseKey: { id: string; key: string }
  let acmeKey: { id: string; key: string }

  const found = async (q: string, call: Call = kit.call): Promise<string[]> => {
    const { status, body } = await call('GET', `/v1/search?q=${encodeURIComponent(q)}`)
    expect([q, status]).toEqual([q, 200])
    return body.items.map(({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`)
  }
  const keyWith = async (more: object): Promise<Call> =>
    kit.authority.as((await done('POST', '/v1/api-keys', { name: 'some', ...more })).key)

  beforeAll(async () => {
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex & Sons' })
    await done('POST', '/v1/identities', {
      id: 'ann',
      name: 'Ann Lee',
      in: { acme: ['viewer'] },
      attributes: { mail: 'a.lee@example.com' },
    })
    await done('POST', '/v1/identities', { id: 'joann', name: 'Jo', in: { globex: ['viewer'] } })
    await done('POST', '/v1/identities', { id: 'a-joann', in: { globex: ['viewer'] } })
    await done('POST', '/v1/licenses', { id: 'L-acme', product: 'kit', plan: 'small', organization: 'acme' })
    await done('POST', '/v1/licenses', { id: 'L-ann', product: 'kit', plan: 'open', holder: 'ann' })
    await done('POST', '/v1/resources', { id: 'annals', kind: 'postgres' })
    licenseKey = await done('POST', '/v1/licenses/L-acme/keys')
    acmeKey = await done('POST', '/v1/api-keys', { name: 'Acme portal', scopes: ['manage:*'], organizations: ['acme'] })
  })

  test('finds each kind by a part of what it is called', async () => {
    expect(await found('ann')).toEqual(['identity ann', 'identity a-joann', 'identity joann', 'license L-ann', 'resource annals'])
    expect(await found('LEE@')).toEqual(['identity ann'])
    expect(await found('& sons')).toEqual(['organization globex'])
    expect(await found('portal')).toEqual([`api_key ${acmeKey.id}`])
    expect(await found(acmeKey.id)).toEqual([`api_key ${acmeKey.id}`])
    expect(await found(licenseKey.id.slice(0, 20))).toEqual([`license_key ${licenseKey.id}`])
    expect(await found('export')).toEqual(['feature kit:export'])
    expect(await found('kit')).toContain('product kit')
    expect(await found('%')).toEqual([])
    expect(await found('  ')).toEqual([])
  })

  test('says what tells one from its like', async () => {
    const { items } = await done('GET', '/v1/search?q=l-acme')
    expect(items).toEqual([{ kind: 'license', id: 'L-acme', title: 'small', status: 'in_force', product: 'kit', organization: 'acme' }])
  })

  test('gives no more of a kind than asked for', async () => {
    const { items } = await done('GET', '/v1/search?q=ann&limit=1')
    expect(items.map(({ id }: { id: string }) => id)).toEqual(['ann', 'L-ann', 'annals'])
    expect((await kit.call('GET', '/v1/search?q=ann&limit=21')).status).toBe(400)
    expect((await kit.call('GET', `/v1/search?q=${'a'.repeat(101)}`)).status).toBe(400)
  })

  test('a credential finds what it sees, and learns nothing of the rest', async () => {
    const ofAcme = kit.authority.as(acmeKey.key)
    expect(await found('ann', ofAcme)).toEqual(['identity ann', 'resource annals'])
    for (const q of ['joann', 'globex', 'sons', 'L-ann']) expect([q, await found(q, ofAcme)]).toEqual([q, []])
    expect(await found(licenseKey.id, ofAcme)).toEqual([`license_key ${licenseKey.id}`])
    const ofGlobex = await keyWith({ scopes: ['manage:*'], organizations: ['globex'] })
    expect(await found(licenseKey.id, ofGlobex)).toEqual([])
    expect(await found(acmeKey.id, ofGlobex)).toEqual([])
    const ofNoProduct = await keyWith({ scopes: ['manage:*'], products: ['other'] })
    for (const q of ['kit', 'L-acme', licenseKey.id]) expect([q, await found(q, ofNoProduct)]).toEqual([q, []])
  })

  test('a credential finds what it has the scope for', async () => {
    expect(await found('ann', await keyWith({ scopes: ['manage:licenses'] }))).toEqual(['license L-ann'])
    const { status, body } = await (await keyWith({ scopes: ['decide'] }))('GET', '/v1/search?q=ann')
    expect([status, body.code, body.scope]).toEqual([403, 'SCOPE_MISSING', expect.stringContaining('manage:identities manage:')])
  })

  test('a key is not looked for by its text, which would stand in a URL', async () => {
    for (const key of [licenseKey.key, acmeKey.key]) {
      const { status, body, text } = await kit.call('GET', `/v1/search?q=${key}`)
      expect([status, body.code, body.errors[0].in]).toEqual([400, 'REQUEST_INVALID', 'query'])
      expect(text).not.toContain(key)
    }
  })
})
