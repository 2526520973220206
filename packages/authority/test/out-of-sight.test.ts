import { inspectLicenseFile } from '@writ/license'
import { beforeAll, expect, test } from 'vitest'
import { useKit } from './kit.ts'
import { type Answer, type Call, onBothStores } from './support.ts'

/** Beyond what a credential may read outright: what its refusals and its license files would tell it of others. */
onBothStores('what is out of sight', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let ofAcme: Call
  beforeAll(async () => {
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex' })
    await done('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'small', organization: 'acme' })
    await kit.people('acme', 'ann', 'bea')
    await kit.people('globex', 'gus', 'gil', 'gwen')
    await done('POST', '/v1/identities', { id: 'bot', kind: 'service', in: { globex: ['viewer'] } })
    await done('POST', '/v1/identities/gil/suspend')
    await done('POST', '/v1/identities/gwen/revoke')
    const made = await done('POST', '/v1/api-keys', { name: 'narrow', scopes: ['manage:*'], organizations: ['acme'] })
    ofAcme = kit.authority.as(made.key)
  })
  const outcome = ({ status, body }: Answer) => [status, body.code]

  test('nobody learns from a seat that is refused who is elsewhere and how they stand', async () => {
    for (const id of ['gus', 'gil', 'gwen', 'bot', 'nobody']) {
      expect([id, ...outcome(await ofAcme('PUT', `/v1/seats/L1/${id}`))]).toEqual([id, 404, 'IDENTITY_UNKNOWN'])
    }
    expect(outcome(await kit.call('PUT', '/v1/seats/L1/gwen'))).toEqual([409, 'IDENTITY_REVOKED'])
    expect((await ofAcme('PUT', '/v1/seats/L1/ann')).status).toBe(200)
  })

  test("an organization's file carries no grant of what an identity holds itself", async () => {
    const grant = (context: object, more: object) =>
      done('POST', '/v1/grants', {
        identity: 'ann',
        feature: 'kit:query',
        until: '2026-11-23T18:00:00Z',
        approved_by: [{ identity: 'bea', roles: ['keeper'] }],
        context,
        ...more,
      })
    await grant({ note: 'of-her-own' }, {})
    await grant({ note: 'of-acme' }, { organization: 'acme' })
    const text = JSON.stringify(inspectLicenseFile((await ofAcme('POST', '/v1/licenses/L1/files')).body.file))
    expect(text).toContain('of-acme')
    expect(text).not.toContain('of-her-own')
  })
})
