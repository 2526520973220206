import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newMasterKeyLine } from '../src/keys/master-key-file.ts'
import { openIdentity } from '../src/keys/service.ts'
import { type OpenStore, scratchFolder, startAuthority, type TestAuthority, testConfig } from './support.ts'

export interface Service {
  readonly url: string
  readonly token: string
  readonly namespace?: string
  /** Makes the next version of its key. */
  rotate(): Promise<void> | void
}

/** What holds with a master key in a service, whichever service it is. */
export function describeTransit(open: OpenStore, service: () => Promise<Service>): void {
  const folder = scratchFolder()
  const tokenFile = join(folder, 'token')
  const masterKeyFile = join(folder, 'master.key')
  let transit: Service
  let authority: TestAuthority
  const configured = (more: object = {}) => ({
    ...testConfig(folder),
    masterKeyUrl: transit.url,
    masterKeyTokenFile: tokenFile,
    ...(transit.namespace !== undefined && { masterKeyNamespace: transit.namespace }),
    ...more,
  })
  const state = async () => (await authority.call('GET', '/v1/keys')).body.master_key
  const opens = (config: ReturnType<typeof testConfig>) => openIdentity(authority.authority.db, config, () => 1)

  beforeAll(async () => {
    transit = await service()
    writeFileSync(tokenFile, `${transit.token}\n`, { mode: 0o600 })
    authority = await startAuthority(await open(), folder, { config: configured() })
    // A real one may have to be fetched.
  }, 300_000)
  afterAll(() => authority?.close())

  test('a new authority has its data key wrapped there, and makes no file', async () => {
    const id = `transit:${transit.namespace === undefined ? '' : `${transit.namespace}/`}transit/writ`
    expect(await state()).toEqual({ id, version: 1, configured: [{ id, place: transit.url, in_use: true }] })
    expect(existsSync(join(folder, 'config', 'writ', `${authority.authority.id}.key`))).toBe(false)
    await expect(opens(testConfig(folder))).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG', details: { needed: id, found: [] } })
    const { rows } = await sql<{ wrapped: string }>`SELECT wrapped FROM data_keys`.execute(authority.authority.db)
    expect(rows.map(({ wrapped }) => wrapped)).toEqual([expect.stringMatching(/^vault:v1:/)])
    const { keyRing, db } = authority.authority
    const opened = await opens(configured())
    expect(await opened.keyRing.unseal(db, keyRing.seal('x', 'p'), 'p')).toBe('x')
  })

  test('a data key wrapped in one row does not unwrap in another', async () => {
    const { db } = authority.authority
    const made = (await authority.call('POST', '/v1/data-keys')).body.id as string
    const [one, two] = await db.selectFrom('data_keys').select(['id', 'wrapped']).orderBy('id').execute()
    const swap = async (from: typeof one, to: typeof one) =>
      db
        .updateTable('data_keys')
        .set({ wrapped: from?.wrapped ?? null })
        .where('id', '=', to?.id ?? '')
        .execute()
    await swap(one, two)
    await expect(opens(configured())).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' })
    await swap(two, two)
    expect((await opens(configured())).keyRing.sealing).toBe(made)
  })

  test('its next version is taken by a rotation to the same key', async () => {
    await transit.rotate()
    const { id } = await state()
    expect((await authority.call('POST', '/v1/master-key/rotate', { to: id })).body).toMatchObject({ id, version: 2 })
    await opens(configured())
  })

  test('the master key moves to a file and back, and neither place is needed after it was left', async () => {
    const moving = await moved()
    const { id: service } = await state()
    writeFileSync(masterKeyFile, `${newMasterKeyLine()}\n`, { mode: 0o600 })
    const file = (await moving('GET', '/v1/keys')).body.master_key.configured[1].id as string
    expect((await moving('POST', '/v1/master-key/rotate', { to: file })).body.id).toBe(file)
    await opens({ ...testConfig(folder), masterKeyFile })
    await expect(opens(configured())).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG', details: { needed: file } })

    expect((await moving('POST', '/v1/master-key/rotate', { to: service })).body.id).toBe(service)
    await opens(configured())
    await expect(opens({ ...testConfig(folder), masterKeyFile })).rejects.toMatchObject({ code: 'MASTER_KEY_WRONG' })
  })

  /** The running authority, as if it had been started with both places configured. */
  async function moved() {
    const { masterKeysOf } = await import('../src/keys/master-keys.ts')
    const both = masterKeysOf({ ...configured(), masterKeyFile }, authority.authority.id)
    Object.assign(authority.authority.masterKeys, both)
    return authority.call
  }
}
