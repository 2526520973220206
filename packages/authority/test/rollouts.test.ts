import { beforeAll, expect, test, vi } from 'vitest'
import { dropOldDecisions } from '../src/decisions/retention.ts'
import { isChosen } from '../src/rollouts/chosen.ts'
import { DAY, kitTerms, useKit } from './kit.ts'
import { onBothStores } from './support.ts'

/** In `small` views want a proof, exports are counted by the day and there are no repairs any more; `open` has them. There is no `pool`. */
const second = kitTerms
  .replace('view: {}\n      export: { limit: 100 per month }', 'view: { assurance: password }\n      export: { limit: 50 per day }')
  .replace('      fix: {}\n      query: {', '      query: {')
  .replace('includes: { view: {}, export: {} }', 'includes: { view: {}, export: {}, fix: {} }')
  .replace(/ {2}pool:\n(?: {4}.*\n)+/, '')

const SECOND_PERSON = 45
/** For what comes by itself on a machine that has much else to do. */
const LONG = { timeout: 60_000 }

onBothStores('a roll-out', (open) => {
  const kit = useKit(open, { guardSecondPerson: SECOND_PERSON })
  const { done } = kit
  const rollouts = '/v1/products/kit/rollouts'
  let id = ''
  const show = () => done('GET', `${rollouts}/${id}`)
  const differences = async (query = '') => {
    const { items } = await done('GET', `${rollouts}/${id}/differences${query}`)
    return items.map(({ license, feature, kind, before, after, counted }: Record<string, string>) =>
      [license, feature, kind, before, after, counted].join(' '),
    )
  }
  const exporting = (identity: string, amount: number, n: number) => kit.ask(identity, 'export', { consume: { id: `c-${n}`, amount } })

  beforeAll(async () => {
    await done('POST', '/v1/organizations', { id: 'globex', title: 'Globex' })
    await kit.people('acme', 'ann')
    await done('POST', '/v1/identities', { id: 'kai', in: { globex: ['keeper'] } })
    await done('POST', '/v1/licenses', { id: 'R-1', product: 'kit', plan: 'small', organization: 'acme', starts: '2026-11-01T00:00:00Z' })
    await done('POST', '/v1/licenses', { id: 'R-2', product: 'kit', plan: 'open', organization: 'globex' })
    kit.now -= DAY
    expect(await exporting('ann', 10, 0)).toBe('allowed')
    kit.now += DAY
  })

  test('is of an edition that is published and not what new licences get', async () => {
    const published = await done('POST', '/v1/products/kit/editions', { terms: second, staged: true })
    expect(published).toMatchObject({ edition: 2, staged: true })
    expect((await kit.call('POST', '/v1/products/kit/editions', { terms: second, staged: true })).status).toBe(200)
    expect((await done('GET', '/v1/products/kit')).newest_edition).toBe(1)
    expect((await done('POST', '/v1/licenses', { id: 'R-0', product: 'kit', plan: 'open', organization: 'globex' })).edition).toBe(1)
    await done('POST', '/v1/licenses/R-0/revoke')
    expect(await kit.ask('ann')).toBe('allowed')
    const first = await kit.call('POST', '/v1/products/other/editions', {
      terms: kitTerms.replace('product: kit', 'product: other'),
      staged: true,
    })
    expect([first.status, first.body.code]).toEqual([409, 'NOTHING_TO_STAGE_ON'])
  })

  test('begins once, and nothing else becomes the newest edition while it runs', async () => {
    const { revision } = kit.authority.authority.feed
    await done('POST', `${rollouts}?dry_run=true`, { edition: 2 })
    expect([kit.authority.authority.feed.revision, (await done('GET', rollouts)).items]).toEqual([revision, []])
    const started = await done('POST', rollouts, { edition: 2 })
    id = started.id
    expect(started).toMatchObject({ edition: 2, stage: 'shadow', percent: 0, sample_percent: 100 })
    const codes: string[] = []
    for (const body of [{ edition: 2 }, { edition: 7 }]) codes.push((await kit.call('POST', rollouts, body)).body.code)
    codes.push((await kit.call('POST', '/v1/products/kit/editions', { terms: kitTerms.replace('title: Kit', 'title: Kat') })).body.code)
    expect(codes).toEqual(['ROLLOUT_RUNNING', 'EDITION_UNKNOWN', 'ROLLOUT_RUNNING'])
  })

  test('answers as ever, and tells what would be answered otherwise', async () => {
    expect([await kit.ask('ann'), await kit.ask('ann'), await kit.ask('kai', 'fix'), await kit.ask('kai')]).toEqual([
      'allowed',
      'allowed',
      'not_entitled',
      'allowed',
    ])
    const evaluation = { subject: { type: 'user', id: 'ann' }, action: { name: 'kit:view' }, resource: { type: 'product', id: 'kit' } }
    expect((await done('POST', '/access/v1/evaluation', evaluation)).decision).toBe(true)
    expect(await differences()).toEqual(['R-1 kit:view refused allowed step_up_required 3', 'R-2 kit:fix allowed not_entitled allowed 1'])
    expect(await differences('?kind=allowed')).toEqual(['R-2 kit:fix allowed not_entitled allowed 1'])
    const [{ organization, examples, first_seen }] = (await done('GET', `${rollouts}/${id}/differences`)).items
    expect([organization, first_seen, examples.length]).toEqual(['acme', '2026-11-23T09:00:00Z', 3])
    expect(examples[0]).toMatchObject({ identity: 'ann', at: first_seen, request_id: expect.any(String), revision: expect.any(Number) })
    expect(await show()).toMatchObject({
      compared: { evaluated: 5, differing: 4, passed_over: 0, unsure: 0, dropped: 0, failed: 0 },
      differences: [
        { kind: 'refused', before: 'allowed', after: 'step_up_required', licenses: 1, counted: 3 },
        { kind: 'allowed', before: 'not_entitled', after: 'allowed', licenses: 1, counted: 1 },
      ],
    })
  })

  test('counts by the new edition what was used before, to the unit, and spends nothing', async () => {
    // A day of its own in the new edition: the 10 of yesterday are in the month and not in it.
    const asked = [await exporting('ann', 48, 1), await exporting('ann', 2, 2), await exporting('ann', 1, 3), await exporting('ann', 1, 3)]
    expect(asked).toEqual(['allowed', 'allowed', 'allowed', 'allowed'])
    expect(await differences('?feature=kit:export')).toEqual(['R-1 kit:export refused allowed quota_exhausted 1'])
    expect((await show()).compared).toMatchObject({ unsure: 0, failed: 0 })
    const meters = (await done('GET', '/v1/usage?license=R-1')).meters
    expect(meters.map(({ meter, used }: Record<string, unknown>) => [meter, used])).toEqual([['exports', 61]])
    expect(await exporting('ann', 39, 4)).toBe('allowed')
    expect(await exporting('ann', 1, 5)).toBe('quota_exhausted')
  })

  test('counts by a window of the new edition from the first question that hangs on it, and says of that one that it was not sure', async () => {
    await done('POST', '/v1/organizations', { id: 'late', title: 'Late' })
    await kit.people('late', 'lea')
    await done('POST', '/v1/licenses', { id: 'R-3', product: 'kit', plan: 'small', organization: 'late', starts: '2026-11-01T00:00:00Z' })
    // Asks what it may and takes nothing: no commit locks the counter of the day for it.
    const ask = () =>
      kit.done('POST', '/access/v1/evaluation', {
        subject: { type: 'user', id: 'lea' },
        action: { name: 'kit:export' },
        resource: { type: 'product', id: 'kit' },
      })
    await ask()
    const { unsure, evaluated } = (await show()).compared
    expect(unsure).toBe(1)
    await vi.waitFor(async () => {
      await ask()
      expect((await show()).compared.evaluated).toBeGreaterThan(evaluated)
    }, LONG)
    expect(await exporting('lea', 50, 10)).toBe('allowed')
    await ask()
    expect(await differences('?license=R-3')).toEqual(['R-3 kit:export refused allowed quota_exhausted 1'])
  })

  test('changes no answer when it fails', async () => {
    const before = (await show()).compared
    const broken = vi.spyOn(kit.authority.authority.world, 'tried').mockImplementation(() => {
      throw new Error('broken')
    })
    expect([await kit.ask('ann'), await exporting('ann', 1, 6)]).toEqual(['allowed', 'quota_exhausted'])
    broken.mockRestore()
    expect((await show()).compared).toEqual({ ...before, failed: before.failed + 2 })
  })

  test('is seen by whoever sees its product, and every organization', async () => {
    const as = async (more: object) =>
      kit.authority.as((await done('POST', '/v1/api-keys', { name: 'limited', scopes: ['manage:*'], ...more })).key)
    const codes: string[] = []
    for (const call of [await as({ organizations: ['acme'] }), await as({ products: ['other'] })])
      for (const path of [rollouts, `${rollouts}/${id}`, `${rollouts}/${id}/differences`]) codes.push((await call('GET', path)).body.code)
    expect(codes).toEqual([...Array(3).fill('REACH_TOO_NARROW'), ...Array(3).fill('PRODUCT_UNKNOWN')])
    expect((await kit.call('GET', `${rollouts}/rol_none`)).body.code).toBe('ROLLOUT_UNKNOWN')
  })

  test('names who asked to whoever may read decisions, and no longer than these are kept', async () => {
    const { key } = await done('POST', '/v1/api-keys', { name: 'sees terms', scopes: ['manage:catalog'] })
    const named = async (call = kit.call) =>
      (await call('GET', `${rollouts}/${id}/differences`)).body.items.map(({ examples }: { examples: unknown[] }) => examples.length > 0)
    const before = await named()
    expect([before.includes(false), (await named(kit.authority.as(key))).includes(true)]).toEqual([false, false])
    const { db, config } = kit.authority.authority
    await dropOldDecisions({ db, clock: () => kit.now + 2 * DAY, config: { ...config, decisionDays: 1 } })
    expect(await named()).toEqual(before.map(() => false))
  })

  test('keeps what was compared when it is rolled back, and compares no more', async () => {
    const before = (await show()).compared
    expect(await done('POST', `${rollouts}/${id}/roll-back`)).toMatchObject({ stage: 'rolled_back', percent: 0 })
    expect((await done('POST', `${rollouts}/${id}/roll-back`)).stage).toBe('rolled_back')
    expect(await kit.ask('ann')).toBe('allowed')
    expect((await settled()).compared).toEqual(before)
    for (const [verb, body] of [
      ['raise', { percent: 5 }],
      ['promote', undefined],
    ] as const)
      expect((await kit.call('POST', `${rollouts}/${id}/${verb}`, body)).body.code).toBe('ROLLOUT_OVER')
  })

  const settled = () =>
    vi.waitFor(async () => {
      const shown = await show()
      expect(shown.is_moving).toBe(false)
      return shown
    }, LONG)
  /** Keeps the node from moving anybody by itself, also when its time comes. */
  const asleep = () => {
    const { authority } = kit.authority
    const turn = authority.mover.turn.bind(authority.mover)
    const spy = vi.spyOn(authority.mover, 'turn').mockResolvedValue()
    return { turn: () => turn(authority), awake: () => spy.mockRestore() }
  }
  const many = Array.from({ length: 24 }, (_, i) => `S-${String(i).padStart(2, '0')}`)
  const on = async (edition: number) => {
    const { items } = await done('GET', `/v1/licenses?edition=${edition}&product=kit&limit=200`)
    return items.map((license: { id: string }) => license.id).filter((each: string) => each.startsWith('S-'))
  }
  const chosen = (percent: number) => many.filter((each) => isChosen(id, each, percent * 100))

  test('moves a share that hangs on ids alone, and a larger one has all of it', async () => {
    for (const each of many) await done('POST', '/v1/licenses', { id: each, product: 'kit', plan: 'open', organization: 'globex' })
    id = (await done('POST', rollouts, { edition: 2 })).id
    const { revision } = kit.authority.authority.feed
    const dry = await kit.call('POST', `${rollouts}/${id}/raise?dry_run=true`, { percent: 30 })
    expect([dry.status, dry.headers.has('writ-impact'), kit.authority.authority.feed.revision]).toEqual([200, true, revision])
    expect(await done('POST', `${rollouts}/${id}/raise`, { percent: 30 })).toMatchObject({
      stage: 'percentage',
      percent: 30,
      is_moving: true,
    })
    expect((await settled()).moves.moved).toBeGreaterThan(0)
    const first = await on(2)
    expect(first).toEqual(chosen(30))
    await done('POST', `${rollouts}/${id}/raise`, { percent: 60.5 })
    await settled()
    expect(await on(2)).toEqual(chosen(60.5))
    expect(await on(2)).toEqual(expect.arrayContaining(first))
    expect(chosen(60.5).length).toBeGreaterThan(first.length)
    expect((await kit.call('POST', `${rollouts}/${id}/raise`, { percent: 60 })).body.code).toBe('ROLLOUT_SHARE_FALLS')
    // Still what new licences get.
    expect((await done('GET', '/v1/products/kit')).newest_edition).toBe(1)
    const { items } = await done('GET', `/v1/audit?action=license.move_edition&subject=license:${first[0]}`)
    expect(items).toMatchObject([{ subject: `license:${first[0]}`, detail: { from: 1, edition: 2 } }])
  })

  test('takes back those that it moved, to where they were, and nobody whom somebody put elsewhere or there', async () => {
    const [gone, ...moved] = chosen(60.5) as [string, ...string[]]
    const [pilot] = many.filter((each) => !chosen(60.5).includes(each)) as [string]
    await done('POST', `/v1/licenses/${gone}/change-plan`, { plan: 'small', edition: 1 })
    await done('POST', `/v1/licenses/${pilot}/change-plan`, { plan: 'open', edition: 2 })
    await done('POST', `${rollouts}/${id}/roll-back`)
    const { moves, stage } = await settled()
    expect([stage, moves.moved, moves.elsewhere]).toEqual(['rolled_back', 0, 1])
    expect(await on(2)).toEqual([pilot])
    const { items } = await done('GET', `${rollouts}/${id}/moves?state=elsewhere`)
    expect(items).toMatchObject([{ license: gone, from: 1, state: 'elsewhere' }])
    expect(moves.back).toBeGreaterThanOrEqual(moved.length)
    await done('POST', `/v1/licenses/${pilot}/change-plan`, { plan: 'open', edition: 1 })
    await done('POST', `/v1/licenses/${gone}/change-plan`, { plan: 'open', edition: 1 })
  })

  test('leaves alone who is on a later edition, was put back or there by name, and keeps others waiting until nobody is on their way', async () => {
    const { authority } = kit.authority
    await done('POST', '/v1/products/kit/editions', { terms: second.replace('title: Kit', 'title: Kit 3'), staged: true })
    id = (await done('POST', rollouts, { edition: 2 })).id
    const [later, again, back] = chosen(90) as [string, string, string]
    await done('POST', `/v1/licenses/${later}/change-plan`, { plan: 'open', edition: 3 })
    const { turn, awake } = asleep()
    await done('POST', `${rollouts}/${id}/raise`, { percent: 90 })
    const edition = authority.world.product('kit')?.editions
    const known = edition?.get(2)
    edition?.delete(2)
    await expect(turn()).rejects.toMatchObject({ code: 'EDITION_UNKNOWN' })
    if (known !== undefined) edition?.set(2, known)
    expect(await show()).toMatchObject({ is_moving: true, moves: { stays: 0, moved: 0 } })
    // Another node moves one, and somebody puts it back, while this one is about to.
    const { mutate } = authority
    const meanwhile = vi.spyOn(authority, 'mutate').mockImplementationOnce(async (...of) => {
      const move = { rollout_id: id, license_id: back, from_edition: 1, state: 'elsewhere', code: null, at: kit.now } as const
      await authority.db.insertInto('rollout_moves').values(move).execute()
      return mutate(...of)
    })
    await turn()
    meanwhile.mockRestore()
    expect([await on(3), (await on(2)).includes(back), (await on(2)).includes(again)]).toEqual([[later], false, true])

    for (const edition of [1, 2]) await done('POST', `/v1/licenses/${again}/change-plan`, { plan: 'open', edition })
    await done('POST', `${rollouts}/${id}/roll-back`)
    const codes: string[] = []
    codes.push((await kit.call('POST', rollouts, { edition: 3 })).body.code)
    codes.push((await kit.call('POST', '/v1/products/kit/editions', { terms: kitTerms.replace('title: Kit', 'title: Kat') })).body.code)
    expect(codes).toEqual(['ROLLOUT_RUNNING', 'ROLLOUT_RUNNING'])
    await turn()
    awake()
    expect([await on(2), await on(3)]).toEqual([[again], [later]])
    for (const each of [again, later]) await done('POST', `/v1/licenses/${each}/change-plan`, { plan: 'open', edition: 1 })
  })

  test('is held in small steps as in a large one, since those before count', async () => {
    for (let i = 0; i < 9; i++) {
      await done('POST', '/v1/organizations', { id: `tiny-${i}`, title: 'Tiny' })
      await done('POST', '/v1/identities', { id: `tiny-keeper-${i}`, in: { [`tiny-${i}`]: ['keeper'] } })
      await done('POST', '/v1/licenses', { id: `T-${i}`, product: 'kit', plan: 'small', organization: `tiny-${i}` })
    }
    id = (await done('POST', rollouts, { edition: 2 })).id
    const codes: string[] = []
    for (let percent = 5; percent <= 100 && !codes.includes('CONFIRMATION_REQUIRED'); percent += 5) {
      const { status, body } = await kit.call('POST', `${rollouts}/${id}/raise`, { percent })
      codes.push(status === 200 ? '' : body.code)
      await settled()
    }
    expect(codes.at(-1)).toBe('CONFIRMATION_REQUIRED')
    await done('POST', `${rollouts}/${id}/roll-back`)
    await settled()
  })

  test('is held as a whole when it takes something from more than a few, and is promoted once somebody has seen from whom', async () => {
    await done('POST', '/v1/organizations', { id: 'big', title: 'Big' })
    for (let i = 0; i < 7; i++) await done('POST', '/v1/identities', { id: `keeper-${i}`, in: { big: ['keeper'] } })
    await done('POST', '/v1/licenses', { id: 'B-1', product: 'kit', plan: 'small', organization: 'big' })
    await done('POST', '/v1/licenses', { id: 'P-1', product: 'kit', plan: 'pool', organization: 'late' })
    id = (await done('POST', rollouts, { edition: 2 })).id
    // This node has not heard of the edition yet: it waits until it has.
    const { feed, world } = kit.authority.authority
    const editions = world.product('kit')?.editions
    const known = editions?.get(2)
    editions?.delete(2)
    const catchesUp = vi.spyOn(feed, 'reached').mockImplementationOnce(async () => void (known && editions?.set(2, known)))
    const held = await kit.call('POST', `${rollouts}/${id}/promote`)
    catchesUp.mockRestore()
    expect([held.status, held.body.code, held.body.impact.losing]).toEqual([
      409,
      'CONFIRMATION_REQUIRED',
      expect.toSatisfy((n: number) => n >= 7),
    ])
    expect((await done('GET', '/v1/products/kit')).newest_edition).toBe(1)

    // This node stops before it moves anybody; the next turn goes on.
    const { turn, awake } = asleep()
    const promoted = await kit.call('POST', `${rollouts}/${id}/promote`, undefined, { 'writ-confirmation': held.body.confirmation.token })
    expect([promoted.status, promoted.body.stage, promoted.body.is_moving]).toEqual([200, 'promoted', true])
    expect((await done('GET', '/v1/products/kit')).newest_edition).toBe(2)
    await turn()
    awake()
    const { licenses, moves } = await settled()
    expect([licenses.off, moves.stays]).toEqual([1, 1])
    expect((await done('GET', `${rollouts}/${id}/moves?state=stays`)).items).toMatchObject([
      { license: 'P-1', code: 'PLAN_UNKNOWN', detail: 'the edition has no such plan: change its plan' },
    ])
    expect(await kit.ask('keeper-1', 'fix')).toBe('not_entitled')
    expect((await done('POST', '/v1/licenses', { id: 'N-1', product: 'kit', plan: 'open', organization: 'globex' })).edition).toBe(2)
  })

  test('is taken back after that too: the edition is staged again', async () => {
    const held = await kit.call('POST', `${rollouts}/${id}/roll-back`)
    const more = held.status === 409 ? { 'writ-confirmation': held.body.confirmation.token } : {}
    if (held.status === 409) expect((await kit.call('POST', `${rollouts}/${id}/roll-back`, undefined, more)).status).toBe(200)
    await settled()
    expect(await kit.ask('keeper-1', 'fix')).toBe('allowed')
    expect([(await done('GET', '/v1/products/kit')).newest_edition, await on(2)]).toEqual([1, []])
    expect((await done('GET', '/v1/licenses/N-1')).edition).toBe(2)
    expect((await done('GET', '/v1/products/kit/editions/2')).staged).toBe(true)
  })

  test('weighs what it moves again: a few who joined meanwhile go too, more stop it, and whoever goes on with it is asked', async () => {
    const { authority } = kit.authority
    const { feed } = authority
    const join = async (organization: string, from: number, to: number) => {
      for (let i = from; i < to; i++)
        await done('POST', '/v1/identities', { id: `${organization}-${i}`, in: { [organization]: ['keeper'] } })
    }
    const customer = async (organization: string, people: number) => {
      await done('POST', '/v1/organizations', { id: organization, title: organization })
      await done('POST', '/v1/licenses', { id: `G-${organization}`, product: 'kit', plan: 'small', organization, edition: 1 })
      await join(organization, 0, people)
    }
    await customer('grow', 7)
    id = (await done('POST', rollouts, { edition: 2 })).id
    const { turn, awake } = asleep()
    const raise = (headers?: Record<string, string>) => kit.call('POST', `${rollouts}/${id}/raise`, { percent: 100 }, headers)
    const confirmed = async () => {
      const held = await raise()
      expect([held.status, held.body.code]).toEqual([409, 'CONFIRMATION_REQUIRED'])
      const answer = await raise({ 'writ-confirmation': held.body.confirmation.token })
      expect([answer.status, answer.body.is_moving, answer.body.stopped]).toEqual([200, true, undefined])
      return held.body.impact.losing as number
    }
    const before = await confirmed()
    // No node moves anybody for a while. A customer comes, and a crowd to one that is known.
    await customer('fresh', 3)
    await join('grow', 7, 10)
    await turn()
    const stopped = await settled()
    expect([stopped.stage, stopped.stopped, await on(2)]).toEqual(['percentage', { losing: 6, detail: expect.any(String) }, []])
    expect([await kit.ask('grow-8', 'fix'), await kit.ask('fresh-1', 'fix')]).toEqual(['allowed', 'allowed'])
    const { items } = await done('GET', '/v1/audit?action=rollout.stop')
    expect(items).toMatchObject([{ actor: 'authority', detail: { rollout: id, losing: 6 } }])
    // Another turn does nothing, and nothing else begins.
    const { revision } = feed
    await turn()
    expect([feed.revision, (await kit.call('POST', rollouts, { edition: 2 })).body.code]).toEqual([revision, 'ROLLOUT_RUNNING'])

    const after = await confirmed()
    // Towards a second person whoever was confirmed before counts once.
    expect([after, before + after > SECOND_PERSON]).toEqual([before + 6, true])
    await join('fresh', 3, 5)
    await turn()
    const whole = await settled()
    expect([whole.stopped, whole.licenses.off]).toEqual([undefined, 1])
    expect([await kit.ask('grow-8', 'fix'), await kit.ask('fresh-4', 'fix')]).toEqual(['not_entitled', 'not_entitled'])
    // Those few were asked about by nobody, and count with the next step.
    const { unasked } = await authority.db.selectFrom('rollouts').select('unasked').where('id', '=', id).executeTakeFirstOrThrow()
    expect(unasked).toBe(2)
    await done('POST', `${rollouts}/${id}/roll-back`)
    await turn()
    await settled()
    awake()
  })

  test('that cannot be stopped for now keeps no other one from going on', async () => {
    const { authority } = kit.authority
    const { turn, awake } = asleep()
    id = (await done('POST', rollouts, { edition: 2 })).id
    const path = `${rollouts}/${id}/raise`
    const held = await kit.call('POST', path, { percent: 100 })
    await kit.call('POST', path, { percent: 100 }, { 'writ-confirmation': held.body.confirmation.token })
    for (let i = 0; i < 6; i++) await done('POST', '/v1/identities', { id: `rush-${i}`, in: { grow: ['keeper'] } })
    // Of another product, which has its turn after this one.
    await done('POST', '/v1/products/case/editions', { terms: kitTerms.replace('product: kit', 'product: case') })
    const row = await authority.db.selectFrom('rollouts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    const other = { ...row, id: 'rol_~', product: 'case', edition: 1, is_moving: true }
    await authority.db.insertInto('rollouts').values(other).execute()
    const { mutate } = authority
    const broken = vi.spyOn(authority, 'mutate').mockImplementation(async (by, deed, work) => {
      if (deed.action === 'rollout.stop') throw new Error('no store')
      return mutate(by, deed, work)
    })
    await expect(turn()).rejects.toThrow('no store')
    broken.mockRestore()
    const moving = await authority.db.selectFrom('rollouts').select('id').where('is_moving', '=', true).execute()
    expect(moving).toEqual([{ id }])
    await done('POST', `${rollouts}/${id}/roll-back`)
    await turn()
    await settled()
    awake()
  })

  test('that stopped once it was promoted is gone on with by promoting it again, and keeps others waiting until then', async () => {
    const { turn, awake } = asleep()
    id = (await done('POST', rollouts, { edition: 2 })).id
    const call = (verb: string, headers?: Record<string, string>) => kit.call('POST', `${rollouts}/${id}/${verb}`, undefined, headers)
    const confirmed = async (verb: string) => {
      const { status, body } = await call(verb)
      return status === 409 ? call(verb, { 'writ-confirmation': body.confirmation.token }) : { status, body }
    }
    expect((await confirmed('promote')).body).toMatchObject({ stage: 'promoted', is_moving: true })
    for (let i = 0; i < 6; i++) await done('POST', '/v1/identities', { id: `crowd-${i}`, in: { grow: ['keeper'] } })
    await turn()
    const stopped = await show()
    expect([stopped.stage, stopped.is_moving, stopped.stopped.losing]).toEqual(['promoted', false, 6])
    expect(stopped.stopped.detail).toContain('promote it again')
    expect((await kit.call('POST', rollouts, { edition: 2 })).body.code).toBe('ROLLOUT_RUNNING')
    // Promoted it is already: nothing of that is done or told again.
    const again = await confirmed('promote')
    expect([again.status, again.body.is_moving, again.body.stopped]).toEqual([200, true, undefined])
    await turn()
    expect(await kit.ask('crowd-5', 'fix')).toBe('not_entitled')
    const rows = await kit.authority.authority.db.selectFrom('changes').select('facts').orderBy('revision', 'desc').limit(3).execute()
    expect(rows.flatMap(({ facts }) => facts).filter(({ fact }) => fact === 'edition')).toEqual([])
    expect((await call('promote')).body.is_moving).toBe(false)
    expect((await confirmed('roll-back')).status).toBe(200)
    await turn()
    awake()
    expect([(await settled()).stage, await kit.ask('crowd-5', 'fix')]).toEqual(['rolled_back', 'allowed'])
  })

  test('moves whoever has several licences with all of them at once, there and back: what one takes another gives', async () => {
    const licenses: object[] = []
    // By ids alone the two of each were in different batches, and the first of them took what the second gives: there, or back.
    for (const [organization, first, last] of [
      ['there', 'small', 'open'],
      ['back', 'open', 'small'],
    ] as const) {
      await done('POST', '/v1/organizations', { id: organization, title: organization })
      for (let n = 0; n < 7; n++) await done('POST', '/v1/identities', { id: `${organization}-${n}`, in: { [organization]: ['keeper'] } })
      for (const [id, plan] of [
        [`A-${organization}`, first],
        [`Z-${organization}`, last],
      ])
        licenses.push({ id, product: 'kit', plan, organization, edition: 1 })
    }
    for (let n = 0; n < 100; n++) licenses.push({ id: `B-${1000 + n}`, product: 'kit', plan: 'open', organization: 'globex', edition: 1 })
    await done('POST', '/v1/imports', { id: 'several', kind: 'licenses', format: 'jsonl' })
    const rows = licenses.map((license) => `${JSON.stringify(license)}\n`).join('')
    expect((await kit.call('POST', '/v1/imports/several/rows', rows, { 'content-type': 'application/x-ndjson' })).status).toBe(200)

    id = (await done('POST', rollouts, { edition: 2 })).id
    const confirmed = async (verb: string, body?: object) => {
      const held = await kit.call('POST', `${rollouts}/${id}/${verb}`, body)
      if (held.status === 409)
        await kit.call('POST', `${rollouts}/${id}/${verb}`, body, { 'writ-confirmation': held.body.confirmation.token })
      const { stopped, moves, stage } = await settled()
      return [stage, stopped, moves.moved > licenses.length]
    }
    const able = async () => [await kit.ask('there-1', 'fix'), await kit.ask('back-1', 'fix')]
    expect([await confirmed('raise', { percent: 100 }), await able()]).toEqual([
      ['percentage', undefined, true],
      ['allowed', 'allowed'],
    ])
    expect([await confirmed('roll-back'), await able()]).toEqual([
      ['rolled_back', undefined, false],
      ['allowed', 'allowed'],
    ])
    expect(await on(2)).toEqual([])
  })

  test('moves licences for those alone who may move them one by one', async () => {
    const { key } = await done('POST', '/v1/api-keys', { name: 'catalog', scopes: ['manage:catalog'] })
    const answer = await kit.authority.as(key)('POST', `${rollouts}/${id}/raise`, { percent: 1 })
    expect([answer.status, answer.body.code]).toEqual([403, 'SCOPE_MISSING'])
  })
})
