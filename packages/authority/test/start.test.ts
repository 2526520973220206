import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { start } from '../src/index.ts'
import { initData, scratchFolder, silent, testConfig } from './support.ts'

const scratch = scratchFolder()
let folder: string
beforeEach(async () => {
  folder = join(scratch, String(Math.random()))
  await initData(folder)
})
const begin = (more: Parameters<typeof testConfig>[1] = {}) => start({ config: testConfig(folder, more), log: silent })

test('an authority keeps its id, its master key and its data from start to start', async () => {
  const first = await begin()
  const { id } = first.authority
  await first.authority.mutate({ actor: 'operator', requestId: 'r' }, { action: 'test', subject: 'test:1' }, async (_, change) =>
    change.state({ fact: 'resource', id: 'db', kind: 'postgres' }),
  )
  const keyFile = join(folder, 'config', 'writ', `${id}.key`)
  expect(statSync(keyFile).mode & 0o777).toBe(0o600)
  await expect(begin()).rejects.toMatchObject({ code: 'STORE_IN_USE' })
  await first.close()
  await first.close()
  expect(existsSync(join(folder, 'data', 'lock'))).toBe(false)

  const second = await begin()
  expect(second.authority.id).toBe(id)
  expect(second.authority.world.resource('db')?.kind).toBe('postgres')
  await second.close()

  rmSync(keyFile)
  await expect(begin()).rejects.toMatchObject({ code: 'MASTER_KEY_MISSING', details: { file: keyFile } })
  expect(existsSync(join(folder, 'data', 'lock'))).toBe(false)

  // The key of another authority.
  writeFileSync(keyFile, `writ-master-key-v1 ${Buffer.alloc(32).toString('base64url')}\n`, { mode: 0o600 })
  await expect(begin()).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' })
  chmodSync(keyFile, 0o644)
  await expect(begin()).rejects.toMatchObject({ code: 'MASTER_KEY_EXPOSED' })
  writeFileSync(keyFile, 'hello')
  chmodSync(keyFile, 0o600)
  await expect(begin()).rejects.toMatchObject({ code: 'MASTER_KEY_MALFORMED' })
})

test('a master key in the data folder is refused, and none is made there', async () => {
  const masterKeyFile = join(folder, 'data', 'master.key')
  await expect(begin({ masterKeyFile })).rejects.toMatchObject({ code: 'MASTER_KEY_BESIDE_DATA' })
  expect(readdirSync(join(folder, 'data'))).not.toContain('master.key')
})

test('a bootstrap file that holds something else is left alone, and nothing starts', async () => {
  const bootstrapKeyFile = join(folder, 'notes.txt')
  writeFileSync(bootstrapKeyFile, 'my notes')
  await expect(start({ config: testConfig(folder), log: silent, bootstrapKeyFile })).rejects.toMatchObject({ code: 'BOOTSTRAP_FILE_TAKEN' })
  expect(readFileSync(bootstrapKeyFile, 'utf8')).toBe('my notes')
  const running = await start({ config: testConfig(folder), log: silent, bootstrapKeyFile: join(folder, 'admin.key') })
  expect(existsSync(join(folder, 'admin.key'))).toBe(true)
  await running.close()
})

async function serve(): Promise<{ child: ChildProcess; url: string }> {
  const module = new URL('../src/index.ts', import.meta.url).href
  const script = `const { start, closeOnSignal, makeLog } = await import(${JSON.stringify(module)})
    const log = makeLog('silent')
    const running = await start({ config: ${JSON.stringify(testConfig(folder))}, log, bootstrapKeyFile: ${JSON.stringify(join(folder, 'admin.key'))} })
    closeOnSignal(running, log)
    process.stdout.write(running.url + '\\n')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [words] = await once(child.stdout as NodeJS.ReadableStream, 'data')
  return { child, url: String(words).trim() }
}

const post = (url: string, id: string) =>
  fetch(`${url}/v1/organizations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${readFileSync(join(folder, 'admin.key'), 'utf8').trim()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id, title: id }),
  })

test('SIGTERM ends the process with 0 and gives the store back; SIGKILL loses nothing that was acknowledged', async () => {
  const first = await serve()
  expect((await post(first.url, 'drained')).status).toBe(201)
  first.child.kill('SIGTERM')
  expect(await once(first.child, 'exit')).toEqual([0, null])
  expect(existsSync(join(folder, 'data', 'lock'))).toBe(false)

  const second = await serve()
  expect((await post(second.url, 'killed')).status).toBe(201)
  second.child.kill('SIGKILL')
  await once(second.child, 'exit')
  expect(existsSync(join(folder, 'data', 'lock'))).toBe(true)

  const third = await begin()
  const rows = await third.authority.db.selectFrom('organizations').select('id').orderBy('id').execute()
  // The third is the authority's own.
  expect(rows).toEqual([{ id: 'drained' }, { id: 'killed' }, { id: 'writ' }])
  expect([...third.authority.world.facts()].filter(({ fact }) => fact === 'organization')).toEqual(
    expect.arrayContaining([
      { fact: 'organization', id: 'drained' },
      { fact: 'organization', id: 'killed' },
    ]),
  )
  await third.close()
})
