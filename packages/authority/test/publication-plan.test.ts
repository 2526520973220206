import { afterAll, beforeAll, expect, test } from 'vitest'
import { MONDAY, onBothStores, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

const terms = (limit: number, more = '') =>
  `terms: 1\nproduct: kit\ntitle: Kit\nassurance: { otp: { acr: urn:otp, any_of: [otp] } }\nfeatures: { view: { meter: views${more} } }\nmeters: { views: { unit: view } }\nroles: { viewer: [view] }\nplans: { basic: { includes: { view: { limit: ${limit} per month } } } }\n`

onBothStores('planning a publication', (open) => {
  const folder = scratchFolder()
  let authority: TestAuthority
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder, { clock: () => MONDAY })
    await authority.call('POST', '/v1/organizations', { id: 'acme', title: 'Acme' })
    await authority.call('POST', '/v1/organizations', { id: 'globex', title: 'Globex' })
  })
  afterAll(() => authority.close())
  const plan = (source: string) => authority.call('POST', '/v1/products/kit/editions/plan', { terms: source })
  const publish = (source: string, ifPlan?: string) =>
    authority.call('POST', '/v1/products/kit/editions', { terms: source, ...(ifPlan !== undefined && { if_plan: ifPlan }) })
  const license = (organization: string) => authority.call('POST', '/v1/licenses', { product: 'kit', plan: 'basic', organization })

  test('the first edition is planned without consequences, and planning makes nothing', async () => {
    const { status, body } = await plan(terms(10))
    expect([status, body]).toEqual([
      200,
      {
        product: 'kit',
        edition: 1,
        hash: expect.stringMatching(/^sha256:/),
        is_new: true,
        plan_hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        consequences: [],
        licenses: [],
        at_once: 0,
        warnings: [],
        sign_offs: [],
        unprovable: [],
      },
    ])
    expect((await authority.call('GET', '/v1/products/kit')).body.code).toBe('PRODUCT_UNKNOWN')
    expect((await publish(terms(10), body.plan_hash)).status).toBe(201)
  })

  test('a smaller limit is said to be, and takes nothing from licences that were sold', async () => {
    await license('acme')
    const { body } = await plan(terms(5))
    expect(body).toMatchObject({ base: { edition: 1 }, edition: 2, is_new: true, licenses: [{ edition: 1, count: 1 }], at_once: 0 })
    expect(body.consequences).toEqual([
      {
        type: 'limit',
        direction: 'narrows',
        effect: 'sold_or_moved',
        plan: 'basic',
        feature: 'view',
        before: '10 per month, hard',
        after: '5 per month, hard',
        sentence: 'basic: view from 10 to 5 per month (hard)',
      },
    ])
    expect((await publish(terms(5), body.plan_hash)).body.edition).toBe(2)
  })

  test('what is protective reaches every licence of every edition, except those that are revoked', async () => {
    await license('globex')
    const gone = (await license('globex')).body.id
    await authority.call('POST', `/v1/licenses/${gone}/revoke`)
    const { body } = await plan(terms(5, ', assurance: otp'))
    expect(body.consequences).toMatchObject([{ type: 'minimum', direction: 'narrows', effect: 'at_once', feature: 'view', after: 'otp' }])
    expect([body.licenses, body.at_once]).toEqual([
      [
        { edition: 2, count: 1 },
        { edition: 1, count: 1 },
      ],
      2,
    ])
  })

  test('the terms that are the newest edition are no change, and published as planned they stay it', async () => {
    const { body } = await plan(`# a comment\n${terms(5)}`)
    expect(body).toMatchObject({ is_new: false, edition: 2, consequences: [] })
    expect((await publish(terms(5), body.plan_hash)).status).toBe(200)
  })

  test('nothing is published but what was planned, onto the edition that it was planned for', async () => {
    const planned = (await plan(terms(7))).body.plan_hash
    const other = await publish(terms(8), planned)
    expect([other.status, other.body.code]).toEqual([409, 'PUBLICATION_PLAN_OUTDATED'])
    expect((await publish(terms(6))).body.edition).toBe(3)
    const late = await publish(terms(7), planned)
    expect([late.status, late.body.code]).toEqual([409, 'PUBLICATION_PLAN_OUTDATED'])
    expect((await authority.call('GET', '/v1/products/kit')).body.newest_edition).toBe(3)
    expect((await publish(terms(7), 'sha256:no')).body.code).toBe('REQUEST_INVALID')
  })

  test('of eight who publish one plan at once one makes the edition and the others find it made', async () => {
    const planned = (await plan(terms(9))).body.plan_hash
    const answers = await Promise.all(Array.from({ length: 8 }, () => publish(terms(9), planned)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201])
    expect(new Set(answers.map(({ body }) => body.edition))).toEqual(new Set([4]))
  })

  test('two editions are compared in either order', async () => {
    const there = await authority.call('GET', '/v1/products/kit/editions/1/diff/2')
    expect(there.body).toMatchObject({
      product: 'kit',
      before: { edition: 1 },
      after: { edition: 2 },
      consequences: [{ direction: 'narrows' }],
    })
    const back = await authority.call('GET', '/v1/products/kit/editions/2/diff/1')
    expect(back.body.consequences).toMatchObject([{ direction: 'widens', before: '5 per month, hard', after: '10 per month, hard' }])
    expect((await authority.call('GET', '/v1/products/kit/editions/1/diff/1')).body.consequences).toEqual([])
    expect((await authority.call('GET', '/v1/products/kit/editions/1/diff/99')).body.code).toBe('EDITION_UNKNOWN')
    expect((await authority.call('GET', '/v1/products/other/editions/1/diff/2')).body.code).toBe('PRODUCT_UNKNOWN')
  })

  test('an edition is read as a contract, with its number and hash on top', async () => {
    const { status, headers, text } = await authority.call('GET', '/v1/products/kit/editions/2/contract')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/markdown; charset=utf-8'])
    const { hash } = (await authority.call('GET', '/v1/products/kit/editions/2')).body
    expect(text.split('\n').slice(0, 5)).toEqual(['# Kit', '', '**Edition 2** of the terms of kit', '', `\`${hash}\``])
    expect(text).toContain('up to 5 (unit: view) in each month of the licence. More is refused.')
    expect((await authority.call('GET', '/v1/products/kit/editions/99/contract')).body.code).toBe('EDITION_UNKNOWN')
  })

  test('faulty terms and those of another product are not planned', async () => {
    expect((await plan('terms: 1\nproduct: kit\nplans: 3\n')).body).toMatchObject({ status: 422, code: 'TERMS_INVALID' })
    expect((await plan(terms(1).replace('product: kit', 'product: kat'))).body.code).toBe('PRODUCT_MISMATCH')
  })

  test('a key of a pipeline sees its product alone, and one limited to customers learns of no licences', async () => {
    const keyFor = async (more: object) =>
      authority.as((await authority.call('POST', '/v1/api-keys', { name: 'ci', scopes: ['manage:catalog'], ...more })).body.key)
    const ofKit = await keyFor({ products: ['kit'] })
    expect((await ofKit('POST', '/v1/products/kit/editions/plan', { terms: terms(4) })).status).toBe(200)
    const ofOther = await keyFor({ products: ['other'] })
    for (const [method, path, body] of [
      ['POST', '/v1/products/kit/editions/plan', { terms: terms(4) }],
      ['GET', '/v1/products/kit/editions/1/diff/2', undefined],
      ['GET', '/v1/products/kit/editions/1/contract', undefined],
    ] as const) {
      const refused = await ofOther(method, path, body)
      expect([refused.status, refused.body.code]).toEqual([404, 'PRODUCT_UNKNOWN'])
    }
    const ofAcme = await keyFor({ organizations: ['acme'] })
    expect((await ofAcme('POST', '/v1/products/kit/editions/plan', { terms: terms(4) })).body.code).toBe('REACH_TOO_NARROW')
    const asking = authority.as((await authority.call('POST', '/v1/api-keys', { name: 'app', scopes: ['decide'] })).body.key)
    expect((await asking('POST', '/v1/products/kit/editions/plan', { terms: terms(4) })).status).toBe(403)
  })
})
