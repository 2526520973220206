import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signActivationRequest, signDeviceContact, verifyLicenseFile } from '@writ/license'
import { type PublicJwk, SigningKey, type TrustedRoot } from '@writ/trust'
import { generateKeyPair } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { DAY, useKit } from './kit.ts'
import { type Answer, type Call, MONDAY, onBothStores, scratchFolder } from './support.ts'
import { startWorkloadIssuer } from './workload-issuer.ts'

onBothStores('activations', (open) => {
  const workloadIssuersFile = join(scratchFolder(), 'issuers.json')
  const kit = useKit(open, { workloadIssuersFile })
  const { done } = kit
  let root: TrustedRoot
  let licenses = 0
  let license = ''
  let withKey: Call
  const seconds = () => Math.floor(kit.now / 1000)
  const jti = () => crypto.randomUUID()

  /** A device as an application has one. */
  async function device(name = 'laptop') {
    const key = await SigningKey.generate()
    let counter = 0
    return {
      key,
      request: (more: object = {}) =>
        signActivationRequest({ aud: root.issuer, iat: seconds(), exp: seconds() + 300, jti: jti(), name, ...more }, key),
      /** @param more `counter`: not the next */
      contact: async (activation: string, more: { counter?: number; [member: string]: unknown } = {}) => {
        const said = { aud: root.issuer, iat: seconds(), jti: jti(), activation, counter: ++counter, ...more }
        return { contact: await signDeviceContact(said as never, key) }
      },
      /** As a disk that is copied. */
      counter: () => counter,
    }
  }
  const claimsOf = async (file: string) => (await verifyLicenseFile(file, { roots: [root], now: seconds() })).claims
  const activate = async (call: Call, body: object): Promise<Answer> => call('POST', '/v1/activations', body)
  const outcome = ({ status, body }: Pick<Answer, 'status' | 'body'>) => (status < 300 ? status : `${status} ${body.code}`)
  const exported = async () =>
    (await done('GET', `/v1/usage?license=${license}`)).meters.find((each: Answer['body']) => each.meter === 'exports').used
  const consume = (amount: number) => ({ organization: 'acme', consume: { amount, id: jti() } })

  beforeAll(async () => {
    const { body } = await kit.authority.as(undefined)('GET', '/.well-known/writ-keys')
    root = { issuer: body.issuer, key: body.root as PublicJwk }
    await kit.people('acme', 'ann')
  })
  beforeEach(async () => {
    license = `L${++licenses}`
    await done('POST', '/v1/licenses', { id: license, product: 'kit', plan: 'small', organization: 'acme' })
    withKey = kit.authority.as((await done('POST', `/v1/licenses/${license}/keys`)).key)
    return async () => {
      kit.now = MONDAY
      await done('POST', `/v1/licenses/${license}/revoke`)
    }
  })

  test('a license key activates a device, whose file is bound to its key', async () => {
    const laptop = await device()
    const made = await activate(withKey, { request: await laptop.request() })
    expect(made.status).toBe(201)
    const { file, ...activation } = made.body
    expect(activation).toMatchObject({ license, name: 'laptop', device_key: laptop.key.kid, state: 'live' })
    expect(await claimsOf(file)).toMatchObject({ license, binding: { device_key: laptop.key.kid }, identities: 'asserted' })
    expect((await done('GET', `/v1/activations?license=${license}`)).items).toEqual([activation])
    expect((await withKey('GET', `/v1/activations/${activation.id}`)).body).toEqual(activation)
    const [audited] = (await done('GET', `/v1/audit?subject=license:${license}&limit=1`)).items
    expect(audited).toMatchObject({ action: 'activation.create', actor: expect.stringMatching(/^license_key:lky_/), organization: 'acme' })
    const files = (await done('GET', `/v1/licenses/${license}/files`)).items
    expect(files).toMatchObject([{ issued_by: expect.stringMatching(/^license_key:lky_/) }])
  })

  test('a request that is replayed, forged, old, or for another authority makes nothing', async () => {
    const laptop = await device()
    const request = await laptop.request()
    const first = await activate(withKey, { request })
    const again = await activate(withKey, { request })
    expect([again.status, again.body.id]).toEqual([201, first.body.id])
    await done('POST', `/v1/activations/${first.body.id}/release`)
    expect(outcome(await activate(withKey, { request }))).toBe('409 ACTIVATION_REQUEST_USED')

    const [head, payload, signature] = request.split('.') as [string, string, string]
    const other = await (await device()).request()
    const forged = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const changed = Buffer.from(JSON.stringify({ ...forged, jti: jti() })).toString('base64url')
    const cases: [string, string][] = [
      [`${head}.${changed}.${signature}`, '422 DEVICE_MESSAGE_INVALID'],
      [`${head}.${other.split('.')[1]}.${signature}`, '422 DEVICE_MESSAGE_INVALID'],
      ['nothing', '422 DEVICE_MESSAGE_INVALID'],
      [await laptop.request({ aud: 'another' }), '422 DEVICE_MESSAGE_FOR_ANOTHER'],
      [await laptop.request({ iat: seconds() - 1000, exp: seconds() - 700 }), '422 DEVICE_MESSAGE_OUT_OF_TIME'],
      [await laptop.request({ iat: seconds() + 1000, exp: seconds() + 1300 }), '422 DEVICE_MESSAGE_OUT_OF_TIME'],
      [await laptop.request({ iat: seconds(), exp: seconds() + 40 * 86_400 }), '422 DEVICE_MESSAGE_INVALID'],
      [(await laptop.contact('act_1')).contact, '422 DEVICE_MESSAGE_INVALID'],
    ]
    for (const [text, want] of cases) expect([text, outcome(await activate(withKey, { request: text }))]).toEqual([text, want])
    expect((await done('GET', `/v1/activations?license=${license}&state=live`)).items).toEqual([])
  })

  test('a license key opens its own licence and nothing else, and a revoked one opens nothing', async () => {
    const request = await (await device()).request()
    await done('POST', '/v1/licenses', { id: `${license}-other`, product: 'kit', plan: 'small', organization: 'acme' })
    expect(outcome(await activate(withKey, { request, license: `${license}-other` }))).toBe('404 LICENSE_UNKNOWN')
    const elsewhere = await activate(kit.call, { request: await (await device()).request(), license: `${license}-other` })
    for (const [method, path] of [
      ['GET', `/v1/activations/${elsewhere.body.id}`],
      ['POST', `/v1/activations/${elsewhere.body.id}/release`],
    ] as const)
      expect(outcome(await withKey(method, path))).toBe('404 ACTIVATION_UNKNOWN')
    for (const path of ['/v1/licenses', `/v1/activations?license=${license}`, `/v1/licenses/${license}/activation-rules`])
      expect(outcome(await withKey('GET', path))).toBe('401 CREDENTIAL_INVALID')
    const [{ id }] = (await done('GET', `/v1/licenses/${license}/keys`)).items
    await done('DELETE', `/v1/licenses/${license}/keys/${id}`)
    expect(outcome(await activate(withKey, { request }))).toBe('401 CREDENTIAL_INVALID')
    await done('POST', `/v1/licenses/${license}-other/revoke`)
    expect(outcome(await activate(kit.call, { request }))).toBe('400 REQUEST_INVALID')
  })

  test('no more devices than the rules allow, however they race, and a place that is free is given again', async () => {
    const devices = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => device(`d${n}`)))
    const requests = await Promise.all(devices.map((each) => each.request()))
    const answers = await Promise.all(requests.map((request) => activate(withKey, { request })))
    expect(answers.map(outcome).sort()).toEqual([201, 201, 201, ...Array(3).fill('409 ACTIVATIONS_EXHAUSTED')])
    expect(answers.find(({ status }) => status === 409)?.body.most).toBe(3)
    const [one] = answers.filter(({ status }) => status === 201)
    const left = devices[answers.findIndex(({ status }) => status === 409)] as (typeof devices)[number]
    // In the place of another, in one step.
    const moved = await activate(withKey, { request: await left.request(), replaces: one?.body.id })
    expect(moved.status).toBe(201)
    expect(await done('GET', `/v1/activations/${one?.body.id}`)).toMatchObject({ state: 'released' })
    const another = devices[answers.findLastIndex(({ status }) => status === 409)] as (typeof devices)[number]
    expect(outcome(await activate(withKey, { request: await another.request() }))).toBe('409 ACTIVATIONS_EXHAUSTED')
    const { body: rules } = await kit.call('GET', `/v1/licenses/${license}/activation-rules`)
    await done('PUT', `/v1/licenses/${license}/activation-rules`, { ...rules, most: 4 })
    expect(outcome(await activate(withKey, { request: await another.request() }))).toBe(201)
  })

  test('a customer releases lost devices, so many in 30 days; the vendor as many as it likes', async () => {
    const { key } = await done('POST', '/v1/api-keys', { name: 'acme', scopes: ['manage:activations'], organizations: ['acme'] })
    const admin = kit.authority.as(key)
    const place = async () => (await activate(withKey, { request: await (await device()).request() })).body.id
    for (const call of [withKey, admin, withKey]) {
      const id = await place()
      expect(outcome(await call('POST', `/v1/activations/${id}/release?dry_run=true`))).toBe(200)
      expect(await done('GET', `/v1/activations/${id}`)).toMatchObject({ state: 'live' })
      expect(outcome(await call('POST', `/v1/activations/${id}/release`))).toBe(200)
      expect(outcome(await call('POST', `/v1/activations/${id}/release`))).toBe(200)
      kit.now += DAY
    }
    const id = await place()
    for (const call of [withKey, admin]) {
      const answer = await call('POST', `/v1/activations/${id}/release`)
      expect([outcome(answer), answer.body.self_releases, answer.body.next]).toEqual(['409 SELF_RELEASES_EXHAUSTED', 3, kit.now + 27 * DAY])
    }
    expect(outcome(await kit.call('POST', `/v1/activations/${id}/release`))).toBe(200)
    kit.now += 27 * DAY
    expect(outcome(await admin('POST', `/v1/activations/${await place()}/release`))).toBe(200)
    // A customer neither revokes a device for good with a license key, nor changes the rules with its own API key.
    expect(
      outcome(
        await admin('PUT', `/v1/licenses/${license}/activation-rules`, { most: 9, self_releases: 9, most_days: 9, identities: 'roster' }),
      ),
    ).toBe('403 SCOPE_MISSING')
    expect(outcome(await withKey('POST', `/v1/activations/${id}/revoke`))).toBe('401 CREDENTIAL_INVALID')
  })

  test('a device that is revoked is not activated again, with no request', async () => {
    const laptop = await device()
    const { body } = await activate(withKey, { request: await laptop.request() })
    await done('POST', `/v1/activations/${body.id}/revoke?dry_run=true`)
    expect(await done('GET', `/v1/activations/${body.id}`)).toMatchObject({ state: 'live' })
    await done('POST', `/v1/activations/${body.id}/revoke`)
    expect(outcome(await activate(withKey, { request: await laptop.request() }))).toBe('409 DEVICE_REVOKED')
    expect(outcome(await kit.authority.as(undefined)('POST', `/v1/activations/${body.id}/contact`, await laptop.contact(body.id)))).toBe(
      '409 DEVICE_REVOKED',
    )
    expect(outcome(await activate(withKey, { request: await (await device()).request() }))).toBe(201)
  })

  test('shares and what is spent online are never more than the limit', async () => {
    const one = await device('one')
    const two = await device('two')
    const asked = { quotas: { exports: 60 } }
    const first = await activate(withKey, { request: await one.request(), share: asked })
    expect((await claimsOf(first.body.file)).share).toEqual({ quotas: { exports: 60 } })
    const refused = await activate(withKey, { request: await two.request(), share: asked })
    expect([outcome(refused), refused.body.meter, refused.body.left]).toEqual(['409 SHARE_UNAVAILABLE', 'exports', 40])
    expect(outcome(await activate(withKey, { request: await two.request({ share: { quotas: { exports: 30 } } }) }))).toBe(201)
    expect(await kit.ask('ann', 'export', consume(11))).toBe('quota_exhausted')
    expect(await kit.ask('ann', 'export', consume(10))).toBe('allowed')
    expect(await kit.ask('ann', 'export', consume(1))).toBe('quota_exhausted')
    // A lost device keeps what it holds: it may spend it where nobody sees.
    await done('POST', `/v1/activations/${first.body.id}/release`)
    expect(await kit.ask('ann', 'export', consume(1))).toBe('quota_exhausted')
    // Where it is known to be gone its share is free at once.
    await done('POST', `/v1/activations/${first.body.id}/release?free_share=true`)
    expect(await kit.ask('ann', 'export', consume(61))).toBe('quota_exhausted')
    expect(await kit.ask('ann', 'export', consume(60))).toBe('allowed')
    // In the next month the other's file is over.
    kit.now += 40 * DAY
    expect(await kit.ask('ann', 'export', consume(100))).toBe('allowed')
  })

  test('activations, contacts, releases and checks that race never have more than the limit together', async () => {
    await done('PUT', `/v1/licenses/${license}/activation-rules`, { most: 50, self_releases: 50, most_days: 0, identities: 'asserted' })
    const devices = await Promise.all(Array.from({ length: 8 }, (_, i) => device(`d${i}`)))
    const units = [7, 30, 11, 25, 13, 40, 5, 9]
    let online = 0
    const spend = async () => {
      if ((await kit.ask('ann', 'export', consume(3))) === 'allowed') online += 3
    }
    const share = async (one: Awaited<ReturnType<typeof device>>, wanted: number) => {
      const { status, body } = await activate(withKey, { request: await one.request(), share: { quotas: { exports: wanted } } })
      if (status !== 201) return { held: 0, spent: 0 }
      const say = async (more: Record<string, unknown>) =>
        (await kit.authority.as(undefined)('POST', `/v1/activations/${body.id}/contact`, await one.contact(body.id, more))).body
      const from = MONDAY - 9 * 3_600_000
      const spent = [{ meter: 'exports', from, until: Date.parse('2026-12-23T00:00:00Z'), used: wanted - 2 }]
      // Whatever a file says may be spent: of one that is renewed it is never more than is held.
      const { file } = await say({ spent })
      expect((await claimsOf(file)).share?.quotas?.exports).toBeLessThanOrEqual(wanted)
      if (wanted % 2 === 0) return { held: wanted, spent: wanted - 2 }
      await say({ spent, releases: 'yes' })
      return { held: wanted - 2, spent: wanted - 2 }
    }
    const outcomes = await Promise.all([...devices.map((one, i) => share(one, units[i] ?? 1)), ...Array.from({ length: 30 }, spend)])
    await Promise.all(Array.from({ length: 30 }, spend))
    while ((await kit.ask('ann', 'export', consume(1))) === 'allowed') online++
    const held = outcomes.reduce((sum, each) => sum + (each === undefined ? 0 : each.held), 0)
    expect(online + held).toBe(100)
  })

  test('a device that gives its place back gives back what it did not spend, and what it spent is counted', async () => {
    const one = await device()
    const { body } = await activate(withKey, { request: await one.request(), share: { quotas: { exports: 60 } } })
    const contact = async (more: Record<string, unknown>) =>
      kit.authority.as(undefined)('POST', `/v1/activations/${body.id}/contact`, await one.contact(body.id, more))
    const from = Date.parse('2026-11-23T00:00:00Z')
    const spent = (used: number) => [{ meter: 'exports', from, until: Date.parse('2026-12-23T00:00:00Z'), used }]
    expect((await contact({ spent: spent(20) })).body).toMatchObject({ state: 'live', file: expect.stringContaining('BEGIN WRIT LICENSE') })
    expect(await kit.ask('ann', 'export', consume(41))).toBe('quota_exhausted')
    const over = await contact({ spent: spent(25), releases: 'yes' })
    expect(over.body).toMatchObject({ state: 'released', released_by: `device:${body.id}` })
    expect(over.body.file).toBeUndefined()
    expect(await kit.ask('ann', 'export', consume(76))).toBe('quota_exhausted')
    expect(await kit.ask('ann', 'export', consume(75))).toBe('allowed')
    const usage = await done('GET', `/v1/usage?license=${license}`)
    expect(JSON.stringify(usage)).toContain('100')
  })

  test('what a device held in windows that are long over is no more of what it gives back, and is counted when it is told so late', async () => {
    const one = await device()
    const { body } = await activate(withKey, { request: await one.request(), share: { quotas: { exports: 60 } } })
    const contact = async (more: Record<string, unknown>) =>
      kit.authority.as(undefined)('POST', `/v1/activations/${body.id}/contact`, await one.contact(body.id, more))
    kit.now += 40 * DAY
    await contact({})
    const spent = [{ meter: 'exports', from: Date.parse('2026-11-23T00:00:00Z'), until: Date.parse('2026-12-23T00:00:00Z'), used: 7 }]
    expect((await contact({ spent, releases: 'yes' })).body.state).toBe('released')
    const { items } = await done('GET', `/v1/audit?subject=license:${license}`)
    expect(items.flatMap(({ detail }: { detail: { unspent?: number } }) => detail.unspent ?? [])).toEqual([60])
    const { units } = await done('GET', `/v1/usage/history?license=${license}&meter=exports&step=month&from=2026-11-01T00:00:00Z`)
    expect(units).toBe(7)
  })

  test('two devices of one key are found out at the next contact, and neither is given a file any more', async () => {
    const one = await device()
    const { body } = await activate(withKey, { request: await one.request() })
    const say = (message: object) => kit.authority.as(undefined)('POST', `/v1/activations/${body.id}/contact`, message)
    const lost = await one.contact(body.id)
    const [before, retried] = [await say(lost), await say(lost)]
    for (const answer of [before, retried]) expect(answer.body).toMatchObject({ state: 'live', file: expect.anything() })
    // The copy was made now, and goes on counting from here.
    const copied = one.counter()
    expect((await say(await one.contact(body.id))).body.state).toBe('live')
    const found = await say(await one.contact(body.id, { counter: copied + 1 }))
    expect(found.body).toMatchObject({ state: 'cloned', cloned_at: '2026-11-23T09:00:00Z' })
    expect(found.body.file).toBeUndefined()
    const honest = await say(await one.contact(body.id, { counter: copied + 2 }))
    expect([honest.body.state, honest.body.file]).toEqual(['cloned', undefined])
    expect(outcome(await activate(withKey, { request: await one.request() }))).toBe('409 DEVICE_CLONED')
    const audited = (await done('GET', `/v1/audit?subject=license:${license}`)).items.map(({ detail }: { detail: object }) => detail)
    expect(audited).toContainEqual({ activation: body.id, counter: copied + 1, cloned: true, expected: copied + 2 })
    await done('POST', `/v1/activations/${body.id}/release`)
    expect(outcome(await activate(withKey, { request: await (await device()).request() }))).toBe(201)
  })

  test('a contact that comes again after later ones, doubled, delayed or replayed, marks nobody and does nothing', async () => {
    const one = await device()
    const { body } = await activate(withKey, { request: await one.request(), share: { quotas: { exports: 60 } } })
    const say = (message: object) => kit.authority.as(undefined)('POST', `/v1/activations/${body.id}/contact`, message)
    const window = { meter: 'exports', from: Date.parse('2026-11-23T00:00:00Z'), until: Date.parse('2026-12-23T00:00:00Z') }
    const first = await one.contact(body.id, { spent: [{ ...window, used: 1 }] })
    // Its answer was lost: said again it has another time, and is the same contact.
    const tried = { counter: 2, jti: jti() }
    const [lost, retried] = [await one.contact(body.id, { ...tried, iat: seconds() - 30 }), await one.contact(body.id, tried)]
    for (const message of [first, retried]) expect((await say(message)).body.state).toBe('live')
    // It was sent twice at once.
    const doubled = await one.contact(body.id, { counter: 3 })
    const both = await Promise.all([say(doubled), say(doubled)])
    expect(both.map(({ body: { state, file } }) => [state, typeof file])).toEqual(Array(2).fill(['live', 'string']))
    for (const late of [first, lost, retried]) expect(outcome(await say(late))).toBe('409 DEVICE_CONTACT_REPEATED')
    expect(await done('GET', `/v1/activations/${body.id}`)).toMatchObject({ state: 'live' })
    expect((await say(await one.contact(body.id, { counter: 4 }))).body).toMatchObject({ state: 'live', file: expect.anything() })
    // Its number alone makes no repetition: somebody signed another contact with it.
    expect((await say(await one.contact(body.id, { counter: 2 }))).body).toMatchObject({ state: 'cloned' })
  })

  test('an authority that was put back to a backup finds no copy in a device that went on, and finds one that counts behind it', async () => {
    const one = await device()
    const { body } = await activate(withKey, { request: await one.request() })
    const say = (message: object) => kit.authority.as(undefined)('POST', `/v1/activations/${body.id}/contact`, message)
    const forgotten = await one.contact(body.id, { counter: 3 })
    kit.now += DAY
    expect((await say(await one.contact(body.id, { counter: 6 }))).body).toMatchObject({ state: 'live', file: expect.anything() })
    expect(outcome(await say(forgotten))).toBe('409 DEVICE_CONTACT_REPEATED')
    kit.now += DAY
    expect((await say(await one.contact(body.id, { counter: 5 }))).body).toMatchObject({ state: 'cloned' })
  })

  test('a copy that counts far ahead, by a clock of another century, locks no honest device out: it is found, and what was spent is counted', async () => {
    const one = await device()
    const { body } = await activate(withKey, { request: await one.request(), share: { quotas: { exports: 60 } } })
    const say = (message: object) => kit.authority.as(undefined)('POST', `/v1/activations/${body.id}/contact`, message)
    for (let n = 0; n < 7; n++) await say(await one.contact(body.id))
    const ahead = { counter: 1_000_000, iat: seconds() + 70 * 365 * 86_400 }
    expect((await say(await one.contact(body.id, ahead))).body.state).toBe('live')
    kit.now += 60_000
    const window = { meter: 'exports', from: Date.parse('2026-11-23T00:00:00Z'), until: Date.parse('2026-12-23T00:00:00Z') }
    const honest = await say(await one.contact(body.id, { counter: 8, spent: [{ ...window, used: 50 }] }))
    expect(honest.body).toMatchObject({ state: 'cloned' })
    expect(await exported()).toBe(50)
    const audited = (await done('GET', `/v1/audit?subject=license:${license}`)).items.map(({ detail }: { detail: object }) => detail)
    expect(audited).toContainEqual(expect.objectContaining({ activation: body.id, counter: 8, cloned: true }))
  })

  test('the last contact, sent again by somebody who saw it, is answered for some minutes and then no more; the device itself is at any age', async () => {
    const one = await device()
    const { body } = await activate(withKey, { request: await one.request() })
    const say = (message: object) => kit.authority.as(undefined)('POST', `/v1/activations/${body.id}/contact`, message)
    const tried = { counter: 1, jti: jti() }
    const seen = await one.contact(body.id, tried)
    const before = await say(seen)
    kit.now += 9 * 60_000
    expect((await say(seen)).body).toMatchObject({ state: 'live', file: expect.anything() })
    kit.now += 9 * 60_000
    const replayed = await say(seen)
    expect([outcome(replayed), replayed.body.state, replayed.body.file]).toEqual([200, 'live', undefined])
    expect(replayed.body.last_contact_at).toBe(before.body.last_contact_at)
    kit.now += DAY
    // It signs anew what it heard no answer to.
    expect((await say(await one.contact(body.id, tried))).body).toMatchObject({ state: 'live', file: expect.anything() })
    // And may have set its clock right meanwhile.
    kit.now += DAY
    const released = await say(await one.contact(body.id, { ...tried, iat: seconds() - 9 * 86_400, releases: 'yes' }))
    expect(released.body.state).toBe('released')
  })

  test('a device that is released and activated again is charged once for what it spent, whether it was told before or not', async () => {
    const one = await device()
    const share = { quotas: { exports: 30 } }
    const window = { meter: 'exports', from: Date.parse('2026-11-23T00:00:00Z'), until: Date.parse('2026-12-23T00:00:00Z') }
    const say = async (id: string, counter: number, used: number) =>
      kit.authority.as(undefined)('POST', `/v1/activations/${id}/contact`, await one.contact(id, { counter, spent: [{ ...window, used }] }))
    const first = (await activate(withKey, { request: await one.request(), share })).body
    await say(first.id, 1, 20)
    await done('POST', `/v1/activations/${first.id}/release`)
    const { id } = (await activate(withKey, { request: await one.request(), share })).body
    expect(id).not.toBe(first.id)
    await say(id, 1, 20)
    expect(await exported()).toBe(20)
    // Of what it spent under either nobody was told of the last 25.
    await say(id, 2, 45)
    expect(await exported()).toBe(45)
  })

  test('a device that gave its place back itself begins at nothing, also where its key is the same', async () => {
    const one = await device()
    const share = { quotas: { exports: 30 } }
    const window = { meter: 'exports', from: Date.parse('2026-11-23T00:00:00Z'), until: Date.parse('2026-12-23T00:00:00Z') }
    const say = async (id: string, more: object, used: number) =>
      kit.authority.as(undefined)('POST', `/v1/activations/${id}/contact`, await one.contact(id, { ...more, spent: [{ ...window, used }] }))
    const first = (await activate(withKey, { request: await one.request(), share })).body
    await say(first.id, { counter: 1, releases: 'yes' }, 30)
    expect(await exported()).toBe(30)
    const { id } = (await activate(withKey, { request: await one.request(), share })).body
    await say(id, { counter: 1 }, 25)
    expect(await exported()).toBe(55)
  })

  test('what a device spends that was restored to before it gave its place back is counted', async () => {
    const one = await device()
    const { id } = (await activate(withKey, { request: await one.request(), share: { quotas: { exports: 60 } } })).body
    const window = { meter: 'exports', from: Date.parse('2026-11-23T00:00:00Z'), until: Date.parse('2026-12-23T00:00:00Z') }
    const say = async (used: number, more: object) =>
      kit.authority
        .as(undefined)('POST', `/v1/activations/${id}/contact`, await one.contact(id, { spent: [{ ...window, used }], ...more }))
        .then(({ body }) => body.state)
    expect(await say(20, { counter: 1, releases: 'yes' })).toBe('released')
    expect(await say(35, { counter: 1 })).toBe('released')
    expect(await exported()).toBe(35)
    // Never more than it was given, and what it gave back stays free.
    await say(90, { counter: 2 })
    expect(await exported()).toBe(60)
    expect(await kit.ask('ann', 'export', consume(40))).toBe('allowed')
    const audited = (await done('GET', `/v1/audit?subject=license:${license}`)).items.map(({ detail }: { detail: object }) => detail)
    expect(audited).toContainEqual(expect.objectContaining({ activation: id, cloned: true }))
  })

  test('nobody else makes a contact for a device', async () => {
    const one = await device()
    const { body } = await activate(withKey, { request: await one.request() })
    const say = (id: string, message: object) => kit.authority.as(undefined)('POST', `/v1/activations/${id}/contact`, message)
    const stranger = await device()
    expect(outcome(await say(body.id, await stranger.contact(body.id)))).toBe('422 DEVICE_MESSAGE_INVALID')
    expect(outcome(await say('act_none', await stranger.contact('act_none')))).toBe('422 DEVICE_MESSAGE_INVALID')
    expect(outcome(await say('act_none', await stranger.contact(body.id)))).toBe('422 DEVICE_MESSAGE_FOR_ANOTHER')
    expect(outcome(await say(body.id, await one.contact(body.id, { aud: 'another' })))).toBe('422 DEVICE_MESSAGE_FOR_ANOTHER')
    expect(await done('GET', `/v1/activations/${body.id}`)).not.toHaveProperty('last_contact_at')
  })

  test('a file that is checked out holds so many days, and then its place is free', async () => {
    const rules = { most: 1, self_releases: 0, most_days: 14, identities: 'asserted' }
    await done('PUT', `/v1/licenses/${license}/activation-rules`, rules)
    const [one, two] = [await device(), await device()]
    const long = await activate(withKey, { request: await one.request(), days: 15 })
    expect([outcome(long), long.body.most_days]).toEqual(['422 CHECK_OUT_TOO_LONG', 14])
    const { body } = await activate(withKey, { request: await one.request(), days: 14 })
    const claims = await claimsOf(body.file)
    expect(claims.grace?.offline_seconds).toBe(14 * 86_400)
    expect(JSON.parse(claims.overrides ?? '{}')).toEqual({ grace: { offline: expect.anything() } })
    expect(body).toMatchObject({ ends_at: '2026-12-07T09:00:00Z', file_until: '2026-12-07T09:00:00Z' })
    expect(outcome(await activate(withKey, { request: await two.request() }))).toBe('409 ACTIVATIONS_EXHAUSTED')
    const [{ kid }] = (await done('GET', `/v1/licenses/${license}/files`)).items
    const concerned = async () => (await done('GET', `/v1/signing-keys/${kid}/impact`)).files
    const before = await concerned()
    expect(before).toMatchObject({ devices: expect.toSatisfy((many: number) => many >= 1), devices_until: '2026-12-07T09:00:00Z' })
    kit.now += 14 * DAY
    expect((await concerned()).devices).toBeLessThan(before.devices)
    expect(await done('GET', `/v1/activations/${body.id}`)).toMatchObject({ state: 'ended' })
    expect(outcome(await activate(withKey, { request: await two.request() }))).toBe(201)
  })

  test('a licence that goes to another customer takes no device along', async () => {
    await done('POST', '/v1/organizations', { id: `${license}-buyer`, title: 'Buyer' })
    const { body } = await activate(withKey, { request: await (await device()).request() })
    await done('POST', `/v1/licenses/${license}/transfer`, { organization: `${license}-buyer` })
    expect(await done('GET', `/v1/activations/${body.id}`)).toMatchObject({ state: 'released' })
  })

  /** A cluster that is trusted, and a pod of it: a device with a key of its own, and the token of its service account. */
  async function cluster() {
    const issuer = await startWorkloadIssuer()
    writeFileSync(workloadIssuersFile, JSON.stringify({ issuers: [{ issuer: issuer.url, audience: 'writ' }] }))
    const token = (subject: string, more: object = {}) =>
      issuer.token({ aud: ['writ'], sub: `system:serviceaccount:acme:${subject}`, iat: seconds(), exp: seconds() + 3600, ...more })
    const pod = async (subject: string, more: object = {}) => {
      const made = await device('pod')
      const answer = await activate(withKey, { request: await made.request({ workload: await token(subject), ...more }) })
      const say = async (said: object) =>
        kit.authority.as(undefined)('POST', `/v1/activations/${answer.body.id}/contact`, await made.contact(answer.body.id, said as never))
      return { ...answer, say }
    }
    const stopped: { isStopped?: boolean } = {}
    const stop = () => {
      if (stopped.isStopped !== true) issuer.stop()
      stopped.isStopped = true
    }
    clusters.push(stop)
    return { issuer, token, pod, stop }
  }
  const clusters: (() => void)[] = []
  afterAll(() => {
    for (const stop of clusters) stop()
  })

  test('a workload is activated by the token of its platform in the place of hardware, and proves at every contact that it is that still', async () => {
    const { issuer, token, pod } = await cluster()
    const { status, body, say } = await pod('api')
    expect(status).toBe(201)
    expect(body.workload).toEqual({ issuer: issuer.url, subject: 'system:serviceaccount:acme:api' })
    expect((await say({ counter: 1, workload: await token('api') })).body).toMatchObject({ state: 'live', file: expect.anything() })
    expect(outcome(await say({ counter: 2 }))).toBe('422 WORKLOAD_TOKEN_MISSING')
    const other = await say({ counter: 2, workload: await token('web') })
    expect([outcome(other), other.body.fault]).toEqual(['422 WORKLOAD_TOKEN_REFUSED', 'other_workload'])
    // A refusal uses up no number; and to give its place back its key is enough.
    expect((await say({ counter: 2, workload: await token('api') })).body.state).toBe('live')
    expect((await say({ counter: 3, releases: 'yes' })).body.state).toBe('released')
    // Keys are fetched once, not for each token.
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration', '/openid/v1/jwks'])
    const audited = (await done('GET', `/v1/audit?subject=license:${license}`)).items
    expect(JSON.stringify(audited)).toContain('system:serviceaccount:acme:api')
    expect(JSON.stringify(audited)).not.toContain('eyJ')
  })

  test('a token that is forged, old, for somebody else or of an issuer that nobody trusts activates nothing', async () => {
    const { issuer, token } = await cluster()
    const thief = (await generateKeyPair('RS256')).privateKey
    const claims = { aud: 'writ', sub: 'api', exp: seconds() + 3600 }
    const valid = await token('api')
    const [, payload] = valid.split('.')
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.AA`
    const cases: [string, string][] = [
      [await issuer.token(claims, thief), 'signature'],
      [await issuer.token(claims, thief, { kid: 'k2' }), 'signature'],
      [`${valid.slice(0, -8)}AAAAAAAA`, 'signature'],
      [none, 'signature'],
      [await token('api', { exp: seconds() - 61 }), 'expired'],
      [await token('api', { nbf: seconds() + 61 }), 'not_yet'],
      [await token('api', { aud: 'another' }), 'audience'],
      [await token('api', { exp: undefined }), 'malformed'],
      [await token('api', { iss: 'https://elsewhere.example' }), 'issuer'],
      ['a.b.c', 'malformed'],
    ]
    for (const [workload, fault] of cases) {
      const answer = await activate(withKey, { request: await (await device()).request({ workload }) })
      expect([workload, outcome(answer), answer.body.fault]).toEqual([workload, '422 WORKLOAD_TOKEN_REFUSED', fault])
    }
    expect((await done('GET', `/v1/activations?license=${license}`)).items).toEqual([])
  })

  test('a pod that is started anew goes on in the place of its own, and no other takes it', async () => {
    const { token, pod } = await cluster()
    const rules = { most: 2, self_releases: 0, most_days: 0, identities: 'asserted' }
    await done('PUT', `/v1/licenses/${license}/activation-rules`, rules)
    const share = { share: { quotas: { exports: 60 } } }
    const first = await pod('api', share)
    const web = await pod('web')
    expect(outcome(await pod('third'))).toBe('409 ACTIVATIONS_EXHAUSTED')
    expect(outcome(await activate(withKey, { request: await (await device()).request() }))).toBe('409 ACTIVATIONS_EXHAUSTED')
    kit.now += 60_000
    const second = await pod('api', share)
    expect(outcome(second)).toBe(201)
    // What the first one may still spend is not given twice.
    expect((await claimsOf(second.body.file)).share?.quotas).toEqual({ exports: 40 })
    const over = await first.say({ workload: await token('api') })
    expect([over.body.state, over.body.file, over.body.released_by]).toEqual(['released', undefined, 'its workload, started anew'])
    expect((await web.say({ workload: await token('web') })).body.state).toBe('live')
  })

  test('the rules name the workloads that may be activated, and nothing else is', async () => {
    const { issuer, pod } = await cluster()
    const workloads = [
      { issuer: issuer.url, subject: 'system:serviceaccount:acme:job-*' },
      { issuer: 'https://elsewhere.example', subject: '*' },
    ]
    const rules = { most: 9, self_releases: 0, most_days: 0, identities: 'asserted', workloads }
    expect(await done('PUT', `/v1/licenses/${license}/activation-rules`, rules)).toEqual(rules)
    expect(outcome(await pod('job-7'))).toBe(201)
    expect(outcome(await pod('api'))).toBe('403 WORKLOAD_NOT_ALLOWED')
    expect(outcome(await activate(withKey, { request: await (await device()).request() }))).toBe('422 WORKLOAD_TOKEN_MISSING')
  })

  test('while a platform cannot be asked nobody is refused for good, and one that cannot be reached at all has its keys in the file', async () => {
    const { issuer, token, pod, stop } = await cluster()
    issuer.broken.isAway = true
    expect(outcome(await pod('api'))).toBe('503 WORKLOAD_ISSUER_UNREACHABLE')
    issuer.broken.isAway = false
    issuer.broken.keys = `{"keys":[],"padding":"${'x'.repeat(1 << 19)}"}`
    expect(outcome(await pod('api'))).toBe('503 WORKLOAD_ISSUER_UNREACHABLE')
    delete issuer.broken.keys
    expect(outcome(await pod('api'))).toBe(201)
    stop()
    const offline = { issuer: issuer.url, audience: 'writ', jwks: { keys: [issuer.jwk] } }
    writeFileSync(workloadIssuersFile, JSON.stringify({ issuers: [offline] }))
    expect(outcome(await pod('api'))).toBe(201)
    for (const text of ['{', '{"issuers":[{"issuer":"x"}]}', '{"issuers":[{"issuer":"http://far.example","audience":"a"}]}']) {
      writeFileSync(workloadIssuersFile, text)
      expect([text, outcome(await pod('api'))]).toEqual([text, '503 WORKLOAD_ISSUER_UNREACHABLE'])
    }
    writeFileSync(workloadIssuersFile, '{"issuers":[]}')
    const answer = await activate(withKey, { request: await (await device()).request({ workload: await token('api') }) })
    expect(answer.body).toMatchObject({ code: 'WORKLOAD_TOKEN_REFUSED', fault: 'issuer' })
  })
})
