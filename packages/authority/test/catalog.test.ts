import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MONDAY, onBothStores, scratchFolder, startAuthority, type TestAuthority } from './support.ts'

const atlas = readFileSync(new URL('../../../examples/atlas.terms.yaml', import.meta.url), 'utf8')
const small = (product: string, title: string): string =>
  `terms: 1\nproduct: ${product}\ntitle: ${title}\nfeatures: { view: { title: View } }\nroles: { viewer: [view] }\nplans: { basic: { title: Basic, includes: { view: {} } } }\n`

onBothStores('the catalog', (open) => {
  const folder = scratchFolder()
  let authority: TestAuthority
  let call: TestAuthority['call']
  beforeAll(async () => {
    authority = await startAuthority(await open(), folder, { clock: () => MONDAY })
    call = authority.call
  })
  afterAll(() => authority.close())
  const publish = (product: string, terms: string, query = '') => call('POST', `/v1/products/${product}/editions${query}`, { terms })
  const revision = async (): Promise<number> => (await call('GET', '/v1/audit?limit=1')).body.items[0].revision

  test('terms are published, and World has the edition when the answer comes', async () => {
    const made = await publish('atlas', atlas)
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe('/v1/products/atlas/editions/1')
    expect(made.body).toMatchObject({
      product: 'atlas',
      edition: 1,
      title: 'Atlas Analytics',
      published_at: '2026-11-23T09:00:00Z',
      warnings: [],
    })
    expect(made.body.hash).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(authority.authority.world.product('atlas')?.newest.plans.has('enterprise_vault')).toBe(true)
  })

  test('an edition is read with its canonical form and with the text as it was published', async () => {
    const { body } = await call('GET', '/v1/products/atlas/editions/1')
    expect(body.source).toBe(atlas)
    expect(JSON.parse(body.terms)).toMatchObject({ product: 'atlas' })
    expect((await call('GET', '/v1/products/atlas')).body).toEqual({
      id: 'atlas',
      title: 'Atlas Analytics',
      newest_edition: 1,
      published_at: '2026-11-23T09:00:00Z',
    })
  })

  test('the same terms again, or with another comment, change nothing', async () => {
    const before = await revision()
    const [first, ...later] = [await publish('atlas', atlas), await publish('atlas', `# for our lawyers\n${atlas}`)]
    expect(first?.status).toBe(200)
    for (const { status, body } of later) expect([status, body]).toEqual([200, first?.body])
    expect(first?.body.edition).toBe(1)
    expect(await revision()).toBe(before)
    expect((await call('GET', '/v1/products/atlas/editions')).body.items).toHaveLength(1)
  })

  test('a retried publication is answered as before, also after another edition came', async () => {
    const key = { 'idempotency-key': 'once' }
    const body = { terms: small('retried', 'One') }
    const first = await call('POST', '/v1/products/retried/editions', body, key)
    const same = await call('POST', '/v1/products/retried/editions', body, { 'idempotency-key': 'same' })
    expect([first.status, same.status]).toEqual([201, 200])
    await publish('retried', small('retried', 'Two'))
    expect((await call('POST', '/v1/products/retried/editions', body, key)).body).toEqual(first.body)
    const again = await call('POST', '/v1/products/retried/editions', body, { 'idempotency-key': 'same' })
    expect([again.status, again.body]).toEqual([200, same.body])
    expect((await call('GET', '/v1/products/retried')).body.newest_edition).toBe(2)
  })

  test('an earlier text is an edition of its own when another came between', async () => {
    const editions: number[] = []
    for (const title of ['One', 'Two', 'One']) editions.push((await publish('back', small('back', title))).body.edition)
    expect(editions).toEqual([1, 2, 3])
  })

  test('faulty terms are refused with every fault at its place, and nothing is stored', async () => {
    const faulty =
      'terms: 1\nproduct: faulty\ntitle: Faulty\nfeatures:\n  view: { titel: View }\nplans:\n  basic:\n    includes: { vieew: {}, view: { limit: 5 per fortnight } }\n'
    const { status, body } = await publish('faulty', faulty)
    expect([status, body.code]).toEqual([422, 'TERMS_INVALID'])
    const found = body.findings.map(({ code, line, column }: Record<string, unknown>) => `${line}:${column} ${code}`)
    expect(found).toEqual(['5:11 UNKNOWN_KEY', '8:17 UNKNOWN_FEATURE', '8:43 BAD_LIMIT'])
    expect(body.findings[0]).toMatchObject({ severity: 'error', message: expect.any(String), suggestion: expect.stringContaining('title') })
    expect((await call('GET', '/v1/products/faulty')).body.code).toBe('PRODUCT_UNKNOWN')
  })

  test('what can never hold is a warning and is published', async () => {
    const { status, body } = await publish(
      'warned',
      small('warned', 'W').replace('roles: { viewer: [view] }', 'roles: { viewer: [view], idle: [gone.*] }'),
    )
    expect(status).toBe(201)
    expect(body.warnings.length).toBeGreaterThan(0)
    expect(body.warnings[0]).toMatchObject({ severity: 'warning', line: 5 })
  })

  test('terms of another product are refused', async () => {
    const { status, body } = await publish('borealis', atlas)
    expect([status, body.code]).toEqual([422, 'PRODUCT_MISMATCH'])
  })

  test('a dry run answers as the publication would, and publishes nothing', async () => {
    const dry = await publish('dry', small('dry', 'Dry'), '?dry_run=true')
    expect([dry.status, dry.body.edition]).toEqual([201, 1])
    expect((await call('GET', '/v1/products/dry')).status).toBe(404)
    expect((await publish('dry', small('dry', 'Dry'))).body).toEqual(dry.body)
  })

  test('eight who publish different terms at once get eight consecutive editions', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => publish('race', small('race', `Race ${i}`))))
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201))
    expect(answers.map(({ body }) => body.edition).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    const { body } = await call('GET', '/v1/products/race/editions')
    expect(body.items.map(({ edition, title }: Record<string, unknown>) => [edition, title])).toEqual(
      answers.map(({ body: { edition, title } }) => [edition, title]).sort(([a], [b]) => b - a),
    )
    expect(authority.authority.world.product('race')?.newestEdition).toBe(8)
  })

  test('eight who publish the same terms at once make one edition', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => publish('alike', small('alike', 'Alike'))))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201])
    expect(new Set(answers.map(({ body }) => body.edition))).toEqual(new Set([1]))
  })

  test('editions and products come in pages', async () => {
    const first = await call('GET', '/v1/products/race/editions?limit=5')
    const second = await call('GET', `/v1/products/race/editions?limit=5&after=${first.body.next}`)
    expect([...first.body.items, ...second.body.items].map(({ edition }) => edition)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
    const products = await call('GET', '/v1/products?limit=2')
    expect(products.body.items.map(({ id }: { id: string }) => id)).toEqual(['alike', 'atlas'])
    expect((await call('GET', `/v1/products?limit=1&after=${products.body.next}`)).body.items[0].id).toBe('back')
  })

  test('what is not there is 404', async () => {
    for (const path of ['nothing', 'nothing/editions', 'nothing/editions/1']) {
      const { status, body } = await call('GET', `/v1/products/${path}`)
      expect([status, body.code]).toEqual([404, 'PRODUCT_UNKNOWN'])
    }
    expect((await call('GET', '/v1/products/atlas/editions/99')).body.code).toBe('EDITION_UNKNOWN')
  })

  test('a credential limited to a product sees no other, and one limited to organizations does not publish', async () => {
    const keyFor = async (more: object) =>
      authority.as((await call('POST', '/v1/api-keys', { name: 'narrow', scopes: ['manage:catalog'], ...more })).body.key)
    const ofAtlas = await keyFor({ products: ['atlas'] })
    expect((await ofAtlas('GET', '/v1/products')).body.items.map(({ id }: { id: string }) => id)).toEqual(['atlas'])
    expect((await ofAtlas('GET', '/v1/products/race')).body.code).toBe('PRODUCT_UNKNOWN')
    expect((await ofAtlas('POST', '/v1/products/race/editions', { terms: small('race', 'Mine') })).status).toBe(404)
    const ofAcme = await keyFor({ organizations: ['acme'] })
    const refused = await ofAcme('POST', '/v1/products/race/editions', { terms: small('race', 'Mine') })
    expect([refused.status, refused.body.code]).toEqual([403, 'REACH_TOO_NARROW'])
  })

  test('a publication is audited with its edition and hash', async () => {
    const { body } = await call('GET', '/v1/audit?action=edition.publish&subject=product:atlas')
    expect(body.items).toHaveLength(1)
    expect(body.items[0].detail).toEqual({ edition: 1, hash: expect.stringMatching(/^sha256:/) })
  })

  test('a comment with a character that the store does not take is published without it', async () => {
    const { status } = await publish('nul', `${small('nul', 'Nul')}# \0 \ud800\n`)
    expect(status).toBe(201)
    expect((await call('GET', '/v1/products/nul/editions/1')).body.source).toContain('# \ufffd \ufffd')
  })

  test('terms near a mebibyte are read, beyond it they are refused by name', async () => {
    const padded = (size: number) => `${small('large', 'Large')}#${'"'.repeat(size)}\n`
    expect((await publish('large', padded(1_000_000))).status).toBe(201)
    const { status, body } = await publish('large', padded(1_100_000))
    expect([status, body.findings[0].code]).toEqual([422, 'SOURCE_TOO_LARGE'])
  })
})
