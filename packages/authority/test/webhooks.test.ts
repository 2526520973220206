import type { ServerResponse } from 'node:http'
import { freshDatabase } from '@writ/testing/fresh-database'
import { Webhook } from 'standardwebhooks'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { openStore } from '../src/app/database.ts'
import { start } from '../src/index.ts'
import { DAY, kitTerms, useKit } from './kit.ts'
import { openReceiver } from './receiver.ts'
import { serve, settingsIn, startHere, until } from './served.ts'
import { caller, MONDAY, onBothStores, scratchFolder, silent, startAuthority, testConfig } from './support.ts'

const LOOPBACK = ['127.0.0.0/8']
const SECOND = 1_000

onBothStores('webhooks', (open) => {
  const kit = useKit(open, { webhookNetworks: LOOPBACK })
  const { done } = kit
  let receiver: Awaited<ReturnType<typeof openReceiver>>
  let count = 0
  const issue = async (more: object = {}): Promise<string> => {
    const id = `L${++count}`
    await done('POST', '/v1/licenses', { id, product: 'kit', plan: 'open', organization: 'acme', ...more })
    return id
  }
  const hook = async (types: string[], more: object = {}) => done('POST', '/v1/webhooks', { url: `${receiver.url}/in`, types, ...more })
  /** Delivers what is due at this moment, to the end. */
  const deliver = async (): Promise<void> => {
    const { courier } = kit.authority.authority
    await courier.turn()
    await courier.settled()
  }
  const deliveries = async (id: string) => (await done('GET', `/v1/webhooks/${id}/deliveries?sort=event`)).items

  beforeAll(async () => {
    receiver = await openReceiver()
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex' })
  })
  beforeEach(async () => {
    await kit.authority.authority.courier.settled()
    for (const { id } of (await done('GET', '/v1/webhooks')).items) await done('DELETE', `/v1/webhooks/${id}`)
    receiver.received.length = 0
    receiver.answer = (response) => void response.writeHead(204).end()
  })

  test('are told what happens to licences, identities and terms, in that order, with ids and dates alone', async () => {
    const { id, secret } = await hook(['*'])
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const license = await issue({ ends: '2027-03-31T10:00:00Z' })
    await done('POST', `/v1/licenses/${license}/suspend`)
    await done('POST', `/v1/licenses/${license}/suspend`) // it is so already: nothing to tell
    await done('POST', `/v1/licenses/${license}/resume`)
    await done('POST', `/v1/licenses/${license}/renew`, { ends: '2027-06-30T10:00:00Z' })
    await done('POST', `/v1/licenses/${license}/revoke`)
    await done('POST', '/v1/identities', {
      id: 'ann',
      name: 'Ann Miller',
      in: { acme: ['viewer'] },
      attributes: { email: 'ann@acme.test' },
    })
    await done('POST', '/v1/identities/ann/revoke')
    const { edition, hash } = await done('POST', '/v1/products/kit/editions', { terms: kitTerms.replace('title: Kit', 'title: Kit 2') })
    await until(async () => {
      await deliver()
      return receiver.received.length === 7
    })
    expect(receiver.types()).toEqual([
      'license.issued',
      'license.suspended',
      'license.resumed',
      'license.renewed',
      'license.revoked',
      'identity.revoked',
      'edition.published',
    ])
    const [issued, , , renewed] = receiver.received
    expect(issued?.event).toEqual({
      type: 'license.issued',
      timestamp: '2026-11-23T09:00:00.000Z',
      data: { license, product: 'kit', plan: 'open', edition: 1, organization: 'acme', ends: expect.stringMatching(/^2027-0/) },
    })
    expect(renewed?.event.data.ends).toMatch(/^2027-0[67]/)
    expect(receiver.received[5]?.event.data).toEqual({ identity: 'ann' })
    expect(receiver.received[6]?.event.data).toEqual({ product: 'kit', edition, hash })
    expect(JSON.stringify(receiver.received)).not.toContain('Miller')
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(7)
    expect((await deliveries(id)).map(({ state }: { state: string }) => state)).toEqual(Array(7).fill('delivered'))
  })

  test('are signed so that the library of Standard Webhooks verifies it, by both secrets while they are exchanged', async () => {
    kit.now = Date.now() // the library has no other clock
    const { id, secret } = await hook(['license.issued'])
    await issue()
    await deliver()
    const [first] = receiver.received
    const headers = first?.headers as Record<string, string>
    expect(new Webhook(secret).verify(first?.body ?? '', headers)).toEqual(first?.event)
    expect(() => new Webhook(secret).verify(`${first?.body} `, headers)).toThrow()
    const { secret: next, old_until } = await done('POST', `/v1/webhooks/${id}/rotate`, { overlap_seconds: 60 })
    expect(next).not.toBe(secret)
    expect(Math.abs(Date.parse(old_until) - kit.now - 60 * SECOND)).toBeLessThan(SECOND)
    await issue()
    await deliver()
    const second = receiver.received[1]
    for (const each of [secret, next])
      expect(new Webhook(each).verify(second?.body ?? '', second?.headers as Record<string, string>)).toEqual(second?.event)
    kit.now += 61 * SECOND
    await issue()
    await deliver()
    const third = receiver.received[2]
    expect(() => new Webhook(secret).verify(third?.body ?? '', third?.headers as Record<string, string>)).toThrow()
    expect(new Webhook(next).verify(third?.body ?? '', third?.headers as Record<string, string>)).toEqual(third?.event)
  })

  test('hear of what they subscribe to, and of their own organizations and products alone', async () => {
    const suspended = await hook(['license.suspended'])
    const globex = await hook(['license.*'], { organizations: ['globex'] })
    const other = await hook(['*'], { products: ['other'] })
    const person = await issue()
    const license = await issue({ organization: 'globex' })
    await done('POST', '/v1/identities', { id: 'bea', in: { acme: [] } })
    await done('POST', '/v1/licenses', { id: 'held', product: 'kit', plan: 'open', holder: 'bea' })
    await done('POST', `/v1/licenses/${person}/suspend`)
    await done('POST', `/v1/licenses/${license}/suspend`)
    const told = async (id: string) => (await deliveries(id)).map(({ type }: { type: string }) => type)
    expect(await told(suspended.id)).toEqual(['license.suspended', 'license.suspended'])
    expect(await told(globex.id)).toEqual(['license.issued', 'license.suspended'])
    expect(await told(other.id)).toEqual([])
  })

  test('that fail are tried again later, and what comes after goes on', async () => {
    const { id } = await hook(['license.issued'])
    receiver.answer = (response, { event }) => void response.writeHead(event.data.license === poison ? 500 : 200).end()
    const poison = await issue()
    const fine = await issue()
    await deliver()
    await deliver()
    const of = async () =>
      (await deliveries(id)).map(({ state, attempts, last_status }: Record<string, unknown>) => [state, attempts, last_status])
    expect(await of()).toEqual([
      ['waiting', 1, 500],
      ['delivered', 1, 200],
    ])
    expect(receiver.received.map(({ event }) => event.data.license)).toEqual([poison, fine])
    await deliver()
    expect(receiver.received.length).toBe(2)
    kit.now += 7 * SECOND
    receiver.answer = (response) => void response.writeHead(200).end('thanks '.repeat(10_000))
    await deliver()
    expect(await of()).toEqual([
      ['delivered', 2, 200],
      ['delivered', 1, 200],
    ])
    const [first, , again] = receiver.received
    expect([again?.headers['webhook-id'], again?.body]).toEqual([first?.headers['webhook-id'], first?.body])
  })

  test('that are never there are given up after days, said to be so, and tried once more when somebody asks', async () => {
    const { id } = await hook(['license.issued'])
    await hook(['webhook.*'], { url: `${receiver.url}/witness` })
    receiver.answer = (response, { path }) => void (path === '/in' ? response.destroy() : response.writeHead(204).end())
    await issue()
    for (let day = 0; day < 5; day++) {
      for (let turn = 0; turn < 4; turn++) {
        await deliver()
        kit.now += DAY / 4
      }
    }
    const [delivery] = await deliveries(id)
    expect([delivery.state, delivery.attempts, delivery.last_error]).toEqual(['failed', 10, 'unreachable'])
    expect((await done('GET', `/v1/webhooks/${id}`)).disabled_at).toBeUndefined()
    await issue()
    await deliver()
    await deliver()
    expect(await done('GET', `/v1/webhooks/${id}`)).toMatchObject({ disabled_because: 'failing' })
    expect(receiver.received.filter(({ path }) => path === '/witness').map(({ event }) => event)).toMatchObject([
      { type: 'webhook.disabled', data: { webhook: id, because: 'failing' } },
    ])
    const { items } = await done('GET', `/v1/audit?subject=webhook:${id}`)
    expect(items[0]).toMatchObject({ action: 'webhook.disable', detail: { because: 'failing' } })

    const retry = `/v1/webhooks/${id}/deliveries/${delivery.event}/retry`
    expect((await kit.call('POST', retry)).body.code).toBe('WEBHOOK_DISABLED')
    await done('PATCH', `/v1/webhooks/${id}`, { enabled: true })
    receiver.answer = (response) => void response.writeHead(204).end()
    expect(await done('POST', retry)).toMatchObject({ state: 'waiting', attempts: 0 })
    await deliver()
    expect((await deliveries(id))[0]).toMatchObject({ state: 'delivered', attempts: 1 })
    expect((await kit.call('POST', `/v1/webhooks/${id}/deliveries/evt_none/retry`)).body.code).toBe('DELIVERY_UNKNOWN')
  })

  test('that answer 410 are disabled at once, and those that lead elsewhere are not followed', async () => {
    const { id } = await hook(['license.issued'])
    receiver.answer = (response) => void response.writeHead(302, { location: `${receiver.url}/elsewhere` }).end()
    await issue()
    await deliver()
    expect(receiver.received.map(({ path }) => path)).toEqual(['/in'])
    expect((await deliveries(id))[0]).toMatchObject({ state: 'waiting', last_status: 302 })
    receiver.answer = (response) => void response.writeHead(410).end()
    kit.now += 7 * SECOND
    await deliver()
    expect(await done('GET', `/v1/webhooks/${id}`)).toMatchObject({ disabled_because: 'gone', disabled_at: expect.any(String) })
    await issue()
    expect((await deliveries(id)).length).toBe(1)
  })

  test('that hang hold up no decision and no other webhook', async () => {
    const slow = await hook(['license.issued'])
    const quick = await hook(['license.issued'], { url: `${receiver.url}/quick` })
    let held: ServerResponse | undefined
    receiver.answer = (response, { path }) => {
      if (path === '/quick') response.writeHead(204).end()
      else held = response
    }
    await kit.people('acme', 'cy')
    await issue()
    const { courier } = kit.authority.authority
    await courier.turn()
    await until(async () => (await deliveries(quick.id))[0].state === 'delivered')
    expect(await kit.ask('cy')).toBe('allowed')
    expect((await deliveries(slow.id))[0]).toMatchObject({ state: 'waiting', attempts: 0 })
    await until(() => held !== undefined)
    held?.writeHead(204).end()
    await courier.settled()
    expect((await deliveries(slow.id))[0]).toMatchObject({ state: 'delivered', attempts: 1 })
  })

  test('can be tried, changed, disabled, deleted, and say what they are', async () => {
    const { id } = await hook(['license.issued'], { description: 'The billing of Acme', organizations: ['acme'] })
    expect(await done('POST', `/v1/webhooks/${id}/test`)).toEqual({ delivered: true, status: 204 })
    expect(receiver.received[0]?.event).toMatchObject({ type: 'webhook.test', data: { webhook: id } })
    receiver.answer = (response) => void response.writeHead(503).end()
    expect(await done('POST', `/v1/webhooks/${id}/test`)).toEqual({ delivered: false, status: 503 })
    await done('PATCH', `/v1/webhooks/${id}?dry_run=true`, { enabled: false })
    await done('PATCH', `/v1/webhooks/${id}`, { types: ['license.renewed'], url: `${receiver.url}/new?token=s3cret` })
    const shown = await done('GET', `/v1/webhooks/${id}`)
    expect(shown).toMatchObject({ types: ['license.renewed'], description: 'The billing of Acme', organizations: ['acme'] })
    expect(shown).not.toHaveProperty('disabled_at')
    await done('PATCH', `/v1/webhooks/${id}`, { enabled: false })
    expect((await done('GET', '/v1/webhooks')).items.map(({ disabled_because }: { disabled_because: string }) => disabled_because)).toEqual(
      ['asked'],
    )
    const { items } = await done('GET', `/v1/audit?subject=webhook:${id}`)
    expect(items.map(({ action }: { action: string }) => action)).toEqual(['webhook.change', 'webhook.change', 'webhook.create'])
    expect(JSON.stringify(items)).not.toMatch(/s3cret|whsec/)
    await done('DELETE', `/v1/webhooks/${id}?dry_run=true`)
    await done('DELETE', `/v1/webhooks/${id}`)
    expect((await kit.call('GET', `/v1/webhooks/${id}`)).body.code).toBe('WEBHOOK_UNKNOWN')
  })

  test('lead to addresses they may lead to, and subscribe to what there is', async () => {
    const cases: { url: string; pointer: string }[] = [
      { url: 'ftp://example.com', pointer: '/url' },
      { url: 'https://me:secret@example.com/', pointer: '/url' },
      { url: 'https://10.0.0.1/', pointer: '/url' },
      { url: 'https://[fd00::1]/', pointer: '/url' },
      { url: 'https://[::ffff:169.254.169.254]/', pointer: '/url' },
      { url: 'https://2130706433.1/', pointer: '/url' },
      { url: 'http://93.184.216.34/', pointer: '/url' },
    ]
    for (const { url, pointer } of cases) {
      const { status, body } = await kit.call('POST', '/v1/webhooks', { url, types: ['*'] })
      expect([url, status, body.code, body.errors[0].pointer]).toEqual([url, 400, 'REQUEST_INVALID', pointer])
      expect(JSON.stringify(body)).not.toContain('secret')
    }
    const { body } = await kit.call('POST', '/v1/webhooks', { url: 'https://example.com/', types: ['license.*', 'licence.issued'] })
    expect(body.errors[0].pointer).toBe('/types/1')
  })

  test('of a limited credential are within what it sees, and out of sight of others', async () => {
    const limited = async (organization: string) =>
      kit.authority.as((await done('POST', '/v1/api-keys', { name: 'n', scopes: ['manage:webhooks'], organizations: [organization] })).key)
    const [acme, globex] = [await limited('acme'), await limited('globex')]
    const whole = await hook(['*'])
    const own = (await acme('POST', '/v1/webhooks', { url: `${receiver.url}/acme`, types: ['*'] })).body
    expect(own.organizations).toEqual(['acme'])
    const wider = await acme('POST', '/v1/webhooks', { url: `${receiver.url}/x`, types: ['*'], organizations: ['acme', 'globex'] })
    expect([wider.status, wider.body.code]).toEqual([403, 'REACH_TOO_NARROW'])
    expect((await acme('GET', '/v1/webhooks')).body.items.map(({ id }: { id: string }) => id)).toEqual([own.id])
    expect((await globex('GET', '/v1/webhooks')).body.items).toEqual([])
    for (const [method, path, body] of [
      ['GET', ''],
      ['PATCH', '', { enabled: false }],
      ['DELETE', ''],
      ['POST', '/rotate'],
      ['POST', '/test'],
      ['GET', '/deliveries'],
      ['POST', '/deliveries/evt_x/retry'],
    ] as const) {
      for (const [call, id] of [
        [acme, whole.id],
        [globex, own.id],
      ] as const)
        expect((await call(method, `/v1/webhooks/${id}${path}`, body)).body.code).toBe('WEBHOOK_UNKNOWN')
    }
  })
})

