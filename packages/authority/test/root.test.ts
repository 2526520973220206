import { LICENSE_USE, verifyLicenseFile } from '@writ/license'
import { backUpRootKey, issueKeyStatement, type PublicJwk, readKeySet, restoreRootKey, SigningKey, type TrustedRoot } from '@writ/trust'
import { beforeAll, expect, test } from 'vitest'
import { DAY, useKit } from './kit.ts'
import { MONDAY, onBothStores } from './support.ts'

const passphrase = 'correct horse battery staple'
interface Listed {
  kid: string
  use: string
  public_jwk: PublicJwk
  created_at: string
  expires_at: string
}

onBothStores('a root outside the store', (open) => {
  const kit = useKit(open)
  const { done } = kit
  let root: TrustedRoot
  let backup: string
  let held: SigningKey
  const code = async (method: string, path: string, body?: unknown) => (await kit.call(method, path, body)).body.code
  const file = () => kit.call('POST', '/v1/licenses/L1/files', { identities: 'asserted' })
  const seconds = (time: string) => Math.floor(Date.parse(time) / 1000)
  const keySet = async () =>
    readKeySet(new TextEncoder().encode((await kit.authority.as(undefined)('GET', '/.well-known/writ-keys')).text), { roots: [root] })
  /** What somebody with the backup signs, away from here. */
  async function stated(key: Listed, more: object = {}, by?: SigningKey): Promise<string> {
    const said = { iss: root.issuer, iat: Math.floor(kit.now / 1000), jwk: key.public_jwk, use: LICENSE_USE, products: 'all' as const }
    return issueKeyStatement(by ?? held, { ...said, nbf: seconds(key.created_at), exp: seconds(key.expires_at), ...more })
  }
  const accept = (key: Listed, statement: string) => kit.call('PUT', `/v1/signing-keys/${key.kid}/statement`, { statement })

  beforeAll(async () => {
    const { body } = await kit.authority.as(undefined)('GET', '/.well-known/writ-keys')
    root = { issuer: body.issuer, key: body.root }
    await done('POST', '/v1/licenses', { id: 'L1', product: 'kit', plan: 'open', organization: 'acme' })
    backup = (await done('POST', '/v1/root/backup', { passphrase })).backup
    held = (await restoreRootKey(backup, passphrase)).key
  })

  test('a key of another use is made when it is first asked for, has a statement of its own, and is none for license files', async () => {
    const made = (await done('POST', '/v1/signing-keys', { use: 'usage_receipt' })) as Listed
    expect(made.use).toBe('usage_receipt')
    expect((await keySet()).get(made.kid)).toMatchObject({ use: 'usage_receipt', products: 'all' })
    expect((await done('POST', '/v1/licenses/L1/files', { identities: 'asserted' })).kid).not.toBe(made.kid)
    const { items } = await done('GET', '/v1/signing-keys?use=usage_receipt')
    expect(items.map(({ kid }: Listed) => kid)).toEqual([made.kid])
    expect(await code('POST', '/v1/signing-keys', { use: 'root' })).toBe('REQUEST_INVALID')
    // The root vouched for one use: a statement of another one is not this key's.
    expect(await accept(made, await stated(made, { use: 'license' })).then(({ body }) => body.code)).toBe('KEY_STATEMENT_UNFIT')
  })

  test('leaves only when its backup has been seen to open, and to hold this root', async () => {
    const other = await SigningKey.generate()
    const foreign = await backUpRootKey({ issuer: root.issuer, key: other, createdAt: 1 }, passphrase)
    const renamed = await backUpRootKey({ issuer: 'aut_other', key: held, createdAt: 1 }, passphrase)
    for (const body of [
      { backup, passphrase: `${passphrase}!` },
      { backup: foreign, passphrase },
      { backup: renamed, passphrase },
      { backup: 'nothing', passphrase },
    ]) {
      expect(await code('POST', '/v1/root/take-out', body)).toBe('ROOT_BACKUP_UNFIT')
    }
    await done('POST', '/v1/root/take-out?dry_run=true', { backup, passphrase })
    const { db } = kit.authority.authority
    const sealed = async () => (await db.selectFrom('signing_keys').select('sealed').where('use', '=', 'root').executeTakeFirst())?.sealed
    expect(await sealed()).toMatch(/^v2\./)
    expect((await done('POST', '/v1/root/take-out', { backup, passphrase })).taken_out_at).toBe('2026-11-23T09:00:00Z')
    expect(await sealed()).toBeNull()
    await done('POST', '/v1/root/take-out', { backup, passphrase })
    const { root: shown, attention, next_license_key_at } = await done('GET', '/v1/keys')
    expect([shown.taken_out_at, attention.includes('license_key_ends'), next_license_key_at]).toEqual([
      '2026-11-23T09:00:00Z',
      false,
      undefined,
    ])
    expect((await kit.authority.as(undefined)('GET', '/.well-known/writ-keys')).body.root).toEqual(root.key)
  })

  test('is missed only by what needs it: files are signed on to the end of the last key', async () => {
    const { items } = await done('GET', '/v1/signing-keys')
    const { kid } = items.find(({ use }: Listed) => use === 'license')
    expect(await code('POST', '/v1/signing-keys')).toBe('ROOT_TAKEN_OUT')
    expect(await code('POST', `/v1/signing-keys/${kid}/revoke`)).toBe('ROOT_TAKEN_OUT')
    expect(await code('POST', '/v1/root/backup', { passphrase })).toBe('ROOT_TAKEN_OUT')
    kit.now = MONDAY + 179 * DAY
    expect((await file()).body.kid).toBe(kid)
    expect((await done('GET', '/v1/keys')).attention).toContain('license_key_ends')
    kit.now = MONDAY + 181 * DAY
    expect([(await file()).status, (await file()).body.code]).toEqual([409, 'ROOT_TAKEN_OUT'])
  })

  test('vouches from its backup for a key that was prepared here, and for nothing else', async () => {
    kit.now = MONDAY + 181 * DAY
    const made: Listed = await done('POST', '/v1/signing-keys/prepare')
    expect(made).not.toHaveProperty('statement')
    expect((await file()).body.code).toBe('ROOT_TAKEN_OUT')
    const second: Listed = await done('POST', '/v1/signing-keys/prepare')
    const day = 86_400
    const unfit = {
      'of another root': await stated(made, {}, await SigningKey.generate()),
      'of another key': await stated(second),
      'for a longer term': await stated(made, { exp: seconds(made.expires_at) + day }),
      'from before it was made': await stated(made, { nbf: seconds(made.created_at) - day }),
      'for one product': await stated(made, { products: ['kit'] }),
      'for another use': await stated(made, { use: 'token' }),
      'of another authority': await stated(made, { iss: 'aut_other' }),
      'revoked in the future': await stated(made, { revoked_at: Math.floor(kit.now / 1000) + day }),
      'no statement': 'x',
    }
    for (const [name, statement] of Object.entries(unfit)) {
      expect([name, (await accept(made, statement)).body.code]).toEqual([name, 'KEY_STATEMENT_UNFIT'])
    }
    expect((await accept({ ...made, kid: 'A'.repeat(43) }, await stated(made))).body.code).toBe('SIGNING_KEY_UNKNOWN')
    const statement = await stated(made)
    expect((await accept(made, statement)).body).toMatchObject({ kid: made.kid, statement })
    const { revision } = kit.authority.authority.feed
    expect((await accept(made, await stated(made))).body).toMatchObject({ statement })
    expect(kit.authority.authority.feed.revision).toBe(revision)

    const issued = (await file()).body
    expect(issued.kid).toBe(made.kid)
    await verifyLicenseFile(issued.file, { roots: [root], now: Math.floor(kit.now / 1000), keySet: await keySet() })
  })

  test('revokes from its backup: what was signed since is refused, for good', async () => {
    kit.now = MONDAY + 182 * DAY
    const since = (await file()).body
    const key: Listed = (await done('GET', '/v1/signing-keys')).items.find(({ kid }: Listed) => kid === since.kid)
    const at = Math.floor(kit.now / 1000) - 3_600
    expect((await accept(key, await stated(key, { revoked_at: at }))).body.revoked_at).toBeDefined()
    const fresh = { roots: [root], now: Math.floor(kit.now / 1000), keySet: await keySet() }
    await expect(verifyLicenseFile(since.file, fresh)).rejects.toMatchObject({ details: { why: 'STATEMENT_REVOKED' } })
    // It is not taken back: neither by a later date, nor by the statement from before.
    expect((await accept(key, await stated(key))).body.revoked_at).toBeDefined()
    expect((await accept(key, await stated(key, { revoked_at: at + 60 }))).body.revoked_at).toBe(
      new Date(at * 1000).toISOString().replace('.000Z', 'Z'),
    )
    expect((await file()).body.code).toBe('ROOT_TAKEN_OUT')
  })

  test('comes back from its backup, and signs here again', async () => {
    kit.now = MONDAY + 183 * DAY
    expect(await code('POST', '/v1/root/bring-back', { backup, passphrase: `${passphrase}!` })).toBe('ROOT_BACKUP_UNFIT')
    expect(await done('POST', '/v1/root/bring-back', { backup, passphrase })).not.toHaveProperty('taken_out_at')
    const made = await done('POST', '/v1/signing-keys')
    expect((await file()).body.kid).toBe(made.kid)
    const actions = (await done('GET', '/v1/audit?limit=50')).items.map(({ action }: { action: string }) => action)
    for (const action of ['root.take_out', 'signing_key.prepare', 'signing_key.accept', 'root.bring_back'])
      expect(actions).toContain(action)
  })
})
