import { freshDatabase } from '@writ/testing/fresh-database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openStore } from '../src/app/database.ts'
import { expectConsistent } from './callers.ts'
import { kitTerms } from './kit.ts'
import { serve, settingsIn, startHere, until } from './served.ts'
import { scratchFolder } from './support.ts'

/** Without its repair, which keepers lose by it. */
const second = kitTerms.replace('      fix: {}\n      query: {', '      query: {')
const KEEPERS = 4
const MANY = 140
const BATCH = 100

test('SIGKILL of the node that moves licences, in the middle of a batch: the other goes on, and each is moved once', async () => {
  const folder = scratchFolder()
  const url = await freshDatabase()
  const settings = await settingsIn(folder, url)
  const [one, two] = [await serve(folder, settings), await serve(folder, settings)]
  const { db, close } = await openStore({ kind: 'postgres', url })
  const done = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const answer = await one.call(method, path, body, headers)
    expect([method, path, answer.status, answer.text]).toEqual([method, path, expect.toBeOneOf([200, 201]), expect.anything()])
    return answer.body
  }

  await done('POST', '/v1/products/kit/editions', { terms: kitTerms })
  const licenses = ['acme', 'zeta'].map((organization) => ({ id: `${organization}-1`, product: 'kit', plan: 'small', organization }))
  for (const { organization } of licenses) {
    await done('POST', '/v1/organizations', { id: organization, title: organization })
    for (let n = 0; n < KEEPERS; n++)
      await done('POST', '/v1/identities', { id: `${organization}-${n}`, in: { [organization]: ['keeper'] } })
  }
  // Those of one are the first batch, and those of the other the last.
  for (let n = 1; n < MANY; n++)
    licenses.push({ id: `m-${1000 + n}`, product: 'kit', plan: 'open', organization: n < BATCH ? 'acme' : 'zeta' })
  await done('POST', '/v1/imports', { id: 'all', kind: 'licenses', format: 'jsonl' })
  const lines = licenses.map((license) => `${JSON.stringify(license)}\n`).join('')
  expect((await done('POST', '/v1/imports/all/rows', lines, { 'content-type': 'application/x-ndjson' })).created).toBe(licenses.length)
  await done('POST', '/v1/products/kit/editions', { terms: second, staged: true })
  const { id } = await done('POST', '/v1/products/kit/rollouts', { edition: 2 })
  const path = `/v1/products/kit/rollouts/${id}`

  // The second batch comes as far as to the seats of this one, with a few before it written and not committed.
  await sql`INSERT INTO seat_sheets (license_id) VALUES ('m-1110')`.execute(db)
  const inTheWay = await db.startTransaction().execute()
  await sql`SELECT 1 FROM seat_sheets WHERE license_id = 'm-1110' FOR UPDATE`.execute(inTheWay)
  const held = await one.call('POST', `${path}/promote`)
  expect([held.body.code, held.body.impact.losing]).toEqual(['CONFIRMATION_REQUIRED', 2 * KEEPERS])
  await done('POST', `${path}/promote`, undefined, { 'writ-confirmation': held.body.confirmation.token })
  await until(async () => {
    const waiting = await sql`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(db)
    return waiting.rows.length > 0
  })
  expect(await one.end('SIGKILL')).toBe(null)
  const half = await two.call('GET', path)
  expect([half.body.is_moving, half.body.moves.moved, half.body.licenses]).toEqual([true, 100, { on: 100, off: licenses.length - 100 }])
  await inTheWay.rollback().execute()

  // Nobody asks the other for anything: it finds by itself what is left to do.
  await until(async () => (await two.call('GET', path)).body.is_moving === false)
  const { moves, stopped, ...whole } = (await two.call('GET', path)).body
  expect([moves, stopped]).toEqual([{ moved: licenses.length, stays: 0, back: 0, elsewhere: 0 }, undefined])
  expect([whole.stage, whole.licenses]).toEqual(['promoted', { on: licenses.length, off: 0 }])
  const ask = (identity: string) => two.call('POST', '/v1/check', { identity, feature: 'kit:fix' })
  expect([(await ask('acme-1')).body.reason, (await ask('zeta-1')).body.reason]).toEqual(['not_entitled', 'not_entitled'])
  expect(await two.end('SIGTERM')).toBe(0)

  const ids = licenses.map((license) => license.id).sort()
  const rows = await db.selectFrom('licenses').select(['id', 'edition', 'version']).where('product', '=', 'kit').orderBy('id').execute()
  expect(rows).toEqual(ids.map((license) => ({ id: license, edition: 2, version: 2 })))
  const audited = await sql<{ subject: string }>`
    SELECT subject FROM audit WHERE action = 'license.move_edition' AND starts_with(subject, 'license:') ORDER BY subject`.execute(db)
  expect(audited.rows.map(({ subject }) => subject)).toEqual(ids.map((license) => `license:${license}`))
  // What one node was told the other went on with: nobody is counted who was confirmed.
  const { unasked } = await db.selectFrom('rollouts').select('unasked').where('id', '=', id).executeTakeFirstOrThrow()
  expect(unasked).toBe(0)
  await close()
  const here = await startHere(folder, settings)
  await expectConsistent(here.authority)
  await here.close()
})