test('several nodes deliver each event once, in order', async () => {
  const folder = scratchFolder()
  const url = await freshDatabase()
  const receiver = await openReceiver()
  const config = testConfig(folder, { webhookNetworks: LOOPBACK })
  const open = () => openStore({ kind: 'postgres', url })
  const one = await startAuthority(await open(), folder, { clock: () => MONDAY, config })
  const two = await start({ config, store: await open(), log: silent, clock: () => MONDAY })
  const calls = [one.call, caller(two.url, one.key)]
  const done = async (path: string, body: object, node = 0) => expect((await calls[node]?.('POST', path, body))?.status).toBe(201)
  await done('/v1/products/kit/editions', { terms: kitTerms })
  await done('/v1/organizations', { id: 'acme', title: 'Acme' })
  await done('/v1/webhooks', { url: receiver.url, types: ['license.issued'] })
  receiver.answer = (response) => void setTimeout(() => response.writeHead(204).end(), 3)
  const couriers = [one.authority.courier, two.authority.courier]
  for (let n = 0; n < 30; n++) {
    await done('/v1/licenses', { id: `L${n}`, product: 'kit', plan: 'open', organization: 'acme' }, n % 2)
    await Promise.all(couriers.map((courier) => courier.turn()))
  }
  while (receiver.received.length < 30) {
    await Promise.all(couriers.map((courier) => courier.turn()))
    await Promise.all(couriers.map((courier) => courier.settled()))
  }
  expect(receiver.received.map(({ event }) => event.data.license)).toEqual(Array.from({ length: 30 }, (_, n) => `L${n}`))
  await two.close()
  await one.close()
})

