import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeLog, start } from '@writ/authority'
import { startPostgres } from '@writ/testing/postgres'
import pg from 'pg'
import { NOW, terms } from './atlas.ts'
import type { Options } from './row.ts'
import { scratchConfig } from './scratch-authority.ts'

type Call = (path: string, body: unknown, media?: string) => Promise<void>
const RECORDED_MILLISECONDS = 1_000

/**
 * By how much a PostgreSQL grows, tables and indexes, for each of what its users make through the API: what an import or a call writes of
 * it everywhere, its change and its row of the audit included.
 */
export async function storeTable({ quick }: Options): Promise<string[][]> {
  const postgres = await startPostgres()
  const folder = mkdtempSync(join(tmpdir(), 'writ-bench-'))
  const bootstrapKeyFile = join(folder, 'admin.key')
  const config = scratchConfig(postgres.url, folder)
  const { url, close, authority } = await start({ config, clock: () => NOW, log: makeLog('silent'), bootstrapKeyFile })
  const database = new pg.Client({ connectionString: postgres.url })
  await database.connect()
  const call = caller(url, readFileSync(bootstrapKeyFile, 'utf8').trim())
  try {
    await call('/v1/products/atlas/editions', { terms: terms() })
    for (const id of ['acme', 'globex']) await call('/v1/organizations', { id, title: id })
    const growth = async (count: number, work: () => Promise<unknown>, table?: string): Promise<number> => {
      const before = await bytesOf(database, table)
      await work()
      return ((await bytesOf(database, table)) - before) / count
    }
    const many = quick ? 200 : 20_000
    const some = quick ? 50 : 3_000
    const rows: [string, number][] = []
    const imported = async (kind: string, count: number, row: (i: number) => object) => {
      await call('/v1/imports', { id: kind, kind, format: 'jsonl' })
      const text = Array.from({ length: count }, (_, i) => `${JSON.stringify(row(i))}\n`).join('')
      await call(`/v1/imports/${kind}/rows`, text, 'application/x-ndjson')
    }
    const person = (i: number) => ({ id: `id_${i}`, in: { acme: ['analyst'] }, name: `Person ${i}` })
    rows.push(['an identity, imported', await growth(many, () => imported('identities', many, person))])
    const license = (i: number) => ({ id: `lic_${i}`, product: 'atlas', plan: 'standard', organization: 'globex' })
    rows.push(['a licence, imported', await growth(some, () => imported('licenses', some, license))])
    const audits = (await database.query<{ count: number }>('SELECT count(*)::int4 AS count FROM audit')).rows[0]?.count ?? 0
    const auditBefore = await bytesOf(database, 'audit')
    const organization = (i: number) => call('/v1/organizations', { id: `org_${i}`, title: `Organization ${i}` })
    rows.push(['a mutation by itself, here of an organization', await growth(some, () => each(some, organization))])
    const auditsAfter = (await database.query<{ count: number }>('SELECT count(*)::int4 AS count FROM audit')).rows[0]?.count ?? 0
    rows.push(['of it its row of the audit', ((await bytesOf(database, 'audit')) - auditBefore) / (auditsAfter - audits)])
    const ask = { action: { name: 'report.export' }, resource: { type: 'product', id: 'atlas' }, context: { country: 'DE' } }
    const batch = (i: number) => {
      const evaluations = Array.from({ length: 100 }, (_, n) => ({ subject: { type: 'user', id: `id_${(i * 100 + n) % many}` } }))
      return call('/access/v1/evaluations', { ...ask, evaluations })
    }
    const asked = async () => {
      await each(many / 100, batch)
      await authority.recorder.flush()
    }
    rows.push(['a decision record', await growth(many, asked, 'decisions')])
    const spend = (i: number) => call('/v1/check', { identity: `id_${i % 20}`, ...spent(i) })
    const spending = async () => {
      await call('/v1/products/units/editions', { terms: UNITS })
      await call('/v1/licenses', { product: 'units', plan: 'all', organization: 'acme' })
      await each(some, spend)
      await new Promise((resolve) => setTimeout(resolve, quick ? 0 : RECORDED_MILLISECONDS))
    }
    rows.push(['a consumption, without its decision record', await growth(some, spending, 'usage_events')])
    return [['what', 'bytes'], ...rows.map(([what, bytes]) => [what, Math.round(bytes).toLocaleString('en')])]
  } finally {
    await database.end()
    await close()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const UNITS = `terms: 1
product: units
title: Units
features: { use: { title: Use, meter: uses } }
meters: { uses: { unit: use, aggregate: sum } }
roles: { analyst: ['*'] }
plans: { all: { title: All, includes: { use: {} } } }
`
const spent = (i: number) => ({ feature: 'units:use', consume: { amount: 1, id: `unit-${i}` } })

/** Eight at a time. */
async function each(count: number, work: (i: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: 8 }, worker))
}

/** Of all tables, or of one, with its indexes and whatever is stored beside. */
async function bytesOf(database: pg.Client, table?: string): Promise<number> {
  const { rows } = await database.query<{ bytes: string }>(
    `SELECT sum(pg_total_relation_size(oid)) AS bytes FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND ($1::text IS NULL OR relname = $1)`,
    [table ?? null],
  )
  return Number(rows[0]?.bytes)
}

function caller(url: string, key: string): Call {
  return async (path, body, media = 'application/json') => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': media },
      body: text,
    })
    const answer = await response.text()
    if (!response.ok || /"refused":[1-9]/.test(answer)) throw new Error(`${path}: ${response.status} ${answer}`)
  }
}
