import { hash } from 'node:crypto'
import { type KyselyPlugin, type RawNode, sql } from 'kysely'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { lockMovable } from '../src/licenses/edition-move-store.ts'
import { DAY, kitTerms, useKit } from './kit.ts'
import { onBothStores } from './support.ts'

/** A larger `small`, no `open` any more, and without its repair. */
const second = kitTerms
  .replace('limit: 100 per month', 'limit: 250 per month')
  .replace('      fix: {}\n      query: {', '      query: {')
  .replace(/ {2}open:\n {4}title: Open\n.*\n/, '')

/** `small` gives no repair any more, and `open` does. */
const swapped = kitTerms
  .replace('      fix: {}\n      query: {', '      query: {')
  .replace('includes: { view: {}, export: {} }', 'includes: { view: {}, export: {}, fix: {} }')

const HOUR = 3_600_000

/** Answers with how the store would find what a written query asks for. */
const explaining: KyselyPlugin = {
  transformQuery({ node }) {
    const { sqlFragments, ...raw } = node as RawNode
    return { ...raw, sqlFragments: [`EXPLAIN ${sqlFragments[0]}`, ...sqlFragments.slice(1)] }
  },
  transformResult: async ({ result }) => result,
}

onBothStores('a newer edition', (open) => {
  const kit = useKit(open, { guardSecondPerson: 15 })
  const { done } = kit
  const issue = (id: string, plan: string, more: object = {}) =>
    done('POST', '/v1/licenses', { id, product: 'kit', plan, edition: 1, organization: 'acme', ...more })
  const move = (body: object = {}, query = '') => done('POST', `/v1/edition-moves${query}`, { product: 'kit', ...body })
  const edition = async (id: string): Promise<number> => (await done('GET', `/v1/licenses/${id}`)).edition

  beforeAll(async () => {
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex' })
    await kit.people('acme', 'ann', 'bea')
    await kit.people('globex', 'gus')
    await issue('M-1', 'small')
    await issue('M-2', 'small', { overrides: { includes: { fix: { assurance: 'otp' } } } })
    await issue('M-3', 'open')
    await issue('M-4', 'small', { organization: 'globex' })
    await issue('M-5', 'small')
    await done('POST', '/v1/licenses/M-5/revoke')
    await done('POST', '/v1/licenses/M-3/suspend')
    expect(await kit.ask('gus', 'export', { consume: { id: 'g', amount: 90 } })).toBe('allowed')
    await done('POST', '/v1/products/kit/editions', { terms: second })
  })

  // A day of its own for each: what was taken in steps before counts.
  beforeEach(() => kit.authority.authority.db.deleteFrom('unasked_losses').execute())

  test('is looked at before: who is on what, what changes for them, and who cannot go', async () => {
    const { moved, refused, preview, edition: to, next } = await move({}, '?dry_run=true')
    expect([moved, to, next]).toEqual([[], 2, undefined])
    expect(preview.map(({ consequences: _, ...group }: { consequences: unknown }) => group)).toEqual([
      { plan: 'open', edition: 1, licenses: 1, organizations: 1, identities: 2, stays: true },
      { plan: 'small', edition: 1, licenses: 3, organizations: 2, identities: 3 },
    ])
    const [, { consequences }] = preview
    const brief = consequences.map(({ type, direction, feature }: Record<string, string>) => `${direction} ${type} ${feature}`)
    expect(brief).toEqual(expect.arrayContaining(['narrows includes fix', 'widens limit export']))
    expect(consequences.every(({ plan }: { plan?: string }) => plan === undefined || plan === 'small')).toBe(true)
    expect(refused).toEqual([])
    expect(await edition('M-1')).toBe(1)
  })

  test('is told to those whom a plan or an edition is not there for', async () => {
    const code = async (body: object) => {
      const answer = await kit.call('POST', '/v1/edition-moves', { product: 'kit', ...body })
      return [answer.status, answer.body.code, answer.body.plans]
    }
    expect(await code({ plan: 'open' })).toEqual([422, 'PLAN_UNKNOWN', ['small', 'pool']])
    expect(await code({ edition: 9 })).toEqual([404, 'EDITION_UNKNOWN', undefined])
    expect(await code({ from: 9 })).toEqual([404, 'EDITION_UNKNOWN', undefined])
    expect(await code({ product: 'nothing' })).toEqual([404, 'PRODUCT_UNKNOWN', undefined])
    const one = await kit.call('POST', '/v1/licenses/M-3/change-plan', { plan: 'open' })
    expect([one.status, one.body.code, one.body.plans]).toEqual([422, 'PLAN_UNKNOWN', ['small', 'pool']])
  })

  test('takes licences in batches; who cannot go is named, and a batch sent again does nothing anew', async () => {
    const batches: { moved: string[]; refused: { license: string; code: string; plans?: string[] }[]; next?: string }[] = []
    for (let after: string | undefined; batches.length === 0 || after !== undefined; ) {
      const batch = await kit.call(
        'POST',
        '/v1/edition-moves',
        { product: 'kit', limit: 2, ...(after && { after }) },
        { 'idempotency-key': `move ${batches.length}` },
      )
      const again = await kit.call(
        'POST',
        '/v1/edition-moves',
        { product: 'kit', limit: 2, ...(after && { after }) },
        { 'idempotency-key': `move ${batches.length}` },
      )
      expect(again.text).toBe(batch.text)
      batches.push(batch.body)
      after = batch.body.next
    }
    expect(batches.flatMap(({ moved }) => moved)).toEqual(expect.arrayContaining(['M-1', 'M-4']))
    expect(batches.flatMap(({ refused }) => refused)).toContainEqual({
      license: 'M-3',
      code: 'PLAN_UNKNOWN',
      detail: 'the edition has no such plan: change its plan',
      plans: ['small', 'pool'],
    })
    expect([await edition('M-1'), await edition('M-3'), await edition('M-4'), await edition('M-5')]).toEqual([2, 1, 2, 1])
    const { items } = await done('GET', '/v1/audit?action=license.move_edition')
    expect(items.filter(({ subject }: { subject: string }) => subject === 'license:M-1')).toHaveLength(1)
  })

  test('leaves what was used used, and holds from the next decision on', async () => {
    expect(await kit.ask('gus', 'export', { consume: { id: 'g2', amount: 160 } })).toBe('allowed')
    expect(await kit.ask('gus', 'export', { consume: { id: 'g3', amount: 1 } })).toBe('quota_exhausted')
    expect(await kit.ask('gus', 'fix')).toBe('not_entitled')
  })

  test('keeps overrides that it takes, and refuses those that it does not', async () => {
    expect(await done('GET', '/v1/licenses/M-2')).toMatchObject({ edition: 2, overrides: { includes: { fix: { assurance: 'otp' } } } })
    await done('POST', '/v1/products/kit/editions', {
      terms: second.replace('  fix: { title: Fix, repair: true }\n', ''),
    })
    const { refused } = await move({ organization: 'acme' }, '?dry_run=true')
    expect(refused).toMatchObject([
      { license: 'M-2', code: 'OVERRIDES_INVALID', errors: [{ pointer: '/overrides/includes/fix', code: 'UNKNOWN_FEATURE' }] },
    ])
    expect(await move({ organization: 'acme', plan: 'small' })).toMatchObject({
      moved: ['M-1'],
      refused: [{ license: 'M-2', code: 'OVERRIDES_INVALID' }],
    })
    expect([await edition('M-1'), await edition('M-2'), await edition('M-4')]).toEqual([3, 2, 2])
  })

  test('is moved to by a limited credential only within its sight', async () => {
    const { key } = await done('POST', '/v1/api-keys', { name: 'narrow', scopes: ['manage:*'], organizations: ['globex'] })
    const call = kit.authority.as(key)
    const preview = await call('POST', '/v1/edition-moves?dry_run=true', { product: 'kit' })
    expect(preview.body.preview).toMatchObject([{ plan: 'small', licenses: 1, organizations: 1, identities: 1 }])
    expect((await call('POST', '/v1/edition-moves', { product: 'kit', organization: 'acme' })).body.code).toBe('ORGANIZATION_UNKNOWN')
    expect((await call('POST', '/v1/edition-moves', { product: 'kit' })).body).toMatchObject({ moved: ['M-4'], refused: [] })
  })

  /** Customers with so many keepers each, who lose `fix` by edition 2. */
  const customers = async (prefix: string, ...sizes: readonly number[]) => {
    for (const [index, size] of sizes.entries()) {
      const organization = `${prefix}${index}`
      await done('POST', '/v1/organizations', { id: organization, title: organization })
      await issue(`${prefix}-${index}`, 'small', { organization })
      for (let n = 0; n < size; n++) await keeper(organization, n)
    }
  }
  const keeper = (organization: string, n: number) =>
    done('POST', '/v1/identities', { id: `${organization}-${n}`, in: { [organization]: ['keeper'] } })
  const batch = (after?: string, headers?: Record<string, string>, call = kit.call) =>
    call('POST', '/v1/edition-moves', { product: 'kit', edition: 2, from: 1, plan: 'small', limit: 1, ...(after && { after }) }, headers)
  const confirming = (answer: { body: { confirmation: { token: string } } }) => ({ 'writ-confirmation': answer.body.confirmation.token })
  const keyOf = async (name: string) => {
    const { key } = await done('POST', '/v1/api-keys', { name, scopes: ['manage:licenses', 'manage:guard'] })
    return kit.authority.as(key)
  }

  test('is held whole, however small its batches are, confirmed once, and held again when it grew', async () => {
    await customers('w', 3, 3, 6)
    const weighed = vi.spyOn(kit.authority.authority.world, 'tried')
    const largest = () => Math.max(...weighed.mock.calls.splice(0).map(([facts]) => facts.length))
    const held = await batch()
    expect([held.status, held.body.code, held.body.impact.losing]).toEqual([409, 'CONFIRMATION_REQUIRED', 12])
    expect(await edition('w-0')).toBe(1)
    const first = await batch(undefined, confirming(held))
    expect([first.status, first.body.moved]).toEqual([200, ['w-0']])
    const whole = largest()
    // One that was cut off is begun anew, and goes on under the same word.
    const second = await batch()
    expect([second.status, second.body.moved]).toEqual([200, ['w-1']])
    // All of it is weighed when it is asked for, and not again with every batch.
    expect([whole, largest()]).toEqual([3, 1])
    await keeper('w2', 6)
    const grown = await batch(second.body.next)
    expect([grown.status, grown.body.code, grown.body.changed, grown.body.impact.losing]).toEqual([409, 'CONFIRMATION_REQUIRED', true, 7])
    const { key } = await done('POST', '/v1/api-keys', { name: 'another', scopes: ['manage:licenses'] })
    const other = await kit.authority.as(key)('POST', '/v1/edition-moves', { product: 'kit', edition: 2, from: 1, plan: 'small' })
    expect(other.body.code).toBe('CONFIRMATION_REQUIRED')
    expect((await batch(second.body.next, confirming(grown))).body.moved).toEqual(['w-2'])
  })

  test('that takes from a few is not held, is weighed once too, and is held when it grew beyond a few', async () => {
    await customers('l', 1, 1, 1)
    const weighed = vi.spyOn(kit.authority.authority.world, 'tried')
    const largest = () => Math.max(...weighed.mock.calls.splice(0).map(([facts]) => facts.length))
    const first = await batch()
    expect([first.body.moved, largest()]).toEqual([['l-0'], 3])
    const second = await batch(first.body.next)
    expect([second.body.moved, largest()]).toEqual([['l-1'], 1])
    for (let n = 1; n < 7; n++) await keeper('l2', n)
    const grown = await batch(second.body.next)
    expect([grown.status, grown.body.impact?.losing]).toEqual([409, 7])
    expect((await batch(second.body.next, confirming(grown))).body.moved).toEqual(['l-2'])
  })

  test('that takes a second person is confirmed by them once, and gone on with by whoever asked', async () => {
    await customers('s', 8, 8, 4)
    const [one, two] = [await keyOf('one'), await keyOf('two')]
    const held = await batch(undefined, undefined, one)
    const parked = await batch(undefined, confirming(held), one)
    expect([parked.status, parked.body.code, parked.body.impact.losing]).toEqual([409, 'CHANGE_PARKED', 20])
    expect((await two('POST', `/v1/parked-changes/${parked.body.parked_change}/confirm`)).status).toBe(200)
    expect(await edition('s-0')).toBe(2)
    const second = await batch(undefined, undefined, one)
    expect(second.body.moved).toEqual(['s-1'])
    expect((await batch(second.body.next, undefined, one)).body.moved).toEqual(['s-2'])
  })

  test('covers each of those whom it was confirmed for once: who is put back and moved again is asked about again', async () => {
    await customers('r', 4, 4)
    const back = (id: string) => done('POST', `/v1/licenses/${id}/change-plan`, { plan: 'small', edition: 1 })
    const held = await batch()
    expect((await batch(undefined, confirming(held))).body.moved).toEqual(['r-0'])
    await back('r-0')
    const again = await batch()
    expect([again.status, again.body.code, again.body.changed, again.body.impact?.losing]).toEqual([409, 'CONFIRMATION_REQUIRED', true, 8])
    expect((await batch(undefined, confirming(again))).body.moved).toEqual(['r-0'])
    expect((await batch()).body.moved).toEqual(['r-1'])
    // Whole: nothing of it is left, though nobody sent the end of it.
    for (const id of ['r-0', 'r-1']) await back(id)
    const whole = await batch()
    expect([whole.status, whole.body.impact?.losing]).toEqual([409, 8])
    for (const id of ['r-0', 'r-1']) await done('POST', `/v1/licenses/${id}/revoke?security=true`)
  })

  test('is confirmed of whoever loses something by each of several licences, whichever goes first', async () => {
    const less = kitTerms
      .replace('      export: { limit: 100 per month }\n      fix: {}\n', '')
      .replace('includes: { export: { limit: 500 per month } }', 'includes: {}')
      .replace('includes: { view: {}, export: {} }', 'includes: { view: {} }')
    const { edition: to } = await done('POST', '/v1/products/kit/editions', { terms: less, staged: true })
    await customers('d', 8)
    await issue('d-1', 'open', { organization: 'd0' })
    const next = (after?: string, headers?: Record<string, string>) =>
      kit.call('POST', '/v1/edition-moves', { product: 'kit', edition: to, organization: 'd0', limit: 1, ...(after && { after }) }, headers)
    const held = await next()
    expect([held.body.code, held.body.impact.losing]).toEqual(['CONFIRMATION_REQUIRED', 8])
    const first = await next(undefined, confirming(held))
    expect(first.body.moved).toEqual(['d-0'])
    const second = await next(first.body.next)
    expect([second.status, second.body.moved]).toEqual([200, ['d-1']])
    expect([await kit.ask('d0-1', 'view'), await kit.ask('d0-1', 'export')]).toEqual(['allowed', 'not_entitled'])
  })

  test('that one person confirms step by step takes a second one where all steps together do', async () => {
    await customers('x', 8, 8)
    const one = (organization: string, headers?: Record<string, string>) =>
      kit.call('POST', '/v1/edition-moves', { product: 'kit', edition: 2, organization }, headers)
    const first = await one('x0')
    expect([first.body.code, first.body.second_person]).toEqual(['CONFIRMATION_REQUIRED', undefined])
    expect((await one('x0', confirming(first))).status).toBe(200)
    const second = await one('x1')
    expect([second.body.impact.losing, second.body.second_person, second.body.confirmed_before]).toEqual([8, true, 8])
    expect((await one('x1', confirming(second))).body.code).toBe('CHANGE_PARKED')
    kit.now += DAY
    expect((await one('x1')).body.second_person).toBe(undefined)
    await done('POST', '/v1/licenses/x-1/revoke?security=true')
  })

  test('that one person confirmed counts on after a second one has confirmed another step: they were not shown it', async () => {
    await customers('y', 3, 8, 8, 8)
    const [asker, second] = [await keyOf('asker'), await keyOf('second')]
    const one = (organization: string, headers?: Record<string, string>) =>
      asker('POST', '/v1/edition-moves', { product: 'kit', edition: 2, organization }, headers)
    expect((await one('y1', confirming(await one('y1')))).status).toBe(200)
    expect((await one('y0')).body.moved).toEqual(['y-0'])
    const parked = await one('y2', confirming(await one('y2')))
    expect([parked.body.code, parked.body.impact.losing]).toEqual(['CHANGE_PARKED', 8])
    expect((await second('POST', `/v1/parked-changes/${parked.body.parked_change}/confirm`)).status).toBe(200)
    expect(await edition('y-2')).toBe(2)
    const next = (await one('y3')).body
    expect([next.second_person, next.confirmed_before, next.taken_before]).toEqual([true, 8, 3])
    await done('POST', '/v1/licenses/y-3/revoke?security=true')
  })

  test('is confirmed with those whom steps before took something from, and not when more came to them', async () => {
    await customers('z', 3, 3, 1)
    const one = (organization: string, headers?: Record<string, string>) =>
      kit.call('POST', '/v1/edition-moves', { product: 'kit', edition: 2, organization }, headers)
    expect((await one('z0')).status).toBe(200)
    const held = await one('z1')
    expect(held.body.taken_before).toBe(3)
    expect((await one('z2')).status).toBe(200)
    const again = await one('z1', confirming(held))
    expect([again.body.code, again.body.changed, again.body.taken_before]).toEqual(['CONFIRMATION_REQUIRED', true, 4])
    expect((await one('z1', confirming(again))).body.moved).toEqual(['z-1'])
  })

  test('is held for what a batch takes and a later one gives back, which is nobody of one customer whose licences go together', async () => {
    const { edition: to } = await done('POST', '/v1/products/kit/editions', { terms: swapped, staged: true })
    const next = (limit: number, more: object, headers?: Record<string, string>) =>
      kit.call('POST', '/v1/edition-moves', { product: 'kit', edition: to, from: 1, limit, ...more }, headers)
    await customers('h', 8)
    await issue('h-1', 'open', { organization: 'h0' })
    const held = await next(1, { organization: 'h0' })
    expect([held.status, held.body.code, held.body.impact?.losing, held.body.meanwhile?.losing]).toEqual([
      409,
      'CONFIRMATION_REQUIRED',
      0,
      8,
    ])
    expect(await kit.ask('h0-1', 'fix')).toBe('allowed')
    const first = await next(1, { organization: 'h0' }, confirming(held))
    expect([first.body.moved, await kit.ask('h0-1', 'fix')]).toEqual([['h-0'], 'not_entitled'])
    const second = await next(1, { organization: 'h0', after: first.body.next })
    expect([second.body.moved, await kit.ask('h0-1', 'fix')]).toEqual([['h-1'], 'allowed'])

    // Nobody else is on the way.
    for (const { id } of (await done('GET', '/v1/licenses?edition=1&product=kit&limit=200')).items)
      await done('POST', `/v1/licenses/${id}/revoke?security=true`)
    await customers('i', 8, 8)
    for (const n of [0, 1]) await issue(`i-${n + 2}`, 'open', { organization: `i${n}` })
    const one = await next(2, {})
    const other = await next(2, { after: one.body.next })
    expect([one.status, one.body.moved, other.status, other.body.moved]).toEqual([200, ['i-0', 'i-2'], 200, ['i-1', 'i-3']])
  })

  test('shows both those of the whole and those of a batch alone, whichever are more, and so does what is parked', async () => {
    const { edition: to } = await done('POST', '/v1/products/kit/editions', { terms: swapped, staged: true })
    await customers('b', 8, 6)
    await issue('b-9', 'open', { organization: 'b0' })
    const [asker, second] = [await keyOf('asker of both'), await keyOf('second of both')]
    const first = (headers?: Record<string, string>) =>
      asker('POST', '/v1/edition-moves', { product: 'kit', edition: to, from: 1, limit: 1 }, headers)
    const whose = (impact: { groups: { organization: string }[] } | undefined) => impact?.groups.map(({ organization }) => organization)
    const shown = ({ code, impact, meanwhile, losing }: Awaited<ReturnType<typeof first>>['body']) => [
      code,
      whose(impact),
      whose(meanwhile),
      losing,
    ]
    expect(shown((await first()).body)).toEqual(['CONFIRMATION_REQUIRED', ['b1'], ['b0'], 14])
    for (const n of [6, 7]) await keeper('b1', n)
    const held = await first()
    expect(shown(held.body)).toEqual(['CONFIRMATION_REQUIRED', ['b1'], ['b0'], 16])
    const parked = await first(confirming(held))
    expect(shown(parked.body)).toEqual(['CHANGE_PARKED', ['b1'], ['b0'], 16])
    const path = `/v1/parked-changes/${parked.body.parked_change}`
    const { impact, meanwhile, losing } = (await second('GET', path)).body
    expect([impact, meanwhile, losing]).toEqual([parked.body.impact, parked.body.meanwhile, 16])
    expect((await done('GET', '/v1/audit?action=change.park&limit=1')).items[0].detail.losing).toBe(16)
    expect((await second('POST', `${path}/confirm`)).status).toBe(200)
    expect([await edition('b-0'), await edition('b-9')]).toEqual([to, 1])
    for (const id of ['b-1', 'b-9']) await done('POST', `/v1/licenses/${id}/revoke?security=true`)
  })

  test('does not go on from where an older version would', async () => {
    const mark = hash('sha256', JSON.stringify(['/v1/edition-moves', [['product', 'kit']]]), 'base64url').slice(0, 12)
    const after = Buffer.from(JSON.stringify([mark, 'M-1', 'M-1'])).toString('base64url')
    const { status, body } = await kit.call('POST', '/v1/edition-moves', { product: 'kit', after })
    expect([status, body.code]).toEqual([400, 'CURSOR_INVALID'])
  })

  test('finds each batch by an index, and sorts nothing', async () => {
    for (const after of [undefined, ['acme', 'M-1'] as const]) {
      const rows = await kit.authority.authority.db.transaction().execute(async (tx) => {
        // A table of a few would be read whole.
        for (const way of ['seqscan', 'bitmapscan', 'sort']) await sql.raw(`SET LOCAL enable_${way} = off`).execute(tx)
        return lockMovable(tx.withPlugin(explaining) as typeof tx, { scopes: [] }, { product: 'kit', edition: 2 }, after, 10)
      })
      const plan = JSON.stringify(rows)
      expect([plan, plan.includes('Sort')]).toEqual([expect.stringContaining('licenses_whose'), false])
    }
  })

  test('is nothing that a change of plan within an edition waits for', async () => {
    await issue('n-1', 'small')
    await done('POST', '/v1/licenses/n-1/change-plan', { plan: 'pool', edition: 1 })
    expect(await kit.authority.authority.db.selectFrom('unasked_losses').selectAll().execute()).toEqual([])
    await done('POST', '/v1/licenses/n-1/revoke')
  })

  test('that was confirmed for a later hour of the day is gone on with once that has come', async () => {
    const { edition: to } = await done('POST', '/v1/products/kit/editions', {
      terms: kitTerms.replace('expiry: 3 days, ', ''),
      staged: true,
    })
    for (const organization of ['k0', 'k1']) {
      await done('POST', '/v1/organizations', { id: organization, title: organization })
      await issue(organization.replace('k', 'k-'), 'small', { organization, starts: '2026-11-01T00:00:00Z', ends: '2026-11-23T11:00:00Z' })
      for (let n = 0; n < 6; n++) await keeper(organization, n)
    }
    const next = (after?: string, headers?: Record<string, string>) =>
      kit.call('POST', '/v1/edition-moves', { product: 'kit', edition: to, from: 1, limit: 1, ...(after && { after }) }, headers)
    kit.now = Date.parse('2026-11-23T10:55:00Z')
    const held = await next()
    expect([held.body.code, held.body.impact?.losing, held.body.impact?.instants[0].at]).toEqual([
      'CONFIRMATION_REQUIRED',
      12,
      '2026-11-23T11:00:00Z',
    ])
    // The word of confirmation is good for it too.
    kit.now = Date.parse('2026-11-23T11:01:00Z')
    const first = await next(undefined, confirming(held))
    expect(first.body.moved).toEqual(['k-0'])
    kit.now += 3 * HOUR
    expect((await next(first.body.next)).body.moved).toEqual(['k-1'])
    expect(await kit.ask('k1-1')).toBe('license_expired')
  })

  test('one customer after another is held as all of them at once are', async () => {
    await customers('o', 3, 3)
    const one = (organization: string, headers?: Record<string, string>) =>
      kit.call('POST', '/v1/edition-moves', { product: 'kit', edition: 2, organization }, headers)
    expect((await one('o0')).body.moved).toEqual(['o-0'])
    const held = await one('o1')
    expect([held.status, held.body.code, held.body.impact?.losing, held.body.taken_before]).toEqual([409, 'CONFIRMATION_REQUIRED', 3, 3])
    const single = await kit.call('POST', '/v1/licenses/o-1/change-plan', { plan: 'small', edition: 2 })
    expect([single.status, single.body.code, single.body.taken_before]).toEqual([409, 'CONFIRMATION_REQUIRED', 3])
    // Nor is it another thing where the plan changes on the way.
    const other = await kit.call('POST', '/v1/licenses/o-1/change-plan', { plan: 'pool', edition: 2 })
    expect([other.status, other.body.code, other.body.taken_before]).toEqual([409, 'CONFIRMATION_REQUIRED', 3])
    expect((await one('o1', confirming(held))).body.moved).toEqual(['o-1'])
    // What was confirmed counts no more, and what was not for a day.
    await customers('q', 3, 3)
    expect((await one('q0')).status).toBe(200)
    kit.now += DAY
    expect((await one('q1')).status).toBe(200)
  })
})
