import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { freshDatabase } from '../src/fresh-database.ts'
import { startPostgres } from '../src/postgres.ts'

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('a fresh database is empty and its own', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()])
  await ask(one, 'CREATE TABLE mark (id int)')
  const tables = `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`
  expect(await ask(one, tables)).toEqual([{ tablename: 'mark' }])
  expect(await ask(other, tables)).toEqual([])
})

test('the server is durable unless told otherwise', async () => {
  const server = await startPostgres({ settings: { max_connections: '20' } })
  try {
    expect(await ask(server.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }])
    expect(await ask(server.url, 'SHOW max_connections')).toEqual([{ max_connections: '20' }])
  } finally {
    await server.stop()
  }
  await expect(ask(server.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
})

test('the next start ends the server of a run that was killed, and removes its data', async () => {
  const module = new URL('../src/postgres.ts', import.meta.url).href
  const script = `const { startPostgres } = await import(${JSON.stringify(module)})
    const { pid, url } = await startPostgres({ durable: false })
    process.stdout.write(JSON.stringify({ pid, url }))
    setInterval(() => {}, 1000)`
  const run = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [words] = await once(run.stdout, 'data')
  const left = JSON.parse(String(words)) as { pid: number; url: string }
  const [data] = await ask(left.url, 'SHOW data_directory')
  run.kill('SIGKILL')
  await once(run, 'exit')
  expect(existsSync(`/proc/${left.pid}`) || process.platform !== 'linux').toBe(true)

  const next = await startPostgres({ durable: false })
  await next.stop()
  await expect(ask(left.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
  expect(existsSync(dirname(String(data?.data_directory)))).toBe(false)
})
