import { freshDatabase } from '@writ/testing/fresh-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../src/app/database.ts'
import { dropUsed } from '../src/guard/store.ts'
import { start } from '../src/index.ts'
import { kitTerms } from './kit.ts'
import { type Call, caller, MONDAY, scratchFolder, silent, startAuthority, type TestAuthority, testConfig } from './support.ts'

const ROUNDS = 10
const CROWD = 6

/** Two nodes on one PostgreSQL: the one that commits may not have heard yet of what the other has committed. */
let one: TestAuthority
let two: { call: Call; close(): Promise<void> }
const folder = scratchFolder()

beforeAll(async () => {
  const url = await freshDatabase()
  const open = () => openStore({ kind: 'postgres', url })
  one = await startAuthority(await open(), folder, { clock: () => MONDAY })
  const running = await start({ config: testConfig(folder), store: await open(), log: silent, clock: () => MONDAY })
  two = { call: caller(running.url, one.key), close: running.close }
  expect((await one.call('POST', '/v1/products/kit/editions', { terms: kitTerms })).status).toBe(201)
})
afterAll(async () => {
  await two.close()
  await one.close()
})

test('whoever came in at another node meanwhile is in the impact that is confirmed, or loses nothing by it', async () => {
  const outcomes = new Set<number>()
  for (let round = 0; round < ROUNDS; round++) {
    const id = `c${round}`
    const license = `L${round}`
    await one.call('POST', '/v1/organizations', { id, title: id })
    await one.call('POST', '/v1/licenses', { id: license, product: 'kit', plan: 'open', organization: id })
    for (let n = 0; n < CROWD; n++) await one.call('POST', '/v1/identities', { id: `${id}-${n}`, in: { [id]: ['viewer'] } })
    const path = `/v1/licenses/${license}/suspend`
    const held = await one.call('POST', path)
    expect([held.body.code, held.body.impact.losing]).toEqual(['CONFIRMATION_REQUIRED', CROWD])

    const word = { 'writ-confirmation': held.body.confirmation.token }
    const join = () => two.call('POST', '/v1/identities', { id: `${id}-late`, in: { [id]: ['viewer'] } })
    const confirm = () => one.call('POST', path, undefined, word)
    // Either way round, so that each comes first now and then.
    const [first, second] = await Promise.all(round % 2 === 0 ? [join(), confirm()] : [confirm(), join()])
    const [joined, confirmed] = round % 2 === 0 ? [first, second] : [second, first]
    expect(joined.status).toBe(201)
    outcomes.add(confirmed.status)
    if (confirmed.status === 409) {
      expect([confirmed.body.code, confirmed.body.changed, confirmed.body.impact.losing]).toEqual([
        'CONFIRMATION_REQUIRED',
        true,
        CROWD + 1,
      ])
      continue
    }
    const revisionOf = async (subject: string, action: string): Promise<number> =>
      (await one.call('GET', `/v1/audit?subject=${subject}&action=${action}`)).body.items[0].revision
    const suspended = await revisionOf(`license:${license}`, 'license.suspend')
    expect(await revisionOf(`identity:${id}-late`, 'identity.create')).toBeGreaterThan(suspended)
  }
  expect([200, 409].some((status) => outcomes.has(status))).toBe(true)
  // One that is surely first, at the other node: this one need not have heard of it.
  const id = 'sure'
  await one.call('POST', '/v1/organizations', { id, title: id })
  await one.call('POST', '/v1/licenses', { id: 'sure', product: 'kit', plan: 'open', organization: id })
  for (let n = 0; n < CROWD; n++) await one.call('POST', '/v1/identities', { id: `${id}-${n}`, in: { [id]: ['viewer'] } })
  const held = await one.call('POST', '/v1/licenses/sure/suspend')
  expect((await two.call('POST', '/v1/identities', { id: 'sure-late', in: { [id]: ['viewer'] } })).status).toBe(201)
  const again = await one.call('POST', '/v1/licenses/sure/suspend', undefined, { 'writ-confirmation': held.body.confirmation.token })
  expect([again.body.code, again.body.changed, again.body.impact.losing]).toEqual(['CONFIRMATION_REQUIRED', true, CROWD + 1])
  // And a word that one node gave is good at the other.
  const elsewhere = await two.call('POST', '/v1/licenses/sure/suspend', undefined, { 'writ-confirmation': again.body.confirmation.token })
  expect(elsewhere.status).toBe(200)
})

test('rows of an import that go to another node count with those before them', async () => {
  for (const id of ['full', 'empty']) await one.call('POST', '/v1/organizations', { id, title: id })
  await one.call('POST', '/v1/licenses', { id: 'full', product: 'kit', plan: 'open', organization: 'full' })
  const ids = Array.from({ length: 8 }, (_, n) => `full-${n}`)
  for (const id of ids) await one.call('POST', '/v1/identities', { id, in: { full: ['viewer'] } })
  await one.call('POST', '/v1/imports', { id: 'leaves', kind: 'identities', format: 'csv' })
  const send = ({ call }: { call: Call }, query: string, some: readonly string[], more = {}) =>
    call('POST', `/v1/imports/leaves/rows${query}`, ['id,in', ...some.map((id) => `${id},empty=viewer`)].join('\n'), {
      'content-type': 'text/csv',
      ...more,
    })
  expect((await send(one, '?more=true', ids.slice(0, 4))).status).toBe(200)
  const held = await send(two, '?after=4&more=true', ids.slice(4, 6))
  expect([held.status, held.body.code, held.body.impact?.losing, held.body.taken_before]).toEqual([409, 'CONFIRMATION_REQUIRED', 2, 4])
  const word = { 'writ-confirmation': held.body.confirmation.token }
  expect((await send(two, '?after=4&more=true', ids.slice(4, 6), word)).status).toBe(200)
  // What was confirmed counts no more, at either.
  expect((await send(one, '?after=6', ids.slice(6))).status).toBe(200)
})

test('what is over is forgotten, but for what somebody has at this moment', async () => {
  const { db } = one.authority
  const rows = ['free', 'taken'].map((id) => ({ id, losing: 1, expires_at: 5 }))
  await db.insertInto('unasked_losses').values(rows).execute()
  const left = () => db.selectFrom('unasked_losses').select('id').where('expires_at', '<', 10).execute()
  await db.transaction().execute(async (tx) => {
    await tx.selectFrom('unasked_losses').select('id').where('id', '=', 'taken').forUpdate().execute()
    await dropUsed(db, 10)
    expect(await left()).toEqual([{ id: 'taken' }])
  })
  await dropUsed(db, 10)
  expect(await left()).toEqual([])
})
