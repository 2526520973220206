import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { freshDatabase } from '@writ/testing/fresh-database'
import { pino } from 'pino'
import { afterAll, describe } from 'vitest'
import { embedded, embeddedOptions, openStore, type Store } from '../src/app/database.ts'
import { type Config, type Running, type StartOptions, start } from '../src/index.ts'
import { openWith, partsOf, type Sealer, sealWith } from '../src/keys/sealer.ts'

export const silent = pino({ level: 'silent' })
export const MONDAY = Date.parse('2026-11-23T09:00:00Z')

/** Opens an empty store of one kind. */
export type OpenStore = () => Promise<Store>

/** Runs one suite on the embedded store and on a real PostgreSQL. What it opens, it closes. */
export function onBothStores(name: string, suite: (open: OpenStore) => void): void {
  describe(`${name}, embedded`, () => suite(async () => embedded(await freshPglite())))
  describe(`${name}, PostgreSQL`, () => suite(async () => openStore({ kind: 'postgres', url: await freshDatabase() })))
}

let initialised: Promise<Blob> | undefined

/** `initdb` takes seconds; a copy of its outcome, kept for the next test file too, takes none. */
export async function freshPglite(): Promise<PGlite> {
  initialised ??= outcomeOfInitdb()
  return PGlite.create({ ...embeddedOptions, loadDataDir: await initialised })
}

/** Spares the first start on a data folder its `initdb`. */
export async function initData(folder: string): Promise<void> {
  const dataDir = join(folder, 'data', 'pg')
  mkdirSync(dataDir, { recursive: true })
  initialised ??= outcomeOfInitdb()
  await (await PGlite.create({ dataDir, loadDataDir: await initialised })).close()
}

async function outcomeOfInitdb(): Promise<Blob> {
  const pglite = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'))
  const { version } = JSON.parse(readFileSync(join(pglite, '..', 'package.json'), 'utf8')) as { version: string }
  const folder = fileURLToPath(new URL('../../../node_modules/.cache/writ', import.meta.url))
  const file = join(folder, `pglite-${version}.tar`)
  if (!existsSync(file)) {
    const first = await PGlite.create()
    const dump = await first.dumpDataDir('none')
    await first.close()
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${file}.${process.pid}`, new Uint8Array(await dump.arrayBuffer()))
    renameSync(`${file}.${process.pid}`, file)
  }
  return new Blob([readFileSync(file)])
}

/** A folder that goes with the test file. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'writ-authority-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function testConfig(folder: string, more: Partial<Config> = {}): Config {
  return {
    listen: { host: '127.0.0.1', port: 0 },
    database: { kind: 'folder', path: join(folder, 'data') },
    configHome: join(folder, 'config'),
    ...more,
  }
}

export const TEST_DATA_KEY = 'dk_test'

/** One key for all, and no store. */
export const testSealer: Sealer = {
  seal: (value, purpose) => sealWith({ id: TEST_DATA_KEY, key: TEST_KEY }, value, purpose),
  unseal: async (_db, sealed, purpose) => openWith(TEST_KEY, partsOf(sealed).bytes, purpose),
}
const TEST_KEY = new Uint8Array(32).fill(1)

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of a body it says in its assertion
  readonly body: any
}

export type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

export interface TestAuthority extends Running {
  /** The administrator's. */
  readonly key: string
  /** As the administrator. */
  readonly call: Call
  /** As whoever holds a key; `undefined`: without a credential. */
  as(key: string | undefined): Call
}

/** An authority on a free port, with an administrator. */
export async function startAuthority(store: Store, folder: string, more: Partial<StartOptions> = {}): Promise<TestAuthority> {
  const bootstrapKeyFile = join(folder, `bootstrap-${Math.random()}`)
  const running = await start({ config: testConfig(folder), store, log: silent, bootstrapKeyFile, ...more })
  const as = (key: string | undefined): Call => caller(running.url, key)
  const key = readFileSync(bootstrapKeyFile, 'utf8').trim()
  return { ...running, as, key, call: as(key) }
}

export function caller(url: string, key: string | undefined): Call {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
  }
}
