import { expect, test } from 'vitest'
import { openApiDocument } from '../src/index.ts'
import { useKit } from './kit.ts'
import { onBothStores } from './support.ts'

interface Parameter {
  readonly name: string
}
const { paths } = (await openApiDocument()) as { paths: Record<string, Record<string, { parameters?: Parameter[] }>> }
const knowsDryRun = (method: string, path: string): boolean =>
  paths[path]?.[method]?.parameters?.some(({ name }) => name === 'dry_run') === true

onBothStores('a dry run', (open) => {
  const kit = useKit(open)

  test('of a revoked API key or license key leaves it good', async () => {
    await kit.done('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'open', organization: 'acme' })
    const { id, key } = await kit.done('POST', '/v1/api-keys', { name: 'kept', scopes: ['manage:organizations'] })
    const licenseKey = (await kit.done('POST', '/v1/licenses/L1/keys')).id
    const { revision } = kit.authority.authority.feed
    expect((await kit.call('DELETE', `/v1/api-keys/${id}?dry_run=true`)).status).toBe(204)
    expect((await kit.call('DELETE', `/v1/licenses/L1/keys/${licenseKey}?dry_run=true`)).status).toBe(204)
    expect((await kit.authority.as(key)('GET', '/v1/organizations')).status).toBe(200)
    expect((await kit.done('GET', '/v1/licenses/L1/keys')).items[0]).not.toHaveProperty('revoked_at')
    expect(kit.authority.authority.feed.revision).toBe(revision)
  })

  const noDryRun: { method: string; path: string; at?: string; body?: unknown }[] = [
    { method: 'post', path: '/v1/organizations', body: { id: 'dry', title: 'Dry' } },
    { method: 'post', path: '/v1/resources', body: { id: 'dry', kind: 'ssh' } },
    { method: 'post', path: '/v1/identities', body: { id: 'dry' } },
    { method: 'post', path: '/v1/api-keys', body: { name: 'dry', scopes: ['decide'] } },
    { method: 'post', path: '/v1/api-keys/{id}/rotate', at: '/v1/api-keys/key_none/rotate' },
    { method: 'post', path: '/v1/licenses/{id}/keys', at: '/v1/licenses/L1/keys' },
    { method: 'post', path: '/v1/licenses/{id}/files', at: '/v1/licenses/L1/files' },
    { method: 'post', path: '/v1/activations', body: { request: 'none', license: 'L1' } },
    { method: 'post', path: '/v1/data-keys' },
    { method: 'post', path: '/v1/webhooks', body: { url: 'https://hooks.invalid/', types: ['*'] } },
    { method: 'post', path: '/v1/webhooks/{id}/rotate', at: '/v1/webhooks/whk_none/rotate' },
    { method: 'post', path: '/v1/webhooks/{id}/deliveries/{event}/retry', at: '/v1/webhooks/whk_none/deliveries/evt_none/retry' },
    { method: 'post', path: '/v1/signing-keys/prepare' },
    { method: 'post', path: '/v1/signing-keys' },
    // A dry run of it would still have to sign what it says under the root.
    { method: 'post', path: '/v1/signing-keys/{kid}/revoke', at: `/v1/signing-keys/${'a'.repeat(43)}/revoke` },
    { method: 'post', path: '/v1/root/backup', body: { passphrase: 'a passphrase that is long enough' } },
  ]
  for (const { method, path, at = path, body } of noDryRun) {
    test(`where there is none it is refused, not overlooked: ${method} ${path}`, async () => {
      expect(knowsDryRun(method, path)).toBe(false)
      const { revision } = kit.authority.authority.feed
      const answer = await kit.call(method.toUpperCase(), `${at}?dry_run=true`, body)
      expect([answer.status, answer.body.code, answer.body.errors]).toEqual([
        400,
        'REQUEST_INVALID',
        [{ in: 'query', pointer: '/dry_run', detail: 'is not expected here' }],
      ])
      expect(kit.authority.authority.feed.revision).toBe(revision)
    })
  }

  test('is what every other mutation offers', () => {
    const mutations = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ method, path })))
    const without = mutations.filter(({ method, path }) => method !== 'get' && path.startsWith('/v1/') && !knowsDryRun(method, path))
    const leasing = [
      '/v1/leases',
      '/v1/leases/{id}/renew',
      '/v1/leases/{id}/return',
      '/v1/rate-leases',
      '/v1/seats/hold',
      '/v1/seats/release',
    ]
    const spending = [
      '/v1/check',
      '/v1/tokens',
      '/v1/explain',
      '/v1/reservations',
      '/v1/reservations/{id}/settle',
      '/v1/reservations/{id}/release',
    ]
    // A plan changes nothing, an import has its own `dry_run` in its body, a sign-in is its owner's, and a leaked key is never spared.
    const harmless = [
      '/v1/activations/{id}/contact',
      '/v1/api-keys/leak',
      '/v1/products/{product}/editions/plan',
      '/v1/backups',
      '/v1/impact',
      '/v1/imports',
      '/v1/imports/{id}/rows',
      '/v1/usage/counts',
      '/v1/webhooks/{id}/test',
    ]
    const others = [
      ...spending,
      ...leasing,
      ...harmless,
      '/v1/usage/events',
      '/v1/setup',
      '/v1/sign-in',
      '/v1/sign-in',
      '/v1/grants',
      '/v1/identities/{id}/signals',
    ]
    expect(without.map(({ path }) => path).sort()).toEqual([...noDryRun.map(({ path }) => path), ...others].sort())
  })
})