test('a node that is killed while it delivers loses nothing: another delivers it, under the same id', async () => {
  const folder = scratchFolder()
  const receiver = await openReceiver()
  receiver.answer = () => {} // it has it, and never says so
  const settings = { ...(await settingsIn(folder, await freshDatabase())), WRIT_WEBHOOK_NETWORKS: '127.0.0.0/8' }
  const served = await serve(folder, settings)
  const done = async (path: string, body: object) => expect((await served.call('POST', path, body)).status).toBe(201)
  await done('/v1/products/kit/editions', { terms: kitTerms })
  await done('/v1/organizations', { id: 'acme', title: 'Acme' })
  await done('/v1/webhooks', { url: receiver.url, types: ['license.issued'] })
  await done('/v1/licenses', { id: 'L1', product: 'kit', plan: 'open', organization: 'acme' })
  await until(() => receiver.received.length === 1)
  expect(await served.end('SIGKILL')).toBe(null)

  receiver.answer = (response) => void response.writeHead(204).end()
  let now = Date.now()
  const next = await startHere(folder, settings, { clock: () => now })
  await next.authority.courier.turn()
  await next.authority.courier.settled()
  expect(receiver.received.length).toBe(1) // the one that is dead may still be at it
  now += 61 * SECOND
  await until(() => receiver.received.length === 2)
  const [first, second] = receiver.received
  expect([second?.headers['webhook-id'], second?.body]).toEqual([first?.headers['webhook-id'], first?.body])
  await next.close()
})
