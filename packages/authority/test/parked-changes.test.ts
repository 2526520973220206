import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { findParked, listParked } from '../src/guard/parked-store.ts'
import { dropOver } from '../src/guard/parking.ts'
import { parkedPurpose } from '../src/keys/sealed-places.ts'
import { DAY, useKit } from './kit.ts'
import { type Answer, type Call, onBothStores } from './support.ts'

onBothStores('a change that somebody else confirms', (open) => {
  const kit = useKit(open, { guardSecondPerson: 7 })
  let made = 0
  const customer = async (count: number) => {
    const id = `c${made++}`
    await kit.done('POST', '/v1/organizations', { id, title: id })
    await kit.done('POST', '/v1/licenses', { id: `L-${id}`, product: 'kit', plan: 'open', organization: id })
    await kit.people(id, ...Array.from({ length: count }, (_, index) => `${id}-${index}`))
    return { id, license: `L-${id}`, somebody: `${id}-0` }
  }
  const keyWith = async (more: object): Promise<Call> => {
    const { key } = await kit.done('POST', '/v1/api-keys', { name: 'k', scopes: ['manage:licenses', 'manage:guard'], ...more })
    return kit.authority.as(key)
  }
  const suspend = (call: Call, license: string, headers?: Record<string, string>) =>
    call('POST', `/v1/licenses/${license}/suspend`, undefined, headers)

  test('waits above the higher mark for a second person, and is then done as whose it is', async () => {
    const { license, somebody } = await customer(8)
    const [one, two] = [await keyWith({}), await keyWith({})]
    const held = await suspend(one, license)
    expect([held.body.code, held.body.second_person]).toEqual(['CONFIRMATION_REQUIRED', true])
    const parked = await suspend(one, license, { 'writ-confirmation': held.body.confirmation.token })
    expect([parked.status, parked.body.code, parked.body.impact.losing]).toEqual([409, 'CHANGE_PARKED', 8])
    const id = parked.body.parked_change
    expect(await kit.ask(somebody)).toBe('allowed')

    expect((await one('POST', `/v1/parked-changes/${id}/confirm`)).body.code).toBe('SECOND_PERSON_REQUIRED')
    const confirmed = await two('POST', `/v1/parked-changes/${id}/confirm`)
    expect([confirmed.status, confirmed.body.state]).toEqual([200, 'confirmed'])
    expect(await kit.ask(somebody)).toBe('license_suspended')
    expect((await two('POST', `/v1/parked-changes/${id}/confirm`)).body.code).toBe('PARKED_CHANGE_OVER')

    const { items } = await kit.done('GET', `/v1/audit?subject=license:${license}`)
    const done = items.find(({ action }: { action: string }) => action === 'license.suspend')
    expect(done).toMatchObject({
      actor: expect.stringMatching(/^key:/),
      detail: { confirmed_losing: 8, parked_change: id, confirmed_by: confirmed.body.decided_by },
    })
    expect(done.actor).not.toBe(done.detail.confirmed_by)
    expect(items.some(({ action }: { action: string }) => action === 'change.park')).toBe(true)
  })

  test('is not confirmed by a key that the asker made, or that made the asker', async () => {
    const { license } = await customer(8)
    const scopes = ['manage:licenses', 'manage:guard', 'manage:enforcers']
    const asker = await keyWith({ scopes })
    const child = kit.authority.as((await asker('POST', '/v1/api-keys', { name: 'child', scopes })).body.key)
    const grandchild = kit.authority.as((await child('POST', '/v1/api-keys', { name: 'grandchild', scopes })).body.key)
    const held = await suspend(asker, license)
    const parked = await suspend(asker, license, { 'writ-confirmation': held.body.confirmation.token })
    for (const other of [child, grandchild, kit.call]) {
      const answer = await other('POST', `/v1/parked-changes/${parked.body.parked_change}/confirm`)
      expect(answer.body.code).toBe('SECOND_PERSON_REQUIRED')
    }
    const other = await keyWith({ scopes })
    expect((await other('POST', `/v1/parked-changes/${parked.body.parked_change}/confirm`)).status).toBe(200)
  })

  test('what a machine makes is a machine’s', async () => {
    const machine = await keyWith({ unattended: true, scopes: ['manage:licenses', 'manage:guard', 'manage:enforcers'] })
    const made = await machine('POST', '/v1/api-keys', { name: 'made', scopes: ['manage:licenses', 'manage:guard'] })
    const { license } = await customer(6)
    const { body } = await suspend(kit.authority.as(made.body.key), license)
    expect(body.code).toBe('CHANGE_PARKED')
    await kit.done('POST', `/v1/parked-changes/${body.parked_change}/discard`)
  })

  test('of what nobody stands behind waits above the threshold; the rest is done at once', async () => {
    const [few, many] = [await customer(5), await customer(6)]
    const [machine, person] = [await keyWith({ unattended: true }), await keyWith({})]
    const { id: hook } = await kit.done('POST', '/v1/webhooks', { url: 'https://hooks.invalid/', types: ['change.parked'] })
    expect((await suspend(machine, few.license)).status).toBe(200)
    const parked = await suspend(machine, many.license)
    expect([parked.status, parked.body.code]).toEqual([409, 'CHANGE_PARKED'])
    // Sent again it is the same that waits.
    expect((await suspend(machine, many.license)).body.parked_change).toBe(parked.body.parked_change)
    expect((await kit.done('GET', `/v1/webhooks/${hook}/deliveries`)).items).toMatchObject([{ type: 'change.parked' }])
    const waiting = await person('GET', '/v1/parked-changes?state=waiting')
    expect(waiting.body.items).toMatchObject([{ id: parked.body.parked_change, action: 'license.suspend', impact: { losing: 6 } }])
    expect((await kit.authority.as(undefined)('GET', '/metrics')).text).toContain('writ_changes_parked 1')

    const discarded = await person('POST', `/v1/parked-changes/${parked.body.parked_change}/discard`)
    expect([discarded.status, discarded.body.state]).toEqual([200, 'discarded'])
    expect(await kit.ask(many.somebody)).toBe('allowed')
    expect((await person('POST', `/v1/parked-changes/${parked.body.parked_change}/confirm`)).body.code).toBe('PARKED_CHANGE_OVER')
  })

  test('is not done when it would take something else by now, and says what', async () => {
    const { id, license, somebody } = await customer(6)
    const [machine, person] = [await keyWith({ unattended: true }), await keyWith({})]
    const parked = (await suspend(machine, license)).body.parked_change
    await kit.people(id, `${id}-late`)
    const again = await person('POST', `/v1/parked-changes/${parked}/confirm`)
    expect([again.status, again.body.code, again.body.impact.losing]).toEqual([409, 'CHANGE_PARKED', 7])
    expect(await kit.ask(somebody)).toBe('allowed')
    // Under another id: whoever was shown the first one confirms nothing by it.
    expect(again.body.parked_change).not.toBe(parked)
    expect((await person('POST', `/v1/parked-changes/${parked}/confirm`)).body.code).toBe('PARKED_CHANGE_OVER')
    await kit.people(id, `${id}-later`)
    const asked = (await suspend(machine, license)).body.parked_change
    expect(asked).not.toBe(again.body.parked_change)
    expect((await person('POST', `/v1/parked-changes/${again.body.parked_change}/confirm`)).body.code).toBe('PARKED_CHANGE_OVER')
    expect((await person('POST', `/v1/parked-changes/${asked}/confirm`)).status).toBe(200)
    expect(await kit.ask(somebody)).toBe('license_suspended')
  })

  test('waits too when it is rows of an import, which whoever sends them goes on with', async () => {
    const { id, somebody } = await customer(9)
    await kit.done('POST', '/v1/organizations', { id: 'elsewhere', title: 'Elsewhere' })
    const scopes = ['manage:identities', 'manage:guard']
    const [one, two, machine] = [await keyWith({ scopes }), await keyWith({ scopes }), await keyWith({ scopes, unattended: true })]
    // Line breaks as they came, in a cell too; a blank that counts, and a row that nothing can be read from.
    const rows = Array.from({ length: 9 }, (_, n) => `${id}-${n},elsewhere=viewer,"{""site"":\r\n""s${n}""}",P ${n}`)
    const text = ['id,in,attributes,name', 'broken', ...rows.slice(0, 8), '', `${rows[8]}`, `new-one,elsewhere=viewer,,Nina  `, ''].join(
      '\r\n',
    )
    const begin = (call: Call, kind = 'identities', format = 'csv') =>
      call('POST', '/v1/imports', { id: `import-${made}`, kind, format }).then(() => `/v1/imports/import-${made++}`)
    const send = (call: Call, path: string, body: string, query = '', headers = {}) =>
      call('POST', `${path}/rows${query}`, body, { 'content-type': 'text/csv', ...headers })

    const path = await begin(one)
    const held = await send(one, path, text)
    expect([held.status, held.body.code, held.body.second_person]).toEqual([409, 'CONFIRMATION_REQUIRED', true])
    const parked = await send(one, path, text, '', { 'writ-confirmation': held.body.confirmation.token })
    expect([parked.status, parked.body.code, parked.body.impact.losing]).toEqual([409, 'CHANGE_PARKED', 9])
    const waiting = `/v1/parked-changes/${parked.body.parked_change}`
    expect((await two('GET', waiting)).body).toMatchObject({ action: 'import.identities', impact: { losing: 9 }, method: 'POST' })
    expect((await one('GET', path)).body).toMatchObject({ rows: 0, state: 'open' })
    expect((await two('POST', `${waiting}/confirm?dry_run=true`)).status).toBe(200)
    expect([(await one('GET', path)).body.rows, await kit.ask(somebody)]).toEqual([0, 'allowed'])
    const confirmed = await two('POST', `${waiting}/confirm`)
    expect([confirmed.status, confirmed.body.state]).toEqual([200, 'confirmed'])
    expect(await kit.ask(somebody)).toBe('no_license')
    expect((await one('GET', path)).body).toMatchObject({ rows: 11, created: 1, changed: 9, refused: 1, state: 'done' })
    expect((await kit.done('GET', '/v1/identities/new-one')).name).toBe('Nina  ')
    expect(await kit.done('GET', `/v1/identities/${somebody}`)).toMatchObject({ name: 'P 0', attributes: { site: 's0' } })
    // Sent again it finds all of it done.
    expect((await send(one, path, text)).body).toMatchObject({ rows: 11, changed: 9, state: 'done' })
    const [told] = (await kit.done('GET', `/v1/audit?action=import.identities&subject=import:${path.split('/').at(-1)}`)).items
    expect(told.detail).toMatchObject({ parked_change: parked.body.parked_change, confirmed_losing: 9 })

    // Of a machine it waits at the first mark, and what comes after it goes on from there.
    const { id: other } = await customer(6)
    const leaving = Array.from({ length: 6 }, (_, n) => `{"id":"${other}-${n}","in":{"elsewhere":[]}}\n`)
    const parts = await begin(machine, 'identities', 'jsonl')
    expect((await send(machine, parts, leaving.slice(0, 3).join(''), '?more=true')).body.rows).toBe(3)
    const more = await send(machine, parts, leaving.slice(3, 6).join(''), '?after=3&more=true')
    expect([more.status, more.body.code]).toEqual([409, 'CHANGE_PARKED'])
    expect((await send(machine, parts, leaving.slice(3, 6).join(''), '?after=3&more=true')).body.parked_change).toBe(
      more.body.parked_change,
    )
    // Nor is what ends the import, or is read under another header, the same that waits.
    const waits = async (answer: Promise<Answer>): Promise<string> => (await answer).body.parked_change
    const end = await waits(send(machine, parts, leaving.slice(3, 6).join(''), '?after=3'))
    const headed = await begin(machine)
    const { id: fourth } = await customer(6)
    const leave = Array.from({ length: 6 }, (_, n) => `${fourth}-${n},elsewhere=viewer,`).join('\n')
    const [attributes, links] = [
      await waits(send(machine, headed, `id,in,attributes\n${leave}`)),
      await waits(send(machine, headed, `id,in,links\n${leave}`)),
    ]
    expect(new Set([more.body.parked_change, end, attributes, links, undefined]).size).toBe(5)
    for (const one of [end, attributes, links]) await kit.done('POST', `/v1/parked-changes/${one}/discard`)
    expect((await two('POST', `/v1/parked-changes/${more.body.parked_change}/confirm`)).status).toBe(200)
    expect((await send(machine, parts, '', '?after=6')).body).toMatchObject({ rows: 6, changed: 6, state: 'done' })

    // What is too large to be kept is refused, with what to do.
    const { id: third } = await customer(6)
    const long = Array.from({ length: 6 }, (_, n) => `{"id":"${third}-${n}","in":{},"name":"${n}"${' '.repeat(900_000)}}\n`)
    const large = await send(machine, await begin(machine, 'identities', 'jsonl'), long.join(''))
    expect([large.status, large.body.code, large.body.impact.losing]).toEqual([409, 'CHANGE_UNKEEPABLE', 6])
  })

  test('is kept with its body until it is decided or over, and no longer', async () => {
    const { authority } = kit.authority
    const { db, sealer } = authority
    const bodyOf = async (id: string): Promise<unknown> => {
      const { sealed } = await db.selectFrom('parked_changes').select('sealed').where('id', '=', id).executeTakeFirstOrThrow()
      return sealer.unseal(db, sealed, parkedPurpose(id))
    }
    const [machine, person] = [await keyWith({ unattended: true }), await keyWith({})]
    const parked: string[] = []
    for (let n = 0; n < 4; n++) {
      const { license } = await customer(6)
      const move = (ends: string) => machine('POST', `/v1/licenses/${license}/renew`, { ends })
      parked.push((await move('2026-11-24T12:00:00Z')).body.parked_change)
      // Asked for again it comes to something else, and the one before goes.
      if (n === 3) {
        await kit.people(license.slice(2), `${license}-late`)
        expect((await move('2026-11-24T12:00:00Z')).body.parked_change).not.toBe(parked[3])
      }
    }
    const [confirmed, discarded, over, replaced] = parked as [string, string, string, string]
    expect(await bodyOf(over)).toEqual({ ends: '2026-11-24T12:00:00Z' })
    // It may be long, and is not read to be listed or shown.
    const { items } = await listParked(db, { state: 'waiting' }, { by: 'at', descending: true, after: undefined, limit: 9 }, () => true)
    expect(items).toHaveLength(4)
    for (const row of [...items, await findParked(db, over)]) expect(row).not.toHaveProperty('sealed')
    await person('POST', `/v1/parked-changes/${confirmed}/confirm`)
    await person('POST', `/v1/parked-changes/${discarded}/discard`)
    kit.now += 7 * DAY
    await dropOver(authority)
    const states = await Promise.all(parked.map(async (id) => (await person('GET', `/v1/parked-changes/${id}`)).body))
    expect(states.map(({ state, decided_by }) => [state, String(decided_by).split(':')[0]])).toEqual([
      ['confirmed', 'key'],
      ['discarded', 'key'],
      ['discarded', 'expired'],
      ['discarded', 'replaced'],
    ])
    for (const id of [confirmed, discarded, over, replaced]) expect(await bodyOf(id)).toBe(null)
    // The audit says so too of what nobody decided.
    const told = async (query: string) => (await kit.done('GET', `/v1/audit?${query}`)).items
    expect(await told(`subject=parked_change:${over}`)).toMatchObject([
      { action: 'change.expire', actor: 'authority', detail: { asked_for: 'license.renew', of: expect.stringMatching(/^license:/) } },
    ])
    const parks = (await told('action=change.park')).map(({ detail }: { detail: { replaced?: string } }) => detail.replaced)
    expect(parks).toContain(replaced)
    expect((await person('GET', '/v1/parked-changes?state=waiting')).body.items).toEqual([])
  })

  test('waits no longer once it is confirmed, though all of it was so already', async () => {
    const { license } = await customer(6)
    const [machine, person] = [await keyWith({ unattended: true }), await keyWith({})]
    const parked = (await suspend(machine, license)).body.parked_change
    const held = await suspend(kit.call, license)
    expect((await suspend(kit.call, license, { 'writ-confirmation': held.body.confirmation.token })).status).toBe(200)
    const path = `/v1/parked-changes/${parked}`
    expect((await person('POST', `${path}/confirm?dry_run=true`)).body.state).toBe('waiting')
    const confirmed = await person('POST', `${path}/confirm`)
    expect([confirmed.status, confirmed.body.state]).toEqual([200, 'confirmed'])
    const { items } = await kit.done('GET', `/v1/audit?subject=parked_change:${parked}`)
    expect(items).toMatchObject([
      { action: 'change.confirm', actor: confirmed.body.decided_by, detail: { asked_for: 'license.suspend', of: `license:${license}` } },
    ])
  })

  test('is refused where too much of one key waits already', async () => {
    const { authority } = kit.authority
    const { db } = authority
    const [first, second] = [await customer(6), await customer(6)]
    const [machine, other] = [await keyWith({ unattended: true }), await keyWith({ unattended: true })]
    const parked = (await suspend(machine, first.license)).body.parked_change
    const columns = sql.raw(
      'at, expires_at, api_key, actor, action, subject, organization, method, url, digest, impact, state, fingerprint, sealed, id',
    )
    const more = (count: number, length: number) =>
      sql`
      INSERT INTO parked_changes (${columns})
      SELECT at, expires_at, api_key, actor, action, subject, organization, method, url, digest, impact, state, 'other ' || n, sealed || repeat('a', ${length}), 'other-' || n
      FROM parked_changes, generate_series(1, ${count}::int) AS n WHERE id = ${parked}`.execute(db)
    const less = () => db.deleteFrom('parked_changes').where('id', 'like', 'other-%').execute()
    for (const [count, length] of [
      [499, 0],
      [2, 32 << 20],
    ] as const) {
      await more(count, length)
      const full = await suspend(machine, second.license)
      expect([full.status, full.body.code]).toEqual([409, 'PARKED_CHANGES_TOO_MANY'])
      // What waits already is found, and of others there is room.
      expect((await suspend(machine, first.license)).body.parked_change).toBe(parked)
      const elsewhere = (await suspend(other, second.license)).body.parked_change
      await kit.done('POST', `/v1/parked-changes/${elsewhere}/discard`)
      await less()
    }
    // What is over by now waits no longer.
    await more(499, 0)
    await db.updateTable('parked_changes').set({ expires_at: kit.now }).where('id', 'like', 'other-%').execute()
    expect((await suspend(machine, second.license)).body.code).toBe('CHANGE_PARKED')
    await less()
    for (const id of [parked, (await suspend(machine, second.license)).body.parked_change])
      await kit.done('POST', `/v1/parked-changes/${id}/discard`)
  })

  test('is told to nobody who sees less than who asked, and confirmed by nobody who could not do it', async () => {
    const { id, license } = await customer(6)
    const other = await customer(1)
    const machine = await keyWith({ unattended: true })
    const parked = (await suspend(machine, license)).body.parked_change
    const narrow = await keyWith({ organizations: [other.id] })
    expect((await narrow('GET', '/v1/parked-changes')).body.items).toEqual([])
    expect((await narrow('POST', `/v1/parked-changes/${parked}/confirm`)).body.code).toBe('PARKED_CHANGE_UNKNOWN')
    const unable = await keyWith({ scopes: ['manage:guard'] })
    expect((await unable('POST', `/v1/parked-changes/${parked}/confirm`)).body.code).toBe('API_KEY_TOO_WIDE')
    // Nor does an impact count whom one does not see.
    const ahead = await narrow('POST', '/v1/impact', { change: { method: 'POST', path: `/v1/licenses/${license}/suspend` } })
    expect([ahead.status, ahead.body.code]).toEqual([404, 'LICENSE_UNKNOWN'])
    await kit.call('POST', `/v1/licenses/${license}/renew?dry_run=true`, { ends: '2026-12-31T12:00:00Z' })
    const told = await narrow('POST', '/v1/impact', {})
    expect([told.body.losing, told.text.includes(id)]).toEqual([0, false])
  })
})
