import { readFileSync } from 'node:fs'
import { freshDatabase } from '@writ/testing/fresh-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../src/app/database.ts'
import { start } from '../src/index.ts'
import { type Answer, caller, MONDAY, scratchFolder, silent, startAuthority, type TestAuthority, testConfig } from './support.ts'

const atlas = readFileSync(new URL('../../../examples/atlas.terms.yaml', import.meta.url), 'utf8').replace('named: 3', 'named: 300')
const ROUNDS = 12
const MEMBERS = 3

type Node = Pick<TestAuthority, 'authority' | 'call' | 'close'>

/** Two nodes on one PostgreSQL, so that neither can rely on what it has in memory. */
let one: TestAuthority
let two: Node
const folder = scratchFolder()
let licenses = 0

beforeAll(async () => {
  const url = await freshDatabase()
  const open = () => openStore({ kind: 'postgres', url })
  one = await startAuthority(await open(), folder, { clock: () => MONDAY })
  two = await start({ config: testConfig(folder), store: await open(), log: silent, clock: () => MONDAY }).then((running) => ({
    ...running,
    call: caller(running.url, one.key),
  }))
  expect((await one.call('POST', '/v1/products/atlas/editions', { terms: atlas })).status).toBe(201)
  for (const organization of ['old', 'new']) {
    await one.call('POST', '/v1/organizations', { id: organization, title: organization })
    for (let n = 0; n < MEMBERS; n++)
      await one.call('POST', '/v1/identities', { id: `${organization}-${n}`, in: { [organization]: ['analyst'] } })
  }
})
afterAll(async () => {
  await two.close()
  await one.close()
})

const issue = async (plan: string): Promise<string> => {
  const id = `L${licenses++}`
  const answer = await one.call('POST', '/v1/licenses', { id, product: 'atlas', plan, organization: 'old' })
  expect([answer.status, answer.text]).toEqual([201, answer.text])
  return id
}
/** A little later each time, so that the two meet somewhere. */
const later = <T>(round: number, work: () => Promise<T>): Promise<T> => new Promise((resolve) => setTimeout(resolve, round * 2)).then(work)
const check = (node: Node, identity: string, more: object = {}) =>
  node.call('POST', '/v1/check', { identity, feature: 'dashboard.view', context: { country: 'DE' }, ...more })
const end = (id: string) => one.call('POST', `/v1/licenses/${id}/revoke`)
const allowed = (answers: readonly Answer[]) => answers.filter(({ body }) => body.allowed).length

/** What both nodes come to know once nothing is under way. */
async function settled(): Promise<void> {
  for (const { authority } of [one, two]) {
    authority.feed.wake()
    await authority.ledger.drained()
    const { revision } = await authority.db.selectFrom('authority').select('revision').executeTakeFirstOrThrow()
    await authority.feed.reached(revision)
  }
}

/** Who sits in a licence, by the store and by what each node holds for true. */
async function seated(license: string): Promise<Set<string>> {
  await settled()
  const who: string[] = []
  for (const { authority } of [one, two]) {
    const { db, ledger, world } = authority
    for (const table of ['seats', 'floating_seats'] as const) {
      const rows = await db.selectFrom(table).select('identity_id').where('license_id', '=', license).execute()
      who.push(...rows.map(({ identity_id }) => identity_id))
    }
    who.push(...ledger.view.floating(license).map(({ identity }) => identity))
    for (const fact of world.facts()) if (fact.fact === 'seat' && fact.license === license) who.push(fact.identity)
  }
  return new Set(who)
}

for (const [kind, plan] of [
  ['named', 'free'],
  ['floating', 'enterprise'],
] as const)
  test(`nobody of the old organization sits in a transferred licence, whatever ${kind} seats they took meanwhile`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const id = await issue(plan)
      const [moved] = await Promise.all([
        later(round % 6, () => one.call('POST', `/v1/licenses/${id}/transfer`, { organization: 'new' })),
        ...Array.from({ length: MEMBERS }, (_, n) => check(n % 2 === 0 ? one : two, `old-${n}`)),
        ...Array.from({ length: MEMBERS }, (_, n) => later(n, () => two.call('PUT', `/v1/seats/${id}/old-${n}`))),
      ])
      expect([moved.status, moved.text]).toEqual([200, moved.text])
      const who = await seated(id)
      expect([round, [...who].filter((identity) => identity.startsWith('old'))]).toEqual([round, []])
      expect((await check(two, 'new-0')).body.allowed).toBe(true)
      expect(await seated(id)).toEqual(new Set(['new-0']))
      const sheet = await one.authority.db.selectFrom('seat_sheets').select('taken').where('license_id', '=', id).executeTakeFirstOrThrow()
      expect(sheet.taken).toBe(kind === 'named' ? 1 : 0)
      await end(id)
    }
  })

for (const [name, way] of [
  ['transferred', (id: string) => one.call('POST', `/v1/licenses/${id}/transfer`, { organization: 'new' })],
  ['suspended', (id: string) => one.call('POST', `/v1/licenses/${id}/suspend`)],
] as const)
  test(`units that were let through are counted, and nothing is after the licence is ${name}`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const id = await issue('standard')
      const consume = (n: number) =>
        check(n % 2 === 0 ? one : two, `old-${n % MEMBERS}`, {
          feature: 'report.export',
          consume: { id: `${id}-${n}`, amount: 1 },
        })
      const reserve = (n: number) =>
        (n % 2 === 0 ? one : two).call('POST', '/v1/reservations', {
          identity: `old-${n % MEMBERS}`,
          feature: 'report.export',
          context: { country: 'DE' },
          id: `${id}-r${n}`,
          amount: 10,
        })
      const [answers, reservations, done] = await Promise.all([
        Promise.all(Array.from({ length: 8 }, (_, n) => later(n, () => consume(n)))),
        Promise.all(Array.from({ length: 4 }, (_, n) => later(n, () => reserve(n)))),
        later(round % 8, () => way(id)),
      ])
      expect([done.status, done.text]).toEqual([200, done.text])
      await settled()
      expect((await consume(98)).body).toMatchObject({ allowed: false })
      expect((await consume(99)).body).toMatchObject({ allowed: false })
      // What was promised before is settled after, for whoever pays for the licence now.
      for (const { body } of reservations)
        if (body.allowed)
          expect((await two.call('POST', `/v1/reservations/${body.reservation.id}/settle`, { amount: 10 })).status).toBe(200)
      const units = allowed(answers) + 10 * allowed(reservations)
      const { meters } = (await two.call('GET', `/v1/usage?license=${id}`)).body
      expect([round, meters.find(({ meter }: { meter: string }) => meter === 'exports')]).toEqual([
        round,
        expect.objectContaining({ used: units, reserved: 0 }),
      ])
      const history = (await one.call('GET', `/v1/usage/history?license=${id}&meter=exports&to=2026-11-24T00:00:00Z`)).body
      expect(history.units).toBe(units)
      await end(id)
    }
  })
